"""A process of our own for one foreign thing: it sees neither our environment nor our folder, only the open files handed to it."""

import asyncio
import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path

REFUSED = 3


async def run(
    script: Path,
    arguments: Sequence[str],
    data: bytes = b"",
    handed: Sequence[int] = (),
    patience: float = 20.0,
) -> tuple[int, bytes, bytes]:
    """(exit code, stdout, stderr) of `python -I script arguments…`. Raises `TimeoutError` when it takes longer; then it is gone."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(script),
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd="/",
        env={},
        pass_fds=handed,
    )
    try:
        async with asyncio.timeout(patience):
            out, told = await process.communicate(data)
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return process.returncode or 0, out, told
