"""The addresses about personal data that need no tracking code."""

from django.urls import path

from pendopo.intake.views import personal_data, privacy

urlpatterns = [
    path("privasi/", privacy.notice, name="privacy-notice"),
    path("privasi/<int:version>", privacy.notice_version, name="privacy-version"),
    path("pengaturan/privasi/", personal_data.edit, name="privacy-edit"),
    path("pengaturan/data-pribadi/", personal_data.overview, name="personal-data"),
    path("pengaturan/data-pribadi/tahan", personal_data.hold, name="personal-data-hold"),
    path(
        "pengaturan/data-pribadi/tahan/<int:hold_id>/cabut",
        personal_data.lift,
        name="personal-data-lift",
    ),
    path(
        "pengaturan/data-pribadi/<int:wish_id>/hapus",
        personal_data.grant,
        name="personal-data-grant",
    ),
    path(
        "pengaturan/data-pribadi/<int:wish_id>/tolak",
        personal_data.deny,
        name="personal-data-deny",
    ),
]
