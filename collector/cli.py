"""The command line. Standard output is for scripts, standard error for people."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Callable, Coroutine
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from collector import __version__
from collector.config import Config, made_secret
from collector.errors import Unusable

LANGUAGE = click.Choice(["nl", "fr", "de", "en"])


def _config() -> Config:
    return Config.from_env(os.environ)


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    """Runs it to its end, on the faster loop where there is one. Unusable becomes a sentence and exit code 1."""
    factory: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop
    with contextlib.suppress(ImportError):
        import uvloop

        factory = uvloop.new_event_loop
    try:
        with asyncio.Runner(loop_factory=factory) as runner:
            return runner.run(work)
    except Unusable as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        sys.exit(130)


def _act(action: str, **given: Any) -> None:
    """Runs an action and prints what it tells."""
    click.echo(_asked(action, given), nl=False)


def _asked(action: str, given: dict[str, Any]) -> str:
    """Runs an action, says what it has for people, and returns what it has for scripts."""
    from collector.commands.direct import act

    try:
        config = _config()
        told = _run(act(config, action, given))
    except Unusable as error:
        raise click.ClickException(str(error)) from None
    if told.out and told.failed:
        click.echo(told.out)
    if told.err:
        click.echo(told.err, err=True)
    if told.failed:
        sys.exit(1)
    return f"{told.out}\n" if told.out else ""


class Commands(click.Group):
    """Two commands ask over HTTP; what they need is loaded only for them, so that `serve` starts at once."""

    remote = ("doctor", "replay")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *self.remote])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.remote:
            found: click.Command = getattr(import_module(f"collector.commands.{cmd_name}"), cmd_name)
            return found
        return super().get_command(ctx, cmd_name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tijdens")
def main() -> None:
    """Tijdens: citizens react while something is still being decided; those who decide hear them live."""


@main.command()
@click.option("--host", help="The address it listens on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 takes a free one.")
def serve(host: str | None, port: int | None) -> None:
    """Serve with the settings of the environment."""
    from collector.commands.server import run_server

    try:
        config = _config().listening(host, port)
        config.checked_secret()
    except Unusable as error:
        raise click.ClickException(str(error)) from None
    _run(run_server(config))


@main.command()
@click.option("--host", help="The address it listens on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 takes a free one.")
def demo(host: str | None, port: int | None) -> None:
    """Serve a sample agency with sample voices, to look around."""
    from collector.commands.demo import run_demo

    try:
        config = _config().listening(host, port)
        if not config.secret:
            config = config.with_secret(made_secret(Path("var")))
    except Unusable as error:
        raise click.ClickException(str(error)) from None
    _run(run_demo(config))


@main.group()
def agency() -> None:
    """The public bodies of this installation."""


@agency.command("create")
@click.argument("key")
@click.option("--name", required=True, help="As people know it.")
@click.option(
    "--require",
    "required_languages",
    multiple=True,
    type=LANGUAGE,
    help="Nothing is published before it is there in this language; again for more. Default: nl and fr.",
)
def agency_create(key: str, name: str, required_languages: tuple[str, ...]) -> None:
    """Create an agency; prints its key."""
    _act("agency create", key=key, name=name, required_languages=required_languages)


@main.group()
def placement() -> None:
    """Where the widget stands."""


@placement.command("create")
@click.argument("key")
@click.option("--agency", "agency_key", required=True, help="The key of the agency.")
@click.option("--origin", "origins", multiple=True, required=True, help="https://host of the pages; repeat for more.")
@click.option("--language", "languages", multiple=True, type=LANGUAGE, help="Repeat for more; all four by default.")
@click.option("--question", type=click.Choice(["outcome", "found", "effect", "reason"]), default="outcome")
@click.option("--name", default="", help="How the team calls it.")
@click.option("--gateway", is_flag=True, help="Part of the single digital gateway: asks a rating as well.")
def placement_create(
    key: str,
    agency_key: str,
    origins: tuple[str, ...],
    languages: tuple[str, ...],
    question: str,
    name: str,
    gateway: bool,
) -> None:
    """Create a placement; prints its key, and on standard error what to paste."""
    _act(
        "placement create",
        key=key,
        agency=agency_key,
        origins=list(origins),
        languages=list(languages),
        question=question,
        name=name,
        gateway=gateway,
    )


@placement.command("notice")
@click.argument("key")
@click.option("--nl", help="The sentence in Dutch.")
@click.option("--fr", help="… in French.")
@click.option("--de", help="… in German.")
@click.option("--en", help="… in English.")
@click.option("--hours", type=float, help="How long it stands; without it, until it is changed.")
def placement_notice(key: str, hours: float | None, **texts: str | None) -> None:
    """Put a sentence above the question, such as "We know: payment fails since 22:40". Without a sentence it goes."""
    _act("placement notice", key=key, hours=hours, texts=texts)


@placement.command("clip")
@click.argument("key")
@click.option("--nl", help="The address of the clip in Flemish Sign Language (VGT).")
@click.option("--fr", help="… in French Belgian Sign Language (LSFB).")
@click.option("--de", help="… in German Sign Language (DGS).")
@click.option("--en", help="… in another one.")
def placement_clip(key: str, **clips: str | None) -> None:
    """Link the question in sign language. What is not named goes."""
    _act("placement clip", key=key, clips=clips)


@main.group()
def device() -> None:
    """Kiosks for the public."""


@device.command("create")
@click.option("--placement", required=True, help="The key of the placement it asks for.")
@click.option("--name", required=True, help="How the team calls it, such as where it stands.")
def device_create(placement: str, name: str) -> None:
    """Set up a kiosk; prints the address to open once on it, which carries its key."""
    _act("device create", placement=placement, name=name)


@main.group()
def contact() -> None:
    """Whom citizens can reach."""


@contact.command("create")
@click.option("--agency", "agency_key", required=True, help="The key of the agency.")
@click.option("--name", required=True, help="The person or desk.")
@click.option("--phone", help="With its country code.")
@click.option("--counter", help="The address of a counter.")
@click.option("--post", help="The address for letters.")
@click.option("--video", help="The address of a video interpreter.")
@click.option("--chat", help="The address of a chat.")
@click.option("--hours", help="When, in a line people can read.")
@click.option(
    "--open", "opens", multiple=True, help='Days and times, as in "mo-fr 09:00-12:00 13:00-16:00"; again for more.'
)
@click.option("--holidays", is_flag=True, help="Open on public holidays too.")
@click.option(
    "--subject", "subjects", multiple=True, help='What it is about, as in "nl=Bouwen; fr=Construire"; again for more.'
)
@click.option("--postcode", "postcodes", multiple=True, help="For whom: 1000, or 1000-1299; again for more.")
@click.option("--placement", "placements", multiple=True, help="For this page only; again for more.")
@click.option(
    "--task", type=click.Choice(["desk", "case", "complaint", "ombudsman"]), default="desk", show_default=True
)
@click.option("--calls-back", is_flag=True, help="It rings those who leave a number.")
@click.option("--language", "languages", multiple=True, type=LANGUAGE, help="Spoken there; all four by default.")
def contact_create(agency_key: str, **given: Any) -> None:
    """Create a contact point; prints its key."""
    _act("contact create", agency=agency_key, **{k: list(v) if isinstance(v, tuple) else v for k, v in given.items()})


@contact.command("list")
@click.option("--agency", "agency_key", required=True, help="The key of the agency.")
def contact_list(agency_key: str) -> None:
    """One line a contact point: its key, when it was checked last, its name; on standard error, which to look at again."""
    _act("contact list", agency=agency_key)


@contact.command("checked")
@click.argument("key")
@click.option("--agency", "agency_key", required=True, help="The key of the agency.")
def contact_checked(key: str, agency_key: str) -> None:
    """Say that a contact point is still right; citizens read the day."""
    _act("contact checked", agency=agency_key, key=key)


@main.group()
def decision() -> None:
    """What is being decided, as a file (docs/decision-file.md)."""


@decision.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--agency", "agency_key", help="The key of the agency; not needed when there is one.")
def decision_import(file: Path, agency_key: str | None) -> None:
    """Bring a decision in from FILE, or up to date with it; prints its key."""
    import msgspec

    from collector.commands.decision_reader import read

    try:
        document, lines = read(file)
    except Unusable as error:
        raise click.ClickException(str(error)) from None
    given = {"document": msgspec.to_builtins(document), "lines": lines, "file": str(file), "agency": agency_key}
    _act("decision import", **given)


@decision.command("export")
@click.argument("key")
def decision_export(key: str) -> None:
    """Print a decision as a file that `decision import` takes."""
    import msgspec

    from collector.commands.decision_file import Document, write

    told = _asked("decision export", {"key": key})
    click.echo(write(msgspec.json.decode(told, type=Document)), nl=False)


@main.group()
def member() -> None:
    """The people of an agency."""


@member.command("invite")
@click.argument("email")
@click.option("--agency", "agency_key", required=True, help="The key of the agency.")
@click.option("--name", required=True, help="As colleagues know her.")
@click.option("--office", required=True, help='Which citizens read on their receipt ("read by …").')
@click.option("--role", default="editor", show_default=True, type=click.Choice(["viewer", "editor", "admin"]))
def member_invite(email: str, agency_key: str, name: str, office: str, role: str) -> None:
    """Invite a member; prints a link that works once, within a week."""
    _act("member invite", agency=agency_key, email=email, name=name, office=office, role=role)


@main.group()
def operator() -> None:
    """Who runs this installation: sees whether its agencies work, makes one, and reads no citizen's words."""


