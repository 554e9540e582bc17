"""Reads, one concept a file."""
