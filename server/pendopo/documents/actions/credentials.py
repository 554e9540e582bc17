"""With what somebody signs: got, brought along, named to BSrE, taken away."""

from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.db import models, transaction

from pendopo.documents.models import Credential, SigningPolicy
from pendopo.documents.rules import Method
from pendopo.documents.rules.signing import SHORTEST_PASSPHRASE, Tries, is_nik, same_person
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.demo_authority import DemoAuthority
from pendopo.gateways.signing.keystore import LARGEST_FILE, Unlocked, certified, lock, unlock
from pendopo.gateways.signing.port import Passphrase
from pendopo.gateways.signing.roots import leads_to, roots_of
from pendopo.gateways.signing.sealing import seal, unseal
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.office.queries import office_or_default
from pendopo.people.models import Account

_NIK = "nik of a signer"


def demo_authority() -> DemoAuthority:
    """The demo authority of this installation; its key lies among the other secrets."""
    return DemoAuthority(Path(settings.SECRETS_FOLDER))


@transaction.atomic
def get_demo_certificate(account: Account, passphrase: Passphrase) -> Credential:
    """A new demo certificate for a year, in place of whatever local one there was.

    Raises ``Refused('passphrase_short')``.
    """
    _refuse_short(passphrase)
    unlocked = demo_authority().issue(account.person.name, office_or_default().name)
    return _keep(account, unlocked, passphrase, is_demo=True)


@transaction.atomic
def bring_certificate(
    account: Account, upload: "File[bytes]", opens: Passphrase, passphrase: Passphrase
) -> Credential:
    """Keeps one's own PKCS#12, locked anew with ``passphrase``; ``opens`` opens the file.

    Raises ``Refused`` as `gateways.signing.keystore.unlock`, or with ``passphrase_short``,
    ``certificate_unknown`` (no authority that counts here issued it) or ``certificate_of_another``.
    """
    _refuse_short(passphrase)
    unlocked = unlock(upload.read(LARGEST_FILE + 1), opens)
    is_demo = demo_authority().knows(unlocked.certificate)
    if not (is_demo or _counts(unlocked)):
        raise Refused("certificate_unknown")
    holder = certified(unlocked.certificate).holder
    if not (is_demo or same_person(account.person.name, holder)):
        raise Refused("certificate_of_another", holder=holder)
    return _keep(account, unlocked, passphrase, is_demo=is_demo)


@transaction.atomic
def name_to_bsre(account: Account, nik: str) -> Credential:
    """Keeps the NIK by which BSrE knows a signer, sealed. Raises ``Refused('nik_wrong')``."""
    if not is_nik(nik):
        raise Refused("nik_wrong")
    Credential.objects.filter(account=account, kind=Method.BSRE).delete()
    credential = Credential.objects.create(
        account=account, kind=Method.BSRE, sealed_nik=seal(nik, settings.SECRET_KEY, _NIK)
    )
    record("credential.kept", credential, account, method=Method.BSRE.value, demo=False)
    return credential


@transaction.atomic
def delete_credential(account: Account, kind: Method) -> bool:
    """Takes it away for good; ``False`` when there was none. Papers that were signed stay valid."""
    found = Credential.objects.select_for_update().filter(account=account, kind=kind).first()
    if found is None:
        return False
    subject = f"documents.credential:{found.pk}"
    found.delete()
    record("credential.deleted", subject, account, method=kind.value)
    return True


@transaction.atomic
def delete_credentials_of(account: Account) -> None:
    """Takes all of an account's away, when its person is erased."""
    Credential.objects.filter(account=account).delete()


def nik_of(credential: Credential) -> str:
    """The NIK again, on its way to BSrE. Raises ``Refused('credential_unreadable')``."""
    try:
        return unseal(bytes(credential.sealed_nik), settings.SECRET_KEY, _NIK)
    except ValueError as error:
        raise Refused("credential_unreadable") from error


@transaction.atomic(durable=True)
def count_try(account: Account, kind: Method) -> None:
    """Counts a try of the passphrase before it is made, so that guesses at once are counted too.

    Raises ``Refused('too_many_passphrases')``. Not within another transaction: one that fails
    would take the count back.
    """
    found = Credential.objects.select_for_update().filter(account=account, kind=kind).first()
    if found is None:
        raise Refused("credential_missing")
    tries = Tries(found.tries, found.tries_since).next(clock.now())
    if tries is None:
        raise Refused("too_many_passphrases")
    found.tries, found.tries_since = tries.count, tries.since
    found.save(update_fields=["tries", "tries_since"])


def forget_tries(account: Account, kind: Method) -> None:
    """The passphrase was right: the count begins anew."""
    Credential.objects.filter(account=account, kind=kind).update(tries=0, tries_since=None)


def take_try_back(account: Account, kind: Method) -> None:
    """The passphrase was not tried after all; wrong ones before it still count."""
    counted = Credential.objects.filter(account=account, kind=kind, tries__gt=0)
    counted.update(tries=models.F("tries") - 1)


@transaction.atomic
def change_signing_policy(changes: dict[str, str], actor: Subject) -> None:
    """Sets what differs of the office's decisions about signing."""
    policy = SigningPolicy.objects.select_for_update().get()
    changed = [field for field, value in changes.items() if getattr(policy, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(policy, field, changes[field])
    policy.save(update_fields=changed)
    record("signing.changed", "documents.signingpolicy", actor, fields=sorted(changed))


def _counts(unlocked: Unlocked) -> bool:
    return leads_to(unlocked.certificate, unlocked.chain, roots_of(settings.SIGNING_ROOTS))


def _keep(
    account: Account, unlocked: Unlocked, passphrase: Passphrase, *, is_demo: bool
) -> Credential:
    shown = certified(unlocked.certificate)
    Credential.objects.filter(account=account, kind=Method.LOCAL).delete()
    credential = Credential.objects.create(
        account=account,
        kind=Method.LOCAL,
        locked_key=lock(unlocked, passphrase),
        is_demo=is_demo,
        serial=shown.serial,
        issuer=shown.issuer[:200],
        fingerprint=shown.fingerprint,
        valid_from=shown.valid_from,
        valid_until=shown.valid_until,
    )
    record("credential.kept", credential, account, method=Method.LOCAL.value, demo=is_demo)
    return credential


def _refuse_short(passphrase: Passphrase) -> None:
    if len(passphrase.reveal()) < SHORTEST_PASSPHRASE:
        raise Refused("passphrase_short", least=SHORTEST_PASSPHRASE)
