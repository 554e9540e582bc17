"""What intake decides over plain values, one concept a file."""
