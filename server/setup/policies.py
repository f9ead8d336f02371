"""Who looks after the company as a whole."""

from server.permissions.rules import Rule

MAY_EDIT_COMPANY = Rule(
    "company.edit", "Changing the company's name, language and time zone.", capability="company.edit"
)
