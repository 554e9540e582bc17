"""Work of intake for the queue, one concept a file."""

from pendopo.intake.tasks import drafts as drafts
