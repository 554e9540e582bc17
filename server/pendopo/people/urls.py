"""Signing in and out, and one's own account. Sign-up does not exist: the office invites."""

from allauth.account import views as allauth_account
from allauth.mfa.base import views as allauth_mfa
from allauth.mfa.recovery_codes import views as allauth_codes
from allauth.mfa.totp import views as allauth_totp
from allauth.mfa.webauthn import views as allauth_passkeys
from django.conf import settings
from django.db.transaction import atomic
from django.urls import path, re_path
from django.views.generic import RedirectView

from pendopo.people.views import account, invitations, sign_in, single_sign_on, tokens

_signing_in = [
    path("login/", sign_in.SignIn.as_view(), name="account_login"),
    path("logout/", allauth_account.logout, name="account_logout"),
    path("nonaktif/", allauth_account.account_inactive, name="account_inactive"),
    path("masuk/kode/", allauth_mfa.authenticate, name="mfa_authenticate"),
    path("masuk/passkey/", allauth_passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sso/", single_sign_on.sso_start, name="sso-start"),
    path(
        "sso/kembali/",
        single_sign_on.sso_callback,
        {"provider_id": settings.SSO_ID},
        name="openid_connect_callback",
    ),
    path("undangan/<str:signed>/", invitations.invitation, name="account-invitation"),
]
_confirming = [
    path("konfirmasi/", allauth_account.reauthenticate, name="account_reauthenticate"),
    path("konfirmasi/kode/", allauth_mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "konfirmasi/passkey/",
        allauth_passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
]
# allauth changes, then reports; in one transaction the journal can't miss what it changed.
_password = [
    path("kata-sandi/", atomic(allauth_account.password_change), name="account_change_password"),
    path("kata-sandi/baru/", atomic(allauth_account.password_set), name="account_set_password"),
    path("lupa/", sign_in.ForgottenPassword.as_view(), name="account_reset_password"),
    path(
        "lupa/terkirim/",
        sign_in.ForgottenPasswordSent.as_view(),
        name="account_reset_password_done",
    ),
    path(
        "lupa/selesai/",
        allauth_account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^lupa/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        atomic(allauth_account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
_second_factor = [
    path("keamanan/", account.security, name="mfa_index"),
    path("keamanan/aplikasi/", account.ActivateApp.as_view(), name="mfa_activate_totp"),
    path(
        "keamanan/aplikasi/hapus/", atomic(allauth_totp.deactivate_totp), name="mfa_deactivate_totp"
    ),
    path("keamanan/kode/", allauth_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "keamanan/kode/baru/",
        allauth_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    # One page shows all factors; allauth leads here after a passkey was removed or renamed.
    path(
        "keamanan/passkey/",
        RedirectView.as_view(pattern_name="mfa_index"),
        name="mfa_list_webauthn",
    ),
    path("keamanan/passkey/tambah/", atomic(account.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path(
        "keamanan/passkey/<int:pk>/hapus/",
        atomic(allauth_passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "keamanan/passkey/<int:pk>/nama/", allauth_passkeys.edit_webauthn, name="mfa_edit_webauthn"
    ),
]
urlpatterns = [
    path("", account.overview, name="account"),
    path("nama/", account.name, name="account-name"),
    path("perangkat/", account.other_devices, name="account-other-devices"),
    path("token/", tokens.token_list, name="token-list"),
    path("token/baru/", tokens.token_new, name="token-new"),
    path("token/<uuid:pk>/cabut/", tokens.token_revoke, name="token-revoke"),
    *_signing_in,
    *_confirming,
    *_password,
    *_second_factor,
]
