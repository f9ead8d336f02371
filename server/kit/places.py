"""Things that an administrator puts into an order by hand."""

from collections.abc import Mapping, Sequence

from server.kit.problems import invalid


def moved(
    places: Mapping[int, int], offered: Sequence[int], wanted: Sequence[int], field: str
) -> dict[int, int]:
    """The new places (from 1) of what is elsewhere once `wanted` come first, in this order, and all else that is `offered` behind them.

    Raises `Invalid` on `field` where something is wanted twice or is offered no more.
    """
    if len(set(wanted)) != len(wanted) or not set(wanted) <= set(offered):
        raise invalid(field, "changed", f"Other {field} are offered by now; look again.")
    whole = [*wanted, *(one for one in offered if one not in set(wanted))]
    return {one: place for place, one in enumerate(whole, 1) if places[one] != place}
