"""Signing in, and everything that people set about their own account."""
