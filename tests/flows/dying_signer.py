"""Signs a letter, or does what follows a signature, in a process of its own that is killed midway.

A fresh process, for a fork of the tests' would wait for ever for threads that it did not inherit.
"""

import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from django.conf import settings

from pendopo.documents.actions.signing import sign_documents
from pendopo.documents.models import Document
from pendopo.documents.tests.signers import SECRET
from pendopo.gateways.signing.port import Passphrase
from pendopo.journal.tasks import react
from pendopo.people.models import Account

FOLDER, DIES_AT = "DYING_SIGNER_FOLDER", "DYING_SIGNER_DIES_AT"
ROOT = Path(__file__).resolve().parents[2]


def use(folder: Path) -> None:
    """Where files and secrets of this office lie; it has a mail server."""
    settings.MEDIA_ROOT, settings.SECRETS_FOLDER = folder / "files", folder / "secrets"
    settings.EMAIL_HOST = "mail.example"


def killed(folder: Path, database: str, at: str, *work: str) -> None:
    """Does ``work`` and is killed where it calls ``at``, a function with its module.

    ``work``: ``sign``, a letter's and an account's id; or ``react`` and jobs as ``entry:reaction``.
    """
    program = "import django; django.setup()\nfrom tests.flows import dying_signer as d; d.main()\n"
    surroundings = {**os.environ, FOLDER: str(folder), DIES_AT: at, "DATABASE_URL": database}
    done = subprocess.run(
        [sys.executable, "-c", program, *work],
        env=surroundings, cwd=ROOT, timeout=120, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr


def _die(*_given: object, **_named: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """In the process."""
    use(Path(os.environ[FOLDER]))
    owner, _dot, name = os.environ[DIES_AT].rpartition(".")
    setattr(import_module(owner), name, _die)
    kind, *given = sys.argv[1:]
    if kind == "sign":
        paper, account = Document.objects.get(pk=given[0]), Account.objects.get(pk=given[1])
        sign_documents([paper], account, Passphrase(SECRET))
        return
    for job in given:
        entry, _colon, reaction = job.partition(":")
        react(int(entry), reaction)
