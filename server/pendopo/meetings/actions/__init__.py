"""Changes to meetings: one transaction each, told to the journal."""
