from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "pendopo.people"

    def ready(self) -> None:
        """Begins to listen to allauth."""
        from pendopo.people import sign_in_news  # noqa: F401
