"""What entries about messages are called, and which messages are a person's."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from pendopo.journal.trails import Fact, Name, describe, describe_work, names, subjects_of_person
from pendopo.notices.models import Notice, NoticePolicy
from pendopo.notices.rules import Channel, Way
from pendopo.notices.wording import CHANNELS, WAYS, error_words


def _channel(channel: str) -> object:
    return CHANNELS[Channel(channel)] if channel in set(Channel) else channel


def _way(way: str) -> object:
    return WAYS[Way(way)] if way in set(Way) else way


def _changes(changes: dict[str, list[Any]]) -> str:
    said = []
    for field, values in changes.items():
        label = str(getattr(NoticePolicy._meta.get_field(field), "verbose_name", field))
        said.append(f"{label}: {' → '.join(map(str, values))}" if values else label)
    return "; ".join(said)


describe(
    "notice",
    _("Messages"),
    {
        "written": _("Message written"),
        "sent": _("Message handed over"),
        "sent_by_hand": _("Message sent by a person"),
        "skipped": _("Message not sent, on purpose"),
        "failed": _("Message could not be delivered"),
        "bounced": _("Mail came back"),
        "retried": _("Message put on its way again"),
        "erased": _("Names, addresses and texts of messages erased"),
    },
    {
        "notice_kind": Fact(_("Kind")),
        "channel": Fact(_("Way"), _channel),
        "error": Fact(_("Reason"), error_words),
        "mail": Fact(_("By e-mail")),
        "whatsapp": Fact(_("By WhatsApp")),
        "in_app": Fact(_("On the pages")),
        "count": Fact(_("How many")),
    },
)
describe(
    "notice_policy",
    _("Rules of messages"),
    {"changed": _("Rules of messages changed")},
    {"changes": Fact(_("Changes"), _changes)},
)
describe(
    "notice_way",
    _("Ways to be told"),
    {"chosen": _("Chose how to be told")},
    {"way": Fact(_("Way"), _way)},
)
describe_work(
    {
        "pendopo.notices.tasks.deliver": _("Deliver a message"),
        "pendopo.notices.tasks.send_digests": _("Mail the morning digests"),
        "pendopo.notices.tasks.forget_expired_codes": _("Forget expired one-time codes"),
        "pendopo.notices.tasks.erase_old_notices": _("Erase names and texts of old messages"),
        "pendopo.notices.reactions.erase_notices_of_person": _(
            "Erase messages to an erased person"
        ),
    }
)


@names("notices.notice")
def _notices(ids: list[str]) -> dict[str, Name]:
    found = Notice.objects.filter(pk__in=ids).only("subject", "channel", "person_id")
    return {
        str(each.pk): Name(
            f"{_channel(each.channel)}: {each.subject}" if each.subject else "", each.person_id
        )
        for each in found
    }


@subjects_of_person
def _messages_to(person: UUID) -> Iterator[str]:
    """Also the messages whose texts were erased: that something went out is the person's too."""
    for pk in Notice.objects.filter(person=person).order_by("pk").values_list("pk", flat=True):
        yield f"notices.notice:{pk}"
