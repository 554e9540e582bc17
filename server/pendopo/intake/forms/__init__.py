"""What people fill in, one concept a file."""
