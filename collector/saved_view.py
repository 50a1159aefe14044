"""A saved view is a filter with a name, for oneself or for the whole team."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from collector.alert import Alert

NAME_CHARACTERS = 80
A_HOLDER = 50  # that one member or token may keep

Asked = dict[Annotated[str, Meta(max_length=30)], Annotated[str, Meta(min_length=1, max_length=200)]]


class SavedView(msgspec.Struct):
    """`filter`: as the list of submissions is asked with it. `mine`: you made it. `by`: who did. `number`: how many it holds,
    counted to 10,000. `alert`: how you are told of it by mail, null when you are not; `hook`: how the agency's programs are."""

    id: int
    name: str
    filter: dict[str, str]
    shared: bool
    mine: bool
    by: str
    number: int
    alert: Alert | None
    hook: Alert | None


class Saving(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/views`. `shared`: for the whole team."""

    name: Annotated[str, Meta(max_length=NAME_CHARACTERS)]
    filter: Annotated[Asked, Meta(max_length=20)]
    shared: bool = False
