"""Changes to accounts: one transaction each, told to the journal."""
