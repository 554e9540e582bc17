"""Writes about messages: sent, delivered, read, erased."""
