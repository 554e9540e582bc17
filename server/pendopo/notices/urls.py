"""Addresses of messages: one's own, everything that went out, what is sent by hand."""

from django.urls import path

from pendopo.notices.views import office, own, webhooks

urlpatterns = [
    path("pemberitahuan/", own.notice_list, name="notice-list"),
    path("pemberitahuan/cara", own.way, name="notice-way"),
    path("pemberitahuan/semua-dibaca", own.read_all, name="notice-read-all"),
    path("pemberitahuan/<uuid:notice_id>/buka", own.open_notice, name="notice-open"),
    path("pemberitahuan/keluar/", office.outbox, name="notice-outbox"),
    path("pemberitahuan/keluar/<uuid:notice_id>/ulang", office.retry, name="notice-retry"),
    path("pemberitahuan/whatsapp/", office.by_hand, name="notice-by-hand"),
    path("pemberitahuan/whatsapp/<uuid:notice_id>/terkirim", office.sent, name="notice-sent"),
    path("pemberitahuan/whatsapp/<uuid:notice_id>/lewati", office.skipped, name="notice-skip"),
    path("webhooks/whatsapp", webhooks.whatsapp, name="whatsapp-webhook"),
]
