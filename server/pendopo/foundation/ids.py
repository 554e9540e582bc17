"""Identifiers: sortable ids for rows, speakable slugs for links, unguessable secrets."""

import hashlib
import secrets
from uuid import UUID

from uuid6 import uuid7

# No vowels and no look-alikes (l/1, o/0): a slug is read aloud over the phone and spells no word.
_SLUG_LETTERS = "bcdfghjkmnpqrstvwxz"


def new_id() -> UUID:
    """A UUIDv7: unique, and in the order of creation when compared."""
    return uuid7()


def new_slug() -> str:
    """A link's name such as ``bcd-fghj-kmn``: 19^10, about 42 bits, from a safe random source."""
    letters = [secrets.choice(_SLUG_LETTERS) for _ in range(10)]
    return f"{''.join(letters[:3])}-{''.join(letters[3:7])}-{''.join(letters[7:])}"


def new_secret() -> str:
    """256 random bits, URL-safe; shown once, stored only as :func:`secret_hash`."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """SHA-256 in hex. Enough for secrets of 256 random bits; passwords use Argon2 instead."""
    return hashlib.sha256(secret.encode()).hexdigest()
