"""The ASGI application."""

import os
from typing import cast

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.project.settings")
django_application = get_asgi_application()

# What it imports asks for the settings at once.
from pendopo.files.requests import Application, limit_requests  # noqa: E402

application = limit_requests(cast(Application, django_application))
