"""Reading accounts and what they may do."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db.models import Q, QuerySet

from pendopo.foundation import clock
from pendopo.foundation.ids import secret_hash
from pendopo.people.models import Account, ApiToken, Invitation, SignInPolicy
from pendopo.people.rules import ALLOWS, Duty, Permission, is_staff, permissions_of

INVITATION_SALT = "pendopo.people.invitation"
_SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def duties_of(account: Account) -> frozenset[str]:
    """The duties an account holds. One query, kept on the object for the length of a request."""
    if account.kept_duties is None:
        account.kept_duties = frozenset(account.duties.values_list("duty", flat=True))
    return account.kept_duties


def permissions_for(account: Account | AnonymousUser) -> frozenset[Permission]:
    """What an account may do; a stranger may do nothing. One query, as :func:`duties_of`."""
    return permissions_of(duties_of(account)) if isinstance(account, Account) else frozenset()


def valid_api_token(secret: str) -> ApiToken | None:
    """The token with this secret, with its account, unless it is over. One query."""
    return (
        ApiToken.objects.filter(secret_hash=secret_hash(secret), account__is_active=True)
        .filter(revoked_at=None)
        .filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()))
        .select_related("account", "account__person")
        .first()
    )


def own_tokens(account: Account) -> QuerySet[ApiToken]:
    """The tokens of an account that work, newest first. One query."""
    return (
        account.api_tokens.filter(revoked_at=None)
        .filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()))
        .order_by("-created_at")
    )


def accounts_with(permission: Permission) -> QuerySet[Account]:
    """Active accounts whose duties allow something, with their persons. One query."""
    duties = [duty for duty, allowed in ALLOWS.items() if permission in allowed]
    return (
        Account.objects.filter(is_active=True, duties__duty__in=duties)
        .select_related("person")
        .distinct()
    )


def administrators() -> QuerySet[Account]:
    """Accounts that administer the office and can sign in: by password, passkey or single sign-on.

    An invitation that nobody has accepted makes no administrator.
    """
    by_passkey = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)
    can_sign_in = (
        ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        | Q(pk__in=by_passkey.values("user"))
        | Q(pk__in=SocialAccount.objects.values("user"))
    )
    return Account.objects.filter(can_sign_in, is_active=True, duties__duty=Duty.ADMINISTRATOR)


def the_policy() -> SignInPolicy:
    """What the office decided about signing in; the defaults while it has decided nothing.

    One query.
    """
    return SignInPolicy.objects.filter(only=True).first() or SignInPolicy()


def must_set_second_factor(account: Account) -> bool:
    """Whether the policy keeps this account from everything but setting up a second factor.

    One query while the policy does not ask for it, at most three otherwise.
    """
    if not the_policy().staff_need_mfa or not is_staff(duties_of(account)):
        return False
    found = Authenticator.objects.filter(user_id=account.pk, type__in=_SECOND_FACTORS)
    return not found.exists()


@dataclass(frozen=True)
class Security:
    """What keeps an account safe, besides its password."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    codes_left: int | None  # None: there are no recovery codes
    sso_linked: bool

    @property
    def has_second_factor(self) -> bool:
        """Whether the account asks for more than the password."""
        return bool(self.app or self.passkeys)


def security_of(account: Account) -> Security:
    """The second factors of an account. Two queries."""
    found: dict[str, list[Authenticator]] = {}
    for each in Authenticator.objects.filter(user_id=account.pk).order_by("created_at"):
        found.setdefault(each.type, []).append(each)
    codes = found.get(Authenticator.Type.RECOVERY_CODES, [])
    return Security(
        app=next(iter(found.get(Authenticator.Type.TOTP, [])), None),
        passkeys=found.get(Authenticator.Type.WEBAUTHN, []),
        codes_left=len(codes[0].wrap().get_unused_codes()) if codes else None,
        sso_linked=SocialAccount.objects.filter(user_id=account.pk).exists(),
    )


def open_invitation(account: Account) -> Invitation | None:
    """The invitation by which this account can be taken over, while it is open. One query."""
    found = Invitation.objects.filter(account=account, used_at=None, revoked_at=None)
    return found.filter(expires_at__gt=clock.now()).first()


def invitation_of(signed: str) -> Invitation | None:
    """The invitation that a link names, with its account and inviter; None for a wrong link.

    One query, none for a link that we have not signed.
    """
    try:
        pk, nonce = signing.loads(signed, salt=INVITATION_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return (
        Invitation.objects.filter(pk=pk, nonce=nonce)
        .select_related("account__person", "created_by__person")
        .first()
    )
