"""A room of one's own to try the network in."""

from pendopo.foundation.ids import new_id
from pendopo.gateways.livekit import rooms, tokens

_EMPTY_SECONDS = 20


def open_check_room() -> tokens.Pass:
    """A token for a new room that nobody else can enter and that goes when it is empty.

    Nothing is stored. Raises ``Refused('media_unavailable')``.
    """
    room = f"check.{new_id()}"
    rooms.create_room(room, max_participants=1, empty_seconds=_EMPTY_SECONDS)
    return tokens.sign(room, identity=str(new_id()), name="", grant=tokens.Grant())
