"""Refusals that any app may give."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "not_signed_in": Refusal(401, _("Send a valid API token in the Authorization header.")),
    "scope_missing": Refusal(403, _("This token lacks the scope %(scope)s.")),
    "not_allowed": Refusal(403, _("Your duty does not allow this. Ask the administrator.")),
    "not_found": Refusal(404, _("There is nothing at this address.")),
    "method_not_allowed": Refusal(405, _("This address does not take such a request.")),
    "internal_error": Refusal(
        500, _("Something went wrong on our side. Try again; if it stays, tell the office.")
    ),
    "request_too_large": Refusal(413, _("This request is too large. Send less at a time.")),
    "invalid": Refusal(422, _("Some values are missing or wrong. Correct them and send again.")),
    "cursor_invalid": Refusal(422, _("The cursor is not one that we gave out. Start without it.")),
    "idempotency_key_reused": Refusal(
        422, _("This Idempotency-Key was used for a different request. Use a new key.")
    ),
    "too_many_requests": Refusal(429, _("That was too fast. Wait a moment and try again.")),
}
