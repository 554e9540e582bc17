"""Seals a short secret with the installation's key, so that a copy of the database alone does not
show it."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def seal(text: str, key: str, purpose: str) -> bytes:
    """The text, encrypted for this purpose (AES-128 with HMAC, Fernet)."""
    return _box(key, purpose).encrypt(text.encode())


def unseal(sealed: bytes, key: str, purpose: str) -> str:
    """The text again. Raises ``ValueError`` when another key or purpose sealed it."""
    try:
        return _box(key, purpose).decrypt(bytes(sealed)).decode()
    except InvalidToken as error:
        raise ValueError(f"not sealed by this installation: {purpose}") from error


def _box(key: str, purpose: str) -> Fernet:
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
