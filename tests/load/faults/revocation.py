"""P9: people are removed from groups in which everybody talks. Nothing after the removal reaches them, on any process, by any way."""

from tests.load.checker import Finding
from tests.load.faults.scenario import Ground, Outcome, Scenario, Span
from tests.load.faults.several import OnFleet
from tests.load.faults.stage import Fault, Stage, staged
from tests.load.strangers import ask
from tests.load.talker import Talker

MEMBERS, REMOVED = 6, 3


class Revocation(Fault):
    broken = "tests.load.broken.open_fence"

    def __init__(self, ground: Ground, span: Span, stage: Stage | None = None) -> None:
        super().__init__(ground, span, stage)
        self.fences = self.past = 0

    def cycle(self, turn: int) -> None:
        """A new group, half of which is thrown out one by one while all of it talks."""
        stage, dice = self.stage, self.stage.dice
        for talker in stage.talkers:
            talker.wanted = talker.talking = True
        members = dice.sample(stage.talkers, MEMBERS)
        group = stage.make_group([one.person for one in members], f"篱{turn}")
        for talker in members:
            talker.joins(group)
        stage.talk(dice.uniform(0.2, 0.4))
        for victim in members[1 : 1 + REMOVED]:
            self.remove(members[0], victim, group)
            if dice.random() < 0.3:
                victim.gone()  # comes back with its cursor: what it missed must end at the fence, too
            stage.talk(dice.uniform(0.05, 0.2))
        for talker in members:
            talker.falls_silent(group)

    def remove(self, owner: Talker, victim: Talker, group: int) -> None:
        stage = self.stage
        path = f"/api/conversations/{group}"
        cookie, theirs = (stage.company.cookie(one.person) for one in (owner, victim))
        reply = ask(stage.product.port, cookie, "DELETE", f"{path}/members/{victim.person}")
        if reply.status != 204:
            stage.findings.append(Finding("not removed", f"{reply.status} {reply.body}"))
            return
        fence = int(reply.headers["Tenfour-Seq"])
        shown = ask(stage.product.port, theirs, "GET", path).body
        last = int(next(one["data"]["to_number"] for one in shown["also"] if one["kind"] == "membership"))
        self.fences += 1
        victim.leaves(group)
        victim.history.add("revoked", group, number=last, seq=fence)
        page = ask(stage.product.port, theirs, "GET", f"{path}/messages?after={last}&limit=100").body
        if page["items"]:
            stage.findings.append(
                Finding("heard past the fence", f"{victim.person} reads {page['items'][0]} by HTTP")
            )

    def figures(self) -> dict[str, float]:
        return {"fences": self.fences}


class RevocationOnFleet(Revocation, OnFleet):
    """The act and the one it cuts off are often on different processes."""


def play(ground: Ground, span: Span) -> Outcome:
    return staged(RevocationOnFleet if ground.kind == "scaled" else Revocation)(ground, span)


REVOCATION = Scenario(
    "revocation",
    "people are removed from groups under load",
    "P9: no event past the fence, and everything up to it",
    ("sqlite", "scaled"),
    play,
    "a hub that goes on telling whoever was removed",
    ("sqlite", "scaled"),
)
