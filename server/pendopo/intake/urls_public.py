"""The addresses at which anybody asks, and at which a unit books."""

from django.urls import path

from pendopo.intake.views import booking, sent, wizard, worker

urlpatterns = [
    path("ajukan/", wizard.start, name="request-new"),
    path("ajukan/pekerja.js", worker.worker, name="request-worker"),
    path("ajukan/<slug:code>/", wizard.resume, name="request-resume"),
    path("ajukan/<slug:code>/surat", wizard.letter, name="request-letter"),
    path("ajukan/<slug:code>/siapa", wizard.who, name="request-who"),
    path("ajukan/<slug:code>/kegiatan", wizard.event, name="request-event"),
    path("ajukan/<slug:code>/periksa", wizard.check, name="request-check"),
    path("ajukan/<slug:code>/terkirim", sent.sent, name="request-sent"),
    path("ajukan/<slug:code>/kode", sent.contact_code, name="request-code"),
    path("pesan/", booking.booking, name="booking-new"),
]
