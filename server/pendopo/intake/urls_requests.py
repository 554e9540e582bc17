"""The addresses at which staff read requests and decide on them."""

from django.urls import path

from pendopo.intake.views import entering, requests, steps

urlpatterns = [
    path("permohonan/", requests.request_list, name="request-list"),
    path("permohonan/baru", entering.request_enter, name="request-enter"),
    path("permohonan/<str:number>", requests.request_detail, name="request-detail"),
    path(
        "permohonan/<str:number>/kontak", requests.contact_confirmed, name="request-confirm-contact"
    ),
    path("permohonan/<str:number>/langkah/<slug:step>", steps.request_step, name="request-step"),
]
