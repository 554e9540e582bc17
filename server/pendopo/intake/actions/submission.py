"""Sending a request, and booking without one."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pendopo.files.actions.keeping import Checked, Upload
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.actions.calendar import put_on_calendar
from pendopo.intake.actions.drafts import checked_papers, put_letter, save_draft, start_draft
from pendopo.intake.actions.moving import move, requester_of
from pendopo.intake.models import IntakePolicy, ServiceRequest
from pendopo.intake.queries.deadlines import answer_due
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.queries.self_service import booked_beside
from pendopo.intake.rules.requests import (
    SENT_A_DAY,
    Channel,
    is_from_a_stranger,
    missing_fields,
)
from pendopo.intake.rules.self_service import Booking, Limits, most_at_once, refusal_of
from pendopo.intake.rules.states import Step
from pendopo.intake.wording import FIELDS
from pendopo.journal.models import Subject
from pendopo.office.actions.numbering import next_number
from pendopo.office.queries import office_or_default
from pendopo.office.rules import usable_uplink
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission
from pendopo.schedule.rules import Slot


@transaction.atomic
def submit_request(request: ServiceRequest, actor: Subject | None = None) -> str:
    """DRAFT → SUBMITTED: the request has its number, and the clock starts. Returns the number.

    Raises ``Refused`` with ``request_incomplete``, ``slot_over``, ``contact_too_often``,
    ``request_sent_already`` or ``request_moved_on``.
    """
    actor = actor or request.account or requester_of(request)
    if request.number:
        raise Refused("request_sent_already")
    slots = list(request.slots.all())
    missing = missing_fields(_values(request, slots))
    if request.letter_id is None and not request.letter_follows:
        missing.insert(0, "letter")
    if missing:
        words = ", ".join(str(FIELDS[name]) for name in missing)
        raise Refused("request_incomplete", fields=missing, words=words)
    now = clock.now()
    if any(slot.ends_at <= now for slot in slots):
        raise Refused("slot_over")
    _give_number(request)
    _count_for_contact(request, now)
    move(request, Step.SUBMIT, actor)
    return str(request.number)


def _count_for_contact(request: ServiceRequest, now: datetime) -> None:
    """Raises ``Refused('contact_too_often')``. After the number: its row makes twins wait."""
    if not is_from_a_stranger(
        request.channel, has_account=bool(request.account_id), is_confirmed=False
    ):
        return
    contact = Q(contact_whatsapp=request.contact_whatsapp)
    if request.contact_email:
        contact |= Q(contact_email__iexact=request.contact_email)
    sent = ServiceRequest.objects.filter(
        contact, submitted_at__gt=now - timedelta(days=1), account=None
    ).exclude(pk=request.pk)
    if sent.count() >= SENT_A_DAY:
        raise Refused("contact_too_often", limit=SENT_A_DAY)


def _values(request: ServiceRequest, slots: list[Any]) -> dict[str, object]:
    times = {"starts_at": slots[0].starts_at, "ends_at": slots[0].ends_at} if slots else {}
    return {
        "organisation_name": request.organisation_name,
        "contact_name": request.contact_name,
        "contact_whatsapp": request.contact_whatsapp,
        "event_title": request.event_title,
        "people": request.people,
        "attendance": request.attendance,
        **times,
    }


def _give_number(request: ServiceRequest) -> None:
    now = clock.now()
    year = timezone.localtime(now).year
    request.number = f"{year}-{next_number('requests', year):05}"
    request.submitted_at = now
    request.answer_due = answer_due(now, the_policy().answer_days)
    request.save(update_fields=["number", "submitted_at", "answer_due"])


def _limits_of(policy: IntakePolicy) -> Limits:
    office = office_or_default()
    line = usable_uplink(office.uplink_mbps, office.uplink_headroom_percent)
    return Limits(
        policy.self_service_people,
        policy.self_service_hours,
        line * policy.self_service_uplink_percent // 100,
    )


def book_meeting(
    account: Account, values: Mapping[str, Any], slot: Slot, uploads: Sequence[Upload] = ()
) -> ServiceRequest:
    """Self-service: a unit's standard meeting, on the calendar at once, without a reply.

    ``values`` are fields of a request, ``uploads`` its letter where there is one. Raises
    ``Refused`` with ``not_allowed``, about a file, or a code of self-service that names the limit.
    Not within a transaction when there are any.
    """
    with checked_papers(uploads) as paper:
        return _book(account, values, slot, paper)


@transaction.atomic
def _book(
    account: Account, values: Mapping[str, Any], slot: Slot, paper: Checked | None
) -> ServiceRequest:
    if Permission.BOOK_MEETINGS not in permissions_for(account):
        raise Refused("not_allowed")
    policy = the_policy()
    if not policy.self_service:
        raise Refused("self_service_off")
    request = start_draft(Channel.SELF_SERVICE, account)
    if request.unit_id is None:
        raise Refused("self_service_unit")
    if slot.starts_at <= clock.now():
        raise Refused("slot_over")
    save_draft(request, {**values, "letter_follows": False}, [slot])
    if not request.event_title or not request.people:
        words = ", ".join(str(FIELDS[name]) for name in ("event_title", "people"))
        raise Refused("request_incomplete", fields=["event_title", "people"], words=words)
    # The series of numbers is locked until the commit, so that two units which book at the same
    # moment see each other's share of the line.
    _give_number(request)
    limits = _limits_of(policy)
    booking = Booking(
        request.people,
        slot.ends_at - slot.starts_at,
        request.needs_operator,
        most_at_once(slot, booked_beside(slot)),
    )
    if refused := refusal_of(booking, limits):
        raise Refused(refused, people=limits.people, hours=limits.hours, mbps=limits.mbps)
    if paper:
        put_letter(request, paper, account)
    move(request, Step.SUBMIT, account)
    move(request, Step.BOOK, account, _("Within the limits of self-service"))
    put_on_calendar(request, [slot], account)
    return request
