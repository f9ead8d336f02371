"""Who may do what: the reviewed rules, written by hand from security.md §1 and docs/wire.md. This file imports nothing of the product.

A NEW ROUTE, SOCKET COMMAND OR WATCH takes one line in `GATE`: its name and the audience whom its rule admits. What an admitted
person may then do to a certain thing depends on the relation: that stands in the tables below, or in the domain's own tests.
`test_gate.py` and `test_relations.py` make a cell of every actor, relation and verb.
"""

OK, NO, MISSING, WHO = "200", "403 forbidden", "404 not_found", "401 signed_out"
NOT_ASKED = "403 not_required"

# --- who there is ---

NOBODY = ("anonymous", "expired session", "left")
COLLEAGUES = (
    "member", "sales rep elsewhere", "manager", "department head", "clerk", "finance", "administrator", "boss",
)  # fmt: skip
# The administrator at a device that was last confirmed long ago; a robot with a token of every scope; who is from outside.
OTHERS = ("unconfirmed administrator", "bot", "external")
ACTORS = (*NOBODY, *COLLEAGUES, *OTHERS)

# --- whom the door admits ---

ADMINISTRATION = ("administrator", "boss")
AUDIENCES: dict[str, tuple[str, ...]] = {
    "anyone": ACTORS,
    "signed in": (*COLLEAGUES, *OTHERS),
    "at a device": (*COLLEAGUES, "unconfirmed administrator", "external"),
    "confirmed at a device": (*COLLEAGUES, "external"),
    "colleagues": (*COLLEAGUES, "unconfirmed administrator", "bot"),
    "colleagues at a device": (*COLLEAGUES, "unconfirmed administrator"),
    # Sellers, clerks, and whoever leads somebody: the administrator and the finance head of the demo do.
    "who makes records": (*COLLEAGUES[1:], "unconfirmed administrator"),
    "who hands records on": (
        *(one for one in COLLEAGUES if one not in ("member", "clerk")),
        "unconfirmed administrator",
    ),
    "administration": (*ADMINISTRATION, "unconfirmed administrator"),
    "confirmed administration": ADMINISTRATION,
}

