"""What becomes of an offer."""

from enum import StrEnum


class OfferState(StrEnum):
    """Whether the requester has answered."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
