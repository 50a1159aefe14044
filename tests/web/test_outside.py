"""Calls to addresses that a team gave us: which are public, to which one is connected, and what is read of the answer."""

from __future__ import annotations

import asyncio
import datetime
import ssl
from collections.abc import Sequence
from pathlib import Path

import pytest

from collector.web import outside
from collector.web.outside import Called, Outside, is_public
from tests.live.receiver import Receiver, receiver

CLOSED = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.254 169.254.0.1 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1
239.255.255.255 240.0.0.1 255.255.255.255 168.63.129.16
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe ::ffff:0:127.0.0.1
64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1 2001:20::1
2001:db8::1 2002:7f00:1:: 2002:c0a8:1::1 3fff::1 4000::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1
localhost example
"""
OPEN = "1.1.1.1 8.8.8.8 172.32.0.1 193.191.0.1 100.63.0.1 ::ffff:8.8.8.8 2606:4700::1111 2a02:1800::1 2003::1"


@pytest.mark.parametrize("address", CLOSED.split())
def test_what_is_in_no_public_network_is_never_called(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN.split())
def test_what_is_on_the_internet_may_be_called(address: str) -> None:
    assert is_public(address)


def names(*addresses: str) -> outside.Resolve:
    """A resolver that says these, one more each time it is asked when there are several lists."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        return addresses

    return resolve


async def called(out: Outside, url: str, headers: dict[str, str] | None = None) -> Called:
    async with out.line(url) as line:
        return await line.post(b"{}", headers or {})


@pytest.mark.parametrize(
    "addresses",
    [("127.0.0.1",), ("8.8.8.8", "10.0.0.1"), ("::ffff:127.0.0.1",), ("169.254.169.254", "1.1.1.1"), ("::1",)],
)
async def test_one_address_within_is_enough_to_refuse_a_name(addresses: tuple[str, ...]) -> None:
    answer = await called(Outside(resolve=names(*addresses)), "https://hooks.example/x")
    assert (answer.failure, answer.status) == ("inside", None)


async def test_a_demo_calls_its_own_machine_and_no_other_within() -> None:
    assert (await called(Outside(own=True, resolve=names("10.0.0.1")), "http://x.example/")).failure == "inside"
    async with receiver() as there:
        assert (await called(Outside(own=True), there.url)).status == 204
        assert (await called(Outside(), there.url)).failure == "inside"
    assert len(there.got) == 1


async def test_a_name_that_nobody_knows_is_said_to_be_unknown() -> None:
    async def nobody(host: str, port: int) -> Sequence[str]:
        raise OSError

    async def for_ever(host: str, port: int) -> Sequence[str]:
        await asyncio.sleep(3_600)
        return ()

    assert (await called(Outside(resolve=nobody), "https://hooks.example/x")).failure == "unknown"
    assert (await called(Outside(resolve=names()), "https://hooks.example/x")).failure == "unknown"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outside, "RESOLVING_SECONDS", 0.05)
        assert (await called(Outside(resolve=for_ever), "https://hooks.example/x")).failure == "unknown"


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(what a server shows for `name`, what believes it)."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "hook.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    public = made.public_bytes(serialization.Encoding.PEM)
    file.write_bytes(private + public)
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(file)
    return shown, ssl.create_default_context(cadata=public.decode())


async def test_it_connects_to_the_address_that_was_looked_at_with_the_name_in_certificate_and_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is looked up once; a second look, which would say something else, never happens (rebinding)."""
    looked: list[str] = []

    async def once(host: str, port: int) -> Sequence[str]:
        looked.append(host)
        return ("127.0.0.1",) if len(looked) == 1 else ("10.0.0.1",)

    monkeypatch.setattr(outside, "is_public", lambda address: address == "127.0.0.1")
    shown, trusted = await asyncio.to_thread(certificate, tmp_path, "hooks.example")
    shown.sni_callback = lambda _, name, __: seen.append(name)
    seen: list[str | None] = []
    async with receiver(shown) as there:
        out = Outside(resolve=once, trusted=trusted)
        async with out.line(f"https://hooks.example:{there.port}/x?y=1") as line:
            assert [(await line.post(b"{}", {})).status for _ in range(3)] == [204, 204, 204]
        other = await called(
            Outside(resolve=names("127.0.0.1"), trusted=trusted), f"https://other.example:{there.port}/x"
        )
    assert (looked, there.connections) == (["hooks.example"], 1)
    assert {(one.headers["host"], one.path) for one in there.got} == {(f"hooks.example:{there.port}", "/x?y=1")}
    assert seen == ["hooks.example", "other.example"]
    assert other.failure == "unreachable", "the certificate is of another name"


async def test_a_redirect_is_a_refusal_and_is_not_followed() -> None:
    async with receiver() as there, receiver() as secret:
        there.answers = [(307, {"location": secret.url}, b"")]
        answer = await called(Outside(own=True), there.url)
        assert (answer.status, answer.failure, len(secret.got)) == (307, None, 0)


async def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiver() as there, receiver() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert (await called(Outside(own=True), there.url)).status == 204
        assert proxy.got == []


async def test_little_is_read_of_an_answer_and_what_it_says_of_people_is_masked() -> None:
    async with receiver() as there:
        there.answers = [(500, {}, b"Jan (jan@voorbeeld.be)\n\x00" + b"x" * 3_000_000), (200, {}, b"fine")]
        out = Outside(own=True)
        refused, taken = await called(out, there.url), await called(out, there.url)
    assert refused.said.startswith("Jan ([e-mail]) ") and len(refused.said) == outside.SAID_CHARACTERS
    assert (taken.status, taken.said) == (200, "")


@pytest.mark.parametrize(("header", "seconds"), [("120", 120), ("Wed, 21 Oct 2026 07:28:00 GMT", None), ("-1", None)])
async def test_how_long_it_asks_us_to_wait_is_heard(header: str, seconds: int | None) -> None:
    async with receiver() as there:
        there.answers = [(429, {"retry-after": header}, b"")]
        assert (await called(Outside(own=True), there.url)).retry_after == seconds


async def test_who_does_not_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PATIENCE_SECONDS", 0.1)

    async def drip(there: Receiver) -> None:
        there.slow = 3_600

    async with receiver() as there:
        await drip(there)
        answer = await called(Outside(own=True), there.url)
        assert (answer.failure, answer.ms >= 90) == ("unreachable", True)
        port = there.port
    assert (await called(Outside(own=True), f"http://127.0.0.1:{port}/")).failure == "unreachable"
