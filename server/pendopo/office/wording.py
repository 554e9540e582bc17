"""Words for what the rules say in codes."""

from django.utils.translation import gettext_lazy as _

from pendopo.office.rules import Tenure, UnitKind
from pendopo.office.rules.holidays import HolidayKind
from pendopo.office.rules.service_standard import LegalStatus, StandardPart

UNIT_KINDS = {
    UnitKind.AGENCY: _("Agency (OPD)"),
    UnitKind.DIVISION: _("Division"),
    UnitKind.SUBDISTRICT: _("Sub-district"),
    UnitKind.VILLAGE: _("Village"),
    UnitKind.SCHOOL: _("School"),
    UnitKind.COUNCIL: _("Council (DPRD)"),
}
TENURES = {
    Tenure.DEFINITIVE: _("In office"),
    Tenure.ACTING: _("Plt. (acting, the position is vacant)"),
    Tenure.DAILY_ACTING: _("Plh. (acting while the holder is away)"),
}
HOLIDAY_KINDS = {
    HolidayKind.NATIONAL: _("National holiday"),
    HolidayKind.JOINT_LEAVE: _("Joint leave"),
    HolidayKind.LOCAL: _("Local day off"),
}
LEGAL_STATUSES = {
    LegalStatus.IN_FORCE: _("In force"),
    LegalStatus.INSPIRATION: _("Inspiration, no duty"),
    LegalStatus.REPLACED: _("Replaced"),
}
STANDARD_TITLES = {
    StandardPart.REQUIREMENTS: _("Requirements"),
    StandardPart.PROCEDURE: _("Procedure"),
    StandardPart.TIME: _("Time"),
    StandardPart.COST: _("Cost"),
    StandardPart.PRODUCT: _("Product"),
    StandardPart.COMPLAINTS: _("Complaints"),
    StandardPart.PLEDGE: _("Service pledge"),
}
# What stands there until the office has written its own words; the lead times are put in.
STANDARD_TEXTS = {
    StandardPart.REQUIREMENTS: _(
        "A letter of request from a government unit or a community organisation; its photo is "
        "enough, and it may follow. A contact with a WhatsApp number."
    ),
    StandardPart.PROCEDURE: _(
        "Ask on this page or bring the letter. We register it, check schedule and equipment, and "
        "answer with a signed letter. The link to the event comes with it."
    ),
    StandardPart.TIME: _(
        "At the latest %(government)s working days before the event for government units, "
        "%(community)s for community organisations."
    ),
    StandardPart.COST: _("Free. Nobody may ask you for a fee or a gift."),
    StandardPart.PRODUCT: _(
        "An online or hybrid meeting with operator, link, attendance list and, if asked for, a "
        "recording; or a place from which you join somebody else's meeting."
    ),
    StandardPart.COMPLAINTS: _(
        "Tell our staff, or report through SP4N-LAPOR!, also without your name."
    ),
    StandardPart.PLEDGE: _(
        "We are ready to serve according to the published standard, and to accept sanctions by law "
        "if we do not keep it."
    ),
}
COMPLAINTS_LINK = "https://www.lapor.go.id"
