"""The command line: `python -m server COMMAND`, or `tenfour COMMAND`. Each group of commands is a file of `server/cli`."""

import argparse
import sys

from server.cli import admin, backup, check, serve, types, worker
from server.cli.words import Refused
from server.config.settings import SettingRefused
from server.db.sqlite import DataFolderBusy

GROUPS = (serve, worker, admin, check, backup, types)


def main(arguments: list[str] | None = None) -> int:
    """The command's exit status, or 2 with a sentence on standard error."""
    parser = argparse.ArgumentParser(prog="tenfour", description="Tenfour 收到: messaging and work feed.")
    commands = parser.add_subparsers(dest="command", required=True)
    for group in GROUPS:
        group.add(commands)
    given = parser.parse_args(arguments)
    try:
        status: int = given.run(given)
    except (SettingRefused, DataFolderBusy, Refused) as error:
        print(error, file=sys.stderr)
        return 2
    return status


if __name__ == "__main__":
    sys.exit(main())
