"""What things are: rows, study and result. No input, no output."""
