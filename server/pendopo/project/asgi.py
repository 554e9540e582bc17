"""The ASGI application."""

import os

from django.core.asgi import get_asgi_application

from pendopo.files.requests import limit_requests

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.project.settings")
application = limit_requests(get_asgi_application())
