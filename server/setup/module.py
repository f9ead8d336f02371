"""What setting up adds to the house."""

from server.api.entities import Entity
from server.kit.module import Module
from server.permissions.capabilities import Capability
from server.setup.routes import ROUTES
from server.work.company import Profile

MODULE = Module("setup", *ROUTES, Capability("company.edit"), Entity("company", Profile))
