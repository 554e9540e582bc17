"""Words for what the rules say in codes."""

from django.utils.translation import gettext_lazy as _

from pendopo.office.rules import Tenure, UnitKind

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
