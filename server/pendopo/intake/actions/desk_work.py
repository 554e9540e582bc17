"""What one press of a button on the desk does: all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from pendopo.foundation.errors import Refused
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.registration import Registration, register_letter
from pendopo.intake.models import Disposition, IncomingLetter, ServiceRequest
from pendopo.people.models import Account

AT_ONCE_AT_MOST = 50


@transaction.atomic
def register_and_dispose(
    request: ServiceRequest, entry: Registration, order: DispositionOrder, account: Account
) -> IncomingLetter:
    """Takes a letter into the register and passes it on; no agenda number is used up when either
    is refused. Raises ``Refused`` as :func:`register_letter` and :func:`dispose`."""
    letter = register_letter(request, entry, account)
    dispose(request, order, account)
    return letter


@transaction.atomic
def dispose_several(
    letters: Sequence[tuple[ServiceRequest, Account | None]],
    order: DispositionOrder,
    account: Account,
) -> list[Disposition]:
    """Passes several letters on alike, each in the place of the absent one on whose desk it lies.

    All of them or none. Raises ``Refused`` as :func:`dispose`, or with ``letter_required`` or
    ``too_many_letters``.
    """
    if not letters:
        raise Refused("letter_required")
    if len(letters) > AT_ONCE_AT_MOST:
        raise Refused("too_many_letters", limit=AT_ONCE_AT_MOST)
    # In one order everywhere, so that two who pass on the same letters don't wait for each other.
    ordered = sorted(letters, key=lambda each: str(each[0].pk))
    return [
        dispose(request, replace(order, in_place_of=holder), account) for request, holder in ordered
    ]
