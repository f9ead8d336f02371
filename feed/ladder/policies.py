"""Who may what about ladders."""

from server.permissions.rules import Rule

MAY_PLAN_LADDER = Rule("ladder.plan", "Everyone sees when the steps of a ladder would fall due.")
MAY_SET_LADDER = Rule("ladder.set", "The author moves the due time and switches the ladder on or off.")
MAY_SEE_LADDER = Rule(
    "ladder.see", "The author sees all steps, a manager those about the people below (W21)."
)
MAY_BE_TOLD = Rule("ladder.told", "Who was told about somebody says that they have seen to it.")
