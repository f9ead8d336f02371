"""Who may look at roles, edit them, and give them."""

from sqlalchemy import Connection, select

from server.kit.problems import Forbidden, NotFound
from server.org.models import Person
from server.permissions.actor import Actor
from server.permissions.rules import Rule
from server.permissions.scopes import people_within

EDIT = "roles.edit"
MAY_SEE_ROLES = Rule(
    "roles.see", "Who edits or gives roles sees what each gives, and who holds it.", capability=EDIT
)
MAY_EDIT_ROLES = Rule("roles.edit", "Over all: the roles themselves.", capability=EDIT, step_up=True)
MAY_GIVE_ROLES = Rule(
    "roles.give",
    "To persons within the scope, and only what one holds, unless over all.",
    capability=EDIT,
    step_up=True,
)
MAY_ASK_WHY = Rule("rights.explain", "Oneself; of others, who gives roles to that person.")


def edits_all(actor: Actor) -> bool:
    return "all" in actor.scopes(EDIT)


def must_edit_all(actor: Actor) -> None:
    """Raises `Forbidden`: a role reaches everybody who holds it."""
    if not edits_all(actor):
        raise Forbidden(
            "You give roles to some people; the roles themselves are edited by administrators.",
            next_step="ask_administrator",
        )


def gives_to(conn: Connection, actor: Actor, person_id: int) -> bool:
    """Whether the actor gives roles to this person."""
    query = select(Person.id).where(Person.id == person_id, people_within(actor, EDIT))
    return conn.execute(query).first() is not None


def must_give_to(conn: Connection, actor: Actor, person_id: int) -> None:
    """Raises `Forbidden`: the directory shows this person, but somebody else gives the roles."""
    if not gives_to(conn, actor, person_id):
        raise Forbidden("This person's roles are given by somebody else.", next_step="ask_administrator")


def must_explain(conn: Connection, actor: Actor, person_id: int) -> None:
    """Raises `Forbidden`, before it is looked whether there is such a person; `NotFound` to who gives roles."""
    if person_id == actor.id:
        return
    actor.must(EDIT)
    if conn.execute(select(Person.id).where(Person.id == person_id)).first() is None:
        raise NotFound()
    must_give_to(conn, actor, person_id)
