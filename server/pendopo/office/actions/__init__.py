"""Changes to the office, its units, organisations and positions."""
