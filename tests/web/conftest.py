"""The web door on the small stage, and a browser-like client that only speaks HTTP."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from html import unescape

import pytest
from aiohttp import ClientResponse, CookieJar
from aiohttp.test_utils import TestClient, TestServer

from tests.web.stage import Stage, web_app


@dataclass
class Form:
    """One form of a page: where it goes and what it sends."""

    action: str
    fields: dict[str, str]
    html: str


def forms(page: str) -> list[Form]:
    found = []
    for html in re.findall(r"<form.*?</form>", page, re.DOTALL):
        inputs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
        fields = {name: unescape(value) for name, value in inputs}
        found.append(Form(re.findall(r'action="(\w+)"', html)[0], fields, html))
    return found


def form(page: str, **wanted: str) -> dict[str, str]:
    """The fields of the form that holds `wanted`; `text` goes into the form with a box."""
    for one in forms(page):
        if wanted.items() <= one.fields.items():
            return one.fields
        if wanted.keys() == {"text"} and 'name="text"' in one.html:
            return one.fields | wanted
    raise AssertionError(f"no form with {wanted}")


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[TestClient]:
    async with TestClient(TestServer(web_app(stage, banner="Dữ liệu mẫu")), cookie_jar=CookieJar(unsafe=True)) as one:
        yield one


@pytest.fixture
async def chat(client: TestClient, stage: Stage) -> "Visit":
    """A session opened by link, standing on the first screen."""
    async with client.get("/j/HOA001") as answer:
        assert answer.status == 200
        return Visit(client, stage, "s1")


@dataclass
class Visit:
    client: TestClient
    stage: Stage
    sid: str

    async def page(self) -> str:
        async with self.client.get(f"/c/{self.sid}/") as answer:
            assert answer.status == 200
            return await answer.text()

    async def at(self, place: int, note: str = "") -> str:
        """Stand somewhere at once."""
        await self.stage.move(self.sid, place, note)
        return await self.page()

    async def post(self, fields: dict[str, str], **options: object) -> ClientResponse:
        answer = await self.client.post(f"/c/{self.sid}/say", data=fields, **options)  # type: ignore[arg-type]
        await answer.read()
        return answer
