"""What the database refuses because it is there already, as a refusal with words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from pendopo.foundation.errors import Refused


@contextmanager
def refused_when_taken(code: str) -> Iterator[None]:
    """A constraint that strikes inside becomes ``Refused(code)``; the outer transaction goes on."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(code) from error
