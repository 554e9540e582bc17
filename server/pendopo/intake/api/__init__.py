"""The API of requests, one concept a file."""
