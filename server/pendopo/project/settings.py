"""Django's settings, made from the deployment settings (`project/deployment.py`)."""

from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from pendopo.project.caching import keep_hashed_files
from pendopo.project.deployment import deployment
from pendopo.project.logs import logging_config, set_up_structlog

DAY, YEAR = 24 * 3600, 365 * 24 * 3600  # seconds
_HERE = Path(__file__).resolve().parents[1]
_CLIENT = _HERE.parents[1] / "client" / "dist"
_deployment = deployment()
_https = _deployment.has_https

SECRET_KEY = _deployment.secret_key
DEBUG = False
# Links are made from the Host header: a page opened on 127.0.0.1 must lead to 127.0.0.1.
_front = urlsplit(_deployment.base_url)
ALLOWED_HOSTS = sorted({*_deployment.front_names, "localhost", "127.0.0.1"})
COOKIE_PREFIX = f"pendopo_{_deployment.port}"

INSTALLED_APPS = [
    "pendopo.project",
    "pendopo.intake",
    "pendopo.meetings",
    "pendopo.schedule",
    "pendopo.documents",
    "pendopo.notices",
    "pendopo.files",
    "pendopo.office",
    "pendopo.people",
    "pendopo.journal",
    "pendopo.gateways",
    "pendopo.foundation",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "django_vite",
    "csp",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "pendopo.project.request_log.request_log_middleware",
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pendopo.foundation.middleware.language_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pendopo.people.middleware.SecondFactorMiddleware",
    "pendopo.files.requests.RequestSizeMiddleware",
    "pendopo.foundation.middleware.RefusalMiddleware",
]
# GZipMiddleware must not come here: it breaks event streams. Static files are compressed already.

ROOT_URLCONF = "pendopo.project.urls"
ASGI_APPLICATION = "pendopo.project.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pendopo.project.context.page_context",
            ]
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    """Django's words for a libpq URL, with a small pool per process."""
    given = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": given.get("dbname", ""),
        "USER": given.get("user", ""),
        "PASSWORD": given.get("password", ""),
        "HOST": given.get("host", ""),
        "PORT": str(given.get("port", "")),
        # Health checks: without them every pooled connection costs one error after a restart.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 2, "max_size": 8, "timeout": 10}},
    }


DATABASES = {"default": _database(_deployment.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Whom a rate limit counts is what our own proxy says (the last entries of X-Forwarded-For), never
# what a client claims.
NINJA_NUM_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = _deployment.proxies
CACHES = {
    # Shared by all processes, so that a rate limit is one limit.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "foundation_cache",
    }
}

PROCRASTINATE_ON_APP_READY = "pendopo.journal.tasks.note_failures"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
]
PASSWORD_RESET_TIMEOUT = 4 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my-meetings"
LOGOUT_REDIRECT_URL = "home"
# Mail is sent without a request, so its links can't follow the Host header.
BASE_URL = _deployment.base_url

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "pendopo.people.forms.sign_in.SignInForm",
    "reset_password": "pendopo.people.forms.passwords.ForgottenPasswordForm",
    "reset_password_from_key": "pendopo.people.forms.passwords.NewPasswordForm",
    "change_password": "pendopo.people.forms.passwords.ChangePasswordForm",
    "set_password": "pendopo.people.forms.passwords.FirstPasswordForm",
    "reauthenticate": "pendopo.people.forms.sign_in.ConfirmPasswordForm",
}
ACCOUNT_ADAPTER = "pendopo.people.sign_in.SignInAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _https else "http"
# Five tries an account in five minutes: the sentence in people/sign_in.py says so too.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
}  # an office is one address

MFA_ADAPTER = "pendopo.people.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "pendopo.people.forms.second_factor.CodeForm",
    "reauthenticate": "pendopo.people.forms.second_factor.ConfirmCodeForm",
    "activate_totp": "pendopo.people.forms.second_factor.ActivateAppForm",
    "add_webauthn": "pendopo.people.forms.second_factor.AddPasskeyForm",
    "authenticate_webauthn": "pendopo.people.forms.second_factor.UsePasskeyForm",
    "login_webauthn": "pendopo.people.forms.second_factor.PasskeySignInForm",
    "reauthenticate_webauthn": "pendopo.people.forms.second_factor.ConfirmPasskeyForm",
    "edit_webauthn": "pendopo.people.forms.second_factor.RenamePasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # an office comes from one address
# The office makes the accounts, so nobody can claim another's address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # phones' clocks are off by half a minute

