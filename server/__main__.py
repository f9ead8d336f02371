"""The command line: `python -m server serve [--demo]`, `admin create`, `migration`."""

import argparse
import sys
from pathlib import Path

from server import cli
from server.config.logs import set_up_logs
from server.config.settings import SettingRefused, read_settings
from server.db.sqlite import DataFolderBusy


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0, or 2 with a sentence on standard error."""
    parser = argparse.ArgumentParser(prog="tenfour", description="Tenfour 收到: messaging and work feed.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve the product")
    serve.add_argument(
        "--demo",
        action="store_true",
        help="fill an empty company with a demo company and print who can sign in",
    )
    admin = commands.add_parser("admin", help="administration")
    acts = admin.add_subparsers(dest="act", required=True)
    create = acts.add_parser("create", help="make an administrator and print a single-use link")
    create.add_argument("--name", required=True)
    create.add_argument("--login", required=True, help="phone, staff number or e-mail")
    for one in (serve, create):
        one.add_argument("--data", type=Path, help="data folder (TENFOUR_DATA, default ./data)")
        one.add_argument("--host")
        one.add_argument("--port", type=int)
    commands.add_parser("types", help="write the client's types")
    commands.add_parser("migration", help="freeze the declared tables into a dated migration").add_argument(
        "name"
    )
    given = parser.parse_args(arguments)
    try:
        if given.command == "types":
            return cli.types()
        if given.command == "migration":
            return cli.migration(given.name)
        settings = read_settings(data=given.data, host=given.host, port=given.port)
        set_up_logs(settings.log_level)
        if given.command == "serve":
            return cli.serve(settings, demo=given.demo)
        return cli.create_administrator(settings, given.name, given.login)
    except (SettingRefused, DataFolderBusy, cli.Refused) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
