from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "pendopo.intake"

    def ready(self) -> None:
        """The office decides about requests among its other settings."""
        from pendopo.intake.sections import add_sections

        add_sections()
