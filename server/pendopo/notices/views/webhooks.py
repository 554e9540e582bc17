"""Where Meta tells us what became of our messages."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pendopo.gateways.whatsapp import cloud
from pendopo.notices.actions.delivery import note_reports


@csrf_exempt
@require_http_methods(["GET", "POST"])
def whatsapp(request: HttpRequest) -> HttpResponse:
    """Answers the challenge, or notes the reports of a signed request.

    Nothing of it is stored but states: the reports hold telephone numbers. Meta sends what we did
    not answer with 200 again, for days.
    """
    if request.method == "GET":
        asked = [request.GET.get(f"hub.{key}", "") for key in ("mode", "verify_token", "challenge")]
        answer = cloud.answer_to_challenge(*asked)
        if answer is None:
            return HttpResponse(status=401)
        return HttpResponse(answer, content_type="text/plain; charset=utf-8")
    try:
        reports = cloud.receive(request.body, request.headers.get("X-Hub-Signature-256", ""))
    except cloud.NotFromMeta:
        return HttpResponse(status=401)
    note_reports(reports)
    return HttpResponse(status=200)
