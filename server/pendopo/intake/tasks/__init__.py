"""The queue's work for requests, one concept a file."""

from pendopo.intake.tasks import links, offers, retention

__all__ = ["links", "offers", "retention"]