GATE: dict[str, str] = {
    # the door
    "POST /api/session": "anyone",
    "POST /api/session/second": "anyone",
    "GET /api/invitations/{token:str}": "anyone",
    "POST /api/invitations/{token:str}": "anyone",
    "GET /api/session/openid": "anyone",
    "GET /api/session/openid/start": "anyone",
    "GET /api/session/openid/callback": "anyone",
    "GET /api/setup/{token:str}": "anyone",
    "POST /api/setup/{token:str}": "anyone",
    "GET /api/password-resets": "anyone",
    "POST /api/password-resets": "anyone",
    "GET /api/password-resets/{token:str}": "anyone",
    "POST /api/password-resets/{token:str}": "anyone",
    "GET /api/joining/{token:str}": "anyone",
    "POST /api/joining/{token:str}": "anyone",
    "GET /api/joining/requests/{token:str}": "anyone",
    "GET /api/calendar/feeds/{token:str}": "anyone",
    # oneself
    "DELETE /api/session": "at a device",
    "GET /api/session/step-up": "at a device",
    "PUT /api/session/step-up": "at a device",
    "GET /api/me": "signed in",
    "PUT /api/me/language": "at a device",
    "PUT /api/me/password": "at a device",
    "GET /api/me/devices": "at a device",
    "DELETE /api/me/devices": "at a device",
    "DELETE /api/me/devices/{id:int}": "at a device",
    "GET /api/me/second-factor": "at a device",
    "POST /api/me/second-factor": "confirmed at a device",
    "PUT /api/me/second-factor": "confirmed at a device",
    "DELETE /api/me/second-factor": "confirmed at a device",
    "POST /api/me/second-factor/recovery-codes": "confirmed at a device",
    "GET /api/token-scopes": "at a device",
    "GET /api/me/tokens": "at a device",
    "POST /api/me/tokens": "confirmed at a device",
    "DELETE /api/me/tokens/{id:int}": "at a device",
    "GET /api/bootstrap": "signed in",
    "GET /api/events": "signed in",
    "GET /api/search": "signed in",
    "POST /api/files": "signed in",
    "PUT /api/files/{id:int}/chunks/{offset:int}": "signed in",
    "PUT /api/files/{id:int}/completion": "signed in",
    "GET /api/files/{id:int}": "signed in",
    "DELETE /api/files/{id:int}": "signed in",
    "GET /api/files/{id:int}/preview": "signed in",
    "GET /api/files/{id:int}/pages/{page:int}": "signed in",
    "GET /api/files/{id:int}/content": "signed in",
    "GET /api/todos": "signed in",
    "GET /api/todos/counts": "signed in",
    "PUT /api/test/clock": "signed in",
    "GET /api/notifications": "signed in",
    "PUT /api/notifications/read": "signed in",
    "GET /api/preferences": "signed in",
    "PUT /api/preferences": "signed in",
    "POST /api/reminders": "signed in",
    "GET /api/reminders": "signed in",
    "PATCH /api/reminders/{id:int}": "signed in",
    "DELETE /api/reminders/{id:int}": "signed in",
    "PUT /api/reminders/{id:int}/done": "signed in",
    "POST /api/cards": "signed in",
    "GET /api/links/{kind:str}/{id:int}": "signed in",
    "socket hello": "signed in",
    "socket watch": "signed in",
    "socket unwatch": "signed in",
    # the directory
    "GET /api/people": "colleagues",
    "GET /api/people/{id:int}": "colleagues",
    "GET /api/departments": "colleagues",
    "POST /api/people/{id:int}/invitation": "administration",
    "POST /api/people/imports": "administration",
    "GET /api/people/imports": "administration",
    "GET /api/people/imports/{id:int}": "administration",
    "GET /api/people/imports/{id:int}/rows": "administration",
    "POST /api/people/imports/{id:int}/links": "administration",
    "POST /api/people": "administration",
    # the company, and who comes in
    "PUT /api/company": "administration",
    "GET /api/start": "administration",
    "PUT /api/start/dismissal": "administration",
    "GET /api/company/join-link": "administration",
    "PUT /api/company/join-link": "administration",
    "POST /api/company/join-link": "administration",
    "GET /api/company/join-link/picture": "administration",
    "GET /api/join-requests": "administration",
    "PUT /api/join-requests/{id:int}/decision": "administration",
    "POST /api/people/{id:int}/password-reset": "confirmed administration",
    # the organisation: over whom is decided in the use-cases (tests/server/people)
    "GET /api/people/imports/{id:int}/missing": "administration",
    "GET /api/people/imports/{id:int}/result": "administration",
    "PATCH /api/people/{id:int}": "administration",
    "PUT /api/departments/{id:int}/people": "administration",
    "PUT /api/me/about": "signed in",
    "PUT /api/people/{id:int}/picture": "signed in",
    "DELETE /api/people/{id:int}/picture": "signed in",
    "GET /api/people/{id:int}/picture/{hash:str}": "signed in",
    "POST /api/departments": "administration",
    "PATCH /api/departments/{id:int}": "administration",
    "DELETE /api/departments/{id:int}": "administration",
    # leaving, being away, acting for another: whose is decided in the use-cases (tests/server/leaving)
    "GET /api/people/{id:int}/resignation": "administration",
    "PUT /api/people/{id:int}/resignation": "confirmed administration",
    "DELETE /api/people/{id:int}/resignation": "confirmed administration",
    "GET /api/people/{id:int}/absences": "colleagues",
    "POST /api/people/{id:int}/absences": "colleagues",
    "PATCH /api/people/{id:int}/absences/{absence_id:int}": "colleagues",
    "DELETE /api/people/{id:int}/absences/{absence_id:int}": "colleagues",
    "GET /api/people/{id:int}/delegations": "colleagues at a device",
    "POST /api/people/{id:int}/delegations": "colleagues at a device",
    "DELETE /api/people/{id:int}/delegations/{delegation_id:int}": "colleagues at a device",
    "GET /api/calendar": "signed in",
    "PUT /api/calendar/days/{day:str}": "administration",
    "DELETE /api/calendar/days/{day:str}": "administration",
    "PUT /api/calendar/week": "administration",
    # others' ways in, programs
    "GET /api/people/{id:int}/access": "administration",
    "DELETE /api/people/{id:int}/devices": "confirmed administration",
    "DELETE /api/people/{id:int}/tokens": "confirmed administration",
    "DELETE /api/people/{id:int}/second-factor": "confirmed administration",
    "GET /api/company/sign-in": "administration",
    "PUT /api/company/sign-in": "confirmed administration",
    "GET /api/bots": "administration",
    "POST /api/bots": "confirmed administration",
    "DELETE /api/bots/{id:int}": "administration",
    "GET /api/bots/{id:int}/tokens": "administration",
    "POST /api/bots/{id:int}/tokens": "confirmed administration",
    "DELETE /api/bots/{id:int}/tokens/{token_id:int}": "administration",
    # roles, audit
    "GET /api/capabilities": "administration",
    "GET /api/roles": "administration",
    "POST /api/roles": "confirmed administration",
    "PATCH /api/roles/{id:int}": "confirmed administration",
    "DELETE /api/roles/{id:int}": "confirmed administration",
    "PUT /api/roles/{id:int}/shipped": "confirmed administration",
    "GET /api/roles/{id:int}/people": "administration",
    "PUT /api/people/{id:int}/roles": "confirmed administration",
    "GET /api/people/{id:int}/permissions": "signed in",
    "GET /api/audit": "administration",
    "POST /api/audit/export": "confirmed administration",
    # records: which of them depends on the relation (tests/crm_objects)
    "GET /api/record-kinds": "colleagues",
    "GET /api/record-fields": "administration",
    "POST /api/record-fields": "administration",
    "PATCH /api/record-fields/{id:int}": "administration",
    "GET /api/records/{kind:str}": "colleagues",
    "POST /api/records/{kind:str}": "who makes records",
    "POST /api/records/{kind:str}/views": "colleagues",
    "PUT /api/records/{kind:str}/views/{id:int}": "colleagues",
    "DELETE /api/records/{kind:str}/views/{id:int}": "colleagues",
    "GET /api/records/{kind:str}/{id:int}": "colleagues",
    "PATCH /api/records/{kind:str}/{id:int}": "colleagues",
    "DELETE /api/records/{kind:str}/{id:int}": "colleagues",
    "PUT /api/records/{kind:str}/{id:int}/owner": "who hands records on",
    "GET /api/records/{kind:str}/{id:int}/team": "colleagues",
    "PUT /api/records/{kind:str}/{id:int}/team/{person_id:int}": "colleagues",
    "DELETE /api/records/{kind:str}/{id:int}/team/{person_id:int}": "colleagues",
    "PUT /api/records/{kind:str}/{id:int}/void": "colleagues",
    "PUT /api/records/{kind:str}/{id:int}/restoration": "colleagues",
    "PUT /api/records/{kind:str}/{id:int}/star": "colleagues",
    "DELETE /api/records/{kind:str}/{id:int}/star": "colleagues",
    "GET /api/records/{kind:str}/{id:int}/history": "colleagues",
    "GET /api/records/{kind:str}/{id:int}/followups": "colleagues",
    "POST /api/records/{kind:str}/{id:int}/followups": "colleagues",
    "PUT /api/records/{kind:str}/{id:int}/reveal": "colleagues",
    "GET /api/records/{kind:str}/{id:int}/related": "colleagues",
    "watch customer": "colleagues",
    "watch contact": "colleagues",
    "watch records": "colleagues",
    # the feed: what is found depends on the relation
    "POST /api/posts": "colleagues",
    "GET /api/posts": "signed in",
    "GET /api/posts/{id:int}": "signed in",
    "PUT /api/posts/{id:int}/receipt": "signed in",
    "PUT /api/posts/{id:int}/read": "signed in",
    "GET /api/posts/{id:int}/receipts": "signed in",
    "DELETE /api/posts/{id:int}/receipts/{person_id:int}": "signed in",
    "POST /api/posts/{id:int}/receipts/remind": "signed in",
    "POST /api/posts/{id:int}/receipts": "signed in",
    "GET /api/posts/{id:int}/receipts/sheet": "signed in",
    "GET /api/posts/{id:int}/paper": "signed in",
    "POST /api/posts/{id:int}/proof": "signed in",
    "POST /api/posts/{id:int}/reminders": "signed in",
    "watch receipts": "signed in",
    "watch post": "signed in",
    "GET /api/posts/{id:int}/comments": "signed in",
    "POST /api/posts/{id:int}/comments": "colleagues",
    "GET /api/comments/{id:int}": "signed in",
    "PATCH /api/comments/{id:int}": "signed in",
    "DELETE /api/comments/{id:int}": "signed in",
    "GET /api/comments/{id:int}/versions": "signed in",
    "PUT /api/comments/{id:int}/like": "colleagues",
    "DELETE /api/comments/{id:int}/like": "colleagues",
    "GET /api/comments/{id:int}/likes": "signed in",
    "PUT /api/posts/{id:int}/like": "colleagues",
    "DELETE /api/posts/{id:int}/like": "colleagues",
    "GET /api/posts/{id:int}/likes": "signed in",
    "PUT /api/posts/{id:int}/follow": "signed in",
    "DELETE /api/posts/{id:int}/follow": "signed in",
    "PUT /api/posts/{id:int}/favourite": "signed in",
    "DELETE /api/posts/{id:int}/favourite": "signed in",
    "PUT /api/posts/{id:int}/hidden": "signed in",
    "DELETE /api/posts/{id:int}/hidden": "signed in",
    # prepared tables: whoever may post sees them; whose row it is decides (tests/feed/test_tables.py)
    "GET /api/tables": "colleagues",
    "POST /api/tables": "administration",
    "PUT /api/tables/order": "administration",
    "PUT /api/tables/{id:int}": "administration",
    "PUT /api/tables/{id:int}/retirement": "administration",
    "DELETE /api/tables/{id:int}/retirement": "administration",
    "PUT /api/posts/{id:int}/table": "signed in",
    "GET /api/posts/{id:int}/table/rows": "signed in",
    "POST /api/posts/{id:int}/table/rows": "signed in",
    "PUT /api/posts/{id:int}/table/rows/{row_id:int}": "signed in",
    "DELETE /api/posts/{id:int}/table/rows/{row_id:int}": "signed in",
    "GET /api/posts/{id:int}/table/sheet": "signed in",
    "GET /api/topics": "signed in",
    "GET /api/topics/page": "signed in",
    "GET /api/topics/official": "administration",
    "POST /api/topics": "administration",
    "PATCH /api/topics/{id:int}": "administration",
    "PUT /api/topics/{id:int}/retirement": "administration",
    "DELETE /api/topics/{id:int}/retirement": "administration",
    "PUT /api/posts/{id:int}/vote": "signed in",
    "GET /api/posts/{id:int}/vote": "signed in",
    "GET /api/posts/{id:int}/voters": "signed in",
    "PUT /api/posts/{id:int}/poll/closing": "signed in",
    "DELETE /api/posts/{id:int}": "signed in",
    "PATCH /api/posts/{id:int}": "signed in",
    "GET /api/posts/{id:int}/versions": "signed in",
    "GET /api/announcements": "signed in",
    "PUT /api/posts/{id:int}/announcement": "signed in",
    "PUT /api/posts/{id:int}/answer": "signed in",
    "PUT /api/posts/{id:int}/progress": "signed in",
    "PUT /api/posts/{id:int}/items/{number:int}": "signed in",
    "DELETE /api/posts/{id:int}/items/{number:int}": "signed in",
    "GET /api/posts/{id:int}/answers": "signed in",
    "PUT /api/posts/{id:int}/invitation": "signed in",
    "GET /api/posts/{id:int}/invitations": "signed in",
    "PUT /api/posts/{id:int}/schedule": "signed in",
    "PUT /api/posts/{id:int}/cancellation": "signed in",
    "PUT /api/posts/{id:int}/cancellation/{day:str}": "signed in",
    "GET /api/schedule": "signed in",
    "GET /api/me/calendar-feed": "at a device",
    "POST /api/me/calendar-feed": "at a device",
    "DELETE /api/me/calendar-feed": "at a device",
    # logs: who reports to one is seen, whatever one's roles; a template is everybody's who may write
    "GET /api/log-templates": "colleagues",
    "POST /api/log-templates": "administration",
    "PUT /api/log-templates/{id:int}": "administration",
    "GET /api/log-templates/{id:int}/periods/{day:str}": "signed in",
    "POST /api/log-templates/{id:int}/periods/{day:str}/remind": "signed in",
    "PUT /api/posts/{id:int}/score": "signed in",
    "PUT /api/posts/{id:int}/log": "signed in",
    # chat: what is found depends on the relation
    "POST /api/conversations": "colleagues",
    "GET /api/conversations": "signed in",
    "GET /api/conversations/{id:int}": "signed in",
    "PATCH /api/conversations/{id:int}": "signed in",
    "GET /api/conversations/{id:int}/members": "signed in",
    "POST /api/conversations/{id:int}/members": "signed in",
    "DELETE /api/conversations/{id:int}/members/{person_id:int}": "signed in",
    "GET /api/conversations/{id:int}/messages": "signed in",
    "POST /api/conversations/{id:int}/messages": "colleagues",
    "PUT /api/conversations/{id:int}/read": "signed in",
    "PUT /api/conversations/{id:int}/mute": "signed in",
    "socket send": "colleagues",
    "socket read": "signed in",
    "socket typing": "signed in",
}

