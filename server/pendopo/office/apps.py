from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "pendopo.office"

    def ready(self) -> None:
        """The journal is kept as long as the office decides."""
        from pendopo.journal.registry import keep_for
        from pendopo.office.queries import office_or_default

        keep_for(lambda: office_or_default().journal_kept_years)
