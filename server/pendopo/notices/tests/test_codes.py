"""One-time codes reach their reader and stand in clear nowhere in the database."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail as mailbox
from django.db import connection
from django.test import Client
from django.urls import reverse

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.gateways.whatsapp.tests.servers import Gateway, gateway_running
from pendopo.journal.models import Entry
from pendopo.notices.actions.by_hand import mark_sent, retry_notice, skip
from pendopo.notices.actions.delivery import deliver_notice
from pendopo.notices.actions.erasing import erase_about
from pendopo.notices.actions.sending import Message, Recipient, send_notice
from pendopo.notices.models import Notice
from pendopo.notices.rules import CODE_MARK, TRIES, Channel, NoticeState
from pendopo.notices.tasks import forget_expired_codes
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db
CODE = "739154-KODE"
VALID = timedelta(minutes=10)
SITI = Recipient(name="Siti", email="siti@warga.test", phone="0812-3456-7890")


@pytest.fixture(autouse=True)
def mail_server(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    settings.WHATSAPP_WAY = "link"


@pytest.fixture
def secretary() -> Account:
    return create_account("s@t.example", "x", "Bu Sekre", [Duty.SECRETARIAT])


def tell(to: Recipient = SITI) -> dict[str, Notice]:
    message = Message(
        "request.code", "intake.servicerequest:1", f"code:{clock.now()}", f"Kode {CODE_MARK}",
        f"Kode Anda {CODE_MARK}.\n\nJangan berikan.", urgent=True,
        code=CODE, code_until=clock.now() + VALID,
    )  # fmt: skip
    return {each.channel: each for each in send_notice(message, [to])}


def tables_that_hold_it() -> set[str]:
    """Of all tables of the database those with a row that has the code in clear anywhere."""
    wanted = [f"%{CODE}%", f"%{CODE.encode().hex()}%"]
    with connection.cursor() as sql:
        sql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        holding = set()
        for (table,) in sql.fetchall():
            name = connection.ops.quote_name(table)
            sql.execute(
                f"SELECT EXISTS (SELECT FROM {name} held WHERE held::text LIKE ANY (%s))",
                [wanted],
            )
            if sql.fetchone()[0]:
                holding.add(table)
    return holding


def still_sealed() -> int:
    return Notice.objects.filter(sealed_code__isnull=False).count()


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    moment = clock.now() + by
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_the_search_finds_what_it_looks_for() -> None:
    assert tables_that_hold_it() == set()
    notice = tell()[Channel.MAIL]
    Notice.objects.filter(pk=notice.pk).update(text=CODE)
    assert tables_that_hold_it() == {"notices_notice"}
    Notice.objects.filter(pk=notice.pk).update(text="", sealed_code=CODE.encode())
    assert tables_that_hold_it() == {"notices_notice"}


def test_by_mail_it_is_sealed_until_it_has_gone_out() -> None:
    notice = tell(Recipient(email="siti@warga.test"))[Channel.MAIL]
    assert tables_that_hold_it() == set()
    assert still_sealed() == 1
    deliver_notice(notice.pk)
    (mail,) = mailbox.outbox
    assert mail.subject == f"Kode {CODE}"
    assert f"Kode Anda {CODE}." in mail.body
    html = str(mail.alternatives[0][0])
    assert CODE in html
    assert CODE_MARK not in f"{mail.body}{html}"
    notice.refresh_from_db()
    assert (notice.state, notice.sealed_code) == (NoticeState.SENT, None)
    assert tables_that_hold_it() == set()


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with gateway_running() as running:
        settings.WHATSAPP_WAY = "http"
        settings.WHATSAPP_URL = running.url
        yield running


def test_by_whatsapp_too(gateway: Gateway, settings: Any) -> None:
    notice = tell(Recipient(phone="0812-3456-7890"))[Channel.WHATSAPP]
    gateway.answers(503, {})
    deliver_notice(notice.pk)
    assert still_sealed() == 1  # the next try needs it
    gateway.answers(200, {"id": "1"})
    deliver_notice(notice.pk)
    assert CODE in gateway.asked[-1].body[settings.WHATSAPP_TEXT_FIELD]
    assert (still_sealed(), tables_that_hold_it()) == (0, set())


@pytest.mark.parametrize("answers", [[(400, {})], [(503, {})] * TRIES])
def test_what_never_goes_out_keeps_no_code(
    gateway: Gateway, answers: list[tuple[int, dict[str, str]]], secretary: Account
) -> None:
    notice = tell(Recipient(phone="0812-3456-7890"))[Channel.WHATSAPP]
    for answer in answers:
        gateway.answers(*answer)
        deliver_notice(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, notice.sealed_code) == (NoticeState.FAILED, None)
    with pytest.raises(Refused, match="notice_code_gone"):
        retry_notice(notice.pk, secretary)


def test_a_code_that_counts_no_more_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = tell(Recipient(email="siti@warga.test"))[Channel.MAIL]
    later(monkeypatch, VALID)
    deliver_notice(notice.pk)
    notice.refresh_from_db()
    assert mailbox.outbox == []
    assert (notice.state, notice.error) == (NoticeState.FAILED, "code_expired")
    assert still_sealed() == 0


def test_every_few_minutes_expired_codes_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    told = tell()
    forget_expired_codes()
    assert still_sealed() == 2
    later(monkeypatch, VALID)
    fresh = tell(Recipient(email="budi@warga.test"))[Channel.MAIL]
    forget_expired_codes()
    assert [each.pk for each in Notice.objects.filter(sealed_code__isnull=False)] == [fresh.pk]
    for notice in told.values():
        notice.refresh_from_db()
        assert (notice.state, notice.error) == (NoticeState.FAILED, "code_expired")
    assert Entry.objects.filter(kind="notice.failed").count() == 2
    forget_expired_codes()
    assert Entry.objects.filter(kind="notice.failed").count() == 2


def test_another_key_of_the_installation_opens_nothing(settings: Any) -> None:
    notice = tell(Recipient(email="siti@warga.test"))[Channel.MAIL]
    settings.SECRET_KEY = "another"
    deliver_notice(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, notice.error) == (NoticeState.FAILED, "code_expired")


@pytest.mark.parametrize("act", [mark_sent, skip])
def test_a_person_with_whatsapp_sees_it_while_it_counts(
    secretary: Account, act: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = tell(Recipient(phone="0812-3456-7890"))[Channel.WHATSAPP]
    other = tell(Recipient(phone="0813-3456-7890"))[Channel.WHATSAPP]
    client = Client()
    client.force_login(secretary)

    def page() -> str:
        return client.get(reverse("notice-by-hand")).content.decode()

    assert page().count(quote(f"Kode Anda {CODE}.", safe="")) == 2
    act(notice.pk, secretary)
    notice.refresh_from_db()
    assert notice.sealed_code is None
    assert tables_that_hold_it() == set()
    assert page().count(quote(f"Kode Anda {CODE}.", safe="")) == 1
    later(monkeypatch, VALID)
    assert str(other.pk) not in page()


def test_an_account_gets_it_by_mail_and_never_on_the_pages(secretary: Account) -> None:
    assert set(tell(Recipient(secretary))) == {Channel.MAIL}


def test_erasing_takes_the_code_too() -> None:
    tell()
    erase_about("intake.servicerequest:1", "system")
    assert still_sealed() == 0


def test_a_code_needs_an_end() -> None:
    with pytest.raises(ValueError, match="end"):
        Message("a.b", "c:1", "k", "S", "T", code=CODE)
