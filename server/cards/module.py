"""What cards add to the house: the batch, and people as the first kind."""

from server.cards import people
from server.cards.cards import CardKind
from server.cards.routes import ROUTES
from server.kit.module import Module
from server.people.policies import MAY_READ_PEOPLE

MODULE = Module("cards", *ROUTES, CardKind("person", MAY_READ_PEOPLE, people.cards, seen_by=people.seen_by))
