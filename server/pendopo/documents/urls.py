"""Addresses of letters and of their templates."""

from django.urls import path

from pendopo.documents.views import letters, templates

urlpatterns = [
    path("naskah/", letters.letter_list, name="document-list"),
    path("naskah/<uuid:document_id>/", letters.detail, name="document-detail"),
    path("naskah/<uuid:document_id>/<int:number>.png", letters.page, name="document-page"),
    path("naskah/<uuid:document_id>/naskah.pdf", letters.pdf, name="document-pdf"),
    path("naskah/<uuid:document_id>/ubah", letters.change, name="document-change"),
    path("naskah/<uuid:document_id>/paraf", letters.initial, name="document-initial"),
    path("naskah/<uuid:document_id>/tarik", letters.withdraw, name="document-withdraw"),
    path("naskah/<uuid:document_id>/ralat", letters.correct, name="document-correct"),
    path("naskah/<uuid:document_id>/diserahkan", letters.handed_over, name="document-handed-over"),
    path("pengaturan/templat/", templates.template_list, name="template-list"),
    path("pengaturan/templat/<slug:kind>/", templates.template, name="template"),
    path(
        "pengaturan/templat/<slug:kind>/<int:version>/kembalikan",
        templates.template_restore,
        name="template-restore",
    ),
]
