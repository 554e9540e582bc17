"""What the office decides on a request, and what the requester answers."""

from collections.abc import Sequence

from django.db import transaction

from pendopo.documents.rules import DocumentKind
from pendopo.files.actions.keeping import Checked, Upload
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.actions.calendar import put_on_calendar, take_off_calendar
from pendopo.intake.actions.drafts import (
    add_file,
    check_times,
    checked_papers,
    put_letter,
    set_slots,
)
from pendopo.intake.actions.moving import (
    clear_desks,
    hold,
    move,
    requester_of,
    require_permission,
    tidy,
)
from pendopo.intake.actions.replies import draft_reply, withdraw_replies
from pendopo.intake.models import (
    Offer,
    OfferedSlot,
    Question,
    RejectionReason,
    ServiceRequest,
)
from pendopo.intake.queries.deadlines import answer_due_after, offer_expiry
from pendopo.intake.queries.desks import may_deal_with
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.queries.tracking import open_question
from pendopo.intake.rules.decisions import (
    Choice,
    Grounds,
    OfferState,
    days_of_choice,
    may_be_granted,
)
from pendopo.intake.rules.requests import Channel
from pendopo.intake.rules.states import Step
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM, Subject
from pendopo.people.models import Account
from pendopo.schedule.rules import Slot

# What the letter says when a unit takes its own request back without a word.
BY_WISH = "permintaan pemohon"


def _require_desk(request: ServiceRequest, step: Step, account: Account) -> None:
    require_permission(step, account)
    if not may_deal_with(request, account):
        raise Refused("letter_not_on_your_desk")


def _require_letter(request: ServiceRequest) -> None:
    """As the request stands now: a letter may have come since the caller read it."""
    row = ServiceRequest.objects.select_related("incoming").get(pk=request.pk)
    grounds = Grounds(
        channel=row.channel,
        has_letter=row.letter_id is not None,
        is_authorised=row.authorised_at is not None,
        has_number_in_register=hasattr(row, "incoming") and bool(row.letter_number),
    )
    if not may_be_granted(grounds):
        raise Refused("letter_not_there")


@transaction.atomic
def start_review(request: ServiceRequest, account: Account) -> None:
    """DISPOSED → UNDER_REVIEW: somebody has begun to work on it."""
    _require_desk(request, Step.REVIEW, account)
    move(request, Step.REVIEW, account)


@transaction.atomic
def authorise(request: ServiceRequest, note: str, account: Account) -> None:
    """The urgent path: the head of office lets a request go ahead before its letter has gone its
    way, or has come at all. Raises ``Refused`` with ``text_required`` or ``not_allowed``."""
    require_permission(Step.AUTHORISE, account)
    if not tidy(note):
        raise Refused("text_required")
    move(request, Step.AUTHORISE, account, note)
    request.authorised_at, request.authorised_by = clock.now(), account
    request.save(update_fields=["authorised_at", "authorised_by"])


@transaction.atomic
def ask(request: ServiceRequest, text: str, account: Account) -> Question:
    """→ NEEDS_COMPLETION: the requester is asked, and the clock stands still."""
    require_permission(Step.ASK, account)
    if not (text := tidy(text)):
        raise Refused("text_required")
    move(request, Step.ASK, account)
    return Question.objects.create(
        request=request, asked_by=account, text=text, asked_at=clock.now()
    )


def answer(request: ServiceRequest, text: str, uploads: Sequence[Upload] = ()) -> None:
    """NEEDS_COMPLETION → where it stood; the day of the answer moves by the days of waiting.

    Files go to the letter while there is none, else beside it. Not within a transaction when there
    are any. Raises ``Refused`` with ``text_required``, ``question_not_open``,
    ``step_not_possible`` or about a file.
    """
    if not (text := tidy(text, 4000)) and not uploads:
        raise Refused("text_required")
    if uploads and open_question(request) is None:
        raise Refused("question_not_open")
    with checked_papers(uploads) as paper:
        _answer(request, text, paper)


