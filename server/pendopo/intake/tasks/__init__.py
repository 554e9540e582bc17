"""Work of intake for the queue, one concept a file."""
