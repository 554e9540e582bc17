"""The addresses by the tracking code, and by an organiser's own key."""

from django.urls import path

from pendopo.intake.views import organisers, preparation, privacy, tracking

urlpatterns = [
    path("lacak/", tracking.track, name="request-track"),
    path("lacak/<str:code>", tracking.tracking, name="request-tracking"),
    path("lacak/<str:code>/jawab", tracking.answer, name="request-answer"),
    path("lacak/<str:code>/pilih", tracking.choose, name="request-choose"),
    path("lacak/<str:code>/surat", tracking.send_letter, name="request-letter-follows"),
    path("lacak/<str:code>/batal", tracking.cancel, name="request-cancel"),
    path("lacak/<str:code>/naskah/<uuid:document_id>", tracking.letter, name="request-paper"),
    path("lacak/<str:code>/data", privacy.data, name="request-data"),
    path("lacak/<str:code>/data.json", privacy.data_file, name="request-data-file"),
    path("lacak/<str:code>/data/batasi", privacy.restrict, name="request-restrict"),
    path("lacak/<str:code>/data/hapus", privacy.erasure, name="request-erasure"),
    path("lacak/<str:code>/kegiatan", organisers.own_page, name="organiser-own-page"),
    path("kegiatan-saya/<str:key>", organisers.page, name="organiser-page"),
    path("kegiatan-saya/<str:key>/kode", organisers.door, name="organiser-code"),
    path("kegiatan-saya/<str:key>/kalender.ics", organisers.calendar, name="organiser-ics"),
    path("kegiatan-saya/<str:key>/penyelenggara", organisers.add, name="organiser-add"),
    path(
        "kegiatan-saya/<str:key>/penyelenggara/<uuid:organiser_id>/hapus",
        organisers.remove,
        name="organiser-remove",
    ),
    path("kegiatan-saya/<str:key>/rundown", preparation.rundown, name="organiser-rundown"),
    path(
        "kegiatan-saya/<str:key>/persiapan/<slug:slug>",
        preparation.section,
        name="organiser-section",
    ),
    path(
        "permohonan/<str:number>/kode-penyelenggara", organisers.code_for, name="organiser-code-for"
    ),
]
