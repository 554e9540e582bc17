from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "pendopo.intake"

    def ready(self) -> None:
        """The office decides about requests among its other settings; messages about secret ones
        are hidden."""
        from pendopo.intake.queries.secrecy import hidden_subjects
        from pendopo.intake.sections import add_sections
        from pendopo.notices.secrecy import hide

        add_sections()
        hide(hidden_subjects)
