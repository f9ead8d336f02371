"""`tenfour serve`: serves until told to stop."""

import contextlib

from server.cli.words import Commands, Refused, Words, add_data, command, settings_of
from server.opening import open_company
from server.serving import serve_with, server_for, settle_memory
from server.setup.links import standing


def add(commands: Commands) -> None:
    parser = command(commands, "serve", serve, "serve the product")
    parser.add_argument(
        "--demo",
        nargs="?",
        const="zh",
        choices=("zh", "en"),
        help="fill an empty company with a demo company, Chinese or English, and print who can sign in",
    )
    add_data(parser)
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    parser.add_argument(
        "--workers",
        type=int,
        default=1,
        metavar="N",
        help="web processes behind the port; more than one needs PostgreSQL and Redis",
    )


def serve(given: Words) -> int:
    settings = settings_of(given)
    if given.workers < 1 or (given.workers > 1 and not (settings.database_url and settings.redis_url)):
        raise Refused(
            "--workers takes a number of processes; more than one needs TENFOUR_DATABASE_URL and TENFOUR_REDIS_URL."
        )
    company = open_company(settings)
    if given.demo:
        # Only the demo needs its texts.
        from server.demo.company import who_can_sign_in
        from server.demo.script import SCRIPTS
        from server.demo.weeks import live_through_weeks

        script = SCRIPTS[given.demo]
        live_through_weeks(company, script)
        print(who_can_sign_in(settings.public_url, script), flush=True)
    else:
        print(f"Tenfour serves at {settings.public_url}", flush=True)
        if said := standing(company):
            print(said, flush=True)
    if given.workers > 1:
        company.db.close()  # it is up to date; each process opens it for itself
        serve_with(given.workers, settings)
        return 0
    server = server_for(company)
    settle_memory()
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn stops in order, and then raises it once more
        server.run()
    return 0
