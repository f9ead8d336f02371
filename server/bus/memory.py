"""The bus of the embedded default: one process, so a poke is a function call."""

from server.bus.bus import HeadListener, WhisperListener


class MemoryBus:
    alone = True
    healthy = True

    def __init__(self) -> None:
        self._whispers: list[WhisperListener] = []

    def on_head(self, listener: HeadListener) -> None:
        """Nobody else commits; the relay already has this process's rows."""

    def on_whisper(self, listener: WhisperListener) -> None:
        self._whispers.append(listener)

    def publish_head(self, head: int) -> None:
        """See `on_head`."""

    def publish_whisper(self, body: bytes) -> None:
        for listener in self._whispers:
            listener(body)

    async def start(self) -> None:
        return

    async def stop(self) -> None:
        return
