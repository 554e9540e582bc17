"""The REST API ``/api/v1``: every app's router, one set of habits."""

from importlib.metadata import version

from ninja import NinjaAPI, Swagger

from pendopo.documents.api import checking, papers
from pendopo.foundation.problems import answer_with_problems
from pendopo.intake.api import desks, invitations, news, public, requests
from pendopo.meetings.api import meetings, seats

api = NinjaAPI(
    title="Pendopo",
    version=version("pendopo"),
    description=(
        "Errors are RFC 9457 problems with a `code` and its facts at the top level. Lists are pages"
        " `{items, next}`; send `next` as `cursor`. A POST with an `Idempotency-Key` may be"
        " repeated. Times are UTC. Make a token with `pendopo token create`."
    ),
    docs=Swagger(),
    docs_url="/docs",
    openapi_url="/openapi.json",
    urls_namespace="api-v1",
)
answer_with_problems(api)
api.add_router("", meetings.router)
api.add_router("/public", seats.router)
api.add_router("/invitations", invitations.router)
api.add_router("", requests.router)
api.add_router("", desks.router)
api.add_router("/documents", checking.router)
api.add_router("/papers", papers.router)
api.add_router("/public", public.router)
api.add_router("", news.router)
