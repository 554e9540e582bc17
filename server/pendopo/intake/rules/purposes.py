"""Why each personal field is asked for, on which lawful basis, and how long it is kept: one table.

The bases are those of law 27/2022, article 20 (2); what tells of somebody's health is asked for
only with consent (article 4 (2)).
"""

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """What a field is for."""

    ANSWER = "answer"
    PROVE = "prove"
    SERVE = "serve"
    PREPARE = "prepare"
    REACH = "reach"
    ENTER = "enter"
    JOIN = "join"
    ASSIST = "assist"


class Basis(StrEnum):
    """The letter of article 20 (2) that allows it."""

    CONSENT = "consent"  # a
    LEGAL_DUTY = "legal_duty"  # c
    PUBLIC_TASK = "public_task"  # e


class Kept(StrEnum):
    """When it goes."""

    YEARS_AFTER_END = "years_after_end"
    WITH_THE_REGISTER = "with_the_register"
    MINUTES = "minutes"


@dataclass(frozen=True)
class Use:
    """Purpose, basis and time of a field."""

    purpose: Purpose
    basis: Basis = Basis.PUBLIC_TASK
    kept: Kept = Kept.YEARS_AFTER_END


_ANSWER, _SERVE, _PREPARE = Use(Purpose.ANSWER), Use(Purpose.SERVE), Use(Purpose.PREPARE)
_REACH, _ENTER, _JOIN = Use(Purpose.REACH), Use(Purpose.ENTER), Use(Purpose.JOIN)
_PROVE = Use(Purpose.PROVE, Basis.LEGAL_DUTY)
# The agenda of letters and its subjects are records of the office (law 43/2009).
_REGISTER = Use(Purpose.PROVE, Basis.LEGAL_DUTY, Kept.WITH_THE_REGISTER)
_ASSIST = Use(Purpose.ASSIST, Basis.CONSENT)

USES: dict[str, Use] = {
    "servicerequest.organisation_name": _REGISTER,
    "servicerequest.account": _ENTER,
    "servicerequest.contact_name": _ANSWER,
    "servicerequest.contact_whatsapp": _ANSWER,
    "servicerequest.contact_email": _ANSWER,
    "servicerequest.contact_confirmed_at": _ANSWER,
    "servicerequest.letter": _PROVE,
    "servicerequest.letter_number": _REGISTER,
    "servicerequest.signatory_name": _PROVE,
    "servicerequest.signatory_position": _PROVE,
    "servicerequest.event_title": _REGISTER,
    "servicerequest.purpose": _SERVE,
    "servicerequest.outside_url": _JOIN,
    "servicerequest.outside_meeting_id": _JOIN,
    "servicerequest.outside_passcode": _JOIN,
    "servicerequest.outside_organiser": _JOIN,
    "question.answer": _SERVE,
    "requestfile.file": _SERVE,
    "transition.note": _SERVE,
    "erasurewish.reason": Use(Purpose.ANSWER, Basis.LEGAL_DUTY),
    "organiser.name": _ENTER,
    "organiser.whatsapp": _ENTER,
    "organiser.email": _ENTER,
    "onetimecode.digest": Use(Purpose.ENTER, kept=Kept.MINUTES),
    "preparation.technical_name": _REACH,
    "preparation.technical_whatsapp": _REACH,
    "preparation.technical_email": _REACH,
    "preparation.rundown": _PREPARE,
    "preparation.rundown_file": _PREPARE,
    "preparation.speakers": _PREPARE,
    "preparation.dignitaries": _PREPARE,
    "preparation.equipment_asked": _PREPARE,
    "preparation.equipment_brought": _PREPARE,
    "preparation.accessibility": _ASSIST,
    "site.name": _PREPARE,
    "site.address": _PREPARE,
    "site.person": _REACH,
    "site.contact": _REACH,
}

# Facts about the request and the event that name nobody: they stay for the statistics.
NOT_PERSONAL = frozenset(
    {
        *(
            f"servicerequest.{name}"
            for name in (
                "id", "number", "tracking_code", "state", "state_before", "channel",
                "requester_class", "unit", "organisation", "letter_follows", "letter_date",
                "event_kind", "role", "is_open", "people", "attendance", "needs_operator",
                "outside_platform", "authorised_at", "authorised_by", "event",
                "calendar_sequence", "closing_told_at", "privacy_version", "privacy_read_at",
                "restricted_at", "erased_at", "created_at", "submitted_at", "answer_due",
                "decided_at", "revision", "words",
            )
        ),
        *(
            f"preparation.{name}"
            for name in (
                "id", "request", "cameras", "has_stream", "has_recording", "is_open",
                "has_registration", "has_certificate", "lesson_hours", "rehearsal_at",
            )
        ),
        *(f"site.{name}" for name in ("id", "preparation", "has_power", "has_network")),
        *(
            f"organiser.{name}"
            for name in ("id", "request", "key", "is_requester", "added_at", "removed_at")
        ),
        *(
            f"onetimecode.{name}"
            for name in ("id", "organiser", "made_at", "expires_at", "tries", "used_at")
        ),
    }
)  # fmt: skip
