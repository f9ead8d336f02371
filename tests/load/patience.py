"""What is left out of the suite unless it is asked for, with its reason printed: `ALL_FAULTS=1 make test`."""

import os

import pytest

takes_a_minute = pytest.mark.skipif(
    not os.environ.get("ALL_FAULTS"),
    reason="takes a minute, or a quiet machine to show: ALL_FAULTS=1 make test, or make soak",
)
