"""The letters by which a request is answered."""

from collections.abc import Sequence

from pendopo.intake.models import Offer, ServiceRequest
from pendopo.people.models import Account


def draft_reply(
    request: ServiceRequest,
    kind: str,
    account: Account,
    *,
    offer: Offer | None = None,
    reasons: Sequence[str] = (),
) -> None:
    """Drafts the letter of a decision, in the caller's transaction."""


def withdraw_replies(request: ServiceRequest, account: Account) -> None:
    """Takes back the drafts that a later decision has overtaken, in the caller's transaction."""
