from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "pendopo.notices"

    def ready(self) -> None:
        """The office decides about messages among its other settings."""
        from pendopo.notices.sections import add_sections

        add_sections()
