"""Measurements: what is measured against what, and how to run it, stands in README.md."""
