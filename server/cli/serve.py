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
        action="store_true",
        help="fill an empty company with a demo company and print who can sign in",
    )
    add_data(parser)
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)


def serve(given: Words) -> int:
    settings = settings_of(given)
    company = open_company(settings)
    if given.demo:
        from server.demo.company import fill, who_can_sign_in  # only the demo needs its texts

        fill(company)
        print(who_can_sign_in(settings.public_url), flush=True)
    else:
        print(f"Tenfour serves at {settings.public_url}", flush=True)
        if said := standing(company):
            print(said, flush=True)
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn stops in order, and then raises it once more
        server_for(company).run()
    return 0