@transaction.atomic
def _answer(request: ServiceRequest, text: str, paper: Checked | None) -> None:
    by = requester_of(request)
    hold(request)
    move(request, Step.ANSWER, by)
    question = request.questions.filter(answered_at=None).first()
    if question is None:
        raise Refused("question_not_open")
    question.answer, question.answered_at = text, clock.now()
    question.save(update_fields=["answer", "answered_at"])
    request.refresh_from_db(fields=["letter", "letter_follows"])
    if paper and request.letter_id is None and request.letter_follows:
        put_letter(request, paper, by)
    elif paper:
        add_file(request, paper, by)
    _start_clock(request)


def _start_clock(request: ServiceRequest) -> None:
    request.answer_due = answer_due_after(request)
    request.save(update_fields=["answer_due"])


@transaction.atomic
def offer(request: ServiceRequest, choices: Sequence[Choice], note: str, account: Account) -> Offer:
    """→ ALTERNATIVE_OFFERED, with a letter that names the times. One of the choices is taken whole.

    Raises ``Refused`` with ``time_required``, ``slot_over``, ``letter_not_there``, about the times
    or about the desk.
    """
    _require_desk(request, Step.OFFER, account)
    _require_letter(request)
    now = clock.now()
    offered = [days_of_choice(choice) for choice in choices]
    slots = [slot for days in offered for slot in days]
    if not offered or not all(offered):
        raise Refused("time_required")
    check_times(slots)
    if any(slot.starts_at <= now for slot in slots):
        raise Refused("slot_over")
    move(request, Step.OFFER, account, note)
    made = Offer.objects.create(
        request=request,
        offered_by=account,
        note=tidy(note),
        offered_at=now,
        expires_at=offer_expiry(now, the_policy().offer_days, slots),
    )
    OfferedSlot.objects.bulk_create(
        OfferedSlot(offer=made, choice=number, starts_at=slot.starts_at, ends_at=slot.ends_at)
        for number, days in enumerate(offered, 1)
        for slot in days
    )
    draft_reply(request, DocumentKind.ALTERNATIVES, account, offer=made)
    return made


@transaction.atomic
def accept_offer(request: ServiceRequest, slot_id: int) -> None:
    """ALTERNATIVE_OFFERED → APPROVED at the chosen time, by the right of who offered it.

    ``slot_id`` is any day of the alternative that is taken, with all its days. Raises
    ``Refused`` with ``offer_not_open``, ``offer_expired``, ``slot_unknown`` or
    ``letter_not_there``.
    """
    made = _open_offer(request)
    _require_letter(request)
    if made.expires_at <= clock.now():
        raise Refused("offer_expired")
    chosen = made.slots.filter(pk=slot_id).first()
    if chosen is None:
        raise Refused("slot_unknown")
    move(request, Step.ACCEPT_OFFER, requester_of(request))
    taken = made.slots.filter(choice=chosen.choice)
    taken.update(is_taken=True)
    _close_offer(made, OfferState.ACCEPTED)
    set_slots(request, [Slot(each.starts_at, each.ends_at) for each in taken])
    withdraw_replies(request, made.offered_by)
    _carry_out(request, made.offered_by)


@transaction.atomic
def refuse_offer(request: ServiceRequest, note: str = "") -> None:
    """ALTERNATIVE_OFFERED → UNDER_REVIEW; the office looks for another way, its clock goes on."""
    made = _open_offer(request)
    by = requester_of(request)
    move(request, Step.REFUSE_OFFER, by, note)
    _close_offer(made, OfferState.REFUSED)
    _start_clock(request)
    withdraw_replies(request, by)


@transaction.atomic
def expire_offer(made: Offer) -> bool:
    """Takes an unanswered offer back when its time is over; ``False`` when it was answered."""
    hold(made.request)
    row = Offer.objects.filter(pk=made.pk, state=OfferState.OPEN).first()
    if row is None or row.expires_at > clock.now():
        return False
    move(row.request, Step.REFUSE_OFFER, SYSTEM)
    _close_offer(row, OfferState.EXPIRED)
    _start_clock(row.request)
    withdraw_replies(row.request, SYSTEM)
    return True


