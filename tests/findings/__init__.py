"""Tests of the formats for findings."""
