"""The levers, each off in turn: what each of them gives, cross-validated. Prints the README's table.

    python -m tests.quality.ablation                      # all levers
    python -m tests.quality.ablation "recency" "shape"    # some of them

A lever is a group of traits; off means that the ranker is trained and judged without them. To take minutes and not an hour,
it is trained on those of the shown sets that may train, which leaves the translations out.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from index.ranker import Network, Ranker, Trees
from tests.quality.examples import Example, examples, shortened
from tests.quality.measures import first_hits, interval
from tests.quality.train import fold_rankers, held_out

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    Scores = Mapping[str, Sequence[NDArray[np.float64]]]

LEVERS = {
    "recency": ("recency", "new_as_asked", "old_though_asked_new"),
    "answer types": (
        "number_wanted", "near_number", "date_wanted", "time_wanted", "person_wanted", "place_wanted", "name_wanted",
        "asks_none", "asks_number", "asks_time", "asks_person", "asks_place", "asks_reason", "asks_name",
    ),
    "what would fit": (
        "quantities", "near_quantity", "unit_fits", "unit_lacks", "near_name", "full_names", "no_name", "title_told",
        "country_told", "state_told", "country_or_state_told", "in_place", "time_told", "year_told", "hour_told", "cause_told",
    ),
    "agreement of articles": ("support",),
    "kinds of things": ("kind_told", "kind_lacks", "near_kind"),
    "neighbours": ("covered_with_before", "covered_with_after", "rare_with_context"),
    "headline": (
        "covered_by_title", "covered_with_title", "loosely_with_title", "meant_with_title", "beyond_title", "left_by_title",
    ),
    "wording": ("worded", "worded_pairs", "lettered"),
    "what is asked for stands beside": ("name_at_phrase", "number_at_phrase"),
    "openings and definitions": ("opening", "says_what_it_is", "definition_wanted"),
    "words that begin alike": ("loosely", "loosely_with_title"),
    "words for one another": ("meant", "meant_only", "meant_with_title"),
    "words side by side": ("pairs", "closeness", "density"),
    "shape": ("length", "place", "opens_article", "is_question", "leans"),
}  # fmt: skip
SHOWN = ("realtimeqa", "qed", "selqa", "squad2_dev", "wikiqa", "multihoprag_facts")


def without(found: Sequence[Example], names: Collection[str]) -> list[Example]:
    """The examples with these traits blanked."""
    return [_blanked(one, names) for one in found]


def _blanked(one: Example, names: Collection[str]) -> Example:
    kept = np.array([name not in names for name in one.names], float)
    return replace(one, traits=one.traits * kept) if len(one.hits) else one


def first(found: Mapping[str, Sequence[Example]], scores: Scores) -> dict[str, NDArray[np.float64]]:
    """For each set, whether the first quote answers each of its questions."""
    return {
        name: np.array([first_hits(one, score)[0] for one, score in _measured(found[name], scores[name])], float) for name in SHOWN
    }


def _measured(given: Sequence[Example], scores: Sequence[NDArray[np.float64]]) -> list[tuple[Example, NDArray[np.float64]]]:
    return [(one, score) for one, score in zip(given, scores, strict=True) if one.asked.is_measured]


def halves(rankers: Sequence[Ranker]) -> dict[str, list[Ranker]]:
    """The trees alone and the network alone."""
    return {
        "trees alone": [replace(one, network=_still(one.network)) for one in rankers],
        "network alone": [replace(one, trees=_silent(one.trees)) for one in rankers],
    }


def _silent(trees: Trees) -> Trees:
    return replace(trees, values=np.zeros_like(trees.values))


def _still(network: Network) -> Network:
    return replace(network, output=np.zeros_like(network.output), direct=np.zeros_like(network.direct))


def row(title: str, hits: Mapping[str, NDArray[np.float64]], base: Mapping[str, NDArray[np.float64]]) -> None:
    """Print a line: the accuracy of each set, the mean, and which sets fall by more than their interval."""
    mean = np.mean([hits[name].mean() for name in SHOWN])
    fallen = [name for name in SHOWN if interval(hits[name] - base[name])[1] < 0]
    risen = [name for name in SHOWN if interval(hits[name] - base[name])[0] > 0]
    cells = "".join(f" {hits[name].mean():.3f} |" for name in SHOWN)
    print(f"| {title} |{cells} {mean:.4f} | {', '.join(fallen) or '–'} | {', '.join(risen) or '–'} |", flush=True)  # noqa: T201


def main() -> None:
    """Print the table."""
    found, shorter = {name: examples(name) for name in SHOWN}, shortened()
    rankers = fold_rankers(found, shorter)
    everything = first(found, held_out(rankers, found))
    print(f"| off | {' | '.join(SHOWN)} | mean | falls without it | rises without it |")  # noqa: T201
    row("nothing", everything, everything)
    plain = {name: [-np.arange(len(one.hits), dtype=np.float64) for one in given] for name, given in found.items()}
    row("the ranker", first(found, plain), everything)
    for title, half in halves(rankers).items():
        row(title, first(found, held_out(half, found)), everything)
    row("shortened questions", first(found, held_out(fold_rankers(found, []), found)), everything)
    for title in sys.argv[1:] or LEVERS:
        blanked = {name: without(given, LEVERS[title]) for name, given in found.items()}
        row(title, first(blanked, held_out(fold_rankers(blanked, without(shorter, LEVERS[title])), blanked)), everything)


if __name__ == "__main__":
    main()
