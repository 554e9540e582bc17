"""Addresses of the office's own pages."""

from django.urls import path

from pendopo.office.views import accounts, decisions, holidays, organisations, service_page, units

urlpatterns = [
    path("lambang/<str:name>", decisions.emblem, name="office-emblem"),
    path("pengaturan/", decisions.index, name="office-settings"),
    path("pengaturan/lambang", decisions.emblem_settings, name="office-emblem-settings"),
    path("pengaturan/unit/", units.unit_list, name="unit-list"),
    path("pengaturan/unit/baru", units.unit_new, name="unit-new"),
    path("pengaturan/unit/<slug:slug>/", units.unit_change, name="unit-change"),
    path("pengaturan/unit/<slug:slug>/pakai", units.unit_use, name="unit-use"),
    path("pengaturan/unit/<slug:slug>/hapus", units.unit_delete, name="unit-delete"),
    path("pengaturan/jabatan/", units.position_list, name="position-list"),
    path("pengaturan/jabatan/baru", units.position_edit, name="position-new"),
    path("pengaturan/jabatan/<uuid:position_id>/", units.position_edit, name="position-change"),
    path(
        "pengaturan/jabatan/<uuid:position_id>/hapus", units.position_delete, name="position-delete"
    ),
    path("pengaturan/organisasi/", organisations.organisation_list, name="organisation-list"),
    path("pengaturan/organisasi/baru", organisations.organisation_edit, name="organisation-new"),
    path(
        "pengaturan/organisasi/<uuid:organisation_id>/",
        organisations.organisation_edit,
        name="organisation-change",
    ),
    path("pengaturan/akun/", accounts.account_list, name="staff-list"),
    path("pengaturan/akun/undang", accounts.account_invite, name="staff-invite"),
    path("pengaturan/akun/banyak", accounts.account_import, name="staff-import"),
    path("pengaturan/akun/unit-dan-akun.xlsx", accounts.workbook, name="staff-workbook"),
    path("pengaturan/akun/<uuid:account_id>/", accounts.account_change, name="staff-account"),
    path(
        "pengaturan/akun/<uuid:account_id>/sandi", accounts.account_password, name="staff-password"
    ),
    path("pengaturan/akun/<uuid:account_id>/<slug:wish>", accounts.account_act, name="staff-act"),
    path("pengaturan/hari-libur/", holidays.holiday_list, name="holiday-list"),
    path("pengaturan/hari-libur/baru", holidays.holiday_new, name="holiday-new"),
    path("pengaturan/hari-libur/ambil", holidays.holiday_take, name="holiday-take"),
    path("pengaturan/hari-libur/<slug:day>/", holidays.holiday_change, name="holiday-change"),
    path("pengaturan/hari-libur/<slug:day>/hapus", holidays.holiday_remove, name="holiday-remove"),
    path(
        "pengaturan/hari-libur/<slug:day>/kembalikan",
        holidays.holiday_restore,
        name="holiday-restore",
    ),
    path("pengaturan/standar-layanan/", service_page.standard, name="standard"),
    path(
        "pengaturan/standar-layanan/<slug:part>/",
        service_page.standard_change,
        name="standard-change",
    ),
    path(
        "pengaturan/standar-layanan/<slug:part>/awal",
        service_page.standard_reset,
        name="standard-reset",
    ),
    path("pengaturan/dasar-hukum/", service_page.legal_list, name="legal-list"),
    path("pengaturan/dasar-hukum/baru", service_page.legal_edit, name="legal-new"),
    path("pengaturan/dasar-hukum/<uuid:basis_id>/", service_page.legal_edit, name="legal-change"),
    path(
        "pengaturan/dasar-hukum/<uuid:basis_id>/hapus",
        service_page.legal_delete,
        name="legal-delete",
    ),
    path("pengaturan/<slug:slug>", decisions.section, name="office-section"),
]
