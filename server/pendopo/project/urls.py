"""Every address of Pendopo."""

from django.urls import include, path

from pendopo.project.api import api
from pendopo.project.certificate import certificate_page, root_certificate
from pendopo.project.design_page import design
from pendopo.project.guides import guide, guide_list
from pendopo.project.health import healthz, readyz
from pendopo.project.metrics import metrics
from pendopo.project.try_as import try_as

urlpatterns = [
    path("", include("pendopo.meetings.urls")),
    path("", include("pendopo.intake.urls")),
    path("", include("pendopo.foundation.urls")),
    path("", include("pendopo.schedule.urls")),
    path("", include("pendopo.notices.urls")),
    path("", include("pendopo.documents.signing_urls")),
    path("", include("pendopo.documents.urls")),
    path("", include("pendopo.office.urls")),
    path("akun/", include("pendopo.people.urls")),
    path("jurnal/", include("pendopo.people.journal_pages.urls")),
    path("api/v1/", api.urls),
    path("", include("pendopo.project.first_run.urls")),
    path("panduan/", guide_list, name="guide-list"),
    path("panduan/<slug:slug>", guide, name="guide"),
    path("design", design, name="design"),
    path("coba/<slug:slug>", try_as, name="try-as"),
    path("sertifikat", certificate_page, name="certificate"),
    path("sertifikat/root.crt", root_certificate, name="certificate-root"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
