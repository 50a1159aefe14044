"""The OpenAPI document is the whole truth about requests and answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.often import often, proof
from tests.start import Running
from tests.threaded import Threaded, threaded

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Threaded]:
    folder: Path = tmp_path_factory.mktemp("openapi")
    with threaded(folder) as started:
        yield started


@proof
def test_every_operation_answers_as_described(server: Threaded) -> None:
    """With a team's token where one is needed, a real receipt where one is, and a citizen's nothing elsewhere."""
    schema = schemathesis.openapi.from_url(server.url + "/openapi.json")
    number = 0
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]
        number += 1

        @settings(max_examples=often(6, 40), deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def check(case: Any) -> None:
            headers = {}
            if case.path.startswith("/api/receipt"):
                headers["Authorization"] = f"Receipt {server.code}"
            elif not case.path.startswith(("/api/session", "/api/placements")) and case.method.upper() != "POST":
                headers["Authorization"] = f"Bearer {server.token}"
            case.call_and_validate(headers=headers, checks=CHECKS)

        check()
    assert number >= 15


async def test_the_document_is_valid_openapi(run: Running) -> None:
    document = (await run.client.get("/openapi.json")).json()
    validate(document)
    assert "post" in document["paths"]["/api/submissions"]
    assert document["info"]["license"]["identifier"] == "EUPL-1.2"


async def test_people_can_read_the_same_without_anything_from_elsewhere(run: Running) -> None:
    page = (await run.client.get("/docs")).text
    for path in ("/api/submissions", "/api/receipt", "/api/placements/{key}"):
        assert path in page
    assert "//cdn" not in page and "https://" not in page.replace("https://www.w3.org", "")
