"""Pages of the office: what it decides, and whom it serves."""
