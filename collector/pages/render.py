"""Rendering: Jinja with escaping always on, our words, dates as people say them, and a policy that allows nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse

from collector.agency import LANGUAGES, Agency
from collector.endpoints.openings import Openings
from collector.endpoints.operation import language_of
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.help_number import for_reader, help_numbers
from collector.receipt import AgencyName

if TYPE_CHECKING:
    from jinja2 import Environment

NAMES = {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}
_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}
_FORMS = {
    "nl": "{day} {month} {year}, {time}",
    "fr": "{day} {month} {year}, {time}",
    "de": "{day}. {month} {year}, {time}",
    "en": "{day} {month} {year}, {time}",
}
_JUST_NOW = {"nl": "zojuist", "fr": "à l'instant", "de": "gerade eben", "en": "a moment ago"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src {frames}; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}; "
    "require-trusted-types-for 'script'; trusted-types {types}"
)
JUST_NOW_MS = 120_000


class Renderer:
    """One an app; `demo` lets its own pages frame each other."""

    def __init__(self, demo: bool) -> None:
        self._demo = demo
        _texts()  # read now, so that no request waits for the disk; compiled when first asked for

    def policy(self, types: str = "'none'", *, frames: bool = False, framed: bool = False) -> str:
        """The content security policy of all our pages. `types`: what may make a script's address trusted; `frames`: it shows
        another of our pages in itself; `framed`: it may be shown so."""
        own, nobody = "'self'", "'none'"
        return _POLICY.format(
            frames=own if frames or self._demo else nobody,
            ancestors=own if framed or self._demo else nobody,
            types=types,
        )

    def page(
        self,
        request: Request,
        template: str,
        *,
        languages: tuple[str, ...] = LANGUAGES,
        status: int = 200,
        refusal: Refusal | None = None,
        robots: str = "noindex",
        types: str = "'none'",
        framed: bool = False,
        **values: Any,
    ) -> HTMLResponse:
        """The page in the reader's language. A refusal is shown in words and sets the status; it is counted."""
        parts: Parts = request.state["parts"]
        language = page_language(request, languages)
        problem = None
        headers = {
            "content-security-policy": self.policy(types, framed=framed),
            "cache-control": "no-store",
            "content-language": language,
        }
        if refusal is not None:
            parts.metrics.refused(refusal.code)
            problem, status = parts.words.problem(refusal, language), refusal.status
            if refusal.retry_after is not None:
                headers["retry-after"] = str(refusal.retry_after)

        def t(name: str, /, **filled: object) -> str:
            return parts.words.get(language, f"pages.{name}", **filled)

        def called(agency: Agency | AgencyName) -> str:
            """Its name in the reader's language, where it has one."""
            return agency.names.get(language, agency.name)

        own, others = for_reader(help_numbers(), language)
        found = _templates().get_template(template)
        html = found.render(
            t=t,
            called=called,
            language=language,
            languages=languages,
            names=NAMES,
            problem=problem,
            robots=robots,
            help_own=own,
            help_others=others,
            hours_of=Openings(parts.words, language, "UTC", 0).lines,  # days of the week, the same in every zone
            **({"nobody": ""} | values),
        )
        return HTMLResponse(html, status, headers)


@cache
def _texts() -> dict[str, str]:
    """The templates, by name; read once a process."""
    folder = files("collector.pages").joinpath("templates")
    return {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.is_file()}


@cache
def _templates() -> Environment:
    from jinja2 import DictLoader, Environment, StrictUndefined  # here, so that a start does not wait for it

    return Environment(loader=DictLoader(_texts()), autoescape=True, undefined=StrictUndefined, auto_reload=False)


def page_language(request: Request, languages: tuple[str, ...] = LANGUAGES) -> str:
    """The reader's language if the page has it, else the page's first."""
    language = language_of(request)
    return language if language in languages else languages[0]


def when(at: int, language: str, zone: str, now: int) -> str:
    """A moment as people say it: `24 November 2026, 23:04`, or `a moment ago` within two minutes."""
    if 0 <= now - at < JUST_NOW_MS:
        return _JUST_NOW[language]
    moment = datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(zone))
    month = _MONTHS[language].split()[moment.month - 1]
    return _FORMS[language].format(day=moment.day, month=month, year=moment.year, time=f"{moment:%H:%M}")


def machine(at: int) -> str:
    """The same moment for machines: ISO 8601 in UTC."""
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds")


async def form_fields(request: Request) -> dict[str, list[str]]:
    """The fields of a posted form. Refusal `media_type` for anything that is no plain form."""
    media = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media != "application/x-www-form-urlencoded":
        raise Refusal("media_type")
    try:
        return parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=40)
    except ValueError:
        raise Refusal("unreadable") from None


def first(fields: dict[str, list[str]], name: str) -> str:
    """The one value of a field, empty when it is not there."""
    return fields.get(name, [""])[0]
