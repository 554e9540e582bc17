"""The API of letters: what anybody may check, and the office's own."""
