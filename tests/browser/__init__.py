"""What people see and do: a real Chromium, a real LiveKit, a real PostgreSQL."""
