"""A link that opens WhatsApp with the message written already; a person presses send."""

from urllib.parse import quote


def chat_link(number: str, text: str = "") -> str:
    """``https://wa.me/628…?text=…`` for a number such as ``+628…``.

    The form is WhatsApp's own "click to chat": digits alone, the text percent-encoded.
    """
    digits = "".join(each for each in number if each.isdecimal())
    return f"https://wa.me/{digits}" + (f"?text={quote(text, safe='')}" if text else "")
