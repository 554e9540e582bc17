"""The notice about personal data, and what requesters and staff do about the data of a request."""

from django.db import transaction

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.foundation.uniqueness import refused_when_taken
from pendopo.intake.actions.moving import requester_of, tidy
from pendopo.intake.actions.retention import erase_request
from pendopo.intake.models import ErasureWish, LegalHold, PrivacyNotice, ServiceRequest
from pendopo.intake.queries.privacy import current_notice, ended_at
from pendopo.intake.rules.retention import ANSWER_WITHIN
from pendopo.journal.actions import record
from pendopo.people.models import Account


@transaction.atomic
def publish_notice(text: str, text_english: str, seen: int, account: Account) -> PrivacyNotice:
    """A new version of the notice, which holds from now on; the same words again are none.

    ``seen``: the version that was on the screen. Raises ``Refused`` with ``text_required`` or
    ``changed_meanwhile``.
    """
    text, text_english = tidy(text, 20_000), tidy(text_english, 20_000)
    if not text:
        raise Refused("text_required")
    now_holds = current_notice()
    if now_holds.version != seen:
        raise Refused("changed_meanwhile")
    if (now_holds.text, now_holds.text_english) == (text, text_english):
        return now_holds
    with refused_when_taken("changed_meanwhile"):
        notice = PrivacyNotice.objects.create(
            version=now_holds.version + 1,
            text=text,
            text_english=text_english,
            published_at=clock.now(),
            published_by=account,
        )
    record("privacy_notice.published", notice, account, version=notice.version)
    return notice


@transaction.atomic
def restrict(request: ServiceRequest) -> bool:
    """The requester wants no further use of the data: no notices from now on. ``False`` when that
    was so already."""
    return _set_restricted(request, wanted=True)


@transaction.atomic
def lift_restriction(request: ServiceRequest) -> bool:
    """Takes that back; only the requester does. ``False`` when there was none."""
    return _set_restricted(request, wanted=False)


def _set_restricted(request: ServiceRequest, *, wanted: bool) -> bool:
    now = clock.now() if wanted else None
    rows = ServiceRequest.objects.filter(pk=request.pk, restricted_at__isnull=wanted)
    if not rows.update(restricted_at=now):
        return False
    request.restricted_at = now
    record(
        "personal_data.restricted" if wanted else "personal_data.restriction_lifted",
        request,
        requester_of(request),
    )
    return True


@transaction.atomic
def ask_for_erasure(request: ServiceRequest, reason: str) -> ErasureWish:
    """A wish that the office answers within 3 × 24 hours; a second one is the first.

    Raises ``Refused('data_erased')`` when there is nothing left.
    """
    row = ServiceRequest.objects.select_for_update().get(pk=request.pk)
    if row.erased_at is not None:
        raise Refused("data_erased")
    now = clock.now()
    wish, is_new = ErasureWish.objects.get_or_create(
        request=request,
        answered_at=None,
        defaults={"reason": tidy(reason, 1000), "made_at": now, "due_at": now + ANSWER_WITHIN},
    )
    if is_new:
        record("personal_data.erasure_asked", request, requester_of(request))
    return wish


@transaction.atomic
def grant_erasure(wish: ErasureWish, account: Account) -> None:
    """Erases at once what a requester wants erased.

    Raises ``Refused`` with ``erasure_answered``, ``data_held`` while a hold stands, or
    ``request_not_over`` while the request still runs: it is to be cancelled first.
    """
    request = ServiceRequest.objects.select_for_update(of=("self",)).get(pk=wish.request_id)
    end = ended_at(request)
    if request.erased_at is None and (end is None or end > clock.now()):
        raise Refused("request_not_over")
    _answer(wish, account, granted=True, words="")
    if request.erased_at is None:
        erase_request(request, account)
    record("personal_data.erasure_granted", request, account)


@transaction.atomic
def deny_erasure(wish: ErasureWish, words: str, account: Account) -> None:
    """Says why the data stay; the requester reads it. Raises ``Refused`` with ``text_required`` or
    ``erasure_answered``."""
    if not (words := tidy(words, 1000)):
        raise Refused("text_required")
    _answer(wish, account, granted=False, words=words)
    record("personal_data.erasure_denied", f"intake.servicerequest:{wish.request_id}", account)


def _answer(wish: ErasureWish, account: Account, *, granted: bool, words: str) -> None:
    answered = ErasureWish.objects.filter(pk=wish.pk, answered_at=None).update(
        answered_at=clock.now(), answered_by=account, was_granted=granted, answer=words
    )
    if not answered:
        raise Refused("erasure_answered")


@transaction.atomic
def place_hold(request: ServiceRequest, reason: str, account: Account) -> LegalHold:
    """Nothing of the request is erased until the hold is lifted. The reason stays out of the
    journal. Raises ``Refused`` with ``hold_reason_required``, ``data_held`` or ``data_erased``."""
    reason = " ".join(storable(reason).split())[:200]
    if not reason:
        raise Refused("hold_reason_required")
    row = ServiceRequest.objects.select_for_update().get(pk=request.pk)
    if row.erased_at is not None:
        raise Refused("data_erased")
    with refused_when_taken("data_held"):
        hold = LegalHold.objects.create(
            request=request, reason=reason, placed_by=account, placed_at=clock.now()
        )
    record("personal_data.hold_placed", request, account)
    return hold


@transaction.atomic
def lift_hold(hold_id: int, account: Account) -> bool:
    """Ends a hold; ``False`` when it had ended. What is due goes with the next night."""
    lifted = LegalHold.objects.filter(pk=hold_id, lifted_at=None).update(
        lifted_at=clock.now(), lifted_by=account
    )
    if lifted:
        hold = LegalHold.objects.select_related("request").get(pk=hold_id)
        record("personal_data.hold_lifted", hold.request, account)
    return bool(lifted)


@transaction.atomic
def note_data_read(request: ServiceRequest, form: str) -> None:
    """That everything held was opened by the code, on a ``page`` or as a ``json`` file."""
    record("personal_data.read", request, requester_of(request), form=form)
