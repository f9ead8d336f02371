"""The one list of what is installed. Only the doors read it."""

from chat.module import MODULE as CHAT
from feed.module import MODULE as FEED
from notifications.module import MODULE as NOTIFICATIONS
from server.auth.module import MODULE as AUTH
from server.background.module import MODULE as BACKGROUND
from server.people.module import MODULE as PEOPLE
from server.realtime.module import MODULE as REALTIME

MODULES = [AUTH, PEOPLE, BACKGROUND, REALTIME, NOTIFICATIONS, FEED, CHAT]
