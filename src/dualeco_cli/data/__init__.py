"""What is built in: frameworks, ecosystems and words, as CSV."""
