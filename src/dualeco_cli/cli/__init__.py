"""The commands: each parses, calls and exits."""
