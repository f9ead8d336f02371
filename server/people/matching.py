"""Which existing person a row is about, and whether its sign-in names are free (W31). Called by `staff_plan`."""

from collections.abc import Iterable, Mapping

from server.people.cell_values import name_key, sign_in_key
from server.people.drafts import Draft
from server.people.headings import IDENTIFIERS, Column
from server.people.snapshot import Directory, DirectoryPerson


class SignInNames:
    """Who has which sign-in name, in comparable form: per column for matching, across columns for what is taken."""

    def __init__(self, directory: Directory) -> None:
        self.by_column: dict[Column, dict[str, DirectoryPerson]] = {column: {} for column in IDENTIFIERS}
        self.all: dict[str, DirectoryPerson] = {}
        self._by_person: dict[int, dict[Column, str]] = {}
        for person in directory.people:
            keys = self._by_person[person.id] = {
                column: sign_in_key(text)
                for column, text in zip(
                    IDENTIFIERS, (person.staff_number, person.phone, person.email), strict=True
                )
                if text
            }
            for column, key in keys.items():
                self.by_column[column][key] = person
                self.all[key] = person

    def of(self, person: DirectoryPerson) -> Mapping[Column, str]:
        """The person's own; those the person has not are left out."""
        return self._by_person[person.id]


def match(drafts: Iterable[Draft], taken: SignInNames) -> None:
    """Sets `draft.person` by staff number, else phone, else e-mail, and refuses what is not clear.

    Within the file the first row keeps an identifier, whether or not it is itself refused, and later ones name it.
    """
    first_by_key: dict[str, Draft] = {}
    first_by_person: dict[int, Draft] = {}
    for draft in drafts:
        _match_one(draft, taken)
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
            draft.refuse(_matched_by(draft, taken), "same_person_twice", line=first.line)


def _match_one(draft: Draft, taken: SignInNames) -> None:
    for column in IDENTIFIERS:
        key = draft.keys.get(column)
        if key is None:
            continue
        person = taken.by_column[column].get(key)
        if person is not None and draft.person is None:
            draft.person = person
        elif person is not None and person is not draft.person:
            draft.refuse(column, "identifiers_disagree")
    person = draft.person
    for column, key in draft.keys.items():
        owner = taken.all.get(key)
        if owner is not None and owner is not person and key not in taken.by_column[column]:
            draft.refuse(column, "sign_in_name_taken")
    if person is None:
        return
    column = _matched_by(draft, taken)
    if person.state == "left":
        draft.refuse(column, "person_left")
    elif _is_somebody_else(draft, person, column, taken):
        draft.refuse(column, "belongs_to_another")


def _matched_by(draft: Draft, taken: SignInNames) -> Column:
    return next(column for column in IDENTIFIERS if draft.keys.get(column) in taken.by_column[column])


def _is_somebody_else(draft: Draft, person: DirectoryPerson, matched_by: Column, taken: SignInNames) -> bool:
    """A stronger identifier and the name both differ: a newcomer with a mistyped phone, not a person renamed.

    Otherwise one wrong digit would hand over an existing account, password and all.
    """
    if not draft.name or name_key(draft.name) == name_key(person.name):
        return False
    stronger = IDENTIFIERS[: IDENTIFIERS.index(matched_by)]
    return any(column in draft.keys and column in taken.of(person) for column in stronger)
