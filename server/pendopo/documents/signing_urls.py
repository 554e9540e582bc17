"""Signing letters, checking them, and what one signs with."""

from django.urls import path

from pendopo.documents.views import credentials, signing, verification

urlpatterns = [
    path("v/<str:code>", verification.verify, name="document-verify"),
    path("naskah/tanda-tangan/", signing.desk, name="signing-desk"),
    path("naskah/tanda-tangan/<uuid:document_id>/", signing.preview, name="signing-preview"),
    path(
        "naskah/tanda-tangan/<uuid:document_id>/<int:page>.png",
        signing.preview_page,
        name="signing-preview-page",
    ),
    path("naskah/<uuid:document_id>/cabut/", signing.revoke, name="document-revoke"),
    path("naskah/<uuid:document_id>/salinan/", signing.signed_copy, name="document-signed-copy"),
    path("akun/tanda-tangan/", credentials.overview, name="signature-settings"),
    path("akun/tanda-tangan/contoh/", credentials.demo_certificate, name="signature-demo"),
    path("akun/tanda-tangan/berkas/", credentials.own_certificate, name="signature-own"),
    path("akun/tanda-tangan/nik/", credentials.nik, name="signature-nik"),
    path("akun/tanda-tangan/<str:kind>/hapus/", credentials.delete, name="signature-delete"),
]
