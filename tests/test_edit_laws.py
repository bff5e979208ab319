"""Laws of editing, on random plans in random hands: data differs in exactly the path, nothing else moves."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from edit_cases import KEYS, VALUES, WHOLE
from edit_judge import judge
from edit_oracle import Reading, Spot
from edit_random import IDS, WORDS, Hand, data_of, value
from mktexec.store.edit import Append, Edit, EditRefusedError, Put, Remove, Rename

STEPS = 2


def edit_of(was: Reading, dice: random.Random) -> Edit:
    """Return a random edit that makes sense somewhere in a text."""
    spot = dice.choice(was.spots)
    if not spot.path:
        return Put((dice.choice(("goals", "x-more", "thresholds")),), given_value(dice))
    kind = dice.random()
    if kind < 0.15 and (len(spot.path) > 1 or len(was.data) > 1):
        return Remove(spot.path)
    if kind < 0.25 and spot.key:
        return renamed(spot, dice)
    if isinstance(spot.data, dict) and kind < 0.8:
        name = dice.choice((*IDS, *KEYS, "progress", "actual", "readings", "2025-02-14"))
        return Put((*spot.path, name), given_value(dice))
    if not isinstance(spot.data, dict) and kind < 0.45:
        return Append(spot.path, given_value(dice))
    return Put(spot.path, given_value(dice))


def renamed(spot: Spot, dice: random.Random) -> Edit:
    taken = {one.path[-1] for one in spot.parent.children} if spot.parent else set()
    name = dice.choice([one for one in (*IDS, *KEYS) if one not in taken])
    return Rename(spot.path, name)


def given_value(dice: random.Random) -> Any:
    kind = dice.random()
    if kind < 0.5:
        return dice.choice((*VALUES, *WORDS))
    return dice.choice(WHOLE) if kind < 0.75 else value(dice, 1)


def hold_laws(seed: int) -> int:
    """Write a random plan, edit it, judge every step; return how many were refused."""
    dice = random.Random(seed)  # noqa: S311  # repeatable, no secret
    data = data_of(dice)
    was = Reading(Hand(dice).written(data))
    assert was.data == data
    refused = 0
    for _ in range(STEPS):
        edit = edit_of(was, dice)
        try:
            new = judge(was, edit)
        except AssertionError as error:
            raise AssertionError(f"{edit}: {error}\n{was.text!r}\n{was.text}") from error
        if isinstance(new, EditRefusedError):
            refused += 1
        else:
            was = Reading(new)
    return refused


laws = settings(deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])


@settings(laws, max_examples=500, derandomize=True)
@given(st.integers(0, 2**32))
def test_random_edits_of_random_plans_change_their_path_alone(seed):
    hold_laws(seed)


@pytest.mark.slow
@settings(laws, max_examples=20_000, derandomize=True)
@given(st.integers(0, 2**32))
def test_many_more_random_edits_change_their_path_alone(seed):
    hold_laws(seed)


def test_few_random_edits_are_refused():
    assert sum(hold_laws(seed) for seed in range(200)) <= 200 * STEPS * 0.02
