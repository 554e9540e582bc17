"""Files that somebody sent, or that we made, and that must be kept for a time."""

from django.db import models

from pendopo.foundation.ids import new_id


class StoredFile(models.Model):
    """A file as it was kept: cleaned, named by chance on the disk, never changed.

    The app that refers to it decides who may read it; this app has no address that hands files out.
    ``media_type`` is what the content is, never what its sender said. An erased one has neither
    content nor name.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)  # for people: the cleaned name, with the right ending
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(null=True)  # of a PDF
    content = models.FileField(max_length=200)  # see disk.py
    purpose = models.CharField(max_length=40)  # why it is kept, such as ``letter``
    created_at = models.DateTimeField()
    keep_until = models.DateField(null=True)  # the last day; without one it is kept
    held_at = models.DateTimeField(null=True)  # a legal hold: nothing erases it
    held_by = models.CharField(max_length=100, default="")  # pseudonym, as in the journal
    hold_reason = models.CharField(max_length=200, default="")
    erased_at = models.DateTimeField(null=True)  # the content is gone, the row says that it was

    class Meta:
        indexes = [
            models.Index(
                fields=["keep_until"],
                condition=models.Q(erased_at=None, held_at=None),
                name="files_due",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(content="", name="", held_at=None),
                name="files_erased_is_empty",
            ),
            models.UniqueConstraint(
                fields=["content"], condition=~models.Q(content=""), name="files_own_content"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
