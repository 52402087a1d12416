"""Whose bot it is, and who is answered where."""

from types import SimpleNamespace

import pytest

from bot.access import Place, Refusal, homes, refusal
from bot.records import ServerSettings
from bot.settings import OpenTo, Settings

ANYWHERE = ServerSettings()


@pytest.mark.parametrize(
    ("set_homes", "servers", "expected"),
    [("", [], set()), ("", [1], {1}), ("", [1, 2], set()), ("2", [1, 2], {2}), ("2, 3", [1], {2, 3})],
)
def test_home_is_as_set_or_the_only_server(set_homes: str, servers: list[int], expected: set[int]) -> None:
    """With two servers and nothing set, it is nobody's."""
    assert homes(Settings.from_env({"HOME_SERVERS": set_homes}), servers) == expected


@pytest.mark.parametrize(
    ("open_to", "is_installed", "is_home", "is_refused"),
    [
        (OpenTo.HOME, True, True, False),
        (OpenTo.HOME, True, False, True),
        (OpenTo.SERVERS, True, False, False),
        (OpenTo.SERVERS, False, False, True),
        (OpenTo.EVERYONE, False, False, False),
    ],
)
def test_the_operator_decides_who_is_answered_at_all(
    open_to: OpenTo, *, is_installed: bool, is_home: bool, is_refused: bool
) -> None:
    """Home servers, every server, or everyone."""
    place = Place(1, (2,), 3, is_installed=is_installed)

    assert (refusal(place, open_to, ANYWHERE, is_home=is_home) is Refusal.CLOSED) == is_refused


@pytest.mark.parametrize(
    ("channels", "chosen", "is_refused"),
    [((2,), (), False), ((2,), (2,), False), ((9, 2), (2,), False), ((9,), (2,), True), ((5,), (2,), False)],
)
def test_a_server_may_name_its_channels(channels: tuple[int, ...], chosen: tuple[int, ...], *, is_refused: bool) -> None:
    """A thread belongs to its channel; the question channel is always one."""
    settings = ServerSettings(channels=chosen, question_channel=5)

    assert bool(refusal(Place(1, channels, 3), OpenTo.SERVERS, settings, is_home=False)) == is_refused


def test_a_server_may_name_its_roles() -> None:
    """One of them is enough."""
    settings = ServerSettings(roles=(6, 7))

    assert refusal(Place(1, (2,), 3), OpenTo.SERVERS, settings, is_home=False) is Refusal.ROLE
    assert refusal(Place(1, (2,), 3, frozenset({7})), OpenTo.SERVERS, settings, is_home=False) is None


@pytest.mark.parametrize(
    ("server", "owners", "expected"),
    [
        (1, {0: 1}, True),
        (1, {0: 1, 1: 3}, True),
        (1, {1: 3}, False),
        (1, {1: 4}, False),  # a button on a card that another member's install brought
        (None, {0: 0}, True),  # a DM with the bot, which a server of theirs has added
        (None, {0: 0, 1: 3}, True),
        (None, {1: 3}, False),  # a DM between members, or with a bot that no server of theirs has added
        (1, {}, True),
    ],
)
def test_a_users_own_install_does_not_make_the_bot_a_servers(server: int | None, owners: dict[int, int], *, expected: bool) -> None:
    """Discord says with each interaction who installed it."""
    interaction = SimpleNamespace(
        guild_id=server, channel=SimpleNamespace(id=2), channel_id=2, user=SimpleNamespace(id=3), _integration_owners=owners
    )
    place = Place.of_interaction(interaction)  # type: ignore[arg-type]

    assert place == Place(server, (2,), 3, is_installed=expected)
    assert place.budget == (1 if server and expected else 3)


def test_outside_of_servers_no_servers_settings_hold() -> None:
    """A DM is nobody's channel."""
    settings = ServerSettings(roles=(6,), channels=(2,))

    assert refusal(Place(None, (9,), 3), OpenTo.SERVERS, settings, is_home=False) is None
