"""What is said again and again in a view."""

from __future__ import annotations

from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import Id, Selection
from collector.phrase import Phrases


class PhrasesQuery(Selection, forbid_unknown_fields=True, kw_only=True):
    """`before` and `after` are ids."""

    before: Id | None = None
    after: Id | None = None


@operation(
    summary="Recurring phrases",
    tag="team",
    answers={200: Phrases},
    refusals=("invalid",),
    query=PhrasesQuery,
    need="viewer",
)
async def list_phrases(call: Call) -> Phrases:
    """Two to five words in a row that many voices of a view use, and more often than the agency's other voices of that
    language: by Dunning's log-likelihood, of the newest 1,500. Copies count once. `q` with a phrase in quotes finds the words
    behind it."""
    query: PhrasesQuery = call.query
    return await call.parts.store.phrases.list(
        call.right.agency_id, query.filter(), before=query.before, after=query.after
    )


routes = [Route("/api/phrases", list_phrases, methods=["GET"])]
