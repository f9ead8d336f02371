"""The demo company in one language: who there is and what is said today. `serve --demo` takes the Chinese one, `--demo en` the English one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from server.demo import people_en
from server.demo.more_people import EVERYBODY
from server.demo.people import COMPANY
from server.demo.texts import DIRECT, GROUPS, POSTS, DemoDirect, DemoGroup, DemoPost
from server.demo.texts_en import DIRECT_EN, GROUPS_EN, POSTS_EN

DemoPerson = tuple[str, str, str, str, str, str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Script:
    """`people` as in `people.py`; `department` turns the Chinese path of a text into this company's."""

    language: Literal["zh-Hans", "en"]
    company: str
    time_zone: str
    people: list[DemoPerson]
    posts: list[DemoPost]
    groups: list[DemoGroup]
    direct: list[DemoDirect]
    department: Callable[[str], str]

    def says(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh

    def path(self, chinese: str) -> tuple[str, ...]:
        return tuple(self.department(chinese).split("/"))


CHINESE = Script("zh-Hans", COMPANY, "Asia/Shanghai", EVERYBODY, POSTS, GROUPS, DIRECT, lambda path: path)

ENGLISH = Script(
    "en",
    people_en.COMPANY,
    "Europe/London",
    people_en.EVERYBODY_EN,
    [(*post[:4], text) for post, text in zip(POSTS, POSTS_EN, strict=True)],
    [
        (owner, name, members, [(by, words) for (by, _), words in zip(said, lines, strict=True)])
        for (owner, _, members, said), (name, lines) in zip(GROUPS, GROUPS_EN, strict=True)
    ],
    [
        (one, other, [(by, words) for (by, _), words in zip(said, lines, strict=True)])
        for (one, other, said), lines in zip(DIRECT, DIRECT_EN, strict=True)
    ],
    people_en.department,
)

SCRIPTS = {"zh": CHINESE, "en": ENGLISH}
