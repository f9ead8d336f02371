"""Cards in one batch."""

from server.api.route import Answer, Await, Items, Nothing, awaits
from server.cards.cards import CardKind, CardView, Ref, cards_of
from server.cards.inputs import RefsInput
from server.kit.module import every
from server.kit.problems import invalid
from server.permissions.rules import SIGNED_IN


async def show_cards(call: Await[RefsInput, Nothing]) -> Answer:
    """Things as I may see them, in the order asked; a stub where I may not. A reading POST: it changes nothing."""
    kinds = {one.kind for one in every(call.company.modules, CardKind)}
    for place, ref in enumerate(call.body.refs):
        if ref.kind not in kinds:
            raise invalid(f"refs[{place}].kind", "choice", "There are no cards of this kind.")
    refs = [Ref(one.kind, one.id) for one in call.body.refs]
    found = await call.company.read(lambda conn: cards_of(conn, call.actor, call.company.modules, refs))
    return Answer(Items([found[ref] for ref in refs]))


ROUTES = [
    awaits("POST", "/api/cards", SIGNED_IN, show_cards, output=Items[CardView], body=RefsInput),
]
