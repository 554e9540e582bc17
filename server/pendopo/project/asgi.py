"""The ASGI application."""

import os
from typing import cast

from django.core.asgi import get_asgi_application

from pendopo.files.requests import Application, limit_requests

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.project.settings")
application = limit_requests(cast(Application, get_asgi_application()))