@operator.command("invite")
@click.argument("email")
@click.option("--name", required=True, help="As agencies read it in their audit log.")
@click.option("--office", required=True, help="The same.")
def operator_invite(email: str, name: str, office: str) -> None:
    """Invite an operator; prints a link that works once, within a week. She needs a second factor."""
    _act("operator invite", email=email, name=name, office=office)


@operator.command("list")
def operator_list() -> None:
    """Address, name and office of each."""
    _act("operator list")


@operator.command("withdraw")
@click.argument("email")
def operator_withdraw(email: str) -> None:
    """Her sessions end within seconds."""
    _act("operator withdraw", email=email)


@main.group()
def provider() -> None:
    """Where members of an agency sign in by OpenID Connect."""


@provider.command("add")
@click.argument("key")
@click.option("--agency", "agency_key", required=True, help="The key of the agency.")
@click.option("--name", required=True, help='As the sign-in page calls it ("Go on with …").')
@click.option("--issuer", required=True, help="As the provider names itself, without /.well-known.")
@click.option("--client-id", required=True)
@click.option(
    "--client-secret-file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the secret, so that it stands in no history.",
)  # fmt: skip
@click.option("--scope", default="openid email profile", show_default=True)
@click.option("--acr", "acr", multiple=True, help="How somebody must be known; one of these must come back.")
@click.option(
    "--domain", "domains", multiple=True, help="Who has a verified address in it comes in without an invitation."
)
@click.option("--role", type=click.Choice(["viewer", "editor"]), help="Of who comes in by a domain.")
@click.option("--office", default="", help="Of who comes in by a domain.")
def provider_add(key: str, agency_key: str, client_secret_file: Path, **given: Any) -> None:
    """Add a provider; prints the address to register there."""
    secret = client_secret_file.read_text("utf-8").strip()
    _act("provider add", key=key, agency=agency_key, client_secret=secret, **given)


