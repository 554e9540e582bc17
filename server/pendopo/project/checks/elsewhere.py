"""What lies on other machines: the mail server, the provider of single sign-on; and our own address
as others write it."""

import json
import smtplib
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit
from urllib.request import urlopen

from pendopo.project.checks.finding import Finding, wrong
from pendopo.project.deployment import Deployment
from pendopo.project.front_door import is_loopback

ANSWER_WITHIN = 5  # seconds
DISCOVERY = "/.well-known/openid-configuration"


def elsewhere(deployment: Deployment) -> Iterator[Finding]:
    """All of it."""
    yield base_url(deployment.base_url, deployment.port, deployment.proxies)
    yield mail_server(deployment)
    yield single_sign_on(deployment.oidc_issuer)


def base_url(url: str, port: int, proxies: int) -> Finding:
    """People can open it, and browsers let them use camera and microphone there."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    if not is_loopback(name) and parts.scheme != "https":
        return wrong(
            "address",
            f"{url} is not https, and browsers give camera and microphone to no other: serve it by "
            "PENDOPO_HOST or a proxy of yours, and write https:// in PENDOPO_BASE_URL.",
        )
    if is_loopback(name) and parts.scheme == "http" and not proxies and parts.port != port:
        return wrong(
            "address",
            f"{url} is not where the pages are: unset PENDOPO_BASE_URL, or make its port {port}.",
        )
    return Finding("address", url)


def mail_server(deployment: Deployment) -> Finding:
    """It greets us, in the wished encryption, and takes our user and password."""
    host, port = deployment.mail_host, deployment.mail_port
    if not host:
        return Finding("mail", "none goes out, PENDOPO_MAIL_HOST is not set")
    trust = ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(host, port, timeout=ANSWER_WITHIN, context=trust)
            if deployment.mail_security == "tls"
            else smtplib.SMTP(host, port, timeout=ANSWER_WITHIN)
        ) as server:
            if deployment.mail_security == "starttls":
                server.starttls(context=trust)
            if deployment.mail_user:
                server.login(deployment.mail_user, deployment.mail_password)
            server.noop()
    except smtplib.SMTPAuthenticationError:
        return wrong(
            "mail",
            f"{host} refuses the user: correct PENDOPO_MAIL_USER and PENDOPO_MAIL_PASSWORD.",
        )
    except (OSError, smtplib.SMTPException) as problem:
        return wrong(
            "mail",
            f"{host}:{port} does not answer as wished ({type(problem).__name__}): correct "
            "PENDOPO_MAIL_HOST, PENDOPO_MAIL_PORT and PENDOPO_MAIL_SECURITY.",
        )
    return Finding("mail", f"{host}:{port} takes our mail")


def single_sign_on(issuer: str) -> Finding:
    """The provider says of itself what we were told."""
    if not issuer:
        return Finding("single sign-on", "none, PENDOPO_OIDC_ISSUER is not set")
    try:
        with urlopen(issuer + DISCOVERY, timeout=ANSWER_WITHIN) as answer:  # noqa: S310  (checked)
            said = json.load(answer).get("issuer", "")
    except (OSError, ValueError, AttributeError) as problem:
        return wrong(
            "single sign-on",
            f"{issuer}{DISCOVERY} can't be read ({type(problem).__name__}): correct "
            "PENDOPO_OIDC_ISSUER, or start that provider.",
        )
    if said.rstrip("/") != issuer:
        return wrong(
            "single sign-on",
            f"the provider calls itself {said}: write just that in PENDOPO_OIDC_ISSUER.",
        )
    return Finding("single sign-on", issuer)
