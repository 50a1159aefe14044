"""Every refusal has a code; one table turns a code into an HTTP status.

The words of a refusal live in `messages/<language>.json` under `errors.<code>`, so that the reader gets them in her
own language. A refusal never carries what a citizen wrote.
"""

from __future__ import annotations

STATUS: dict[str, int] = {
    "unreadable": 400,
    "sign_in": 401,
    "second_factor": 401,
    "origin": 403,
    "forbidden": 403,
    "not_invited": 403,
    "provider_left": 403,
    "second_factor_needed": 403,
    "placement_not_live": 403,
    "not_found": 404,
    "placement": 404,
    "receipt": 404,
    "method": 405,
    "slow_body": 408,
    "key_used": 409,
    "exists": 409,
    "wrong_state": 409,
    "claimed": 409,
    "ask_open": 409,
    "ask_over": 409,
    "too_many": 409,
    "unanswered": 409,
    "stale": 412,
    "too_large": 413,
    "media_type": 415,
    "encoding": 415,
    "invalid": 422,
    "incomplete": 422,
    "not_allowed": 422,
    "nothing_to_say": 422,
    "code_mistyped": 422,
    "slow_down": 429,
    "provider": 502,
    "busy": 503,
    "full": 507,
}

RETRY_SECONDS = {"busy": 2, "full": 30, "slow_down": 60}


class Refusal(Exception):
    """Something asked of us that we do not do, and why.

    `code` is a key of STATUS. `fields` names the fields at fault (422 only); each has one sentence in the messages that
    says what it takes. `members` are further members of the problem document, such as the groups of a mistyped code.
    """

    def __init__(
        self,
        code: str,
        *,
        fields: tuple[str, ...] = (),
        retry_after: int | None = None,
        **members: object,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields
        self.retry_after = retry_after if retry_after is not None else RETRY_SECONDS.get(code)
        self.members = members

    @property
    def status(self) -> int:
        return STATUS[self.code]


class Unusable(Exception):
    """A command or a start-up that cannot go on; its text is a sentence for the person at the keyboard."""
