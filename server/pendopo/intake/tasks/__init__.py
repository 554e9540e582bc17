"""The queue's work for requests, one concept a file."""

from pendopo.intake.tasks import links, offers

__all__ = ["links", "offers"]
