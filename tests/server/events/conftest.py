"""The fixtures of the realtime tests serve here too."""

from tests.server.realtime.conftest import company, shared_company, shared_house, shared_settings

__all__ = ["company", "shared_company", "shared_house", "shared_settings"]
