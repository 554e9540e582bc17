"""Addresses of the pages about meetings; Indonesian, for people read them aloud."""

from django.urls import path

from pendopo.meetings.views import guests, hosts, now, webhooks

urlpatterns = [
    path("", guests.home, name="home"),
    path("j/<slug:slug>", guests.join, name="join"),
    path("j/<slug:slug>/peristiwa", guests.join_events, name="join-events"),
    path("r/<slug:slug>", guests.unit, name="unit"),
    path("uji", guests.device_test, name="device-test"),
    path("rapat/", hosts.my_meetings, name="my-meetings"),
    path("rapat/mulai", hosts.start, name="meeting-start"),
    path("rapat/jadwalkan", hosts.schedule, name="meeting-schedule"),
    path("rapat/<slug:slug>/", hosts.detail, name="meeting-detail"),
    path("rapat/<slug:slug>/akhiri", hosts.end, name="meeting-end"),
    path("rapat/<slug:slug>/kalender.ics", hosts.ics, name="meeting-ics"),
    path("rapat/<slug:slug>/qr.svg", hosts.qr, name="meeting-qr"),
    path("rapat/<slug:slug>/daftar-hadir.csv", hosts.attendance_download, name="attendance-csv"),
    path("sekarang", now.now, name="now"),
    path("sekarang/peristiwa", now.now_events, name="now-events"),
    path("webhooks/livekit", webhooks.livekit_webhook, name="livekit-webhook"),
]
