"""A result as text, tables and files."""
