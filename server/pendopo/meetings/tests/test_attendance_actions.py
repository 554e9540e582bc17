"""Signs of life and their order, against the database."""

from datetime import datetime, timedelta

import pytest

from pendopo.foundation import clock
from pendopo.gateways.livekit.rooms import Present
from pendopo.journal.models import Entry
from pendopo.meetings.actions import attendance
from pendopo.meetings.models import Connection, Opening
from pendopo.meetings.rules.attendance import Reason
from pendopo.meetings.tests.conftest import Enter


def ago(seconds: float) -> datetime:
    return clock.now() - timedelta(seconds=seconds)


def told(kind: str) -> int:
    return Entry.objects.filter(kind=kind).count()


def present(connection: Connection) -> Present:
    return Present(str(connection.participant_id), connection.sid, connection.joined_at)


def test_joining_is_noted_once_however_often_it_is_told(opening: Opening, enter: Enter) -> None:
    known = enter()
    newcomer = Present(str(known.participant_id), "PA_second", ago(3))
    for _ in range(3):
        attendance.note_joined(opening, newcomer)
    assert Connection.objects.filter(sid="PA_second").count() == 1
    assert told("participant.joined") == 1


@pytest.mark.parametrize("identity", ["recorder", "0190c6a2-0000-7000-8000-000000000000"])
def test_whom_we_did_not_admit_is_not_in_the_attendance(opening: Opening, identity: str) -> None:
    assert attendance.note_joined(opening, Present(identity, "PA_x", ago(1))) is None
    assert not Connection.objects.exists()


def test_leaving_twice_keeps_the_first_time(enter: Enter) -> None:
    connection = enter(joined_at=ago(100))
    first, second = ago(50), ago(10)
    attendance.note_left(connection, Reason.LEFT, first)
    attendance.note_left(connection, Reason.LOST, second)
    connection.refresh_from_db()
    assert (connection.left_at, connection.reason) == (first, "left")
    assert told("participant.left") == 1


def test_the_silent_are_given_up_at_their_last_report(enter: Enter) -> None:
    silent, talking, program = (enter(joined_at=ago(100)) for _ in range(3))
    last = ago(14)
    Connection.objects.filter(pk=silent.pk).update(last_report_at=last)
    Connection.objects.filter(pk=talking.pk).update(last_report_at=ago(12))
    assert attendance.close_silent() == 1
    silent.refresh_from_db()
    assert (silent.left_at, silent.reason, silent.is_over) == (last, "lost", False)
    assert set(Connection.objects.filter(left_at=None)) == {talking, program}


def test_who_was_given_up_too_early_is_back_with_the_next_report(enter: Enter) -> None:
    connection = enter(joined_at=ago(100))
    Connection.objects.filter(pk=connection.pk).update(last_report_at=ago(20))
    attendance.close_silent()
    attendance.note_alive(connection.participant)
    connection.refresh_from_db()
    assert connection.left_at is None
    assert connection.reason == ""


def test_a_late_report_does_not_wake_who_said_goodbye(enter: Enter) -> None:
    connection = enter(joined_at=ago(100))
    attendance.note_left(connection, Reason.LEFT, ago(5))
    attendance.note_alive(connection.participant)
    connection.refresh_from_db()
    assert connection.reason == "left"


def test_livekits_goodbye_corrects_our_guess(enter: Enter) -> None:
    connection = enter(joined_at=ago(100))
    Connection.objects.filter(pk=connection.pk).update(last_report_at=ago(20))
    attendance.close_silent()
    left = ago(2)
    attendance.note_left(connection, Reason.REMOVED, left)
    connection.refresh_from_db()
    assert (connection.left_at, connection.reason) == (left, "removed")
    assert told("participant.left") == 1


def test_the_list_finds_who_came_and_who_is_gone(opening: Opening, enter: Enter) -> None:
    here, gone = enter(joined_at=ago(100)), enter(joined_at=ago(100))
    seen = ago(12)
    Connection.objects.update(last_listed_at=seen)
    unheard = Present(str(here.participant_id), "PA_new", ago(4))
    asked_at = clock.now()
    attendance.note_list(opening, [present(here), unheard], asked_at)
    here.refresh_from_db()
    gone.refresh_from_db()
    assert (here.left_at, here.last_listed_at) == (None, asked_at)
    assert (gone.left_at, gone.reason, gone.is_over) == (seen, "lost", True)
    assert Connection.objects.get(sid="PA_new").left_at is None


def test_the_list_leaves_alone_who_is_just_coming(opening: Opening, enter: Enter) -> None:
    coming = enter(joined_at=ago(2))
    attendance.note_list(opening, [], clock.now())
    coming.refresh_from_db()
    assert coming.left_at is None