@provider.command("list")
def provider_list() -> None:
    """Key, agency, issuer and name of each."""
    _act("provider list")


@provider.command("remove")
@click.argument("key")
@click.option("--agency", "agency_key", required=True, help="The key of the agency.")
def provider_remove(key: str, agency_key: str) -> None:
    """Nobody comes in by it any more."""
    _act("provider remove", key=key, agency=agency_key)


@main.group()
def token() -> None:
    """What lets teams and their scripts in."""


@token.command("create")
@click.option("--agency", "agency_key", required=True, help="The key of the agency.")
@click.option("--role", required=True, type=click.Choice(["viewer", "editor", "admin"]))
@click.option("--name", default="", help='Whose it is; citizens read it on their receipt ("read by …").')
@click.option("--valid-days", type=click.IntRange(1, 730), help="Until when it works; without: until it is revoked.")
@click.option("--placement", help="The key of the one placement that it is for.")
@click.option("--decision", help="The key of the one decision that it is for.")
def token_create(agency_key: str, role: str, name: str, **limits: Any) -> None:
    """Create a token; prints it once."""
    _act("token create", agency=agency_key, role=role, name=name, **limits)


@token.command("revoke")
@click.argument("secret")
@click.option("--agency", "agency_key", required=True, help="The key of the agency.")
def token_revoke(secret: str, agency_key: str) -> None:
    """Withdraw a token; its sessions and open dashboards end within seconds."""
    _act("token revoke", agency=agency_key, token=secret)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the store to FILE, also while it serves."""
    _act("backup", file=str(file.absolute()))


@main.command()
def check() -> None:
    """Look through the store: is all there, in order, and indexed?"""
    _act("check")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put a backup in the place of an empty store."""
    from collector.commands.direct import restore_store

    try:
        click.echo(restore_store(_config(), file))
    except Unusable as error:
        raise click.ClickException(str(error)) from None


@main.command()
def migrate() -> None:
    """Bring the store to this version's schema."""
    from collector.commands.direct import migrate_store

    try:
        click.echo(migrate_store(_config()))
    except Unusable as error:
        raise click.ClickException(str(error)) from None
