"""Papers of the office: their templates, their numbers, their signatures."""

from pendopo.documents.models.papers import Document, Initial, LetterStyle, Reader, Template

__all__ = ["Document", "Initial", "LetterStyle", "Reader", "Template"]
