"""Letting people in, and putting them out."""

from dataclasses import dataclass

from django.db import transaction

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.ids import new_secret, secret_hash
from pendopo.gateways.livekit import rooms, tokens
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.meetings import queries
from pendopo.meetings.actions.meetings import open_room
from pendopo.meetings.models import Meeting, Opening, Participant
from pendopo.meetings.news import tell_livekit
from pendopo.meetings.rules.admission import Role, clean_name, refusal_at
from pendopo.office.rules import OrganisationField
from pendopo.people.actions.accounts import rename_person
from pendopo.people.models import Account, Person

# Places before the limit from which on people are let in one after the other: more than can come
# in at the same moment. Further away the lock would only make a rush slow.
NEARLY_FULL = 100


@dataclass(frozen=True)
class Visitor:
    """Who stands at the door: what the browser sent and who is signed in."""

    name: str
    organisation: str = ""
    account: Account | None = None
    host_key: str = ""
    seat: str = ""
    device: str = ""


@dataclass(frozen=True)
class Admission:
    """A place in the meeting. ``seat`` is the secret that brings the same person back."""

    participant: Participant
    seat: str
    entry: tokens.Pass


def take_seat(meeting: Meeting, visitor: Visitor) -> Admission:
    """Lets a visitor in, as the same person when the seat is known.

    Raises ``Refused`` with ``name_required``, ``organisation_required``, ``participant_removed``,
    ``media_unavailable`` or a code of :func:`~pendopo.meetings.rules.admission.refusal_at`.
    """
    known = queries.seated(visitor.seat, meeting) if visitor.seat else None
    role = queries.role_of(meeting, visitor.account, visitor.host_key)
    if known is not None and role is not Role.HOST:
        role = Role(known.role)
    _refuse_banned(meeting, visitor, known, role)
    _refuse_at_door(meeting, role, is_known=known is not None)
    name = clean_name(visitor.name)
    if known is None and not name:
        raise Refused("name_required")
    if known is None and _must_name_organisation(meeting, visitor):
        raise Refused("organisation_required")
    opening = open_room(meeting, visitor.account or "guest")
    if known is not None:
        _welcome_back(known, role, opening)
        return Admission(known, visitor.seat, _sign(opening, known))
    seat = new_secret()
    participant = _seat(meeting, visitor, name, role, seat)
    return Admission(participant, seat, _sign(opening, participant))


def issue_token(
    meeting: Meeting, account: Account, name: str, role: Role
) -> tuple[Participant, tokens.Pass]:
    """A new participant for a program, each time it is called. Raises as :func:`take_seat`."""
    name = clean_name(name)
    if not name:
        raise Refused("name_required")
    _refuse_at_door(meeting, role, is_known=False)
    opening = open_room(meeting, account)
    participant = _seat(meeting, Visitor(name), name, role, seat=None)
    return participant, _sign(opening, participant)


def remove_participant(participant: Participant, actor: Subject) -> None:
    """Puts someone out for good: their seat, device and account are refused at each connection.

    The refusal is stored first; LiveKit is told after the commit. Who still holds a valid LiveKit
    token is put out again when the webhook tells of the connection; if LiveKit does not answer
    now, the reconciler does it.
    """
    with transaction.atomic():
        if Participant.objects.filter(pk=participant.pk, removed_at=None).update(
            removed_at=clock.now()
        ):
            record("participant.removed", participant, actor)
    for opening in Opening.objects.filter(meeting=participant.meeting_id, closed_at=None):
        tell_livekit(rooms.remove_participant, opening.room, str(participant.pk))


def put_out(participant: Participant) -> None:
    """Ends the connection of somebody whose seat is refused from now on; no ban on the device."""
    for opening in Opening.objects.filter(meeting=participant.meeting_id, closed_at=None):
        rooms.remove_participant(opening.room, str(participant.pk))


def take_lead_away(participant: Participant) -> None:
    """Makes a host by duty a participant, in the caller's transaction, when the duty is gone."""
    account = participant.account
    if participant.role != Role.HOST or account is None:
        return
    if not queries.may_lead(account, participant.meeting):
        participant.role = Role.PARTICIPANT
        participant.save(update_fields=["role"])


