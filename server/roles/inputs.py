"""What a client sends about roles."""

from typing import Annotated

import msgspec
from msgspec import Meta

from server.api.inputs import Counted, EntityId

Name = Annotated[
    str, Meta(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$(?!\n)")
]
Word = Annotated[str, Meta(max_length=60, pattern=r"^[a-z_.]*$(?!\n)")]
# Names and scopes are looked up among what is declared (`definitions.checked`), so that the refusal names the field.
Capabilities = Annotated[dict[str, Annotated[list[str], Meta(max_length=10)]], Meta(max_length=200)]


class NewRole(msgspec.Struct, forbid_unknown_fields=True):
    """Empty, or as `copy_of` is now; `capabilities` win over the copied ones."""

    name: Name
    copy_of: EntityId | None = None
    capabilities: Capabilities | None = None


class RoleChange(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays."""

    version: Counted
    name: Name | None = None
    capabilities: Capabilities | None = None


class Seen(msgspec.Struct, forbid_unknown_fields=True):
    """The version one has looked at."""

    version: Counted


class Removal(msgspec.Struct, forbid_unknown_fields=True):
    """Who holds the role gets this one instead."""

    replacement: EntityId | None = None


class PersonRoles(msgspec.Struct, forbid_unknown_fields=True):
    """All roles that are given by hand; `before` is what one has seen, and refuses when somebody else was faster."""

    roles: Annotated[list[EntityId], Meta(max_length=50)]
    before: Annotated[list[EntityId], Meta(max_length=50)] | None = None


class Question(msgspec.Struct, forbid_unknown_fields=True):
    """«May this person do that to `person`?»"""

    capability: Word = ""
    person: EntityId | None = None
