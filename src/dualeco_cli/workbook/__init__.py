"""Files in and out of rows with their addresses."""
