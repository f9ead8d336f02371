"""`tenfour worker`: works off jobs and reactions beside web processes that leave them to it."""

from server.cli.words import Commands, Refused, Words, add_data, command, settings_of
from server.opening import open_company


def add(commands: Commands) -> None:
    parser = command(
        commands, "worker", run, "work off jobs beside web processes that run with TENFOUR_JOBS=worker"
    )
    add_data(parser)


def run(given: Words) -> int:
    from server import worker  # with arq, which no other command needs

    settings = settings_of(given)
    if not settings.database_url or not settings.redis_url:
        raise Refused(
            "A worker needs TENFOUR_DATABASE_URL and TENFOUR_REDIS_URL. On the embedded database, `tenfour serve` does its work."
        )
    company = open_company(settings)
    print(f"A worker of Tenfour at {settings.public_url}", flush=True)
    worker.run(company)
    return 0
