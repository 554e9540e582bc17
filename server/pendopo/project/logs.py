"""How all our Python processes log: one line an event, `key=value` or JSON, without secrets.

Our own code may use `structlog` or `logging`; both, and what libraries say, come out alike.
"""

from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from pendopo.project.redaction import without_secrets

_FIRST = ["time", "level", "logger", "event"]


def logging_config(level: str, form: str) -> dict[str, Any]:
    """For `logging.config.dictConfig`: Django's ``LOGGING``, and granian's file of the same.

    ``form`` is ``text`` or ``json``. Plain JSON values only.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "pendopo.project.logs.Lines", "form": form}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level.upper()},
        "loggers": {
            "procrastinate": {"level": "WARNING"},
            # Every refusal is a 4xx; only our own failures are worth a line.
            "django.request": {"level": "ERROR"},
            # Names whole addresses of others, with their queries.
            "httpx": {"level": "WARNING"},
            # Greets once a process, also on the screen of whoever ran a command.
            "pikepdf": {"level": "WARNING"},
            # granian gives these two handlers of their own when they are not named here.
            "_granian": {"level": level.upper()},
            "granian.access": {"level": "WARNING"},
        },
    }


def set_up_structlog() -> None:
    """Hand structlog's events to `logging`, where the level and the form are decided."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class Lines(structlog.stdlib.ProcessorFormatter):
    """Writes every record as one line; only a traceback in the form ``text`` takes more."""

    def __init__(self, form: str) -> None:
        render: Processor = _text if form == "text" else structlog.processors.JSONRenderer()
        super().__init__(
            foreign_pre_chain=[structlog.contextvars.merge_contextvars],
            processors=[
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
                _say_route_not_path,
                structlog.processors.format_exc_info,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _redact,
                render,
            ],
        )


def route_of(request: Any) -> str:
    """The pattern of the address, such as ``j/<slug:slug>``.

    Never the path itself: links to meetings, invitations and password resets are keys.
    """
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "(unknown)"


def _say_route_not_path(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Django names the path in its own sentences about requests."""
    request = getattr(event.get("_record"), "request", None)
    path = getattr(request, "path", "")
    if len(path) > 1:
        event["event"] = str(event["event"]).replace(path, route_of(request))
    return event


def _redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    clean: EventDict = without_secrets(event)
    return clean


_logfmt = structlog.processors.LogfmtRenderer(
    key_order=_FIRST, drop_missing=True, bool_as_flag=False
)


def _text(logger: WrappedLogger, name: str, event: EventDict) -> str:
    exception = event.pop("exception", None)
    line = _logfmt(logger, name, event)
    return f"{line}\n{exception}" if exception else line
