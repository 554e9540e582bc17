"""Signatures on PDFs: one port, an adapter for each way to sign, and the check of what came."""
