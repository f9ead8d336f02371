"""Which existing person a row is about, and whether its sign-in names are free (W31). Called by `staff_plan`."""

from collections.abc import Iterable

from server.people.cell_values import name_key, sign_in_key
from server.people.drafts import Draft
from server.people.headings import IDENTIFIERS, Column
from server.people.snapshot import Directory, DirectoryPerson


def sign_in_keys(person: DirectoryPerson) -> dict[Column, str]:
    """The person's sign-in names in comparable form; those the person has not are left out."""
    texts = {Column.STAFF_NUMBER: person.staff_number, Column.PHONE: person.phone, Column.EMAIL: person.email}
    return {column: sign_in_key(text) for column, text in texts.items() if text}


def match(drafts: Iterable[Draft], directory: Directory) -> None:
    """Sets `draft.person` by staff number, else phone, else e-mail, and refuses what is not clear.

    Within the file the first row keeps an identifier, whether or not it is itself refused, and later ones name it.
    """
    owners = _Owners(directory)
    first_by_key: dict[str, Draft] = {}
    first_by_person: dict[int, Draft] = {}
    for draft in drafts:
        _match_one(draft, owners)
        for column, key in draft.keys.items():
            first = first_by_key.setdefault(key, draft)
            if first is not draft:
                draft.refuse(column, "duplicate_in_file", line=first.line)
                if draft.repeats is None and name_key(first.name) == name_key(draft.name):
                    draft.repeats = first
        if draft.person is None:
            continue
        first = first_by_person.setdefault(draft.person.id, draft)
        if first is not draft and not any(error.code == "duplicate_in_file" for error in draft.errors):
            draft.refuse(_matched_by(draft, owners), "same_person_twice", line=first.line)


class _Owners:
    """Who has which sign-in name: per column for matching, across columns for what is taken."""

    def __init__(self, directory: Directory) -> None:
        self.of: dict[Column, dict[str, DirectoryPerson]] = {column: {} for column in IDENTIFIERS}
        self.any: dict[str, DirectoryPerson] = {}
        for person in directory.people:
            for column, key in sign_in_keys(person).items():
                self.of[column][key] = person
                self.any[key] = person


def _match_one(draft: Draft, owners: _Owners) -> None:
    for column in IDENTIFIERS:
        key = draft.keys.get(column)
        if key is None:
            continue
        person = owners.of[column].get(key)
        if person is not None and draft.person is None:
            draft.person = person
        elif person is not None and person is not draft.person:
            draft.refuse(column, "identifiers_disagree")
    person = draft.person
    for column, key in draft.keys.items():
        taken = owners.any.get(key)
        if taken is not None and taken is not person and key not in owners.of[column]:
            draft.refuse(column, "sign_in_name_taken")
    if person is None:
        return
    column = _matched_by(draft, owners)
    if person.state == "left":
        draft.refuse(column, "person_left")
    elif _is_somebody_else(draft, person, column):
        draft.refuse(column, "belongs_to_another")


def _matched_by(draft: Draft, owners: _Owners) -> Column:
    return next(column for column in IDENTIFIERS if draft.keys.get(column) in owners.of[column])


def _is_somebody_else(draft: Draft, person: DirectoryPerson, matched_by: Column) -> bool:
    """A stronger identifier and the name both differ: a newcomer with a mistyped phone, not a person renamed.

    Otherwise one wrong digit would hand over an existing account, password and all.
    """
    if not draft.name or name_key(draft.name) == name_key(person.name):
        return False
    existing = sign_in_keys(person)
    stronger = IDENTIFIERS[: IDENTIFIERS.index(matched_by)]
    return any(column in draft.keys and column in existing for column in stronger)
