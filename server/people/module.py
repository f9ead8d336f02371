"""What the directory adds to the house."""

from server.kit.module import Module
from server.people.routes import ROUTES

MODULE = Module("people", *ROUTES)
