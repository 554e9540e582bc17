"""What duties are called on pages."""

from django.utils.translation import gettext_lazy as _

from pendopo.people.rules import Duty

DUTY_LABELS = {
    Duty.ADMINISTRATOR: _("Administrator"),
    Duty.HOST: _("Meeting host"),
    Duty.SECRETARIAT: _("Secretariat"),
    Duty.HEAD_OF_OFFICE: _("Head of office"),
    Duty.DIVISION_HEAD: _("Head of division"),
    Duty.COORDINATOR: _("Coordinator"),
    Duty.OPERATOR: _("Operator"),
    Duty.COMMAND_CENTRE: _("Command centre"),
    Duty.AUDITOR: _("Auditor"),
    Duty.REQUESTER: _("Requester"),
}

# The scopes that an operation of the API asks for today.
SCOPE_LABELS = {
    "meetings:read": _("Read meetings and attendance"),
    "meetings:write": _("Make and lead meetings"),
}
