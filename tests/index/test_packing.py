"""Whole numbers survive their bytes, alone and many rows at once."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from index.packing import decoded_column, decoded_places, encoded_column, encoded_places, low_bits, packed, unpacked

LARGEST = 2**31 - 1
PLACES = st.sets(st.integers(0, LARGEST), min_size=1, max_size=60).map(sorted)


@given(PLACES, st.binary(max_size=9))
def test_ascending_numbers_survive_their_bytes(places: list[int], before: bytes) -> None:
    """Wherever they stand in a blob, and say where they end."""
    (blob,) = encoded_places(np.array([places]))

    again, end = decoded_places(before + blob + b"\xff", len(before), len(places))

    assert again.tolist() == places
    assert end == len(before) + len(blob)


def test_rows_that_keep_as_many_low_bits_are_written_as_each_alone() -> None:
    """However far their last numbers lie apart."""
    chance = np.random.default_rng(1)
    rows = np.sort(np.array([chance.choice(last, 40, replace=False) for last in (700, 800, 1_000, 1_200)]))
    assert len(set(low_bits(rows[:, -1], 40).tolist())) == 1

    assert encoded_places(rows) == [encoded_places(row[None])[0] for row in rows]


@pytest.mark.parametrize("width", range(33))
def test_numbers_of_any_width_survive_their_bytes(width: int) -> None:
    """From none at all to four bytes."""
    numbers = np.random.default_rng(width).integers(0, 1 << width, 77)

    again, end = unpacked(packed(numbers[None], width).tobytes(), 0, 77, width)
    column, column_end = decoded_column(b"before" + encoded_column(numbers), len(b"before"), 77)

    assert again.tolist() == column.tolist() == numbers.tolist()
    assert end == packed(numbers[None], width).nbytes
    assert column_end == len(b"before" + encoded_column(numbers))
