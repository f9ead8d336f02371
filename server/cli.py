"""What the command line does; `server/__main__.py` reads the words."""

import contextlib
import tempfile
from pathlib import Path

from server.api.typescript import typescript
from server.app import make_app
from server.config.settings import Settings
from server.db.base import Base
from server.db.migrate import freeze
from server.kit.problems import Problem
from server.opening import open_company
from server.people.cell_values import sign_in_key
from server.people.founding import found_administrator, has_people
from server.people.invitations import link
from server.serving import server_for
from server.work.work import Work


class Refused(Exception):
    """A command that cannot be carried out; the sentence says why."""


def serve(settings: Settings, *, demo: bool) -> int:
    """Serves until told to stop."""
    company = open_company(settings)
    if demo:
        from server.demo.company import fill, who_can_sign_in  # only the demo needs its texts

        fill(company)
        print(who_can_sign_in(settings.public_url), flush=True)
    else:
        print(f"Tenfour serves at {settings.public_url}", flush=True)
        if not company.db.snapshot(has_people):
            print(
                "Nobody can sign in yet: stop, and run `python -m server admin create --name NAME --login LOGIN`.",
                flush=True,
            )
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn stops in order, and then raises it once more
        server_for(company).run()
    return 0


def create_administrator(settings: Settings, name: str, login: str) -> int:
    """Prints a single-use link with which the new administrator sets a password."""
    company = open_company(settings)

    def turn(work: Work) -> str:
        return found_administrator(work, name, sign_in_key(login))

    try:
        token = company.write_now(turn)
    except Problem as problem:
        raise Refused(problem.detail) from problem
    finally:
        company.db.close()
    print(f"{name} sets a password here (once, within 7 days): {link(settings.public_url, token)}")
    return 0


def migration(name: str) -> int:
    """Compares the declared tables with the migrated ones and writes the difference."""
    print(freeze(Base.metadata, name))
    return 0


SCHEMA = Path(__file__).resolve().parents[1] / "web" / "src" / "api" / "generated.ts"


def client_types() -> str:
    """The text of `web/src/api/generated.ts` for what is installed now."""
    with tempfile.TemporaryDirectory() as folder:
        company = open_company(Settings(data=Path(folder), test_clock=False))
        try:
            app = make_app(company)
        finally:
            company.db.close()
    return typescript(app.state.description)


def types() -> int:
    """Writes the client's types."""
    SCHEMA.write_text(client_types(), encoding="utf-8")
    print(SCHEMA)
    return 0
