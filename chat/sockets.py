"""Chat's socket commands: queue the small act, answer when it is durable."""

import asyncio

from chat import messages, reading
from chat.events import stream
from chat.inputs import ReadFrame, SendFrame, TypingFrame
from server.cards.carrying import wanted
from server.kit.json import encode
from server.kit.problems import Problem, Unavailable
from server.realtime.socket import Socket


def send(socket: Socket, frame: SendFrame) -> None:
    """Answers `sent` after the commit, or `refused`. Frames of one socket keep their order (P4)."""
    prepared = messages.prepare(
        socket.actor.id,
        frame.conversation,
        frame.client_id,
        frame.text,
        frame.reply_to,
        frame.files,
        wanted(socket.actor, frame.cards),
        frame.anyway,
    )

    def answer(future: "asyncio.Future[object]") -> None:
        error = future.exception()
        if error is not None:
            socket.refuse(frame, error if isinstance(error, Problem) else Unavailable())
            return
        sent: messages.Sent = future.result().value  # type: ignore[attr-defined]
        socket.answer(
            {
                "op": "sent",
                "client_id": frame.client_id,
                "conversation": frame.conversation,
                "id": sent.view.id,
                "number": sent.view.number,
                "seq": sent.seq,
            }
        )

    socket.company.small("message", prepared).add_done_callback(answer)


def read(socket: Socket, frame: ReadFrame) -> None:
    """The reader's devices hear the moved mark as an event; only a refusal is answered."""

    def answer(future: "asyncio.Future[object]") -> None:
        error = future.exception()
        if error is not None:
            socket.refuse(frame, error if isinstance(error, Problem) else Unavailable())

    mark = reading.MarkRead(socket.actor.id, frame.conversation, frame.number)
    socket.company.small("read", mark).add_done_callback(answer)


def typing(socket: Socket, frame: TypingFrame) -> None:
    """Told to who hears the conversation; only from who hears it. May be lost."""
    if stream(frame.conversation) in socket.listener.streams:
        body = encode({"op": "typing", "conversation": frame.conversation, "person": socket.actor.id})
        socket.live.whisper(stream(frame.conversation), body, socket.actor.id)