# --- what a relation allows: verb by verb, the same for every role, then the exceptions ---

POST_VERBS = (
    "look", "receipts", "confirm", "opened", "withdraw", "remind", "watch", "comments", "comment", "like", "hide", "watch post",
    "vote", "voters", "close vote", "delete",
)  # fmt: skip
ON_A_POST: dict[str, tuple[str, ...]] = {
    #            look     receipts confirm    opened   withdraw remind   watch    comments comment  like     hide     watch post
    #            vote     voters   close    delete
    "author":   (OK,      OK,      NOT_ASKED, "204",   "204",   OK,      "heard", OK,      "201",   OK,      OK,      "heard",
                 OK, OK, OK, "204"),
    "required": (OK,      OK,      OK,        "204",   NO,      NO,      "heard", OK,      "201",   OK,      OK,      "heard",
                 OK, OK, NO, NO),
    "named":    (OK,      NO,      NOT_ASKED, "204",   NO,      NO,      MISSING, OK,      "201",   OK,      OK,      "heard",
                 OK, OK, NO, NO),
    "nobody":   (MISSING, MISSING, MISSING,   MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING,
                 MISSING, MISSING, MISSING, MISSING),
}  # fmt: skip
# W21: who leads one who must confirm sees that person's; `receipts.read` sees all of what one may read anyway.
POST_EXCEPTIONS: dict[tuple[str, str, str], str] = {
    ("manager", "named", "receipts"): OK,
    ("manager", "named", "watch"): "heard",
    ("department head", "named", "receipts"): OK,
    ("department head", "named", "watch"): "heard",
    ("boss", "named", "receipts"): OK,
    ("boss", "named", "watch"): "heard",
    # Whose roles hold `post.moderate` deletes what they may read.
    ("administrator", "required", "delete"): "204",
    ("administrator", "named", "delete"): "204",
    ("boss", "required", "delete"): "204",
    ("boss", "named", "delete"): "204",
    # Nobody outside comments and likes without `post.comment`, whatever they may read.
    ("external", "named", "comment"): NO,
    ("external", "named", "like"): NO,
    ("external", "nobody", "comment"): NO,
    ("external", "nobody", "like"): NO,
}
# Nobody outside shares or is asked; a robot is asked nothing.
NO_POST_OF: dict[str, tuple[str, ...]] = {
    "external": ("author", "required"),
    "bot": ("author", "required", "named"),
    "unconfirmed administrator": ("author", "required", "named", "nobody"),
}

