"""Papers: numbered, signed, verifiable, never changed."""
