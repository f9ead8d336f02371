"""Who may what about schedule items."""

from server.permissions.rules import Rule

MAY_PLAN = Rule("schedule.plan", "Planning an item for oneself or with others.", capability="post.share")
MAY_ANSWER_INVITATION = Rule("schedule.answer", "Who was invited answers, in person.")
MAY_CHANGE_SCHEDULE = Rule("schedule.change", "Its author moves it, changes the place, or cancels it.")
MAY_SEE_GUESTS = Rule(
    "schedule.see",
    "Author and invited see who comes, a manager the people below, other readers the counts; what was said with it the author alone.",
)
MAY_SEE_OWN_SCHEDULE = Rule("schedule.own", "What one planned oneself or was invited to and did not decline.")
OWN_FEED = Rule(
    "schedule.feed", "The secret address of one's own calendar: shown once, renewed, revoked.", by_hand=True
)
