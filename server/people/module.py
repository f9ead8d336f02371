"""What the directory adds to the house."""

from server.api.entities import Entity
from server.kit.module import Module
from server.people.present import DepartmentView, PersonView
from server.people.routes import ROUTES

MODULE = Module("people", *ROUTES, Entity("person", PersonView), Entity("department", DepartmentView))
