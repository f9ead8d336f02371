"""`tenfour serve`: serves until told to stop."""

import contextlib

from server.cli.words import Commands, Words, add_data, command, settings_of
from server.opening import open_company
from server.serving import server_for
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


def serve(given: Words) -> int:
    settings = settings_of(given)
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
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn stops in order, and then raises it once more
        server_for(company).run()
    return 0