GROUP_VERBS = ("look", "members", "messages", "send", "read", "rename", "add", "remove", "say")
ON_A_GROUP: dict[str, tuple[str, ...]] = {
    #          look     members  messages send     read     rename   add      remove   say
    "owner":  (OK,      OK,      OK,      "201",   OK,      OK,      "201",   "204",   "sent"),
    "member": (OK,      OK,      OK,      "201",   OK,      OK,      "201",   NO,      "sent"),
    "former": (OK,      NO,      OK,      NO,      OK,      NO,      NO,      NO,      NO),
    "nobody": (MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING),
}  # fmt: skip
ON_A_DIRECT: dict[str, tuple[str, ...]] = {
    "one of two": (OK, OK, OK, "201", OK, NO, NO, NO, "sent"),
    "nobody": (MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING),
}
# Without `chat.converse` the door refuses to send, before anything is looked for.
CHAT_EXCEPTIONS: dict[tuple[str, str, str], str] = {
    ("external", "nobody", "send"): NO,
    ("external", "nobody", "say"): NO,
}
# In the company's groups are colleagues; a robot speaks through its own doors.
NO_CHAT_OF: dict[str, tuple[str, ...]] = {
    "external": ("owner", "member", "former", "one of two"),
    "bot": ("owner", "member", "former", "one of two"),
    "unconfirmed administrator": ("owner", "member", "former", "one of two", "nobody"),
}

