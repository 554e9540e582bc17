"""A mail that came back, as a mail server reports it (RFC 3464)."""

import pytest
from django.db import transaction

from pendopo.notices.actions.delivery import note_bounce
from pendopo.notices.actions.sending import send_notice
from pendopo.notices.messages import Message, Recipient
from pendopo.notices.models import Notice
from pendopo.notices.rules import Channel, NoticeState

pytestmark = pytest.mark.django_db
REPORT = """\
From: MAILER-DAEMON@mail.example
To: pantulan+{reference}@pendopo.test
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Type: text/plain

The mailbox does not exist.

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; siti@warga.test
Action: {action}
Status: {status}

--=_b--
"""


@pytest.fixture
def mail(settings: object) -> Notice:
    settings.EMAIL_HOST = "127.0.0.1"  # type: ignore[attr-defined]
    message = Message("request.received", "intake.servicerequest:0", "k", "Diterima", "Isi")
    with transaction.atomic():
        send_notice(message, [Recipient(name="Siti", email="siti@warga.test")])
    Notice.objects.filter(channel=Channel.MAIL).update(state=NoticeState.SENT)
    return Notice.objects.get(channel=Channel.MAIL)


def report(mail: Notice, action: str = "failed", status: str = "5.1.1") -> bytes:
    return REPORT.format(reference=mail.pk.hex, action=action, status=status).encode()


def test_a_returned_mail_is_noted_at_its_message(mail: Notice) -> None:
    assert note_bounce(report(mail))
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (NoticeState.BOUNCED, "status_5.1.1")


def test_a_delay_is_no_return(mail: Notice) -> None:
    assert not note_bounce(report(mail, "delayed", "4.4.1"))
    mail.refresh_from_db()
    assert mail.state == NoticeState.SENT


_NOT_OURS = REPORT.format(reference="z" * 32, action="failed", status="5.1.1").encode()


@pytest.mark.parametrize("content", [b"", b"no mail at all", b"\xff\xfe" * 400, _NOT_OURS])
def test_what_is_no_report_changes_nothing(mail: Notice, content: bytes) -> None:
    assert not note_bounce(content)
    mail.refresh_from_db()
    assert mail.state == NoticeState.SENT
