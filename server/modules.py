"""The one list of what is installed. Only the doors read it."""

from chat.module import MODULE as CHAT
from feed.module import MODULE as FEED
from notifications.module import MODULE as NOTIFICATIONS
from server.auth.module import MODULE as AUTH
from server.background.module import MODULE as BACKGROUND
from server.people.module import MODULE as PEOPLE

MODULES = [AUTH, PEOPLE, BACKGROUND, NOTIFICATIONS, FEED, CHAT]
