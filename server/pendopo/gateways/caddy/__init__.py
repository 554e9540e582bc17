"""Caddy, the front door: its configuration, and the authority that it keeps for us."""
