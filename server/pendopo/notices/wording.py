"""Words for the codes of messages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendopo.notices.rules import Channel, NoticeState, Way

CHANNELS: dict[Channel, Promise] = {
    Channel.MAIL: _("E-mail"),
    Channel.WHATSAPP: _("WhatsApp"),
    Channel.IN_APP: _("On the pages"),
}
STATES: dict[NoticeState, Promise] = {
    NoticeState.WAITING: _("Waiting"),
    NoticeState.BY_HAND: _("To be sent by hand"),
    NoticeState.SENT: _("Sent"),
    NoticeState.DELIVERED: _("Arrived"),
    NoticeState.READ: _("Read"),
    NoticeState.FAILED: _("Failed"),
    NoticeState.BOUNCED: _("Came back"),
    NoticeState.SKIPPED: _("Not sent"),
}
WAYS: dict[Way, Promise] = {
    Way.AT_ONCE: _("By mail at once"),
    Way.DIGEST: _("One mail each morning"),
    Way.IN_APP: _("Only on the pages"),
}
_ERRORS = {
    "no_mail_server": _("This installation has no mail server."),
    "number_invalid": _("The telephone number is not one."),
    "address_invalid": _("The e-mail address is not one."),
    "attachment_gone": _("An attachment has been erased."),
    "code_expired": _("The code counted no more before it could go out."),
    "smtp_550": _("The mailbox does not exist, or takes no mail."),
    "smtp_552": _("The mailbox is full, or the mail too large."),
    "smtp_554": _("The mail server refuses this mail."),
    "status_5.1.1": _("The mailbox does not exist."),
    "status_5.2.2": _("The mailbox is full."),
    "whatsapp_131026": _("This number has no WhatsApp, or does not take such messages."),
    "whatsapp_131047": _("More than 24 hours since the reader last wrote: a template is needed."),
    "whatsapp_132001": _("WhatsApp knows no template of this name and language."),
}


def error_words(code: str) -> str:
    """Why a message did not arrive; the code itself where we have no sentence."""
    return str(_ERRORS.get(code, code))
