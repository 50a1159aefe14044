from __future__ import annotations

import base64
import json
import time
from typing import Any

import altcha
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from collector.guard import proof
from collector.guard.proof import Proofs

NOW = 1_793_530_000
SECRET = b"of this test" * 3
Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _clock() -> Any:
    """The library looks at the clock of the machine as well."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def proofs() -> Proofs:
    return Proofs(SECRET)


@pytest.fixture(scope="module")
def solved() -> str:
    """A challenge of Proofs(SECRET) for `town`, made at NOW, solved."""
    return _solve(Proofs(SECRET).challenge("town", NOW))


def _solve(challenge: Json) -> str:
    made = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(made)
    assert solution is not None
    return altcha.Payload(made, solution).to_base64()


def _changed(payload: str, *path: str, to: Any) -> str:
    decoded = place = json.loads(base64.b64decode(payload))
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = to
    return base64.b64encode(json.dumps(decoded).encode()).decode()


def test_a_solution_counts_once(proofs: Proofs, solved: str) -> None:
    assert [proofs.verify(solved, "town", NOW) for _ in range(3)] == [True, False, False]


def test_another_spelling_of_a_used_solution_does_not_count(proofs: Proofs, solved: str) -> None:
    assert proofs.verify(solved, "town", NOW)
    assert not proofs.verify(_changed(solved, "solution", "counter", to=1), "town", NOW)
    assert not proofs.verify(_changed(solved, "solution", "time", to=5), "town", NOW)
    assert not proofs.verify(_changed(solved, "extra", to=5), "town", NOW)
    assert not proofs.verify(_changed(solved, "challenge", "parameters", "cost", to=1000.0), "town", NOW)


def test_a_solution_for_one_placement_is_none_for_another_and_is_not_used_up(proofs: Proofs, solved: str) -> None:
    assert not proofs.verify(solved, "village", NOW)
    assert proofs.verify(solved, "town", NOW)


@pytest.mark.parametrize(("later", "valid"), [(0, True), (599, True), (600, False), (86_400, False)])
def test_a_challenge_is_valid_for_ten_minutes(proofs: Proofs, solved: str, later: int, valid: bool) -> None:
    assert proofs.verify(solved, "town", NOW + later) is valid


def test_a_used_solution_is_not_forgotten_before_it_expires(proofs: Proofs, solved: str) -> None:
    for now in range(NOW, NOW + 600, 7):
        assert proofs.verify(solved, "town", now) is (now == NOW)


def test_what_has_expired_is_forgotten(proofs: Proofs, solved: str) -> None:
    proofs.verify(solved, "town", NOW)
    assert proofs._used
    assert proofs._use("another", NOW + 1300, NOW + 700)
    assert list(proofs._used.values()) == [{"another"}]


def test_when_nothing_more_can_be_remembered_nothing_more_is_believed(
    proofs: Proofs, solved: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "USED", 3)
    assert [proofs._use(str(n), NOW + 600, NOW) for n in range(4)] == [True, True, True, False]
    assert not proofs.verify(solved, "town", NOW)


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("challenge", "parameters", "cost"), 1),
        (("challenge", "parameters", "keyPrefix"), ""),
        (("challenge", "parameters", "keySignature"), None),
        (("challenge", "parameters", "expiresAt"), NOW + 86_400),
        (("challenge", "parameters", "data"), {"placement": "village"}),
        (("challenge", "signature"), "00" * 32),
        (("challenge", "signature"), None),
        (("solution", "derivedKey"), "00" * 32),
        (("solution", "derivedKey"), None),
    ],
)
def test_a_solution_that_was_tampered_with_does_not_count(
    proofs: Proofs, solved: str, path: tuple[str, ...], to: Any
) -> None:
    changed = _changed(solved, *path, to=to)
    assert not proofs.verify(changed, "town", NOW)
    assert not proofs.verify(changed, "village", NOW)


def test_a_challenge_made_with_another_secret_does_not_count(solved: str) -> None:
    assert not Proofs(b"another" * 5).verify(solved, "town", NOW)


def test_after_a_restart_nothing_counts_a_second_time() -> None:
    """What was used is remembered by a process alone, so another one believes nothing that this one made."""
    challenge = Proofs().challenge("town", NOW)
    assert not Proofs().verify(_solve(challenge), "town", NOW)


def test_two_challenges_differ_and_the_secret_is_in_neither(proofs: Proofs) -> None:
    one, other = (proofs.challenge("town", NOW) for _ in range(2))
    assert one["signature"] != other["signature"]
    assert one["parameters"]["salt"] != other["parameters"]["salt"]
    assert SECRET.decode() not in json.dumps(one)


def test_a_challenge_is_what_the_widget_reads(proofs: Proofs) -> None:
    parameters = proofs.challenge("town", NOW)["parameters"]
    assert parameters["algorithm"] == "PBKDF2/SHA-256"
    assert (parameters["cost"], parameters["keyLength"], len(parameters["keyPrefix"])) == (1000, 32, 32)
    assert (parameters["expiresAt"], parameters["data"]) == (NOW + 600, {"placement": "town"})


def test_making_a_challenge_costs_a_hundredth_of_solving_it(proofs: Proofs) -> None:
    def seconds(work: Any) -> float:
        begun = time.thread_time()
        work()
        return time.thread_time() - begun

    challenge = proofs.challenge("town", NOW)
    solving = seconds(lambda: _solve(challenge))
    assert min(seconds(lambda: proofs.challenge("town", NOW)) for _ in range(20)) < solving / 100


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.text() | st.binary().map(lambda raw: base64.b64encode(raw).decode()))
def test_garbage_does_not_count(payload: str) -> None:
    assert not Proofs(SECRET).verify(payload, "town", NOW)


@given(
    st.fixed_dictionaries(
        {
            "challenge": _anything
            | st.fixed_dictionaries(
                {
                    "parameters": _anything
                    | st.fixed_dictionaries(
                        {"algorithm": _anything, "nonce": _anything, "salt": _anything, "cost": _anything},
                        optional={"keySignature": _anything, "expiresAt": _anything, "data": _anything},
                    ),
                    "signature": _anything,
                }
            ),
            "solution": _anything | st.fixed_dictionaries({"counter": _anything, "derivedKey": _anything}),
        }
    )
)
def test_garbage_in_the_right_form_does_not_count(decoded: Json) -> None:
    payload = base64.b64encode(json.dumps(decoded).encode()).decode()
    assert not Proofs(SECRET).verify(payload, "town", NOW)


@pytest.mark.parametrize(
    "decoded",
    ["[" * 2000, '{"challenge":' * 300, "1" * 4000, '{"challenge": {"parameters": []}, "solution": 1}', "null"],
)
def test_deep_and_huge_garbage_does_not_count(decoded: str) -> None:
    assert not Proofs(SECRET).verify(base64.b64encode(decoded.encode()).decode(), "town", NOW)


@given(st.sampled_from(["counter", "derivedKey", "time"]), _anything)
def test_a_true_challenge_with_a_wrong_solution_does_not_count(name: str, value: Any) -> None:
    challenge = Proofs(SECRET).challenge("town", NOW)
    payload = {"challenge": challenge, "solution": {"counter": 0, "derivedKey": "00", name: value}}
    assert not Proofs(SECRET).verify(base64.b64encode(json.dumps(payload).encode()).decode(), "town", NOW)


def test_a_payload_that_is_far_too_long_is_not_read(proofs: Proofs, solved: str) -> None:
    assert not proofs.verify(_changed(solved, "extra", to="x" * 4000), "town", NOW)
    assert proofs.verify(_changed(solved, "extra", to="x" * 1000), "town", NOW)
