"""Who may look at and change the directory."""

from server.permissions.rules import Rule

MAY_READ_PEOPLE = Rule(
    "people.read", "Colleagues see the directory; outsiders do not.", capability="people.read"
)
MAY_IMPORT = Rule(
    "people.import", "Uploading the staff list and making invitation links.", capability="people.import"
)