@transaction.atomic
def rename_participant(participant: Participant, name: str, actor: Subject) -> str:
    """Changes the name that the others see; an account keeps its own name. Returns the new name.

    Raises ``Refused('name_required')``.
    """
    name = clean_name(name)
    if not name:
        raise Refused("name_required")
    person = participant.person
    if participant.account and participant.account.person_id == person.pk:
        participant.person = Person.objects.create(name=name, organisation=person.organisation)
        participant.save(update_fields=["person"])
        record("person.renamed", participant.person, actor)
    else:
        rename_person(person, name, actor)
    opening = Opening.objects.filter(meeting=participant.meeting_id, closed_at=None).first()
    if opening:
        room = opening.room
        transaction.on_commit(lambda: tell_livekit(rooms.rename, room, str(participant.pk), name))
    return name


def _refuse_banned(
    meeting: Meeting, visitor: Visitor, known: Participant | None, role: Role
) -> None:
    """Raises ``Refused('participant_removed')`` for a removed seat, and for its device and account.

    A host who removed a second window of their own is not shut out of their meeting.
    """
    if known is not None and known.removed_at is not None:
        raise Refused("participant_removed")
    if role is not Role.HOST and queries.is_banned(meeting, visitor.account, _hash(visitor.device)):
        raise Refused("participant_removed")


def _refuse_at_door(meeting: Meeting, role: Role, is_known: bool) -> None:
    door = meeting.door(present=queries.present_count(meeting))
    code = refusal_at(door, role, is_known, clock.now())
    if code == "meeting_full":
        raise Refused(code, limit=meeting.limit)
    if code == "meeting_not_open":
        starts_at = meeting.session.starts_at
        raise Refused(code, starts_at=starts_at.isoformat() if starts_at else None)
    if code:
        raise Refused(code)


def _must_name_organisation(meeting: Meeting, visitor: Visitor) -> bool:
    """Guests must where the office says so; of an account the office knows it."""
    if meeting.organisation_field != OrganisationField.REQUIRED or visitor.account is not None:
        return False
    return not clean_name(visitor.organisation)


@transaction.atomic
def _seat(
    meeting: Meeting, visitor: Visitor, name: str, role: Role, seat: str | None
) -> Participant:
    if queries.present_count(meeting) >= meeting.limit - NEARLY_FULL:
        # One after the other, else many who come at once all see the last place free.
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        _refuse_at_door(meeting, role, is_known=False)
    participant = Participant.objects.create(
        meeting=meeting,
        person=_person(visitor, name),
        account=visitor.account,
        role=role,
        seat_hash=secret_hash(seat) if seat else None,
        device_hash=_hash(visitor.device),
        admitted_at=clock.now(),
    )
    record("participant.admitted", participant, visitor.account or participant, role=role)
    return participant


def _person(visitor: Visitor, name: str) -> Person:
    """The account's person when it comes under its own name, else a new one."""
    organisation = clean_name(visitor.organisation)
    own = visitor.account.person if visitor.account else None
    if own and own.name == name and organisation in ("", own.organisation):
        return own
    return Person.objects.create(name=name, organisation=organisation)


def _welcome_back(participant: Participant, role: Role, opening: Opening) -> None:
    """Someone who comes back may come because LiveKit lost the room: make sure that it is there.

    Whoever has found the host link meanwhile is a host from now on.
    """
    participant.admitted_at, participant.role = clock.now(), role
    participant.save(update_fields=["admitted_at", "role"])
    rooms.create_room(opening.room)


def _sign(opening: Opening, participant: Participant) -> tokens.Pass:
    is_viewer = participant.role == Role.VIEWER
    return tokens.sign(
        room=opening.room,
        identity=str(participant.pk),
        name=participant.person.name,
        grant=tokens.Grant(publish=not is_viewer, hidden=is_viewer),
        attributes={"organisation": participant.person.organisation, "role": participant.role},
    )


def _hash(secret: str) -> str:
    return secret_hash(secret) if secret else ""
