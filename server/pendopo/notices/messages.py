"""What other apps hand over to be told to people."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pendopo.files.models import StoredFile
from pendopo.gateways.ical.files import CalendarEvent
from pendopo.people.models import Account


@dataclass(frozen=True)
class Message:
    """What is to be said, in the reader's language already.

    ``kind`` is such as ``request.received``; ``about`` is a subject of the journal; the same
    ``key`` reaches nobody twice. ``text`` is plain, an empty line between paragraphs. Mails of the
    same ``thread`` stand together in the reader's mailbox. What is ``urgent`` respects no quiet
    hours and no digest.

    A one-time ``code`` is not written into the words: they have ``CODE_MARK`` where it belongs, and
    it is kept sealed until the message has gone out, at most until ``code_until``. Such a message
    goes by mail and WhatsApp alone.
    """

    kind: str
    about: str
    key: str
    subject: str
    text: str
    link: str = ""
    link_label: str = ""
    attachments: tuple[StoredFile, ...] = ()
    thread: str = ""
    calendar: CalendarEvent | None = None
    urgent: bool = False
    code: str = ""
    code_until: datetime | None = None

    def __post_init__(self) -> None:
        if bool(self.code) != bool(self.code_until):
            raise ValueError("a code has an end")


@dataclass(frozen=True)
class Recipient:
    """Who is to be told: an account, or somebody who is known by e-mail or telephone alone.

    ``person`` is the id of a row of ``people.Person``, where there is one for a contact: erasing
    the person then reaches their messages. An account brings its own.
    """

    account: Account | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "id"
    person: UUID | None = None
