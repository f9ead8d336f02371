"""Records: who finds, sees and does what, by hand from security.md §1 and docs/records.md «Who may what». Imports nothing of the product.

The actor A sits in a department as its head; M leads A, R reports to A and sits elsewhere, C sits in A's department, B in one below it,
E is somebody else's. A record is owned by one of them, and A may besides be on its team, have made it, or stand so to what it follows.
What nobody owns lies in a pool, or follows what lies in one: A is in that pool by name, by their department, as its administrator, or not
at all. A pool from which a held record came is its home, and opens nothing.
"""

from collections.abc import Collection

OWNERS = ("A", "R", "C", "B", "M", "E")
NOBODY = "-"
RELATIONS = ("none", "made it", "reading team", "writing team")
THROUGH_PARENT = ("owns the parent", "parent's reading team", "parent's writing team")
# Of what nobody owns; of a kind that follows another, to the pool of what it follows.
IN_POOLS = (
    "nobody of its pool",
    "member of its pool",
    "of a department of its pool",
    "administrator of its pool",
)
# Of what somebody owns.
AT_HOME = ("member of its home", "administrator of its home")
OPENS_NOTHING = ("none", "nobody of its pool", *AT_HOME)

# Over which owners a scope reaches; «all» alone over what has none.
REACH: dict[str, str] = {
    "": "",
    "own": "A",
    "below": "R",
    "own_line": "RM",
    "own_department": "AC",
    "department_below": "ACB",
    "headed_below": "ACB",
    "all": "ARCBME-",
}
ACTS = ("write", "followup", "owner", "team", "void", "restore", "delete", "reveal")
# What nobody may do with records of a kind: an expense happened once, it is not followed up.
NEVER: dict[str, Collection[str]] = {"expense": ("followup",)}
CLASSES = ("basic", "contact", "identity", "financial", "internal")
CLEAR, PART, GONE = "clear", "masked", "absent"


def hands(owner: str, relation: str) -> bool:
    """Owner and writing team, of the record or of what it follows."""
    return owner == "A" or relation in ("writing team", "owns the parent", "parent's writing team")


def leads(relation: str) -> bool:
    """Administrators of the pool in which it lies change it and give it out, where their roles let them do so to anything (POOL-02);
    they see no more of it than its members."""
    return relation == "administrator of its pool"


def within(scope: str, owner: str) -> bool:
    """A capability in this scope holds over such a record; whoever holds it at all, holds it over their own."""
    return bool(scope) and (owner == "A" or owner in REACH[scope])


def is_found(read: str, owner: str, relation: str) -> bool:
    return bool(read) and (owner == "A" or relation not in OPENS_NOTHING or owner in REACH[read])


def may(act: str, scope: str, owner: str, relation: str, voided: bool, classes: Collection[str]) -> bool:
    """Of a record that is found, with something in each of `classes`; `scope` is that of all other capabilities."""
    mine, over = hands(owner, relation), within(scope, owner)
    gives = over or (bool(scope) and leads(relation))
    match act:
        case "write" | "followup":
            return bool(scope) and (mine or gives) and not voided
        case "owner" | "team" | "void":
            return gives and not voided
        case "restore":
            return gives and voided
        case "delete":
            return over and voided
        case _:
            # Something is there to be revealed: contact data to who is over it, the identity class to everyone who may.
            contact = "contact" in classes and over and not mine
            return bool(scope) and (contact or ("identity" in classes and (mine or over)))


def sees(cls: str, scope: str, owner: str, relation: str) -> str:
    mine, over = hands(owner, relation), within(scope, owner)
    match cls:
        case "basic":
            return CLEAR
        case "contact":
            return CLEAR if mine else PART
        case "identity":
            return PART if scope and (mine or over) else GONE
        case _:
            return CLEAR if mine or over else GONE
