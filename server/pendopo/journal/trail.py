"""What the journal's own entries and tasks are called."""

from django.utils.translation import gettext_lazy as _

from pendopo.journal.trails import Fact, describe, describe_work, work

describe(
    "journal",
    _("Journal"),
    {
        "partition_dropped": _("Expired year of the journal dropped"),
        "hold_placed": _("Journal put on hold"),
        "hold_lifted": _("Hold on the journal lifted"),
    },
    {
        "year": Fact(_("Year")),
        "entries": Fact(_("Entries")),
        "kept_years": Fact(_("Years kept")),
    },
)
describe(
    "job",
    _("Queue"),
    {
        "retried": _("Failed job tried again"),
        "cancelled": _("Failed job given up"),
    },
    {
        "task": Fact(_("Work"), work),
        "reaction": Fact(_("Reaction"), work),
        "entry": Fact(_("Number of the entry")),
    },
)
describe_work(
    {
        "pendopo.journal.tasks.react": _("React to an entry"),
        "pendopo.journal.tasks.retry_stalled_jobs": _("Take over jobs of dead workers"),
        "pendopo.journal.tasks.forget_finished_jobs": _("Delete finished jobs"),
        "pendopo.journal.tasks.forget_failed_tries": _("Delete notes about old jobs"),
        "pendopo.journal.tasks.keep_partitions": _("Keep the journal's years in order"),
        "pendopo.foundation.tasks.forget_replies": _("Delete stored replies"),
    }
)
