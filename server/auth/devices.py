"""A device in words, from what its browser says of itself: enough to recognise one's own, never trusted for anything else."""

import re
from typing import Literal

import msgspec

Kind = Literal["phone", "tablet", "desk", "program"]
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS|OpenHarmony"),
    ("Android", "Android"),
    ("iPad", "iPad"),
    ("iPhone", "iPhone|iPod"),
    ("Windows", "Windows"),
    ("ChromeOS", "CrOS"),
    ("macOS", "Macintosh|Mac OS X"),
    ("Linux", "Linux|X11"),
)
_BROWSERS = (
    ("WeCom", "wxwork"),
    ("WeChat", "MicroMessenger"),
    ("DingTalk", "DingTalk"),
    ("Feishu", "Lark|Feishu"),
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", "OPR/"),
    ("Samsung Internet", "SamsungBrowser"),
    ("Firefox", "Firefox|FxiOS"),
    ("Chrome", "Chrome|CriOS"),
    ("Safari", "Safari"),
)
_PHONE = re.compile(r"iPhone|iPod|Mobile|Phone", re.IGNORECASE)
_TABLET = re.compile(r"iPad|Tablet|PlayBook|Silk|Android(?!.*Mobile)", re.IGNORECASE)


class Device(msgspec.Struct, frozen=True):
    """Names as their makers write them; an empty text where nothing is known."""

    kind: Kind
    system: str
    browser: str


def told(user_agent: str) -> Device:
    """What this user agent calls itself."""
    system = next((name for name, known in _SYSTEMS if re.search(known, user_agent)), "")
    browser = next((name for name, known in _BROWSERS if re.search(known, user_agent)), "")
    kind: Kind = "desk"
    if not user_agent.startswith("Mozilla/"):
        kind = "program"
    elif _TABLET.search(user_agent):
        kind = "tablet"
    elif _PHONE.search(user_agent):
        kind = "phone"
    return Device(kind, system, browser)


def is_carried(user_agent: str) -> bool:
    """Phones and tablets, which one person carries: they have the longer idle limit."""
    return told(user_agent).kind in ("phone", "tablet")
