"""For those who change Tenfour: `tenfour types` writes the web client's types, `tenfour migration` freezes the declared tables."""

import tempfile
from pathlib import Path

from server.api.typescript import typescript
from server.app import make_app
from server.cli.words import Commands, Words, command
from server.config.settings import Settings
from server.db.base import Base
from server.db.migrate import freeze
from server.opening import open_company

SCHEMA = Path(__file__).resolve().parents[2] / "web" / "src" / "api" / "generated.ts"


def add(commands: Commands) -> None:
    command(commands, "types", types, "write the web client's types (for developers)")
    parser = command(
        commands, "migration", migration, "freeze the declared tables into a dated migration (for developers)"
    )
    parser.add_argument("name")


def migration(given: Words) -> int:
    """Compares the declared tables with the migrated ones and writes the difference."""
    print(freeze(Base.metadata, given.name))
    return 0


def client_types() -> str:
    """The text of `web/src/api/generated.ts` for what is installed now."""
    with tempfile.TemporaryDirectory() as folder:
        company = open_company(Settings(data=Path(folder), test_clock=False))
        try:
            app = make_app(company)
        finally:
            company.db.close()
    return typescript(app.state.description())


def types(given: Words) -> int:
    SCHEMA.write_text(client_types(), encoding="utf-8")
    print(SCHEMA)
    return 0