# The id names the issuer: who is "1" at another provider is somebody else.
SSO_ID = f"sso-{sha256(_deployment.oidc_issuer.encode()).hexdigest()[:12]}"
SSO_NAME = _deployment.oidc_name
SOCIALACCOUNT_ADAPTER = "pendopo.people.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": SSO_ID,
                "name": SSO_NAME,
                "client_id": _deployment.oidc_client_id,
                "secret": _deployment.oidc_client_secret,
                "settings": {"server_url": _deployment.oidc_issuer},
            }
        ]
        if SSO_NAME
        else [],
    }
}

SECRETS_FOLDER = _deployment.secrets_folder
BSRE_URL = _deployment.bsre_url  # empty: no BSrE
BSRE_USER = _deployment.bsre_user
BSRE_PASSWORD = _deployment.bsre_password
SIGNING_ROOTS = _deployment.signing_roots  # None: no authority is known

EMAIL_HOST = _deployment.mail_host  # empty: no mail goes out
EMAIL_PORT = _deployment.mail_port
EMAIL_HOST_USER = _deployment.mail_user
EMAIL_HOST_PASSWORD = _deployment.mail_password
EMAIL_USE_TLS = _deployment.mail_security == "starttls"
EMAIL_USE_SSL = _deployment.mail_security == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _deployment.mail_from or f"pendopo@{_front.hostname}"
MAIL_BOUNCES = _deployment.mail_bounces  # empty: what comes back goes to the sender above

WHATSAPP_WAY = _deployment.whatsapp_way
WHATSAPP_URL = _deployment.whatsapp_url
WHATSAPP_TOKEN = _deployment.whatsapp_token
WHATSAPP_TOKEN_HEADER = _deployment.whatsapp_token_header
WHATSAPP_TO_FIELD = _deployment.whatsapp_to_field
WHATSAPP_TEXT_FIELD = _deployment.whatsapp_text_field
WHATSAPP_PHONE_ID = _deployment.whatsapp_phone_id
WHATSAPP_TEMPLATE = _deployment.whatsapp_template
WHATSAPP_APP_SECRET = _deployment.whatsapp_app_secret
WHATSAPP_VERIFY_TOKEN = _deployment.whatsapp_verify_token

# Plain http, nobody in front of us: only who sits at this machine reaches the pages.
ONLY_THIS_MACHINE = (
    not _https and not _deployment.proxies and _front.hostname in {"localhost", "127.0.0.1"}
)
SESSION_COOKIE_NAME = _deployment.session_cookie_name
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
CSRF_TRUSTED_ORIGINS = [_deployment.base_url] if _https else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _deployment.proxies else None
# A lost authority of our own must be replaceable within a day: browsers offer no way past HSTS.
SECURE_HSTS_SECONDS = (DAY if _deployment.has_own_authority else YEAR) if _https else 0
CSRF_COOKIE_HTTPONLY = True  # forms carry the token themselves
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [_HERE / "locale"]
TIME_ZONE = _deployment.time_zone
USE_TZ = True

# Uploads lie outside of every folder that is served; views hand them out.
MEDIA_ROOT = _deployment.files_folder
# What comes is put down beside them, out of the backups, and never held in memory whole. How much
# one request may bring: `files.rules.LARGEST_REQUEST`.
FILE_UPLOAD_TEMP_DIR = _deployment.uploads_folder
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 40

STATIC_URL = "/static/"
STATIC_ROOT = _deployment.data / "static"
STATICFILES_DIRS = [_CLIENT] if _CLIENT.exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "pendopo.project.static.StaticFiles"},
}
# gzip only: brotli takes ten times as long, and a first start should not wait for it.
SERVESTATIC_USE_BROTLI = SERVESTATIC_USE_ZSTD = False
SERVESTATIC_ALLOW_ALL_ORIGINS = False
SERVESTATIC_ADD_HEADERS_FUNCTION = keep_hashed_files
DJANGO_VITE = {"default": {"manifest_path": _CLIENT / ".vite" / "manifest.json"}}

LIVEKIT_URL = _deployment.livekit_url
LIVEKIT_API_KEY = _deployment.livekit_api_key
LIVEKIT_API_SECRET = _deployment.livekit_api_secret
LIVEKIT_URL_FOR_HOST = _deployment.public_livekit_url

# The client's SDK also asks over http(s) why a connection was refused.
_media_urls = [_deployment.public_livekit_url(host) for host in [_front.netloc, *ALLOWED_HOSTS]]
_media_sources = sorted({*_media_urls, *(url.replace("ws", "http", 1) for url in _media_urls)})
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "media-src": [SELF, "blob:"],
        "worker-src": [SELF, "blob:"],
        "connect-src": [SELF, *_media_sources],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

METRICS_TOKEN = _deployment.metrics_token
LOGGING = logging_config(_deployment.log_level, _deployment.log_format)
set_up_structlog()
