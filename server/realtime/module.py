"""What live delivery adds to the house: what holds of the log, and the operator's way of starting everybody afresh."""

from collections.abc import Mapping

from server.events import log
from server.events.invariants import INVARIANTS
from server.kit.module import Module
from server.operating.acts import BY_THE_OPERATOR, OperatorAct
from server.work.work import Work


def new_epoch(work: Work, args: Mapping[str, str]) -> str:
    epoch = log.new_epoch(work.conn)
    work.audit("log.epoch_changed", ("log", 1), epoch=epoch)
    said = f"The log's epoch is now {epoch}: every client takes its state afresh."
    if work.company.settings.redis_url:
        # The channel bears the epoch of the start; a process started later would call on another.
        said += (
            " With Redis, now restart every Tenfour process: until all have been, they wake each other late."
        )
    return said


MODULE = Module(
    "realtime",
    *INVARIANTS,
    OperatorAct(
        "new-epoch",
        "make every client take its state afresh, after the database was put back by other means than `restore`",
        BY_THE_OPERATOR,
        new_epoch,
    ),
)
