"""Help numbers for pages and programs: whom one can ring when it cannot wait."""

from __future__ import annotations

from typing import Literal

import msgspec
from starlette.responses import Response
from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.help_number import HelpNumber, for_reader, help_numbers


class HelpQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`language`: of the reader; without it, what her browser prefers."""

    language: Literal["nl", "fr", "de", "en"] | None = None


class HelpNumbers(msgspec.Struct):
    """`items`: those who answer in her language; `others`: the rest."""

    language: str
    items: list[HelpNumber]
    others: list[HelpNumber]


@operation(summary="Help numbers", tag="citizen", answers={200: HelpNumbers}, refusals=("invalid",), query=HelpQuery)
async def see_help_numbers(call: Call) -> Response:
    """Belgian numbers, each with its source and the day on which we read it there. They are nobody's of this
    installation."""
    language = call.query.language or call.language
    own, others = for_reader(help_numbers(), language)
    headers = {"cache-control": "public, max-age=3600", "access-control-allow-origin": "*", "vary": "accept-language"}
    document = HelpNumbers(language, own, others)
    return Response(msgspec.json.encode(document), media_type="application/json", headers=headers)


routes = [Route("/api/help-numbers", see_help_numbers, methods=["GET"])]
