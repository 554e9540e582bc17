"""Meetings over HTTP: for programs with a token, and for the guest page with a seat."""
