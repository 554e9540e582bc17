from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class FilesConfig(AppConfig):
    name = "pendopo.files"

    def ready(self) -> None:
        """Django puts uploads into a folder that it does not make."""
        Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(parents=True, exist_ok=True, mode=0o700)
