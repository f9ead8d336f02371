"""The positive control of cancelled requests: the product, but an Idempotency-Key is neither looked up nor kept."""

import sys
from typing import Any

from server.__main__ import main
from server.work import idempotency


def nothing(*_: Any, **__: Any) -> None:
    return None


forgetful: Any = idempotency
forgetful.find = forgetful.keep = nothing

if __name__ == "__main__":
    sys.exit(main())
