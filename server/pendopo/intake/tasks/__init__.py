"""The queue's work for requests, one concept a file."""

from pendopo.intake.tasks import drafts, links, offers, retention

__all__ = ["drafts", "links", "offers", "retention"]
