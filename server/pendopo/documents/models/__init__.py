"""Papers of the office: their templates, their numbers, their signatures."""

from pendopo.documents.models.credentials import Credential, PaperSignature, SigningPolicy
from pendopo.documents.models.papers import (
    Document,
    Initial,
    LetterStyle,
    Reader,
    Template,
    plain_number,
)

__all__ = [
    "Credential",
    "Document",
    "Initial",
    "LetterStyle",
    "PaperSignature",
    "Reader",
    "SigningPolicy",
    "Template",
    "plain_number",
]
