"""Whole numbers ↔ bytes. Knows arrays alone, not what they count.

Ascending numbers are written in the way of Elias and Fano (Vigna, "Quasi-Succinct Indices", WSDM 2013), the low bits of each
plainly and the high ones as a row of bits, which takes within a bit a number of the least there is; others in as many bits as the
highest needs.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTH_BITS = 6
"""Whatever a width is, so many bits hold it."""

_SHIFTS = [np.arange(0, 64 // max(width, 1) * width, max(width, 1), dtype=np.uint64)[:, None] for width in range(33)]
"""By how many bits each number of a word is moved, by the numbers' width."""

_PLAIN = {8: "<u1", 16: "<u2", 32: "<u4"}

_LOW_BITS = np.array([8 if bits in {6, 7} else bits and 64 // (64 // bits) for bits in range(33)])
"""How many low bits to keep of ascending numbers, by the bits of their mean gap: as many, with no bit of a word left over.

Six or seven become a whole byte, which takes a twentieth more and is read without moving a bit.
"""


def low_bits(last: NDArray[np.integer] | np.integer, count: NDArray[np.integer] | int) -> NDArray[np.integer]:
    """How many low bits are kept of ascending numbers, of which there are so many up to so high a last one."""
    return np.asarray(_LOW_BITS[np.frexp(last // count)[1]])


def encoded_places(places: NDArray[np.integer]) -> list[bytes]:
    """Rows of ascending numbers, of as many low bits each.

    A head, the low bits of each number, and the high ones as a one for each behind as many zeros as they say.
    """
    rows, size = places.shape
    width = int(low_bits(places[0, -1], size))
    bits = (places >> width) + np.arange(size)
    sizes = bits[:, -1] // 8 + 1
    ones = np.zeros((rows, 8 * sizes.max()), np.uint8)
    ones.ravel()[bits + np.arange(0, ones.size, ones.shape[1])[:, None]] = 1
    heads = (sizes << WIDTH_BITS | width).astype("<u4")
    parts = zip(heads, packed(places & (1 << width) - 1, width), np.packbits(ones, axis=1), sizes.tolist(), strict=True)
    return [head.tobytes() + low.tobytes() + high[:end].tobytes() for head, low, high, end in parts]


def decoded_places(blob: bytes, at: int, count: int) -> tuple[NDArray[np.int32], int]:
    """The ``count`` numbers written at a place of the blob, in four bytes each, since many are kept; and where they end."""
    head = int.from_bytes(blob[at : at + 4], "little")
    width, size = head & (1 << WIDTH_BITS) - 1, head >> WIDTH_BITS
    low, at = unpacked(blob, at + 4, count, width)
    places = np.unpackbits(np.frombuffer(blob, np.uint8, size, at)).view(np.bool_).nonzero()[0]
    places -= _counted(count.bit_length())[:count]
    places <<= width
    places |= low
    return places.astype(np.int32), at + size


@cache
def _counted(bits: int) -> NDArray[np.intp]:
    """All numbers of so many bits."""
    return np.arange(1 << bits)


def packed(numbers: NDArray[np.integer], width: int) -> NDArray[np.generic]:
    """Rows of numbers of so many bits, as many in a word of eight bytes as it has room for, the first ones in the lowest bits."""
    if width in _PLAIN or not width:
        return numbers.astype(_PLAIN[width]) if width else numbers[:, :0]
    rows, count = numbers.shape
    words = np.zeros((rows, len(_SHIFTS[width]), _words(count, width)), np.uint64)
    words.reshape(rows, -1)[:, :count] = numbers
    words <<= _SHIFTS[width]
    packed: NDArray[np.uint64] = np.bitwise_or.reduce(words, 1)
    return packed.astype("<u8", copy=False)


def unpacked(blob: bytes, at: int, count: int, width: int) -> tuple[NDArray[np.integer], int]:
    """The ``count`` numbers that :func:`packed` wrote at a place of the blob, and where they end."""
    if not width:
        return np.zeros(count, np.uint8), at
    if width in _PLAIN:
        plain = np.frombuffer(blob, _PLAIN[width], count, at)
        return plain, at + plain.nbytes
    words = np.frombuffer(blob, "<u8", _words(count, width), at)
    numbers = words >> _SHIFTS[width]
    numbers &= np.uint64((1 << width) - 1)
    return numbers.ravel()[:count].view(np.intp), at + words.nbytes


def _words(count: int, width: int) -> int:
    return -(-count // (64 // width)) if width else 0


def encoded_column(column: NDArray[np.integer]) -> bytes:
    """Numbers of as many bits as the highest needs, behind a byte that says how many."""
    width = int(column.max(initial=0)).bit_length()
    return bytes([width]) + packed(column[None], width).tobytes()


def decoded_column(blob: bytes, at: int, count: int) -> tuple[NDArray[np.unsignedinteger], int]:
    """The ``count`` numbers that :func:`encoded_column` wrote at a place of the blob, and where they end."""
    width = blob[at]
    column, end = unpacked(blob, at + 1, count, width)
    return column.astype(np.min_scalar_type((1 << width) - 1)), end
