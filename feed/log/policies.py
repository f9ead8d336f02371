"""Who may what with logs."""

from server.permissions.rules import Rule

MAY_WRITE_LOG = Rule("log.write", "Handing in one's own log, in person.", capability="post.share")
MAY_READ_TEMPLATES = Rule(
    "log_template.read", "Whoever may hand in a log sees what is asked.", capability="post.share"
)
MAY_EDIT_TEMPLATES = Rule(
    "log_template.edit", "Saying what is asked in logs.", capability="log_templates.edit"
)
MAY_CHANGE_LOG = Rule("log.change", "Only its writer; what it said before stays readable.")
MAY_SCORE = Rule("log.score", "To whom it was handed in, each their own; they and the writer see scores.")
MAY_OVERSEE = Rule(
    "log.oversee", "A manager sees who of the people below has handed in, and calls for the others'."
)
