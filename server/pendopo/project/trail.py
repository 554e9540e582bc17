"""What entries about the installation and its tasks are called."""

from django.utils.translation import gettext_lazy as _

from pendopo.journal.trails import Fact, describe, describe_work

describe(
    "system",
    _("Installation"),
    {"backed_up": _("Backed up"), "restored": _("Restored from a backup")},
    {
        "verified": Fact(_("Proven by restoring it")),
        "made_at": Fact(_("Backup of")),
        "version": Fact(_("Version")),
    },
)
describe_work({"pendopo.project.tasks.keep_demo_current": _("Plan the demo's meetings")})
