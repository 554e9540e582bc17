"""From a letter to the signed reply."""
