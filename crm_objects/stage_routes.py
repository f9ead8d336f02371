"""The routes of where a record stands: stage, states that only an act changes, locked or not; and of the board that shows it."""

import msgspec

from crm_objects.engine import board, locking, moving, states
from crm_objects.engine.board import Board
from crm_objects.engine.policies import MAY_LOCK, MAY_READ, MAY_WRITE
from crm_objects.engine.present import RecordItem
from crm_objects.inputs import FilterText, LockInput, StageMove, StateChange
from crm_objects.standing import asked_of, desk_for
from server.api.inputs import Line
from server.api.route import Nothing, Read, Write, get, put


class BoardQuery(msgspec.Struct, forbid_unknown_fields=True):
    """As a list, with `by`: the field whose choices are the columns."""

    by: Line = ""
    view: Line = ""
    filter: FilterText = ""
    q: Line = ""


def show_board(call: Read[None, BoardQuery]) -> Board:
    """A list as columns: counts and sums."""
    query = call.query
    return board.board(asked_of(call), query.by, query.view, query.filter, query.q)


def move(call: Write[StageMove, Nothing]) -> RecordItem:
    """Into another stage."""
    body = call.body
    return moving.move(call.work, desk_for(call), call.id(), body.stage, body.version, body.reason)


def change_state(call: Write[StateChange, Nothing]) -> RecordItem:
    """What only an act changes, with a reason: the deal state."""
    body, name = call.body, str(call.path["field"])
    return states.change(call.work, desk_for(call), call.id(), name, body.value, body.version, body.reason)


def lock(call: Write[LockInput, Nothing]) -> RecordItem:
    """Nobody changes it until it is unlocked."""
    return locking.lock(call.work, desk_for(call), call.id(), call.body.subordinate)


def unlock(call: Write[LockInput, Nothing]) -> RecordItem:
    """It may be changed again."""
    return locking.unlock(call.work, desk_for(call), call.id(), call.body.subordinate)


_ONE = "/api/records/{kind:str}/{id:int}"
ROUTES = [
    get("/api/records/{kind:str}/board", MAY_READ, show_board, output=Board, query=BoardQuery),
    put(f"{_ONE}/stage", MAY_WRITE, move, output=RecordItem, body=StageMove),
    put(_ONE + "/states/{field:str}", MAY_WRITE, change_state, output=RecordItem, body=StateChange),
    put(f"{_ONE}/lock", MAY_LOCK, lock, output=RecordItem, body=LockInput),
    put(f"{_ONE}/unlock", MAY_LOCK, unlock, output=RecordItem, body=LockInput),
]
