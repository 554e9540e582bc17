"""Text as it may come from outside, and as it may be kept."""

import unicodedata


def storable(text: str) -> str:
    """Without control characters (but tab and line feed) and without halves of surrogate pairs.

    PostgreSQL stores neither NUL nor a lone surrogate; the others have no place in what people
    read.
    """
    return "".join(
        character
        for character in text
        if character in "\t\n" or unicodedata.category(character) not in {"Cc", "Cs"}
    )
