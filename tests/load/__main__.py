"""`python -m tests.load bench …` measures, `… figures …` also keeps what it finds, `… soak …` breaks things under load for a long
time, `… backup …` backs it up."""

import sys
from collections.abc import Callable

from tests.load import bench, figures, restored, soak

DOORS: dict[str, Callable[[list[str]], int]] = {
    "bench": bench.main,
    "figures": figures.main,
    "soak": soak.main,
    "backup": restored.main,
}


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in DOORS:
        print(__doc__)
        return 2
    return DOORS[name](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
