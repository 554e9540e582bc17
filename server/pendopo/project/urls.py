"""Every address of Pendopo."""

from django.urls import include, path

from pendopo.project.api import api
from pendopo.project.certificate import certificate_page, root_certificate
from pendopo.project.health import healthz, readyz

urlpatterns = [
    path("", include("pendopo.meetings.urls")),
    path("", include("pendopo.foundation.urls")),
    path("akun/", include("pendopo.people.urls")),
    path("api/v1/", api.urls),
    path("sertifikat", certificate_page, name="certificate"),
    path("sertifikat/root.crt", root_certificate, name="certificate-root"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
