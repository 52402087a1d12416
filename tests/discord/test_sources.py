"""Browsing the articles, asking about one, and leaving one out."""

import sys

import pytest

from bot import app
from bot.records import EVERYWHERE, Withdrawal
from bot.settings import Settings
from tests.discord.conftest import QUESTION, World, labels, open_article, texts, whole


async def test_the_first_page_lists_the_newest_first(world: World) -> None:
    """Below how many there are and how new."""
    page = await world.alice.slash(world.channel, "sources")

    assert page.ephemeral
    assert texts(page.response)[0].startswith("3 articles, newest 2 February 2026. Last reindex <t:")
    assert texts(page.response)[1] == "1\\. **Bid to halt the operation denied** · Example Times, 2 February 2026"
    assert texts(page.response)[2].startswith("2\\. **Storm")
    assert "**\\*\\*Odd\\*\\* \\[click\\]\\(https\\://evil.example\\) \\@everyone**" in texts(page.response)[3]


async def test_pages_are_turned_in_place_and_filtered(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """By publisher, whatever the case of its letters."""
    monkeypatch.setattr(sys.modules["bot.cogs.sources"], "PAGE_ARTICLES", 2)
    page = await world.alice.slash(world.channel, "sources")
    assert labels(page.response) == ["Older"]
    await world.alice.click(page.response, label="Older")
    assert "Odd" in whole(page.response)
    assert "Page 2 of 2" in whole(page.response)
    await world.alice.click(page.response, label="Newer")
    assert "Bid to halt" in whole(page.response)

    filtered = await world.alice.slash(world.channel, "sources", publisher="harbour post")
    assert "Storm" in whole(filtered.response)
    assert "Bid to halt" not in whole(filtered.response)
    assert "Only from **harbour post**" in whole(filtered.response)
    assert "No articles here." in whole((await world.alice.slash(world.channel, "sources", publisher="nobody")).response)


async def test_an_articles_card_has_its_opening_lines(world: World) -> None:
    """As block quotes, with the headline and the link."""
    opened = await open_article(world, world.alice, "Storm")

    text = whole(opened.response)
    assert text.startswith(
        "**Storm closes the harbour**\nHarbour Post, <t:1769932800:D> · [Read at source](<https://harbour.example/storm>)"
    )
    assert "> “The storm closed the harbour of Duluth on Sunday.”" in text
    assert labels(opened.response) == ["Ask about this article"]


@pytest.mark.given(QUOTE_CHARACTERS="60")
async def test_opening_lines_are_whole_sentences_within_the_limit(world: World) -> None:
    """The operator's limit."""
    opened = await open_article(world, world.alice, "Storm")

    assert "The storm closed the harbour of Duluth on Sunday." in whole(opened.response)
    assert "Twelve ships" not in whole(opened.response)


async def test_a_question_about_one_article_is_answered_from_it_alone(world: World) -> None:
    """And so is the next one."""
    opened = await open_article(world, world.alice, "Storm")
    form = await world.alice.click(opened.response, label="Ask about this article")
    answer = await world.alice.submit_modal(form, {"question": "Who closed the harbour?"})
    assert "Only in **Storm closes the harbour**" in whole(answer.response)
    assert "The storm closed the harbour" in whole(answer.response)

    follow = await world.alice.click(answer.response, label="Follow up")
    other = await world.alice.submit_modal(follow, {"question": QUESTION})
    assert "Katherine" not in whole(other.response)


async def test_a_withdrawn_article_leaves_all_answers_and_can_come_back(world: World) -> None:
    """With a reason, and whatever is reindexed."""
    opened = await open_article(world, world.admin, "Bid")
    assert labels(opened.response) == ["Ask about this article", "Hide in this server", "Withdraw"]
    form = await world.admin.click(opened.response, label="Withdraw")
    await world.admin.submit_modal(form, {"reason": "It is wrong."})
    assert "Withdrawn: it is in no answer." in whole(opened.response)
    assert f":D> · <@{world.admin.id}> · It is wrong." in whole(opened.response)

    assert "Katherine" not in whole(await world.ask(QUESTION))
    await world.bot.library.reindex(rebuild=True)
    assert "Katherine" not in whole(await world.ask(QUESTION))
    listed = await world.alice.slash(world.channel, "sources")
    assert "Bid to halt" not in whole(listed.response)
    assert "(left out of answers)" in whole((await world.admin.slash(world.channel, "sources")).response)

    again = await open_article(world, world.admin, "Bid")
    await world.admin.click(again.response, label="Take withdrawal back")
    assert "Katherine" in whole(await world.ask(QUESTION))


async def test_a_withdrawn_article_leaves_the_terminals_answers_too(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """All answers are all of them."""
    await world.bot.records.withdraw(Withdrawal("court.md", EVERYWHERE, "wrong", 1))
    await app.ask(settings, QUESTION, None, as_json=True)

    assert "Katherine" not in capsys.readouterr().out


async def test_an_article_hidden_in_one_server_is_in_anothers_answers(world: World) -> None:
    """An admin of each decides for their own."""
    opened = await open_article(world, world.admin, "Bid")
    await world.admin.click(opened.response, label="Hide in this server")
    assert "Katherine" not in whole(await world.ask(QUESTION))

    other = world.env.create_guild("Elsewhere")
    channel = other.create_text_channel("talk")
    bob = other.add_member(world.env.create_user("bob"))
    assert "Katherine" in whole((await bob.slash(channel, "ask", question=QUESTION)).response)

    await world.admin.click(opened.response, label="Show in this server again")
    assert "Katherine" in whole(await world.ask(QUESTION))


async def test_an_admin_of_a_second_server_cannot_withdraw(world: World) -> None:
    """The articles are shared; what they may do is hide one of them there."""
    other = world.env.create_guild("Elsewhere")
    channel = other.create_text_channel("talk")
    boss = world.admin_of(other)
    opened = await open_article(world, boss, "Storm", channel)

    assert labels(opened.response) == ["Ask about this article", "Hide in this server"]


async def test_a_member_cannot_press_an_admins_button(world: World) -> None:
    """It is checked again when it is pressed, since permissions change."""
    opened = await open_article(world, world.admin, "Bid")
    world.guild.roles["admins"]._role.permissions = 0
    pressed = [await world.admin.click(opened.response, label=label) for label in ("Hide in this server", "Withdraw")]

    assert [whole(one.response) for one in pressed] == ["For this you need the permission Manage Server."] * 2
    assert await world.bot.records.withdrawals(world.guild.id) == []


async def test_an_article_that_is_gone_is_explained(world: World) -> None:
    """Its menu was opened before it went."""
    page = await world.alice.slash(world.channel, "sources")
    (menu,) = [one for row in page.response.components for one in row.get("components", []) if one["type"] == 3]
    opened = await open_article(world, world.admin, "Bid")
    await world.admin.click(opened.response, label="Hide in this server")
    selected = await world.alice.select(page.response, [menu["options"][0]["value"]], custom_id="v1|article")

    assert selected.ephemeral
    assert "changed, withdrawn or removed since" in whole(selected.response)
