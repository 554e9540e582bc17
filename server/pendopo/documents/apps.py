from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "pendopo.documents"

    def ready(self) -> None:
        """The office decides about the look of letters among its other settings."""
        from pendopo.documents.sections import add_sections

        add_sections()
