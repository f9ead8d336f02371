"""The directory as an import finds it: frozen, whole, without a database. Built by the import, read by `staff_plan`."""

import msgspec


class DirectoryPerson(msgspec.Struct, frozen=True):
    """Everyone who has or had a sign-in name, people who left included. Missing texts are `""`.

    `department_ids` has the main department first, `heads` are those of them that the person heads; `kind` is employee | external | bot,
    `state` invited | active | left.
    """

    id: int
    name: str
    staff_number: str = ""
    phone: str = ""
    email: str = ""
    title: str = ""
    department_ids: tuple[int, ...] = ()
    manager_id: int | None = None
    state: str = "active"
    kind: str = "employee"
    heads: tuple[int, ...] = ()


class DirectoryDepartment(msgspec.Struct, frozen=True):
    id: int
    name: str
    parent_id: int | None = None


class Directory(msgspec.Struct, frozen=True):
    people: tuple[DirectoryPerson, ...] = ()
    departments: tuple[DirectoryDepartment, ...] = ()
