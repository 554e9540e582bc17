"""Pure decisions about what happens live: no Django, no HTTP, no LiveKit."""
