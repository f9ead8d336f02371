"""What must be true of a company's rows whatever happened to them. Domains declare it; a restore checks it before anybody is served."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Invariant:
    """`says` in words; `broken` is plain SQL for both databases that finds what breaks it."""

    says: str
    broken: str
