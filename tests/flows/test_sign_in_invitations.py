"""Invitations: made by the office, sent by mail, taken over once."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.plugins.accounts import AccountOffice, NewVisitor, Visitor, link_in

MINE = "kata sandi saya sendiri"


@pytest.fixture
def invited(sign_in_office: AccountOffice) -> str:
    """The address of somebody whom the demo's administrator has just invited."""
    email = f"undangan-{len(sign_in_office.mail.received)}-{sign_in_office.port}@pendopo.test"
    sign_in_office.python(
        "admin = Account.objects.get(email='admin@pendopo.test')\n"
        f"invite_account({email!r}, 'Made Wirawan', [Duty.OPERATOR], 'Dinas Kominfo', admin)"
    )
    return email


def test_an_invitation_comes_by_mail_and_is_taken_over(
    sign_in_office: AccountOffice, visitor: Visitor, invited: str
) -> None:
    mail = sign_in_office.mail.mail_to(invited)
    body = mail.get_body(("plain",))
    assert body
    text = body.get_content()
    assert mail["Subject"] == "Akun Anda di localhost"
    assert mail["From"] == "Diskominfo <rapat@pendopo.test>"
    assert re.fullmatch(r"<invitation-[0-9a-f-]{36}@localhost>", mail["Message-ID"])
    assert "Yth. Bapak/Ibu Made Wirawan" in text
    assert "Sri Wahyuni, S.Kom., M.T., Dinas Komunikasi dan Informatika" in text
    page = visitor.open(link_in(mail))
    assert "Diskominfo Kabupaten Karangjati mengundang Anda." in page.text
    assert "Sri Wahyuni, S.Kom., M.T. telah membuatkannya" in page.text
    assert 'value="Made Wirawan"' in page.text
    visitor.http.get("/akun/sso/", follow_redirects=False)  # begins a session
    before = visitor.session
    landed = visitor.answer(page, name="I Made Wirawan, S.T.", password=MINE)
    assert landed.url.path == "/akun/"
    assert "I Made Wirawan, S.T." in landed.text
    assert visitor.session != before
    kinds = [
        row[0]
        for row in sign_in_office.sql(
            "SELECT kind FROM journal_entry WHERE subject LIKE %s ORDER BY id",
            "people.invitation:%",
        )
    ]
    assert kinds[-2:] == ["invitation.created", "invitation.accepted"]
    visitor.sign_out()
    visitor.sign_in(invited, MINE)
    assert visitor.is_in()


def test_a_link_works_once(
    sign_in_office: AccountOffice, new_visitor: NewVisitor, invited: str
) -> None:
    link = link_in(sign_in_office.mail.mail_to(invited))
    first, second = new_visitor(), new_visitor()
    both = [each.open(link) for each in (first, second)]
    first.answer(both[0], name="Made", password=MINE)
    late = second.answer(both[1], name="Penipu", password="kata sandi penipu")
    assert late.status_code == 410
    assert "Undangan ini sudah dipakai." in late.text
    assert 'button-main" href="/akun/login/"' in late.text
    assert not second.is_in()
    assert second.open(link).status_code == 410


def test_a_newer_invitation_replaces_the_older(
    sign_in_office: AccountOffice, visitor: Visitor, invited: str
) -> None:
    old = link_in(sign_in_office.mail.mail_to(invited))
    sign_in_office.python(f"renew_invitation(Account.objects.get(email={invited!r}), 'system')")
    new = link_in(sign_in_office.mail.mail_to(invited, 2))
    page = visitor.open(old)
    assert page.status_code == 410
    assert "sudah diganti atau ditarik" in page.text
    assert visitor.open(new).status_code == 200


def test_an_old_invitation_says_what_to_do(
    sign_in_office: AccountOffice, visitor: Visitor, invited: str
) -> None:
    link = link_in(sign_in_office.mail.mail_to(invited))
    sign_in_office.sql(
        "UPDATE people_invitation SET expires_at = %s FROM people_account"
        " WHERE account_id = people_account.id AND email = %s",
        datetime.now(UTC) - timedelta(seconds=1),
        invited,
    )
    page = visitor.open(link)
    assert page.status_code == 410
    assert "Mintalah undangan baru" in page.text


@pytest.mark.parametrize("change", [lambda link: link[:-5] + "/", lambda link: link[:-20] + "x/"])
def test_a_link_that_we_did_not_sign_opens_nothing(
    sign_in_office: AccountOffice, visitor: Visitor, invited: str, change
) -> None:
    page = visitor.open(change(link_in(sign_in_office.mail.mail_to(invited))))
    assert page.status_code == 404
    assert "Tautan ini tidak lengkap." in page.text


def test_a_weak_password_is_refused_and_nothing_typed_is_lost(
    sign_in_office: AccountOffice, visitor: Visitor, invited: str
) -> None:
    page = visitor.open(link_in(sign_in_office.mail.mail_to(invited)))
    answer = visitor.answer(page, name="Nama yang tidak boleh hilang", password="pendek")
    assert answer.status_code == 422
    assert "terlalu pendek" in answer.text
    assert "Nama yang tidak boleh hilang" in answer.text
    assert not visitor.is_in()


def test_an_invited_account_has_no_other_way_in(
    sign_in_office: AccountOffice, visitor: Visitor, invited: str
) -> None:
    visitor.sign_in(invited, "")
    visitor.sign_in(invited, "!")
    assert not visitor.is_in()


def test_single_sign_on_uses_the_invitation_up(
    sign_in_office: AccountOffice, visitor: Visitor, invited: str
) -> None:
    link = link_in(sign_in_office.mail.mail_to(invited))
    provider = sign_in_office.provider
    provider.knows(invited, email=invited, email_verified=True)
    asked = visitor.http.get("/akun/sso/", follow_redirects=False).headers["Location"]
    visitor.open(provider.approve(asked, invited))
    assert visitor.is_in()
    assert visitor.open(link).status_code == 410
