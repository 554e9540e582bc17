"""A unit books a standard meeting without a letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pendopo.foundation.errors import Refused
from pendopo.intake.actions.submission import book_meeting
from pendopo.intake.forms.wizard import BookingForm
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.policy import the_policy
from pendopo.meetings.models import Meeting
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission


@never_cache
@permission_required(Permission.BOOK_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: HttpRequest) -> HttpResponse:
    """One short form; a refusal says which limit and leads to the normal request."""
    form = BookingForm(request.POST or None)
    refused_by = ""
    if request.method == "POST" and form.is_valid():
        values = {
            name: form.cleaned_data[name]
            for name in ("event_title", "people", "attendance", "needs_operator")
        }
        try:
            made = book_meeting(signed_in(request), values, form.slot())
            messages.success(request, _("Booked. The meeting stands on the calendar."))
            return _to_meeting(made)
        except Refused as refused:
            refused_by = refused.code
            form.add_error(None, refused.sentence)
    context = {"form": form, "refused_by": refused_by, "policy": the_policy()}
    return render(request, "intake/booking.html", context, status=422 if form.errors else 200)


def _to_meeting(made: ServiceRequest) -> HttpResponse:
    meeting = Meeting.objects.filter(session__event=made.event_id).first()
    return redirect("meeting-detail", meeting.slug) if meeting else redirect("my-meetings")
