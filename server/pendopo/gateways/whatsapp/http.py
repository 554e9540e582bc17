"""Any gateway that takes a JSON object by POST; address, header and field names are settings."""

from django.conf import settings

from pendopo.gateways.whatsapp.answers import json_of, post_json, refuse_if_final
from pendopo.gateways.whatsapp.port import WhatsAppMessage

# Where gateways put the id of what they took.
_IDS = ("id", "message_id", "messageId")


class HttpGateway:
    """Posts ``{to: "628…", message: "…"}`` under the names that the gateway wants."""

    def send(self, message: WhatsAppMessage) -> str:
        """See :class:`pendopo.gateways.whatsapp.port.Adapter`."""
        body = {
            settings.WHATSAPP_TO_FIELD: message.to.removeprefix("+"),
            settings.WHATSAPP_TEXT_FIELD: message.text,
        }
        headers = {}
        if settings.WHATSAPP_TOKEN:
            headers[settings.WHATSAPP_TOKEN_HEADER] = settings.WHATSAPP_TOKEN
        answer = post_json(settings.WHATSAPP_URL, body, headers)
        refuse_if_final(answer)
        given = json_of(answer)
        return next((str(given[key])[:160] for key in _IDS if given.get(key)), "")
