"""The page on which a team sees its own widget."""

from __future__ import annotations

from tests.endpoints.test_roles import neighbour
from tests.start import Running


async def test_only_who_manages_the_agency_sees_its_preview_and_only_our_own_pages_frame_it(run: Running) -> None:
    assert (await run.client.get("/preview/page")).status_code == 401
    assert (await run.client.get("/preview/page", headers=run.bearer("editor"))).status_code == 403
    _, village = await neighbour(run)
    assert (await run.client.get("/preview/page", headers=village)).status_code == 404
    page = await run.client.get("/preview/page?lang=fr", headers=run.bearer("admin"))
    assert page.status_code == 200 and 'lang="fr"' in page.text
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in (await run.client.get("/f/page")).headers["content-security-policy"]
    room = (await run.client.get("/dashboard")).headers["content-security-policy"]
    assert "frame-src 'self'" in room and "frame-ancestors 'none'" in room


async def test_the_preview_stands_with_the_hash_of_what_is_served_and_cannot_be_pressed(run: Running) -> None:
    page = (await run.client.get("/preview/page", headers=run.bearer("admin"))).text
    made = (await run.client.get("/api/placements", headers=run.bearer("admin"))).json()["items"][0]["snippet"][
        "pinned"
    ]
    integrity = made.split('integrity="')[1].split('"')[0]
    assert f'integrity="{integrity}"' in page
    assert "<main inert><tijdens-feedback" in page
