"""Reading pasted invitations of Zoom, Meet, Teams, Webex, Jitsi and BigBlueButton."""

from pendopo.intake.rules.invitations.invitation import Invitation, Platform
from pendopo.intake.rules.invitations.links import is_safe_to_pass_on
from pendopo.intake.rules.invitations.plain import LONGEST
from pendopo.intake.rules.invitations.reading import read_invitation

__all__ = ["LONGEST", "Invitation", "Platform", "is_safe_to_pass_on", "read_invitation"]
