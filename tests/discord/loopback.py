"""As much of Discord as real sockets need: a gateway and the REST routes of one answer, on loopback alone."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import discord
import pytest
import yarl
from aiohttp import WSMsgType, web

APPLICATION, SERVER, CHANNEL, MEMBER = "900000000000000001", "800000000000000001", "800000000000000002", "700000000000000001"
COMMANDS, HOME_COMMANDS = f"/applications/{APPLICATION}/commands", f"/applications/{APPLICATION}/guilds/{SERVER}/commands"
_EVERYTHING = str(discord.Permissions.all().value)
_HEARTBEAT_MS = 41_250


def _user(name: str, number: str, *, bot: bool = False) -> dict[str, Any]:
    return {"id": number, "username": name, "discriminator": "0", "global_name": None, "avatar": None, "bot": bot}


BOT, ALICE = _user("verbatim", APPLICATION, bot=True), _user("alice", MEMBER)


def _member(user: dict[str, Any]) -> dict[str, Any]:
    return {"user": user, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}


def _server() -> dict[str, Any]:
    everyone = {
        "id": SERVER, "name": "@everyone", "color": 0, "hoist": False, "position": 0, "permissions": _EVERYTHING, "managed": False,
        "mentionable": False, "flags": 0,
    }  # fmt: skip
    channel = {
        "id": CHANNEL,
        "type": 0,
        "name": "news",
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
        "parent_id": None,
    }
    lists = ("emojis", "features", "threads", "presences", "stage_instances", "guild_scheduled_events", "voice_states", "stickers")
    return {
        "id": SERVER, "name": "Newsroom", "owner_id": MEMBER, "roles": [everyone], "channels": [channel], "members": [_member(BOT)],
        "unavailable": False, "member_count": 2, "preferred_locale": "en-US", "afk_timeout": 300, "verification_level": 0,
        "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0, "premium_tier": 0, "nsfw_level": 0,
        "system_channel_flags": 0, **{name: [] for name in lists},
    }  # fmt: skip


class Loopback:
    """The server's side: what it was sent, and what it does on demand."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.attempts = 0
        self.identified = 0
        self.resumed: list[dict[str, Any]] = []
        self.refusals: list[web.Response] = []
        self.knows_token = True
        self.refuses_intents = False
        self.commands: dict[str, list[dict[str, Any]]] = {}
        self.forbidden = ""
        self.port = 0
        self._numbers = count(1)
        self._sequence = 0
        self._socket: web.WebSocketResponse | None = None
        self._changed = asyncio.Event()

    async def until(self, condition: Any) -> None:
        """Wait until something holds."""
        async with asyncio.timeout(15):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    # The gateway

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        """One connection."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._socket = socket
        await self._tell(10, {"heartbeat_interval": _HEARTBEAT_MS})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._hear(json.loads(message.data))
        return socket

    async def _hear(self, payload: dict[str, Any]) -> None:
        match payload["op"]:
            case 1:
                await self._tell(11, None)
            case 2 if self.refuses_intents:
                assert self._socket
                await self._socket.close(code=4014)
            case 2:
                self.identified += 1
                await self.dispatch("READY", {
                    "v": 10, "user": BOT, "guilds": [{"id": SERVER, "unavailable": True}], "session_id": "one", "shard": [0, 1],
                    "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway", "application": {"id": APPLICATION, "flags": 0},
                })  # fmt: skip
                await self.dispatch("GUILD_CREATE", _server())
            case 6:
                self.resumed.append(payload["d"])
                await self.dispatch("RESUMED", {})
        self._changed.set()

    async def _tell(self, op: int, data: Any, **more: Any) -> None:
        assert self._socket
        await self._socket.send_str(json.dumps({"op": op, "d": data, "t": None, "s": None, **more}))

    async def dispatch(self, event: str, data: dict[str, Any]) -> None:
        """Send an event."""
        self._sequence += 1
        await self._tell(0, data, t=event, s=self._sequence)

    async def ask(self, question: str) -> None:
        """Let alice mention the bot."""
        message = {**self._message(ALICE), "content": f"<@{APPLICATION}> {question}", "mentions": [BOT], "member": _member(ALICE)}
        await self.dispatch("MESSAGE_CREATE", {**message, "guild_id": SERVER})

    async def drop(self) -> None:
        """End the connection without a word, as a network does."""
        assert self._socket
        await self._socket.close(code=4000)

    # REST

    async def rest(self, request: web.Request) -> web.Response:
        """Answer as Discord does."""
        path = request.path.removeprefix("/api/v10")
        if request.method == "POST" and path == f"/channels/{CHANNEL}/messages":
            return await self._created(request)
        if path == "/users/@me" and not self.knows_token:
            return reply({"message": "401: Unauthorized", "code": 0}, 401)
        if path == self.forbidden:
            return reply({"message": "Missing Access", "code": 50001}, 403)
        if path.endswith("/commands"):
            if request.method == "PUT":
                self.commands[path] = await request.json()
            listed = enumerate(self.commands.get(path, ()), 1)
            return reply(
                [{"id": number, "application_id": APPLICATION, "version": 1, "description": "", **one} for number, one in listed]
            )
        known = self._resources()
        return reply(known[path]) if path in known else web.Response(status=204)

    def _resources(self) -> dict[str, Any]:
        application = {
            "id": APPLICATION, "name": "verbatim", "description": "", "bot_public": True, "bot_require_code_grant": False,
            "verify_key": "", "flags": 0, "owner": ALICE, "team": None, "icon": None,
        }  # fmt: skip
        limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
        return {
            "/users/@me": BOT,
            "/users/@me/guilds": [_server()],
            f"/guilds/{SERVER}": _server(),
            f"/guilds/{SERVER}/members/{APPLICATION}": _member(BOT),
            "/oauth2/applications/@me": application,
            "/gateway/bot": {"url": f"ws://127.0.0.1:{self.port}/gateway", "shards": 1, "session_start_limit": limit},
        }

    async def _created(self, request: web.Request) -> web.Response:
        self.attempts += 1
        if self.refusals:
            self._changed.set()
            return self.refusals.pop(0)
        body = await request.json()
        self.sent.append(body)
        self._changed.set()
        return reply({**self._message(BOT), "components": body["components"], "flags": body["flags"]})

    def _message(self, author: dict[str, Any]) -> dict[str, Any]:
        lists = ("mentions", "mention_roles", "attachments", "embeds", "components")
        return {
            "id": str(1_400_000_000_000_000_000 + next(self._numbers)), "channel_id": CHANNEL, "author": author, "content": "",
            "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "tts": False, "mention_everyone": False,
            "pinned": False, "type": 0, "flags": 0, **{name: [] for name in lists},
        }  # fmt: skip


def reply(body: Any, status: int = 200, **headers: str) -> web.Response:
    """A response in the form that discord.py takes for Discord's own: its content type, and its proxy's name."""
    named = {
        "Content-Type": "application/json",
        "Via": "1.1 loopback",
        **{name.replace("_", "-"): one for name, one in headers.items()},
    }
    return web.Response(body=json.dumps(body).encode(), status=status, headers=named)


@asynccontextmanager
async def served(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Loopback]:
    """The server, with discord.py pointed at it."""
    server = Loopback()
    application = web.Application()
    application.router.add_get("/gateway", server.gateway)
    application.router.add_route("*", "/api/v10/{path:.*}", server.rest)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.port = runner.addresses[0][1]
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{server.port}/api/v10")
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(f"ws://127.0.0.1:{server.port}/gateway"))
    try:
        yield server
    finally:
        await runner.cleanup()
