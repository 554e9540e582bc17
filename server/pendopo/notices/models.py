"""Messages to people, a row for each person and channel."""

from datetime import time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.ids import new_id
from pendopo.notices.rules import Channel, NoticeState, Way


class Notice(models.Model):
    """One message to one person by one channel.

    Names and contacts stand here and not in the journal; they are emptied when the person is erased
    or the message is old.
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
    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.SET_NULL, related_name="notices"
    )
    to_name = models.CharField(max_length=160, blank=True)
    to_address = models.CharField(max_length=254, blank=True)  # e-mail, or +62… for WhatsApp
    language = models.CharField(max_length=2, default="id")
    subject = models.CharField(max_length=200)
    text = models.TextField(max_length=8000)
    # A one-time code that belongs where the text says ``CODE_MARK``: sealed, and emptied as soon as
    # it has gone out, can't go out, or counts no more. ``code_until`` stays.
    sealed_code = models.BinaryField(null=True)
    code_until = models.DateTimeField(null=True)
    link = models.CharField(max_length=300, blank=True)  # where the reader goes on
    link_label = models.CharField(max_length=80, blank=True)
    thread = models.CharField(max_length=100, blank=True)
    calendar = models.TextField(blank=True)  # an .ics file as it goes out, also on a second try
    is_urgent = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in NoticeState],
        default=NoticeState.WAITING,
    )
    not_before = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=120, blank=True)  # a code, never the text of an error
    # What the other side calls the message, such as WhatsApp's own id.
    provider_id = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    retried_at = models.DateTimeField(null=True)  # when a person last put it on its way again
    read_at = models.DateTimeField(null=True)
    digested_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-id"], name="notice_state"),
            models.Index(
                fields=["account"],
                name="notice_unread",
                condition=models.Q(channel=Channel.IN_APP, read_at=None),
            ),
            models.Index(
                fields=["created_at"], name="notice_kept", condition=models.Q(erased_at=None)
            ),
            models.Index(
                fields=["code_until"],
                name="notice_code",
                condition=models.Q(sealed_code__isnull=False),
            ),
            models.Index(
                fields=["thread", "to_address"],
                name="notice_thread",
                condition=~models.Q(thread=""),
            ),
            models.Index(
                fields=["provider_id"],
                name="notice_provider",
                condition=~models.Q(provider_id=""),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Attachment(models.Model):
    """A kept file that goes with a message by mail."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.pk)


class ChosenWay(models.Model):
    """How one account wants to be told; without a row the office's default holds."""

    account = models.OneToOneField(
        "people.Account", on_delete=models.CASCADE, related_name="chosen_way"
    )
    way = models.CharField(max_length=10, choices=[(w.value, w.value) for w in Way])

    def __str__(self) -> str:
        return f"{self.way} {self.account_id}"


class NoticePolicy(models.Model):
    """What the office decides about its messages. One row."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    quiet_from = models.TimeField(_("Quiet from"), default=time(20))
    quiet_until = models.TimeField(_("Quiet until"), default=time(6))
    digest_at = models.TimeField(_("Morning digest at"), default=time(8))
    staff_way = models.CharField(
        _("How staff are told, unless they chose otherwise"),
        max_length=10,
        choices=[
            (Way.AT_ONCE.value, _("By mail at once")),
            (Way.DIGEST.value, _("One mail each morning")),
            (Way.IN_APP.value, _("Only on the pages")),
        ],
        default=Way.DIGEST,
    )
    mails_contacts = models.BooleanField(_("Tell requesters by mail"), default=True)
    whatsapps_contacts = models.BooleanField(_("Tell requesters by WhatsApp"), default=True)
    office_whatsapp = models.CharField(_("The office's WhatsApp number"), max_length=30, blank=True)
    kept_days = models.PositiveSmallIntegerField(
        _("Days that names, addresses and texts are kept"),
        default=400,
        validators=[MinValueValidator(30), MaxValueValidator(3650)],
    )

    class Meta:
        verbose_name_plural = "notice policies"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kept_days__gte=30), name="notices_kept_a_month"
            )
        ]

    def __str__(self) -> str:
        return "notice policy"
