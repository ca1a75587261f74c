"""Tests of the words of the five languages."""
