"""What the working calendar adds to the house."""

from server.api.entities import Entity
from server.calendar.present import CalendarYear, WorkingWeekView
from server.calendar.routes import ROUTES
from server.kit.module import Module
from server.permissions.capabilities import Capability

MODULE = Module(
    "calendar",
    *ROUTES,
    Capability("calendar.edit"),
    Entity("calendar", CalendarYear),
    Entity("working_week", WorkingWeekView),
)
