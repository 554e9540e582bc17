"""Messages to people, a row for each person and channel."""

from django.db import models

from pendopo.foundation.ids import new_id
from pendopo.notices.rules import Channel, NoticeState


class Notice(models.Model):
    """One message to one person by one channel.

    Names and contacts stand here and not in the journal; they are emptied when the person is erased.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=60)  # such as ``request.received``
    about = models.CharField(max_length=100, db_index=True)  # a subject of the journal
    # The same key is never written twice: a reaction that runs again writes nothing.
    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Channel])
    account = models.ForeignKey(
        "people.Account", null=True, on_delete=models.CASCADE, related_name="notices"
    )
    to_name = models.CharField(max_length=160, blank=True)
    to_address = models.CharField(max_length=254, blank=True)  # e-mail, or +62… for WhatsApp
    language = models.CharField(max_length=2, default="id")
    subject = models.CharField(max_length=200)
    text = models.TextField(max_length=8000)
    link = models.CharField(max_length=300, blank=True)  # where the reader goes on
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in NoticeState],
        default=NoticeState.WAITING,
    )
    not_before = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=120, blank=True)  # a code, never the text of an error
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="notice_state")]

    def __str__(self) -> str:
        return self.key


class Attachment(models.Model):
    """A kept file that goes with a message by mail."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.pk)
