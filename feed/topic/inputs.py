"""Typed bodies and queries of topics."""

import msgspec

from server.api.inputs import EntityId, Line


class TopicInput(msgspec.Struct, forbid_unknown_fields=True):
    name: Line


class ChangedTopic(msgspec.Struct, forbid_unknown_fields=True):
    version: EntityId
    name: Line


class TopicQuery(msgspec.Struct, forbid_unknown_fields=True):
    name: Line = ""
