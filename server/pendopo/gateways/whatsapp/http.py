"""Any gateway that takes a JSON object by POST; address, header and field names are settings."""

from django.conf import settings

from pendopo.foundation.plain_text import storable
from pendopo.gateways.whatsapp.answers import post_json, refuse_if_final
from pendopo.gateways.whatsapp.port import MAX_ID, WhatsAppMessage

# Where gateways put the id of what they took.
_IDS = ("id", "message_id", "messageId")
_TAKEN = ("status", "success", "ok")


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
        # Several gateways answer 200 to everything, and say in the body that they took nothing.
        if any(answer.value.get(key) is False for key in _TAKEN):
            raise OSError("the WhatsApp gateway says that it did not take the message")
        given = next((answer.value[key] for key in _IDS if answer.value.get(key)), "")
        return storable(str(given))[:MAX_ID]