# --- who may ever learn a canary: the activity's places, and everybody whom they reach ---

INSIDE = (
    "author",
    "required",
    "other required",
    "reader",
    "manager above",
    "boss",
    "outsider",
    "administrator",
    "manager elsewhere",
)
MAY_LEARN: dict[str, tuple[str, ...]] = {
    # «other required» was in the group and was removed; «reader» came and went again.
    "post": ("author", "required", "other required", "reader", "manager above", "boss", "external"),
    "topic of a post": (
        "author",
        "required",
        "other required",
        "reader",
        "manager above",
        "boss",
        "external",
    ),
    "option of a vote": (
        "author",
        "required",
        "other required",
        "reader",
        "manager above",
        "boss",
        "external",
    ),
    "row of a table": ("author", "required", "other required", "reader", "manager above", "boss", "external"),
    # Whoever may read the post may read its comments and what they said before; of one that was deleted nobody learns a word.
    "comment": ("author", "required", "other required", "reader", "manager above", "boss", "external"),
    "comment before it was changed": (
        "author",
        "required",
        "other required",
        "reader",
        "manager above",
        "boss",
        "external",
    ),
    "deleted comment": (),
    # The manager is its recipient, the boss was named; who else leads the writer sees that it was handed in, not a word of it.
    "work log": ("author", "required", "boss"),
    "first name of a group": ("author", "required", "other required"),
    "message before": ("author", "required", "other required"),
    "message after": ("author", "required"),
    "new name of a group": ("author", "required", "reader"),
    "direct message": ("author", "required"),
    # Both are invited; what one says with the answer is for who invited.
    "place of a meeting": ("author", "required", "other required"),
    "word with an answer": ("author", "required"),
    # Colleagues see the directory, and so does their robot; nobody outside does, however often they meet.
    "phone": (*INSIDE, "bot"),
    "e-mail": (*INSIDE, "bot"),
    # Ids, codes and counts are all that the audit holds besides a reason that somebody gave.
    "reason of an act": ("administrator", "boss", "audit file"),
    "name of a role": ("administrator", "boss"),
}
