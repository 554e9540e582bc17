"""Words for the technical preparation."""

from django.utils.translation import gettext_lazy as _

from pendopo.intake.rules.preparation import Section

SECTIONS = {
    Section.CONTACT: _("Technical contact"),
    Section.SIGNATORY: _("Who signed the letter"),
    Section.RUNDOWN: _("Rundown"),
    Section.PEOPLE: _("Speakers, cameras, officials"),
    Section.BROADCAST: _("Stream and recording"),
    Section.TRAINING: _("Registration and certificate"),
    Section.EQUIPMENT: _("Equipment"),
    Section.SITES: _("Places"),
    Section.ACCESS: _("Accessibility"),
    Section.REHEARSAL: _("Rehearsal"),
}
ABOUT = {
    Section.CONTACT: _("Whom our operator calls before and during the event."),
    Section.SIGNATORY: _("Name and position as they stand below the letter."),
    Section.RUNDOWN: _("What happens when, with durations. Type it or send a file."),
    Section.PEOPLE: _("Who speaks, how many cameras you use, which officials come."),
    Section.BROADCAST: _("Whether the public may watch, and whether it is recorded."),
    Section.TRAINING: _("Whether participants register and get a certificate."),
    Section.EQUIPMENT: _("What you need from us and what you bring yourselves."),
    Section.SITES: _("Every place where people sit together, and who is in charge there."),
    Section.ACCESS: _("For instance sign language, live text, or a place for a wheelchair."),
    Section.REHEARSAL: _("When we test picture, sound and network together."),
}
