"""Addresses of the first run."""

from django.urls import path

from pendopo.project.first_run import views

urlpatterns = [
    path("mulai/", views.start, name="first-run"),
    path("mulai/akun", views.account, name="first-run-account"),
    path("mulai/pengaman", views.factor, name="first-run-factor"),
    path("mulai/kantor", views.office, name="first-run-office"),
    path("mulai/orang", views.people, name="first-run-people"),
    path("mulai/jalur", views.line, name="first-run-line"),
    path("mulai/uji", views.trial, name="first-run-trial"),
    path("mulai/uji/surel", views.trial_mail, name="first-run-mail"),
    path("mulai/uji/rapat", views.trial_meeting, name="first-run-meeting"),
    path("mulai/selesai", views.finish, name="first-run-finish"),
]
