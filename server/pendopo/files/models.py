"""Files that somebody sent, or that we made, and that must be kept for a time."""

from django.db import models

from pendopo.foundation.ids import new_id


class StoredFile(models.Model):
    """A file as it was kept: cleaned, named by chance on the disk, never changed.

    The app that refers to it decides who may read it; this app has no address that hands files out.
    ``media_type`` is what the content is, never what its sender said.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)  # for people: the cleaned name, with the right ending
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(null=True)  # of a PDF
    content = models.FileField(upload_to="kept/%Y/%m", max_length=200)
    purpose = models.CharField(max_length=40)  # why it is kept, such as ``letter``
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)  # the content is gone, the row says that it was

    def __str__(self) -> str:
        return str(self.pk)
