"""The addresses of requests: for the public, for who asked, for staff."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("pendopo.intake.urls_public")),
    path("", include("pendopo.intake.urls_tracking")),
    path("", include("pendopo.intake.urls_desk")),
    path("", include("pendopo.intake.urls_requests")),
    path("", include("pendopo.intake.urls_privacy")),
]
