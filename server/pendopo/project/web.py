"""The ASGI application as the web server's worker processes load it: a worker never outlives its
parent."""

import os

from pendopo.project.process import die_with_parent

die_with_parent(os.getppid())

from pendopo.project.asgi import application  # noqa: E402  (asked first, so that a slow import can't be orphaned either)

__all__ = ["application"]
