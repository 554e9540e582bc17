"""The addresses of the desk, and of the papers that lie on it."""

from django.urls import path

from pendopo.intake.views import desk, scan

urlpatterns = [
    path("meja/", desk.desk, name="desk"),
    path("meja/sekaligus", desk.at_once, name="desk-bulk"),
    path("meja/<str:number>", desk.letter, name="desk-letter"),
    path("permohonan/<str:number>/pindaian/<int:page>.webp", scan.page, name="request-scan"),
    path("permohonan/<str:number>/surat.pdf", scan.letter, name="request-letter-pdf"),
    path("permohonan/<str:number>/surat.zip", scan.register_file, name="request-register-file"),
    path("permohonan/<str:number>/lembar-disposisi.pdf", scan.sheet, name="disposition-sheet"),
]
