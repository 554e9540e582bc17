"""Messages written in the transaction of what they tell, once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection, transaction

from pendopo.journal import registry
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM, Entry, Reacted
from pendopo.journal.tasks import react
from pendopo.notices.actions.by_hand import choose_way
from pendopo.notices.actions.policy import change_policy
from pendopo.notices.actions.sending import Message, Recipient, send_notice
from pendopo.notices.models import Notice
from pendopo.notices.rules import Channel, NoticeState, Way
from pendopo.people.actions.accounts import create_account, deactivate_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty

MESSAGE = Message(
    kind="request.received",
    about="intake.servicerequest:1",
    key="request.received:1",
    subject="Permohonan diterima",
    text="Yth. Ibu Siti,\n\nPermohonan Anda kami terima.",
    link="/lacak/1",
    link_label="Lihat permohonan",
)
CONTACT = Recipient(name="Siti", email="siti@pkk.example", phone="0812-3456-7890")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_server(settings) -> None:
    settings.EMAIL_HOST = "mail.example"


@pytest.fixture
def host() -> Account:
    return create_account("host@t.example", "x", "Bu Rini", [Duty.HOST])


def jobs() -> list[tuple[str, str]]:
    with connection.cursor() as sql:
        sql.execute(
            "SELECT args->>'notice_id', lock FROM procrastinate_jobs"
            " WHERE task_name = 'pendopo.notices.tasks.deliver' ORDER BY id"
        )
        return list(sql.fetchall())


def channels(notices: list[Notice]) -> dict[str, str]:
    return {notice.channel: notice.state for notice in notices}


def test_a_contact_is_told_by_mail_and_by_a_person_with_whatsapp() -> None:
    written = send_notice(MESSAGE, [CONTACT])
    assert channels(written) == {
        Channel.MAIL: NoticeState.WAITING,
        Channel.WHATSAPP: NoticeState.BY_HAND,
    }
    assert {notice.to_address for notice in written} == {"siti@pkk.example", "+6281234567890"}
    mail = next(each for each in written if each.channel == Channel.MAIL)
    assert jobs() == [(str(mail.pk), f"notice:{mail.pk}")]


def test_an_account_is_told_on_the_pages_and_by_mail(host: Account) -> None:
    written = send_notice(MESSAGE, [Recipient(host)])
    assert channels(written) == {
        Channel.MAIL: NoticeState.WAITING,
        Channel.IN_APP: NoticeState.SENT,
    }
    assert {notice.person_id for notice in written} == {host.person_id}


def test_the_same_key_tells_nobody_twice(host: Account) -> None:
    first = send_notice(MESSAGE, [CONTACT, Recipient(host)])
    assert len(first) == 4
    assert send_notice(MESSAGE, [CONTACT, Recipient(host)]) == []
    assert Notice.objects.count() == 4
    assert len(jobs()) == 2
    assert Entry.objects.filter(kind="notice.written").count() == 1


def tell_again(entry: Entry) -> None:
    """A reaction as other apps have it."""
    send_notice(replace(MESSAGE, key=f"told-{entry.pk}"), [CONTACT])


def test_a_reaction_that_runs_again_tells_nobody_twice() -> None:
    """As after a crash between its act and the note that it is done."""
    registry.reacts_to("test.told")(tell_again)
    entry = record("test.told", "a:1", SYSTEM)
    name = f"{__name__}.tell_again"
    for _ in range(3):
        react(entry.pk, name)
    Reacted.objects.all().delete()
    react(entry.pk, name)
    assert sorted(Notice.objects.values_list("channel", flat=True)) == ["mail", "whatsapp"]
    assert len(jobs()) == 1


@pytest.mark.django_db(transaction=True)
def test_told_by_two_at_once_a_person_hears_it_once() -> None:
    with connection.cursor() as sql:
        sql.execute("TRUNCATE procrastinate_jobs CASCADE")
    together = Barrier(4)

    def tell(_: int) -> int:
        try:
            with transaction.atomic():
                together.wait(30)
                return len(send_notice(MESSAGE, [CONTACT]))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(tell, range(4))) == 2
    assert sorted(Notice.objects.values_list("channel", flat=True)) == ["mail", "whatsapp"]
    assert len(jobs()) == 1
    assert Entry.objects.filter(kind="notice.written").count() == 1


def test_one_person_named_twice_is_told_once() -> None:
    assert len(send_notice(MESSAGE, [CONTACT, CONTACT])) == 2


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nothing_is_promised() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        send_notice(MESSAGE, [CONTACT])


def test_what_is_rolled_back_tells_nobody() -> None:
    with transaction.atomic():
        assert send_notice(MESSAGE, [CONTACT])
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert jobs() == []


@pytest.mark.parametrize(
    ("way", "urgent", "wanted"),
    [
        (Way.AT_ONCE, False, {Channel.IN_APP, Channel.MAIL}),
        (Way.DIGEST, False, {Channel.IN_APP}),
        (Way.DIGEST, True, {Channel.IN_APP, Channel.MAIL}),
        (Way.IN_APP, True, {Channel.IN_APP}),
    ],
)
def test_an_account_is_told_as_it_has_chosen(host, way, urgent, wanted) -> None:
    choose_way(host, way)
    message = Message("a.b", "c:1", "k", "S", "T", urgent=urgent)
    assert set(channels(send_notice(message, [Recipient(host)]))) == wanted


def test_staff_get_a_digest_unless_the_office_decides_otherwise() -> None:
    staff = create_account("s@t.example", "x", "Pak Budi", [Duty.SECRETARIAT])
    assert set(channels(send_notice(MESSAGE, [Recipient(staff)]))) == {Channel.IN_APP}
    change_policy({"staff_way": Way.AT_ONCE}, SYSTEM)
    other = Message("a.b", "c:1", "other", "S", "T")
    assert len(send_notice(other, [Recipient(staff)])) == 2


def test_a_closed_account_is_told_nothing(host: Account) -> None:
    deactivate_account(host, SYSTEM)
    assert send_notice(MESSAGE, [Recipient(host)]) == []


def test_what_can_not_reach_a_contact_is_shown_as_failed(settings) -> None:
    settings.EMAIL_HOST = ""
    nobody = Recipient(name="A", email="a@b.example", phone="12")
    errors = {notice.channel: notice.error for notice in send_notice(MESSAGE, [nobody])}
    assert errors == {Channel.MAIL: "no_mail_server", Channel.WHATSAPP: "number_invalid"}


def test_no_contact_stands_in_a_key_or_in_the_journal() -> None:
    written = send_notice(MESSAGE, [CONTACT])
    assert not any("siti" in n.key or "812" in n.key for n in written)
    entry = Entry.objects.get(kind="notice.written")
    assert entry.facts == {"notice_kind": "request.received", "mail": 1, "whatsapp": 1, "in_app": 0}


def test_however_many_are_told_the_queries_are_few(host, django_assert_max_num_queries) -> None:
    many = [Recipient(name=str(n), phone=f"08123456{n:04}") for n in range(200)]
    with django_assert_max_num_queries(8):
        assert len(send_notice(MESSAGE, many)) == 200
