from django.apps import AppConfig, apps
from django.utils.module_loading import import_string, module_has_submodule

from pendopo.foundation import errors


class FoundationConfig(AppConfig):
    name = "pendopo.foundation"

    def ready(self) -> None:
        """Collects the refusals that every app of ours declares in its ``refusals`` module."""
        for app in apps.get_app_configs():
            if app.name.startswith("pendopo.") and module_has_submodule(app.module, "refusals"):
                errors.declare(import_string(f"{app.name}.refusals.REFUSALS"))
