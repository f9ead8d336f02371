"""What signing in adds to the house."""

from server.api.endpoint import Authenticator
from server.api.first_state import BootstrapPart
from server.auth.me import first_state
from server.auth.routes import ROUTES
from server.auth.sessions import authenticate
from server.kit.module import Module
from server.permissions.rules import SIGNED_IN

MODULE = Module("auth", Authenticator(authenticate), *ROUTES, BootstrapPart("me", SIGNED_IN, first_state))
