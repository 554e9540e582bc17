"""What entries about the office are called."""

from django.utils.translation import gettext_lazy as _

from pendopo.journal.trails import Fact, Name, describe, names
from pendopo.office.models import Office

describe(
    "office",
    _("Office"),
    {"created": _("Office set up")},
    {"demo": Fact(_("With sample data"))},
)


@names("office.office")
def _offices(ids: list[str]) -> dict[str, Name]:
    return {str(office.pk): Name(office.name) for office in Office.objects.filter(pk__in=ids)}
