"""The bus carries numbers («look from 1042») and what may be lost (typing). Memory for one process, Redis for several."""

from collections.abc import Callable
from typing import Protocol

HeadListener = Callable[[int], None]
WhisperListener = Callable[[bytes], None]


class Bus(Protocol):
    """`alone` says that no other process can commit; `healthy` that pokes arrive. Losing a poke or a whisper is always legal."""

    alone: bool

    @property
    def healthy(self) -> bool: ...

    def on_head(self, listener: HeadListener) -> None: ...

    def on_whisper(self, listener: WhisperListener) -> None: ...

    def publish_head(self, head: int) -> None: ...

    def publish_whisper(self, body: bytes) -> None: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...
