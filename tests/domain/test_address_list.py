from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.address_list import COPY_BUTTON, split_addresses

addresses = st.lists(st.ip_addresses(v=4).map(str) | st.ip_addresses(v=6).map(str), max_size=80)


@given(addresses, st.sampled_from([" ", ",", "\n", ", "]))
def test_every_part_fits_a_copy_button_and_no_address_is_cut_or_lost(listed: list[str], separator: str) -> None:
    parts = split_addresses(listed, separator)
    assert all(0 < len(part) <= COPY_BUTTON for part in parts)
    assert [a for part in parts for a in part.split(separator)] == listed


@given(addresses)
def test_no_two_neighbouring_parts_would_fit_one_button(listed: list[str]) -> None:
    """As few buttons as the order allows: the first address of a part did not fit into the one before."""
    parts = split_addresses(listed)
    for one, next_one in pairwise(parts):
        assert len(one) + 1 + len(next_one.split(" ")[0]) > COPY_BUTTON


def test_an_address_that_fits_no_button_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than a part"):
        split_addresses(["1" * 300])
