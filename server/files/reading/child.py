"""The process that reads a foreign document: started for one, limited in memory and CPU time, and unable to write a file.

`python -I child.py FORM ENDING FD` writes `{"blocks": […], "cut": …}` to stdout; `python -I child.py pdf PAGE FD` a WebP. It ends
with 0, or with 3 and a code on stderr: damaged, too_large, encrypted, no_page. Run by `server/files/previews.py`, never imported by
the server's process.
"""

import json
import os
import resource
import sys
from pathlib import Path

MEMORY = 1 << 30
CPU_SECONDS = 8
REFUSED = 3


def limit_myself() -> None:
    for what, much in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (much, much))


def read(form: str, ending: str, handle: int) -> bytes:
    from server.files.reading.blocks import Blocks, Enough

    blocks = Blocks()
    try:
        if form == "pdf":
            from server.files.reading import pages

            if ending.isdigit():
                return pages.picture(f"/dev/fd/{handle}", int(ending))
            pages.read(f"/dev/fd/{handle}", blocks)
        else:
            with os.fdopen(handle, "rb") as file:
                _read_words(form, ending, file, blocks)
    except Enough:
        pass
    return json.dumps({"blocks": blocks.list, "cut": blocks.cut}).encode()


def _read_words(form: str, ending: str, file, blocks) -> None:  # type: ignore[no-untyped-def]
    from server.files.reading import sheets, slides, texts, word
    from server.files.reading.parts import Parts

    if form == "text":
        texts.read(file, ending, blocks)
    else:
        {"docx": word, "xlsx": sheets, "pptx": slides}[form].read(Parts(file), blocks)


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    limit_myself()
    try:
        made = read(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    except MemoryError:
        refuse("too_large")
    except Exception as error:  # whatever a library makes of foreign bytes, the document is at fault
        names = {"TooLarge": "too_large", "Locked": "encrypted", "IndexError": "no_page"}
        code = getattr(error, "code", "")
        refuse("too_large" if code == "sheet_too_full" else names.get(type(error).__name__, "damaged"))
    else:
        sys.stdout.buffer.write(made)


def refuse(code: str) -> None:
    sys.stderr.write(code)
    sys.stderr.flush()
    sys.exit(REFUSED)


if __name__ == "__main__":
    main()
