"""The addresses at which staff read requests and decide on them."""

from django.urls import path

from pendopo.intake.views import absences, entering, registering, requests, settings, steps

urlpatterns = [
    path("meja/ketidakhadiran/", absences.absence_list, name="absence-list"),
    path("meja/ketidakhadiran/baru", absences.absence_new, name="absence-new"),
    path("meja/ketidakhadiran/<int:pk>/akhiri", absences.absence_end, name="absence-end"),
    path("pengaturan/instruksi/", settings.instruction_list, name="instruction-list"),
    path("pengaturan/instruksi/baru", settings.instruction_edit, name="instruction-new"),
    path("pengaturan/instruksi/<int:pk>/", settings.instruction_edit, name="instruction-change"),
    path("pengaturan/alasan/", settings.reason_list, name="reason-list"),
    path("pengaturan/alasan/baru", settings.reason_edit, name="reason-new"),
    path("pengaturan/alasan/<int:pk>/", settings.reason_edit, name="reason-change"),
    path("permohonan/", requests.request_list, name="request-list"),
    path("permohonan/baru", entering.request_enter, name="request-enter"),
    path("permohonan/<str:number>", requests.request_detail, name="request-detail"),
    path(
        "permohonan/<str:number>/kontak", requests.contact_confirmed, name="request-confirm-contact"
    ),
    path("permohonan/<str:number>/agenda", registering.register, name="request-register"),
    path("permohonan/<str:number>/surat", requests.letter_added, name="request-letter-add"),
    path("permohonan/<str:number>/langkah/<slug:step>", steps.request_step, name="request-step"),
]
