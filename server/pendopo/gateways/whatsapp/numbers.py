"""Telephone numbers as people write them."""

import phonenumbers


def normalised(number: str) -> str:
    """``+6281234567890`` for 0812-3456-7890 and other ways to write it; empty for what is none.

    A number without a country is Indonesian; 628… without a plus sign is too.
    """
    given = number.strip()
    if given.startswith("62"):
        given = f"+{given}"
    try:
        parsed = phonenumbers.parse(given, "ID")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def readable(number: str) -> str:
    """``+62 812-3456-7890``; what is no number stays as it is."""
    try:
        parsed = phonenumbers.parse(number, "ID")
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
