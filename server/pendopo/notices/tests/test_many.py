"""Ten thousand messages: every list takes the same few queries and shows a page of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pendopo.foundation import clock
from pendopo.foundation.ids import new_id
from pendopo.foundation.pagination import LIMIT
from pendopo.notices import queries
from pendopo.notices.models import Notice
from pendopo.notices.rules import Channel, NoticeState
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.queries import duties_of
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db
MANY = 10_000
HIDING = 2  # queries that find out which messages an account may not see
STATES = {
    Channel.MAIL: NoticeState.SENT,
    Channel.WHATSAPP: NoticeState.BY_HAND,
    Channel.IN_APP: NoticeState.SENT,
}


@pytest.fixture
def secretary() -> Account:
    return create_account("s@t.example", "x", "Bu Sekre", [Duty.SECRETARIAT])


@pytest.fixture
def client_of(secretary: Account) -> Client:
    client = Client()
    client.force_login(secretary)
    return client


def write(count: int, account: Account, **more: Any) -> None:
    now = clock.now()
    Notice.objects.bulk_create(
        [
            Notice(
                kind="a.b", about=f"intake.servicerequest:{number % 50}",
                key=str(new_id()), channel=channel, state=STATES[channel],
                account=account if channel is Channel.IN_APP else None,
                to_name="Siti", to_address="+6281234567890", subject=f"Perihal {number}",
                text="Isi " * 50, thread="t", created_at=now - timedelta(minutes=count - number),
                **more,
            )
            for number in range(count)
            for channel in [list(Channel)[number % 3]]
        ],
        batch_size=2000,
    )  # fmt: skip


def asked(client: Client, page: str) -> tuple[int, int]:
    """How many queries a page takes, and how many messages it shows."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(page)
    assert answer.status_code == 200
    return len(captured), answer.content.decode().count("Perihal ")


PAGES = [
    reverse("notice-outbox"),
    reverse("notice-outbox") + "?state=by_hand&channel=whatsapp",
    reverse("notice-by-hand"),
    reverse("notice-list"),
]


def test_pages_take_the_same_queries_for_ten_and_for_ten_thousand(
    client_of: Client, secretary: Account
) -> None:
    write(12, secretary)
    for page in PAGES:
        asked(client_of, page)  # what is cached is cached now
    few = {page: asked(client_of, page)[0] for page in PAGES}
    write(MANY, secretary)
    for page in PAGES:
        many, words = asked(client_of, page)
        assert many == few[page], page
        assert 0 < words <= 4 * LIMIT, page  # each row names its subject up to four times


def test_the_outbox_is_walked_by_its_cursor_once_each(secretary: Account) -> None:
    write(250, secretary)
    duties_of(secretary)  # known on every page before
    seen: list[str] = []
    cursor: str | None = None
    while True:
        with CaptureQueriesContext(connection) as captured:
            page, cursor = queries.outbox(secretary, cursor)
        assert len(captured) == 1 + HIDING
        assert "OFFSET" not in captured[-1]["sql"]
        assert len(page) <= LIMIT
        seen += [str(each.pk) for each in page]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == Notice.objects.exclude(channel="in_app").count()
    assert seen == sorted(seen, reverse=True)


def test_each_query_takes_no_more_than_its_page(
    secretary: Account, django_assert_num_queries: Any
) -> None:
    write(MANY, secretary)
    duties_of(secretary)
    with django_assert_num_queries(1):
        assert len(queries.unread_of(secretary, 100)) == 100
    with django_assert_num_queries(1):
        assert queries.unread_count(secretary) == MANY // 3
    with django_assert_num_queries(1 + HIDING):
        assert len(queries.to_send_by_hand(secretary, 50)) == 50
    with django_assert_num_queries(1):
        assert len(queries.undigested(secretary)) == 500
    last = Notice.objects.filter(channel=Channel.MAIL).latest("pk")
    Notice.objects.filter(pk=last.pk).update(to_address="+6281234567890")
    with django_assert_num_queries(1):
        assert len(queries.earlier_in_thread(last)) == 10
    Notice.objects.filter(channel=Channel.IN_APP).update(read_at=clock.now())
    with django_assert_num_queries(1):
        found, cursor = queries.read_of(secretary, None)
    assert len(found) == LIMIT
    assert cursor
