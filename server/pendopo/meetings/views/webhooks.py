"""Where LiveKit tells us what happened."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pendopo.gateways.livekit import webhooks
from pendopo.meetings.actions.webhooks import store_webhook


@csrf_exempt
@require_POST
def livekit_webhook(request: HttpRequest) -> HttpResponse:
    """Verifies, stores, answers 200; the queue does the work.

    LiveKit sends the events of a room one after the other and waits for each answer.
    """
    try:
        body = webhooks.receive(request.body.decode(), request.headers.get("Authorization", ""))
    except (webhooks.NotFromLiveKit, UnicodeDecodeError):
        return HttpResponse(status=401)
    store_webhook(body)
    return HttpResponse(status=200)
