"""`tenfour admin …`: the operator's acts that the domains declare, carried out by the running server or, where none runs, here."""

import argparse
from collections.abc import Mapping

from server.cli import move
from server.cli.words import Commands, Refused, Words, add_data, command, settings_of
from server.kit.module import every
from server.kit.problems import Problem
from server.modules import MODULES
from server.opening import open_company
from server.operating import door
from server.operating.acts import OperatorAct, carried_out
from server.work.company import Company


def add(commands: Commands) -> None:
    parser: argparse.ArgumentParser = commands.add_parser("admin", help="administration")
    acts = parser.add_subparsers(dest="act", required=True)
    for act in every(MODULES, OperatorAct):
        words = command(acts, act.name, administer, act.says)
        for name, says in act.takes.items():
            words.add_argument(f"--{name}", required=True, help=says)
        for name, says in act.may_take.items():
            words.add_argument(f"--{name}", default="", help=says)
        add_data(words)
    move.add(acts)


def administer(given: Words) -> int:
    """Prints what the act says. Raises `Refused`, and `DataFolderBusy` when a server has the file but does not answer."""
    settings = settings_of(given)
    act = next(one for one in every(MODULES, OperatorAct) if one.name == given.act)
    args = {name: getattr(given, name) for name in act.words}
    try:
        said = door.ask(settings.data, act.name, args)
    except door.NoServer:
        said = None
    except door.ActRefused as refusal:
        raise Refused(str(refusal)) from refusal
    if said is None:
        company = open_company(settings)
        try:
            said = _run(company, act, args)
        except Problem as problem:
            raise Refused(problem.detail) from problem
        finally:
            company.db.close()
    print(said)
    return 0


def _run(company: Company, act: OperatorAct, args: Mapping[str, str]) -> str:
    if act.reads:
        return company.db.snapshot(lambda conn: act.run(conn, args))
    return company.write_now(carried_out(act, args))
