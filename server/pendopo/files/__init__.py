"""Uploads checked and cleaned, kept outside of every folder that is served, and erased in time."""
