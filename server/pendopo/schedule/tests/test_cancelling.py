"""What is left of an event to cancel: a table, and the same on rows."""

from datetime import timedelta

import pytest

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.journal.models import Entry
from pendopo.people.models import Account
from pendopo.schedule.actions import admit_event, cancel_event
from pendopo.schedule.models import Event, Session
from pendopo.schedule.rules import EventKind, EventRole, EventWish, Slot

# The states of the sessions in order ("late": nobody began it, and its end is over), and what
# cancelling makes of them or answers.
TABLE = [
    (["assigned"], ["cancelled"]),
    (["assigned", "assigned"], ["cancelled", "cancelled"]),
    (["ended", "assigned"], ["ended", "cancelled"]),
    (["late", "assigned"], ["late", "cancelled"]),
    (["cancelled", "assigned"], ["cancelled", "cancelled"]),
    (["live"], "event_live"),
    (["live", "assigned"], "event_live"),
    (["ended", "live"], "event_live"),
    (["ended"], "event_over"),
    (["late"], "event_over"),
    (["ended", "late"], "event_over"),
    (["cancelled"], "event_over"),
]


def an_event(states: list[str]) -> Event:
    account = Account.objects.create_user("siti@contoh.go.id", "", name="Siti")
    now = clock.now()
    hour = timedelta(hours=1)
    slots = tuple(Slot(now + hour, now + 2 * hour) for _ in states)
    wish = EventWish("Pelatihan", EventKind.TRAINING, EventRole.HOST, slots)
    event = admit_event(wish, account, account)
    for session, state in zip(event.sessions.order_by("pk"), states, strict=True):
        if state == "late":
            Session.objects.filter(pk=session.pk).update(
                starts_at=now - 2 * hour, ends_at=now - hour
            )
        else:
            Session.objects.filter(pk=session.pk).update(state=state)
    return event


def states_of(event: Event) -> list[str]:
    now = clock.now()
    return [
        "late" if each.state == "assigned" and each.ends_at and each.ends_at < now else each.state
        for each in event.sessions.order_by("pk")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("states", "wanted"), TABLE)
def test_only_what_is_to_come_is_cancelled(states: list[str], wanted: list[str] | str) -> None:
    event = an_event(states)
    if isinstance(wanted, str):
        with pytest.raises(Refused, match=wanted):
            cancel_event(event, "system")
        assert states_of(event) == states
        return
    moved = cancel_event(event, "system")
    assert states_of(event) == wanted
    assert len(moved) == Entry.objects.filter(kind="session.cancelled").count()
    assert len(moved) == wanted.count("cancelled") - states.count("cancelled")
