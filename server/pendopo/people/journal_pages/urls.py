"""Addresses of the journal's pages, below ``/jurnal/``."""

from django.urls import path

from pendopo.people.journal_pages import views

urlpatterns = [
    path("", views.journal, name="journal"),
    path("orang", views.people, name="journal-people"),
    path("orang/<uuid:person_id>", views.person, name="journal-person"),
    path("orang/<uuid:person_id>/jejak.csv", views.person_csv, name="journal-person-csv"),
    path("orang/<uuid:person_id>/hapus", views.erase, name="journal-person-erase"),
    path("antrean", views.queue, name="journal-queue"),
    path("antrean/<int:job_id>/ulangi", views.retry, name="journal-job-retry"),
    path("antrean/<int:job_id>/batalkan", views.cancel, name="journal-job-cancel"),
    path("penyimpanan", views.keeping, name="journal-keeping"),
    path("penyimpanan/tahan", views.hold, name="journal-hold"),
    path("penyimpanan/<int:hold_id>/lepas", views.lift, name="journal-lift"),
]