def _open_offer(request: ServiceRequest) -> Offer:
    hold(request)
    made = request.offers.filter(state=OfferState.OPEN).first()
    if made is None:
        raise Refused("offer_not_open")
    return made


def _close_offer(made: Offer, state: OfferState) -> None:
    Offer.objects.filter(pk=made.pk).update(state=state, answered_at=clock.now())


@transaction.atomic
def approve(request: ServiceRequest, account: Account, note: str = "") -> None:
    """→ APPROVED: event and sessions stand on the calendar, the reply is drafted.

    Raises ``Refused`` with ``not_allowed``, ``letter_not_on_your_desk``, ``letter_not_there``,
    ``slot_over``,
    ``request_moved_on`` or what ``schedule`` refuses; nothing is then changed.
    """
    _require_desk(request, Step.APPROVE, account)
    _require_letter(request)
    move(request, Step.APPROVE, account, note)
    _carry_out(request, account)


def _carry_out(request: ServiceRequest, account: Account) -> None:
    slots = [Slot(each.starts_at, each.ends_at) for each in request.slots.all()]
    if any(slot.ends_at <= clock.now() for slot in slots):
        raise Refused("slot_over")
    put_on_calendar(request, slots, account)
    clear_desks(request)
    draft_reply(request, DocumentKind.APPROVAL, account)


@transaction.atomic
def reject(
    request: ServiceRequest, reasons: Sequence[RejectionReason], note: str, account: Account
) -> None:
    """→ REJECTED with reasons that stand in the letter. Raises ``Refused('reason_required')``."""
    _require_desk(request, Step.REJECT, account)
    sentences = [reason.sentence for reason in reasons]
    if text := tidy(note):
        sentences.append(text)
    if not any(_says_something(sentence) for sentence in sentences):
        raise Refused("reason_required")
    move(request, Step.REJECT, account, "\n".join(sentences))
    request.decided_at = clock.now()
    request.save(update_fields=["decided_at"])
    clear_desks(request)
    draft_reply(request, DocumentKind.REJECTION, account, reasons=sentences)


@transaction.atomic
def cancel(request: ServiceRequest, note: str, actor: Subject) -> None:
    """→ CANCELLED, by the requester or by the office with a reason; what stands on the calendar and
    is still to come is cancelled with it, and a question that waits stays without an answer.

    Raises ``Refused`` with ``text_required``, ``event_live`` or ``event_over``.
    """
    if isinstance(actor, Account) and actor.pk != request.account_id:
        require_permission(Step.CANCEL, actor)
        if not _says_something(note):
            raise Refused("text_required")
    had_event = request.event is not None
    move(request, Step.CANCEL, actor, note)
    request.offers.filter(state=OfferState.OPEN).update(
        state=OfferState.WITHDRAWN, answered_at=clock.now()
    )
    take_off_calendar(request, actor)
    clear_desks(request)
    withdraw_replies(request, actor)
    is_asked_for = request.channel != Channel.SELF_SERVICE
    if isinstance(actor, Account) and is_asked_for and had_event:
        reason = tidy(note) if _says_something(note) else BY_WISH
        draft_reply(request, DocumentKind.CANCELLATION, actor, reasons=[reason])


def _says_something(text: str) -> bool:
    """A dot or a dash is no reason to print in a letter."""
    return any(letter.isalnum() for letter in text)


@transaction.atomic
def confirm_contact(request: ServiceRequest, account: Account) -> bool:
    """Notes that somebody of the office has reached the contact; ``False`` when it was known."""
    require_permission(Step.REGISTER, account)
    now = clock.now()
    known = not ServiceRequest.objects.filter(pk=request.pk, contact_confirmed_at=None).update(
        contact_confirmed_at=now
    )
    if not known:
        request.contact_confirmed_at = now
        record("request.contact_confirmed", request, account, way="office")
    return not known
