"""All scenarios, in the order in which they are played."""

from tests.load.faults.cancelled import CANCELLED
from tests.load.faults.disk import DISK
from tests.load.faults.kill import KILL
from tests.load.faults.postgres import POSTGRES
from tests.load.faults.power import POWER
from tests.load.faults.random_process import RANDOM
from tests.load.faults.redis import REDIS
from tests.load.faults.revocation import REVOCATION
from tests.load.faults.scenario import Scenario
from tests.load.faults.slow import SLOW
from tests.load.faults.storm import STORM
from tests.load.faults.transaction import TRANSACTION

SCENARIOS: dict[str, Scenario] = {
    one.name: one
    for one in (KILL, RANDOM, POWER, REDIS, POSTGRES, SLOW, STORM, DISK, TRANSACTION, CANCELLED, REVOCATION)
}
