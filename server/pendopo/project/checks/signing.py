"""With what the office signs its letters, and whether the services it needs for that answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pendopo.project.checks.finding import Finding, wrong
from pendopo.project.deployment import Deployment

RENEW_WITHIN = timedelta(days=30)  # the account's own page warns from then on as well
_WORDS = {"local": "certificates that are kept here", "bsre": "BSrE", "scan": "by hand, by scan"}
_READY = "select to_regclass('documents_credential') is not null"
_POLICY = "select method, timestamp_url from documents_signingpolicy"
_DEMO_OFFICE = "select exists (select from people_account where email like '%@pendopo.test')"
# Of whoever may still sign in; a certificate that nobody uses harms nobody.
_CREDENTIALS = """
select credential.kind, credential.is_demo, credential.valid_until
  from documents_credential credential
  join people_account account on account.id = credential.account_id and account.is_active
"""


@dataclass(frozen=True)
class Held:
    """With what somebody signs: ``local`` or ``bsre``, and of a certificate how long it lasts."""

    kind: str
    is_demo: bool
    valid_until: datetime | None


def signing(deployment: Deployment, connection: Any) -> Iterator[Finding]:
    """All of it; nothing for a database that does not have these tables yet."""
    (ready,) = connection.execute(_READY).fetchone()
    if not ready:
        return
    method, stamps_at = connection.execute(_POLICY).fetchone() or ("local", "")
    held = [Held(*row) for row in connection.execute(_CREDENTIALS).fetchall()]
    (is_demo_office,) = connection.execute(_DEMO_OFFICE).fetchone()
    yield signers(method, held, is_demo_office=is_demo_office, now=datetime.now(UTC))
    if method == "local":
        yield timestamp_server(stamps_at)
    yield bsre(deployment, is_chosen=method == "bsre")


def signers(method: str, held: Sequence[Held], *, is_demo_office: bool, now: datetime) -> Finding:
    """Somebody can sign, with something that is worth something, today and next month."""
    ours = [each for each in held if each.kind == method]
    said = f"{_WORDS.get(method, method)}, {len(ours)} can sign"
    if method == "scan":
        return Finding("signing", _WORDS[method])
    if not ours:
        return Finding("signing", f"{said}: signers set it up at /akun/tanda-tangan/")
    demo = sum(each.is_demo for each in ours)
    if demo and not is_demo_office:
        return wrong(
            "signing",
            f"{demo} of {len(ours)} signers have a trial certificate, so their letters have no "
            "legal force: they upload one of a certificate authority at "
            "/akun/tanda-tangan/berkas/, or the office chooses BSrE or signing by hand at "
            "/pengaturan/tanda-tangan.",
        )
    ends = min((each.valid_until for each in ours if each.valid_until), default=None)
    if ends is not None and ends - now < RENEW_WITHIN:
        return wrong("signing", _ending(ends, now))
    until = f", the first certificate until {ends:%Y-%m-%d}" if ends else ""
    return Finding("signing", f"{said}{until}{', on trial' if demo else ''}")


def _ending(ends: datetime, now: datetime) -> str:
    """What to do about a certificate that ends soon."""
    days = (ends - now).days
    left = "has ended" if ends <= now else f"ends in {days} days, on {ends:%Y-%m-%d}"
    return f"a certificate {left}: its holder renews it at /akun/tanda-tangan/."


def timestamp_server(url: str) -> Finding:
    """It stamps something for us; without one only our own clock says when a letter was signed."""
    if not url:
        return Finding("timestamp server", "none, our own clock says when a letter was signed")
    from pendopo.gateways.signing.local import timestamp_server_answers

    if timestamp_server_answers(url):
        return Finding("timestamp server", f"{url} stamps")
    return wrong(
        "timestamp server",
        f"{url} stamps nothing, so no letter can be signed: correct it at "
        "/pengaturan/tanda-tangan, or empty it to do without.",
    )


def bsre(deployment: Deployment, *, is_chosen: bool) -> Finding:
    """It answers and takes our user; whoever chose it has it."""
    url = deployment.bsre_url
    if not url and is_chosen:
        return wrong(
            "BSrE",
            "the office signs by it, and it is not set up: set PENDOPO_BSRE_URL, "
            "PENDOPO_BSRE_USER and PENDOPO_BSRE_PASSWORD, or choose another way at "
            "/pengaturan/tanda-tangan.",
        )
    if not url:
        return Finding("BSrE", "none, PENDOPO_BSRE_URL is not set")
    from pendopo.gateways.signing.bsre import BsreService, service_answers

    trouble = service_answers(BsreService(url, deployment.bsre_user, deployment.bsre_password))
    if trouble == "user":
        return wrong(
            "BSrE",
            f"{url} refuses the user: correct PENDOPO_BSRE_USER and PENDOPO_BSRE_PASSWORD.",
        )
    if trouble:
        return wrong("BSrE", f"{url} does not answer: correct PENDOPO_BSRE_URL, or ask BSrE.")
    aside = "" if is_chosen else "; the office signs in another way"
    return Finding("BSrE", f"{url} takes our user{aside}")
