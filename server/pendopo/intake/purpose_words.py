"""Words for personal data: fields, purposes, lawful bases, times."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendopo.intake.rules.purposes import USES, Basis, Kept, Purpose

PURPOSES = {
    Purpose.ANSWER: _("to answer your request and to reach you"),
    Purpose.PROVE: _("to know that the letter is genuine, and to keep the register"),
    Purpose.SERVE: _("to decide on your request and to carry it out"),
    Purpose.PREPARE: _("to prepare the event"),
    Purpose.REACH: _("to reach whoever helps with the technical side"),
    Purpose.ENTER: _("to let the right people onto the page of the event"),
    Purpose.JOIN: _("to join the meeting that somebody else holds"),
    Purpose.ASSIST: _("to make sure that everybody can take part"),
}
BASES = {
    Basis.CONSENT: _("your consent (law 27/2022, article 20 (2) a); it may stay empty"),
    Basis.LEGAL_DUTY: _("a legal duty (law 27/2022, article 20 (2) c)"),
    Basis.PUBLIC_TASK: _("the public service (law 27/2022, article 20 (2) e)"),
}
KEPT = {
    Kept.YEARS_AFTER_END: _("erased %(years)s years after the end"),
    Kept.WITH_THE_REGISTER: _("kept with the register, without personal names"),
    Kept.MINUTES: _("valid for some minutes"),
}
FIELDS: dict[str, str | Promise] = {
    "servicerequest.organisation_name": _("Organisation"),
    "servicerequest.account": _("Account"),
    "servicerequest.contact_name": _("Your name"),
    "servicerequest.contact_whatsapp": _("WhatsApp number"),
    "servicerequest.contact_email": _("E-mail address"),
    "servicerequest.contact_confirmed_at": _("Contact confirmed at"),
    "servicerequest.letter": _("Letter"),
    "servicerequest.letter_number": _("Number of the letter"),
    "servicerequest.signatory_name": _("Who signed the letter"),
    "servicerequest.signatory_position": _("Position of who signed"),
    "servicerequest.event_title": _("Name of the event"),
    "servicerequest.purpose": _("Purpose of the event"),
    "servicerequest.outside_url": _("Link of the other meeting"),
    "servicerequest.outside_meeting_id": _("Id of the other meeting"),
    "servicerequest.outside_passcode": _("Passcode of the other meeting"),
    "servicerequest.outside_organiser": _("Organiser of the other meeting"),
    "question.answer": _("Your answer"),
    "requestfile.file": _("File that you sent"),
    "transition.note": _("Note with a step"),
    "erasurewish.reason": _("Why you want your data erased"),
    "organiser.name": _("Name of a co-organiser"),
    "organiser.whatsapp": _("WhatsApp number of a co-organiser"),
    "organiser.email": _("E-mail address of a co-organiser"),
    "onetimecode.digest": _("One-time code"),
    "preparation.technical_name": _("Technical contact"),
    "preparation.technical_whatsapp": _("WhatsApp of the technical contact"),
    "preparation.technical_email": _("E-mail of the technical contact"),
    "preparation.rundown": _("Rundown"),
    "preparation.rundown_file": _("Rundown as a file"),
    "preparation.speakers": _("Speakers"),
    "preparation.dignitaries": _("Officials who attend"),
    "preparation.equipment_asked": _("Equipment that you ask us for"),
    "preparation.equipment_brought": _("Equipment that you bring"),
    "preparation.accessibility": _("Needs of accessibility"),
    "site.name": _("Name of the place"),
    "site.address": _("Address"),
    "site.person": _("Person in charge"),
    "site.contact": _("WhatsApp of the person in charge"),
}


def use_in_words(field: str, years: int) -> dict[str, str]:
    """Purpose, basis and time of a field in words. Raises ``KeyError`` for an unknown one."""
    use = USES[field]
    return {
        "label": str(FIELDS[field]),
        "purpose": str(PURPOSES[use.purpose]),
        "basis": str(BASES[use.basis]),
        "kept": str(KEPT[use.kept]) % {"years": years},
    }
