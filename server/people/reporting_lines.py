"""Who reports to whom once the list is imported: finds every 直属上级 and refuses circles. Called by `staff_plan`.

Persons are nodes (see `Draft.node`): positive for existing people, negative for rows about somebody new.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence

from server.people.cell_values import name_key, sign_in_key
from server.people.drafts import Draft
from server.people.headings import Column
from server.people.matching import SignInNames
from server.people.snapshot import Directory, DirectoryPerson

_SHOWN_CHAIN = 10


def assign_managers(drafts: Sequence[Draft], directory: Directory, taken: SignInNames) -> None:
    """Sets `draft.manager` and refuses rows whose manager is unknown, ambiguous, refused or below themselves.

    A manager is looked up as the directory will be after the import, so rows may refer to rows further down.
    Refusing a row changes what others may refer to; this goes on until nothing changes.
    """
    people = _People(drafts, directory, taken)
    depends: set[int] = set()  # lines whose manager is only known through the manager's own row
    for draft in drafts:
        if draft.manager_text:
            _find_manager(draft, people)
            if draft.manager is not None and not people.knows_without_rows(draft):
                depends.add(draft.line)
    lines = _ReportingLines(drafts, directory)
    waiting: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.line in depends and draft.manager is not None:
            waiting[draft.manager].append(draft)
    _refuse_followers((draft for draft in drafts if draft.is_refused), waiting, lines)
    while circles := lines.take_circles():
        at_fault = []
        for circle in circles:
            chain = _chain(circle, people)
            for draft in (lines.rows[node] for node in circle if lines.is_set_by_row(node)):
                draft.refuse(Column.MANAGER, "manager_cycle", chain=chain)
                at_fault.append(draft)
        _refuse_followers(at_fault, waiting, lines)


def _find_manager(draft: Draft, people: "_People") -> None:
    """By sign-in name, else by name; errors go to the draft."""
    found = people.find(draft.manager_text)
    if not found:
        has_left = people.has_left(draft.manager_text)
        draft.refuse(Column.MANAGER, "manager_left" if has_left else "manager_unknown")
    elif len(found) > 1:
        draft.refuse(Column.MANAGER, "manager_ambiguous", people=len(found))
    elif draft.node in found:
        draft.refuse(Column.MANAGER, "manager_self")
    else:
        draft.manager = next(iter(found))


def _refuse_followers(
    refused: Iterable[Draft], waiting: dict[int, list[Draft]], lines: "_ReportingLines"
) -> None:
    """Refuses the rows that need a refused row for their manager, and those that need these, and so on."""
    queue = deque(refused)
    while queue:
        manager = queue.popleft()
        lines.withdraw(manager)
        for node in {manager.node, manager.own_node}:
            if node in lines.rows:
                continue  # an earlier row about the same person stands
            for draft in waiting.get(node, ()):
                if not draft.is_refused:
                    draft.refuse(Column.MANAGER, "manager_refused", line=manager.line)
                    queue.append(draft)


def _chain(circle: Sequence[int], people: "_People") -> str:
    names = [people.names[node] for node in circle]
    if len(names) > _SHOWN_CHAIN:
        names = [*names[: _SHOWN_CHAIN - 1], "…"]
    return " → ".join([*names, people.names[circle[0]]])


class _People:
    """Everyone by sign-in name and by name, as they will be called after the import."""

    def __init__(self, drafts: Sequence[Draft], directory: Directory, taken: SignInNames) -> None:
        self.names: dict[int, str] = {}
        self._by_key: dict[str, int] = {}
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._left: set[str] = set()
        self._old_keys: dict[str, int] = {}
        self._old_names: dict[str, set[int]] = defaultdict(set)
        passing = {draft.person.id for draft in drafts if draft.person is not None and not draft.is_refused}
        for draft in drafts:
            if not draft.is_refused:
                known = taken.of(draft.person) if draft.person is not None else {}
                self._add(draft.node, draft.name, {**known, **draft.keys}.values())
        for person in directory.people:
            self._add_existing(person, taken.of(person).values(), will_change=person.id in passing)
        # Refused rows last: a manager found only through them is refused rather than unknown. What such a row says
        # of an existing person is not that person's: only its own line answers to it.
        for draft in drafts:
            if draft.is_refused:
                node = draft.own_node if draft.repeats is None else draft.node
                is_known = name_key(draft.name) in self._by_name and draft.person is not None
                self._add(node, "" if is_known else draft.name, draft.keys.values())

    def find(self, text: str) -> set[int]:
        node = self._by_key.get(sign_in_key(text))
        return {node} if node is not None else self._by_name.get(name_key(text), set())

    def has_left(self, text: str) -> bool:
        return sign_in_key(text) in self._left or name_key(text) in self._left

    def knows_without_rows(self, draft: Draft) -> bool:
        """Would the row find the same manager in the directory as it is now?"""
        node = self._old_keys.get(sign_in_key(draft.manager_text))
        old = {node} if node is not None else self._old_names.get(name_key(draft.manager_text), set())
        return old == {draft.manager}

    def _add_existing(self, person: DirectoryPerson, keys: Collection[str], *, will_change: bool) -> None:
        self.names.setdefault(person.id, person.name)
        if person.state == "left":
            self._left.update(keys, [name_key(person.name)])
            return
        self._old_keys.update((key, person.id) for key in keys)
        self._old_names[name_key(person.name)].add(person.id)
        if not will_change:
            self._add(person.id, person.name, keys)

    def _add(self, node: int, name: str, keys: Iterable[str]) -> None:
        self.names.setdefault(node, name)
        for key in keys:
            self._by_key.setdefault(key, node)
        if name:
            self._by_name[name_key(name)].add(node)


class _ReportingLines:
    """Everyone's manager after the import. Each has at most one, so a circle is found by walking upwards."""

    def __init__(self, drafts: Sequence[Draft], directory: Directory) -> None:
        self.rows = {draft.node: draft for draft in drafts if not draft.is_refused}
        self._before = {person.id: person.manager_id for person in directory.people}
        self._manager: dict[int, int | None] = dict(self._before)
        for node, draft in self.rows.items():
            if draft.manager is not None:
                self._manager[node] = draft.manager
        self._unchecked = list(self.rows)

    def is_set_by_row(self, node: int) -> bool:
        return node in self.rows and self.rows[node].manager is not None

    def withdraw(self, draft: Draft) -> None:
        """A refused row leaves things as they were: somebody new does not come, others keep their manager."""
        node = draft.node
        if self.rows.get(node) is not draft:
            return
        del self.rows[node]
        if node < 0:
            self._manager.pop(node, None)
        elif self._manager[node] != self._before[node]:
            self._manager[node] = self._before[node]
            self._unchecked.append(node)  # the old manager may by now report to this person

    def take_circles(self) -> list[list[int]]:
        """The circles that rows close, each node before its manager. A circle that stood before is not the list's."""
        starts, self._unchecked = self._unchecked, []
        circles: list[list[int]] = []
        clear: set[int] = set()
        for start in starts:
            path: dict[int, int] = {}
            for node in self._upwards(start):
                if node in clear:
                    break
                if node in path:
                    circle = list(path)[path[node] :]
                    if any(map(self.is_set_by_row, circle)):
                        circles.append(circle)
                    break
                path[node] = len(path)
            clear.update(path)
        return circles

    def _upwards(self, start: int) -> Iterator[int]:
        node: int | None = start
        while node is not None:
            yield node
            node = self._manager.get(node)
