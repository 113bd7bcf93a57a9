"""The smallest failing story: faults that need not happen are taken out, the biggest shares of them first."""

from collections.abc import Callable, Sequence

TRIES_MAX = 200


def smallest(faults: Sequence[str], still_fails: Callable[[frozenset[str]], bool]) -> frozenset[str]:
    """Those of the faults without which the story does not fail; asks at most TRIES_MAX times."""
    needed, size, tries = list(dict.fromkeys(faults)), max(1, len(faults) // 2), 0
    everything = frozenset(needed)
    while size >= 1 and tries < TRIES_MAX:
        place = 0
        while place < len(needed) and tries < TRIES_MAX:
            fewer = needed[:place] + needed[place + size :]
            tries += 1
            if still_fails(everything - frozenset(fewer)):
                needed = fewer
            else:
                place += size
        size //= 2
    return frozenset(needed)
