"""Confirming a contact by a code; a request never waits for it."""

import hmac
import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.gateways.mail.sending import mail_is_set
from pendopo.gateways.whatsapp.sending import sends_by_itself
from pendopo.intake.actions.moving import hold, requester_of
from pendopo.intake.models import ContactCode, ServiceRequest
from pendopo.intake.rules.confirmation import DIGITS, VALID_FOR, CodeWay, Verdict, verdict
from pendopo.journal.actions import record
from pendopo.journal.models import subject_of
from pendopo.notices.actions.sending import send_notice
from pendopo.notices.messages import Message, Recipient
from pendopo.notices.rules import CODE_MARK


def way_to_confirm(request: ServiceRequest) -> CodeWay | None:
    """How a code can reach the contact without a person; ``None`` when it can not."""
    if request.contact_email and mail_is_set():
        return CodeWay.MAIL
    if request.contact_whatsapp and sends_by_itself():
        return CodeWay.WHATSAPP
    return None


@transaction.atomic
def send_code(request: ServiceRequest) -> CodeWay:
    """Sends a new code at once; the one before no longer counts.

    Raises ``Refused('code_not_possible')`` where no machine can reach the contact.
    """
    way = way_to_confirm(request)
    if way is None:
        raise Refused("code_not_possible")
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    now = clock.now()
    ContactCode.objects.update_or_create(
        request=request,
        defaults={"code_hash": _hash(request, code), "way": way, "sent_at": now, "tries": 0},
    )
    by_mail = way == CodeWay.MAIL
    recipient = Recipient(
        name=request.contact_name,
        email=request.contact_email if by_mail else "",
        phone="" if by_mail else request.contact_whatsapp,
    )
    if not send_notice(_message(request, code, now), [recipient]):
        raise Refused("code_not_possible")
    return way


def _message(request: ServiceRequest, code: str, now: datetime) -> Message:
    text = _(
        "Your code is %(code)s. It counts for %(minutes)s minutes. Type it on the page of your "
        "request.\n\nIf you have not sent a request, ignore this message."
    )
    return Message(
        kind="request.code",
        about=subject_of(request),
        key=f"request.code:{request.pk}:{now.isoformat()}",
        subject=_("Code for your request"),
        text=text % {"code": CODE_MARK, "minutes": int(VALID_FOR.total_seconds() // 60)},
        urgent=True,
        code=code,
        code_until=now + VALID_FOR,
    )


@transaction.atomic
def confirm_by_code(request: ServiceRequest, typed: str) -> Verdict:
    """Says what a typed code is; the right one confirms the contact, a wrong one costs a try."""
    hold(request)
    row = ContactCode.objects.filter(request=request).first()
    if row is None:
        return Verdict.EXPIRED
    matches = hmac.compare_digest(row.code_hash, _hash(request, typed.strip()))
    now = clock.now()
    said = verdict(matches=matches, tries=row.tries, sent_at=row.sent_at, now=now)
    if said == Verdict.WRONG:
        ContactCode.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
    if said == Verdict.RIGHT:
        row.delete()
        rows = ServiceRequest.objects.filter(pk=request.pk, contact_confirmed_at=None)
        if rows.update(contact_confirmed_at=now):
            record("request.contact_confirmed", request, requester_of(request), way="code")
    return said


def _hash(request: ServiceRequest, code: str) -> str:
    """Keyed: without our key, whoever has the table would try a million codes in a second."""
    return salted_hmac(
        "pendopo.intake.contact", f"{request.pk}:{code}", algorithm="sha256"
    ).hexdigest()
