"""The positive control of slow readers: the product, but what waits for a reader has no limit."""

import sys
from typing import Any

from server.__main__ import main
from server.realtime.hub import Pace

pace: Any = Pace
pace.__init__.__defaults__ = tuple(
    1 << 40 if default == 1 << 20 else default for default in pace.__init__.__defaults__
)
assert Pace().max_buffered == 1 << 40

if __name__ == "__main__":
    sys.exit(main())
