"""What a page needs to carry a placement, in the ways there are: a link, a pinned script of ours, the same from one's own
host."""

from __future__ import annotations

import msgspec

from collector.placement import Placement

LINK = {"nl": "Zeg het ons", "fr": "Dites-le-nous", "de": "Sagen Sie es uns", "en": "Tell us"}


class Snippet(msgspec.Struct, frozen=True):
    """`link`: for a page on which nothing else may be put. `pinned`: a script of ours that cannot change, and the tag. `own`:
    the same with the script on one's own host, from a copy of the folder `files`. `policy`: what the page's content policy
    needs for `pinned`, `own_policy` for `own`."""

    link: str
    pinned: str
    policy: str
    own: str
    own_policy: str
    files: str


def snippet(placement: Placement, url: str, version: str, integrity: str) -> Snippet:
    """`url`: the collector, without a slash at the end; `integrity`: the hash of the widget's first file."""
    language = placement.languages[0]
    form = f"{url}/f/{placement.key}"
    tag = (
        f'<tijdens-feedback placement="{placement.key}" lang="{language}" collector="{url}">\n'
        f'  <a href="{form}">{LINK[language]}</a>\n'
        "</tijdens-feedback>"
    )
    pinned = (
        f'<script type="module" src="{url}/widget/{version}/tijdens.js" crossorigin="anonymous"\n'
        f'  integrity="{integrity}"></script>\n'
    )
    own = f'<script type="module" src="/tijdens/{version}/tijdens.js"></script>\n'
    return Snippet(
        link=f'<a href="{form}">{LINK[language]}</a>',
        pinned=pinned + tag,
        policy=f"script-src {url}; connect-src {url}",
        own=own + tag,
        own_policy=f"script-src 'self'; connect-src {url}",
        files=f"/tijdens/{version}/",
    )
