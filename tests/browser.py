"""A headless chromium, driven over its debugging protocol, with the hands of a person: look, press by words, type.

Protocol: https://chromedevtools.github.io/devtools-protocol/
"""

import asyncio
import base64
import itertools
import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

import aiohttp
import pytest

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)
ANNOUNCED = "DevTools listening on "
STARTS_WITHIN_S = 30
DEADLINE_S = 30.0
"""For something to appear on the page."""
POLL_S = 0.02

# A page may show the same words twice (a question and its button); the newest visible one is meant.
FIND = """
(frame, selector, words) => {
  const root = frame ? document.getElementById(frame).contentDocument : document;
  if (!root) return null;
  const open = root.querySelector("dialog[open]") ?? root;
  const fitting = [...open.querySelectorAll(selector)].filter((node) =>
    node.getClientRects().length && !node.disabled
    && [node.innerText, node.ariaLabel, node.placeholder].some((text) => (text ?? "").trim() === words));
  return fitting.at(-1) ?? null;
}
"""
PRESSABLE = "button, [role=tab], [role=menuitem], summary, label"
FILLABLE = "input, textarea"


class Page:
    """One tab. `frame` in its methods is the id of an iframe of the same origin; empty means the page itself."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, session: str) -> None:
        self._socket = socket
        self._session = session
        self._numbers = itertools.count(100)

    async def open(self, address: str) -> None:
        await self.call("Page.navigate", url=address)
        await self._until("document.readyState === 'complete'", f"{address} did not load")

    async def size(self, width: int, height: int) -> None:
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )

    async def colours(self, scheme: Literal["light", "dark"]) -> None:
        """What the system of the person prefers."""
        await self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    async def press(self, words: str, *, frame: str = "") -> None:
        """Press the newest visible button, tab or label of exactly these words."""
        found = f"({FIND})({json.dumps(frame)}, {json.dumps(PRESSABLE)}, {json.dumps(words)})"
        await self._until(f"{found} !== null", f"there is nothing to press that says {words!r}")
        await self.js(f"{found}.click()")

    async def fill(self, name: str, text: str, *, frame: str = "") -> None:
        """Type into the field of this label, placeholder or name."""
        root = f"document.getElementById({json.dumps(frame)}).contentDocument" if frame else "document"
        found = f"(({FIND})({json.dumps(frame)}, {json.dumps(FILLABLE)}, {json.dumps(name)}) ?? "
        found += f"{root}.querySelector(`[name=${{CSS.escape({json.dumps(name)})}}]`))"
        await self._until(f"{found} !== null", f"there is no field {name!r}")
        await self.js(
            f"(() => {{ const field = {found}; field.focus(); field.value = {json.dumps(text)};"
            " field.dispatchEvent(new Event('input', { bubbles: true })); })()"
        )

    async def sees(self, *texts: str, frame: str = "") -> str:
        """Wait until all these texts are visible; returns all that is."""
        visible = f"document.getElementById({json.dumps(frame)}).contentDocument.body.innerText" if frame else ""
        visible = visible or "document.body.innerText"
        wanted = json.dumps(list(texts))
        await self._until(f"{wanted}.every((text) => {visible}.includes(text))", f"{texts} did not appear")
        return str(await self.js(visible))

    async def picture(self) -> bytes:
        """What the page looks like now, as PNG."""
        return base64.b64decode((await self.call("Page.captureScreenshot", format="png"))["data"])

    async def js(self, expression: str) -> Any:
        """The value of an expression in the page; a promise is waited for."""
        answer = await self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        failure = answer.get("exceptionDetails")
        assert failure is None, failure
        return answer["result"].get("value")

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters, "sessionId": self._session})
        return await answer_to(self._socket, number)

    async def _until(self, condition: str, otherwise: str) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + DEADLINE_S
        while not await self.js(f"Boolean({condition})"):
            if loop.time() > deadline:
                shown = await self.js("document.body.innerText")
                raise AssertionError(f"{otherwise}. The page shows:\n{shown}")
            await asyncio.sleep(POLL_S)


async def answer_to(socket: aiohttp.ClientWebSocketResponse, number: int) -> dict[str, Any]:
    """The answer to a call; events in between are passed over."""
    async with asyncio.timeout(DEADLINE_S):
        while True:
            said: dict[str, Any] = await socket.receive_json()
            if said.get("id") == number:
                assert "error" not in said, said
                result: dict[str, Any] = said["result"]
                return result


@asynccontextmanager
async def browser() -> AsyncIterator[Page]:
    """A fresh profile with one empty tab. Skips the test where there is no chromium."""
    if PROGRAM is None:
        pytest.skip("No chromium found: nothing is looked at in a browser.")
    with tempfile.TemporaryDirectory(prefix="reconnect-browser-", ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            PROGRAM,
            *FLAGS,
            f"--user-data-dir={Path(profile)}",
            "about:blank",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with (
                aiohttp.ClientSession() as http,
                http.ws_connect(await _address_of(process), max_msg_size=0) as socket,
            ):
                await socket.send_json({"id": 1, "method": "Target.createTarget", "params": {"url": "about:blank"}})
                target = (await answer_to(socket, 1))["targetId"]
                attach = {"targetId": target, "flatten": True}
                await socket.send_json({"id": 2, "method": "Target.attachToTarget", "params": attach})
                yield Page(socket, (await answer_to(socket, 2))["sessionId"])
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def _address_of(process: asyncio.subprocess.Process) -> str:
    """Where the browser listens; it says so on standard error."""
    assert process.stderr is not None
    async with asyncio.timeout(STARTS_WITHIN_S):
        while raw := await process.stderr.readline():
            line = raw.decode(errors="replace").strip()
            if line.startswith(ANNOUNCED):
                return line.removeprefix(ANNOUNCED)
    raise AssertionError("the browser has ended without a word")
