"""`/mulai`: an administrator sets up a real office, step by step, from a one-time link."""
