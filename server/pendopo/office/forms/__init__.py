"""What people fill in about the office."""
