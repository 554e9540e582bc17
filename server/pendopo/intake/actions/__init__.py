"""Writes: one transaction each, one concept a file."""
