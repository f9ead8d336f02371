"""The bus over Redis pub/sub. Heads published within one turn of the loop are folded into the newest; a dead Redis only slows pokes."""

import asyncio
import contextlib
import secrets

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from server.bus.bus import HeadListener, WhisperListener
from server.kit.tasks import end_tasks

RETRY = 0.5
SOCKET_TIMEOUT = 2.0
logger = structlog.get_logger()


class RedisBus:
    alone = False

    def __init__(self, url: str, prefix: str = "tenfour") -> None:
        self._redis = Redis.from_url(
            url, max_connections=8, socket_connect_timeout=SOCKET_TIMEOUT, socket_timeout=SOCKET_TIMEOUT
        )
        # A subscription waits for ever; only the publishing side has a time limit.
        self._listening = Redis.from_url(url, max_connections=2, socket_connect_timeout=SOCKET_TIMEOUT)
        self._heads, self._whispers = f"{prefix}:head", f"{prefix}:whisper"
        self._head_listeners: list[HeadListener] = []
        self._whisper_listeners: list[WhisperListener] = []
        self._me = secrets.token_bytes(8)  # our own whispers come back from Redis; they were heard already
        self._head = 0
        self._outgoing: list[bytes] = []
        self._due = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._subscribed = False

    @property
    def healthy(self) -> bool:
        return self._subscribed

    def on_head(self, listener: HeadListener) -> None:
        self._head_listeners.append(listener)

    def on_whisper(self, listener: WhisperListener) -> None:
        self._whisper_listeners.append(listener)

    def publish_head(self, head: int) -> None:
        self._head = max(self._head, head)
        self._due.set()

    def publish_whisper(self, body: bytes) -> None:
        for listener in self._whisper_listeners:
            listener(body)
        if len(self._outgoing) < 1_000:
            self._outgoing.append(self._me + body)
            self._due.set()

    async def start(self) -> None:
        self._tasks = [asyncio.create_task(self._publish()), asyncio.create_task(self._listen())]

    async def stop(self) -> None:
        await end_tasks(*self._tasks)
        for client in (self._redis, self._listening):
            with contextlib.suppress(RedisError, OSError):
                await client.aclose()

    async def _publish(self) -> None:
        sent = 0
        while True:
            await self._due.wait()
            self._due.clear()
            head, whispers, self._outgoing = self._head, self._outgoing, []
            try:
                async with self._redis.pipeline(transaction=False) as pipe:
                    if head > sent:
                        pipe.publish(self._heads, str(head))
                    for body in whispers:
                        pipe.publish(self._whispers, body)
                    await pipe.execute()
                sent = max(sent, head)
            except (RedisError, OSError) as error:
                logger.warning("redis cannot be told", error=type(error).__name__)
                await asyncio.sleep(RETRY)

    async def _listen(self) -> None:
        while True:
            try:
                async with self._listening.pubsub() as pubsub:
                    await pubsub.subscribe(self._heads, self._whispers)
                    self._subscribed = True
                    async for message in pubsub.listen():
                        if message["type"] == "message":
                            self._hear(message["channel"].decode(), message["data"])
            except (RedisError, OSError) as error:
                logger.warning("redis cannot be heard", error=type(error).__name__)
            finally:
                self._subscribed = False
            await asyncio.sleep(RETRY)

    def _hear(self, channel: str, data: bytes) -> None:
        """Whatever somebody else published, the subscription goes on."""
        try:
            self._received(channel, data)
        except Exception as error:
            logger.warning("redis told something odd", channel=channel, error=type(error).__name__)

    def _received(self, channel: str, data: bytes) -> None:
        if channel == self._whispers:
            for listener in self._whisper_listeners if data[:8] != self._me else ():
                listener(data[8:])
        elif data.isdigit():
            for head_listener in self._head_listeners:
                head_listener(int(data))
