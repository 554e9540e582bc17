from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import import_string, module_has_submodule

from pendopo.foundation import errors


class FoundationConfig(AppConfig):
    name = "pendopo.foundation"

    def ready(self) -> None:
        """Collects what every app of ours declares: its ``refusals``, and what ``search`` finds."""
        for app in apps.get_app_configs():
            if not app.name.startswith("pendopo."):
                continue
            if module_has_submodule(app.module, "refusals"):
                errors.declare(import_string(f"{app.name}.refusals.REFUSALS"))
            if app.name != self.name and module_has_submodule(app.module, "search"):
                import_module(f"{app.name}.search")
