"""Which departments a list names: existing ones by id, missing ones to be created. Called by `staff_plan`."""

from server.people.cell_values import DepartmentPath, department_key
from server.people.snapshot import Directory

_Keys = tuple[str, ...]


class DepartmentTree:
    """The existing departments by path, and in their order the new ones that rows have asked for."""

    def __init__(self, directory: Directory) -> None:
        self._ids: dict[_Keys, int] = {}
        self._written: dict[_Keys, str] = {}
        self._paths: dict[int, DepartmentPath] = {}
        by_id = {department.id: department for department in directory.departments}
        keys: dict[int, _Keys] = {}
        for department in directory.departments:
            # Upwards until a department whose path is known; a tree that bites its tail ends the walk.
            upwards = []
            current = department
            while current.id not in keys and current not in upwards:
                upwards.append(current)
                parent = by_id.get(current.parent_id) if current.parent_id is not None else None
                if parent is None:
                    break
                current = parent
            for step in reversed(upwards):
                above = keys.get(step.parent_id, ()) if step.parent_id is not None else ()
                path = keys[step.id] = (*above, department_key(step.name))
                self._ids.setdefault(path, step.id)
                self._written.setdefault(path, step.name)
        for path, department_id in self._ids.items():
            self._paths[department_id] = tuple(
                self._written[path[:depth]] for depth in range(1, len(path) + 1)
            )

    def find(self, path: DepartmentPath) -> int | None:
        """The id of an existing department."""
        return self._ids.get(tuple(map(department_key, path)))

    def path_of(self, department_id: int) -> DepartmentPath:
        """Of an existing department."""
        return self._paths[department_id]

    def add(self, path: DepartmentPath) -> list[DepartmentPath]:
        """The departments along the path that did not exist before this call, parents first."""
        keys = tuple(map(department_key, path))
        new = []
        for depth in range(1, len(keys) + 1):
            if keys[:depth] not in self._written:
                self._written[keys[:depth]] = path[depth - 1]
                new.append(self.written(path[:depth]))
        return new

    def written(self, path: DepartmentPath) -> DepartmentPath:
        """The path as the existing departments, or the first row that named them, write it."""
        keys = tuple(map(department_key, path))
        return tuple(self._written.get(keys[:depth], path[depth - 1]) for depth in range(1, len(keys) + 1))
