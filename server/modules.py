"""The one list of what is installed. Only the doors read it."""

from chat.module import MODULE as CHAT
from crm_objects.module import MODULE as RECORDS
from feed.module import MODULE as FEED
from notifications import deliver as notices
from notifications.declared import NoticeKind
from notifications.module import MODULE as NOTIFICATIONS
from notifications.reminders import reminder_todo
from server.auditing.module import MODULE as AUDITING
from server.auth.module import MODULE as AUTH
from server.background.module import MODULE as BACKGROUND
from server.calendar.module import MODULE as CALENDAR
from server.cards.module import MODULE as CARDS
from server.files.module import MODULE as FILES
from server.joining.module import MODULE as JOINING
from server.kit.module import Module, every
from server.links import following as links
from server.links.declared import LinkSource
from server.links.module import MODULE as LINKS
from server.mail.module import MODULE as MAIL
from server.people.module import MODULE as PEOPLE
from server.realtime.module import MODULE as REALTIME
from server.roles.module import MODULE as ROLES
from server.search import follow as search
from server.search.declared import Searchable
from server.search.module import MODULE as SEARCH
from server.setup.module import MODULE as SETUP
from server.stickers.module import MODULE as STICKERS

_DOMAINS = [
    AUTH,
    PEOPLE,
    CALENDAR,
    SETUP,
    JOINING,
    MAIL,
    ROLES,
    AUDITING,
    BACKGROUND,
    CARDS,
    LINKS,
    FILES,
    STICKERS,
    SEARCH,
    REALTIME,
    NOTIFICATIONS,
    FEED,
    CHAT,
    RECORDS,
]
# What can only be put together where everything installed is known.
MODULES = [
    *_DOMAINS,
    Module(
        "installed",
        search.reaction(every(_DOMAINS, Searchable)),
        notices.reaction(every(_DOMAINS, NoticeKind)),
        reminder_todo(_DOMAINS),
        *links.within(every(_DOMAINS, LinkSource)),
    ),
]
