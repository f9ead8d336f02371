"""Who may look at and change the directory."""

from server.permissions.rules import Rule

MAY_READ_PEOPLE = Rule(
    "people.read", "Colleagues see the directory; outsiders do not.", capability="people.read"
)
MAY_IMPORT = Rule(
    "people.import", "Uploading the staff list and making invitation links.", capability="people.import"
)
MAY_PLAN_LEAVING = Rule(
    "people.plan_leaving", "Seeing what somebody who leaves still holds.", capability="people.disable"
)
MAY_DISABLE = Rule(
    "people.disable",
    "Making somebody leave, and bringing them back.",
    capability="people.disable",
    step_up=True,
)
MAY_ENTER_ABSENCE = Rule(
    "absences.enter",
    "One's own absences; those of others for who holds «absences.edit» over them.",
    capability="people.read",
)
MAY_DELEGATE = Rule(
    "delegations.give",
    "The principal names a deputy; for others who holds «delegations.edit».",
    capability="people.read",
    by_hand=True,
)
MAY_EDIT_PEOPLE = Rule(
    "people.edit", "Changing other people's names, sign-in names, places.", capability="people.edit"
)
MAY_EDIT_DEPARTMENTS = Rule(
    "departments.edit", "Making, moving and removing departments.", capability="departments.edit"
)
