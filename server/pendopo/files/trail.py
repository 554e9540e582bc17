"""What entries about files are called."""

from django.utils.translation import gettext_lazy as _

from pendopo.files.models import StoredFile
from pendopo.journal.trails import Fact, Name, describe, describe_work, names

describe(
    "files",
    _("Files"),
    {
        "kept": _("File kept"),
        "kept_until": _("Last day of a file set"),
        "hold_placed": _("File put on hold"),
        "hold_lifted": _("Hold on a file lifted"),
        "erased": _("Files erased"),
        "swept": _("Leftovers on the disk removed"),
    },
    {
        "purpose": Fact(_("Purpose")),
        "media_type": Fact(_("Kind")),
        "size": Fact(_("Bytes")),
        "pages": Fact(_("Pages")),
        "until": Fact(_("Kept until")),
        "files": Fact(_("Number of files")),
    },
)
describe_work(
    {
        "pendopo.files.tasks.erase_due": _("Erase files that are kept no longer"),
        "pendopo.files.tasks.sweep": _("Remove leftovers on the disk"),
    }
)


@names("files.storedfile")
def _files(ids: list[str]) -> dict[str, Name]:
    return {str(each.pk): Name(each.name) for each in StoredFile.objects.filter(pk__in=ids)}
