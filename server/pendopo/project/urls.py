"""Every address of Pendopo."""

from django.urls import include, path

from pendopo.project.api import api
from pendopo.project.health import healthz, readyz

urlpatterns = [
    path("", include("pendopo.meetings.urls")),
    path("", include("pendopo.foundation.urls")),
    path("akun/", include("pendopo.people.urls")),
    path("jurnal/", include("pendopo.people.journal_pages.urls")),
    path("api/v1/", api.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
