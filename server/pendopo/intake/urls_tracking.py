"""The addresses by the tracking code."""

from django.urls import path

from pendopo.intake.views import tracking

urlpatterns = [
    path("lacak/", tracking.track, name="request-track"),
    path("lacak/<str:code>", tracking.tracking, name="request-tracking"),
    path("lacak/<str:code>/jawab", tracking.answer, name="request-answer"),
    path("lacak/<str:code>/pilih", tracking.choose, name="request-choose"),
    path("lacak/<str:code>/surat", tracking.send_letter, name="request-letter-follows"),
    path("lacak/<str:code>/batal", tracking.cancel, name="request-cancel"),
    path("lacak/<str:code>/naskah/<uuid:document_id>", tracking.letter, name="request-paper"),
]
