"""The process that decodes a foreign picture: started for one picture, limited in memory and CPU, without anything of ours in reach.

`python -I child.py PIXELS SIZE[,SIZE …]` reads the picture from stdin and writes, per size, four bytes of length and a square WebP.
`python -I child.py PIXELS SIZE:FD[,SIZE:FD …] SOURCE FULL` reads it from the open file SOURCE, writes the whole picture encoded anew into
FULL, a WebP that fits into each size into its file, and «width height format» to stdout. It ends with 0, or with 3 and a code on stderr.
Run by `server/images/workshop.py`, never imported by the server's own process.
"""

import io
import os
import resource
import struct
import sys
from typing import Any

MEMORY = 1 << 30
CPU_SECONDS = 6
LONGEST_FILE = 256 << 20
REFUSED = 3
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 82
FULL_QUALITY = 90
# Frames times pixels of an animation; of a longer one the first frame is kept.
LONGEST_FILM = 8_000_000
MOST_FRAMES = 500
KEPT_AS = {"JPEG": "JPEG", "MPO": "JPEG", "HEIF": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "GIF": "GIF"}


def limit_myself(longest_file: int) -> None:
    """No core file, no long file written (or none), few opened, bounded memory and CPU time."""
    for what, much in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS if not longest_file else 2 * CPU_SECONDS),
        (resource.RLIMIT_FSIZE, longest_file),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(what, (much, much))


def opened(source: Any, pixels: int, formats: tuple[str, ...]) -> Any:
    """The picture, looked at and not yet decoded."""
    from PIL import Image

    beginning = source.read(12)
    source.seek(0)
    if beginning[4:8] == b"ftyp":
        import pillow_heif

        pillow_heif.register_heif_opener()
        formats = ("HEIF",)
    Image.MAX_IMAGE_PIXELS = None  # the size is looked at here, before anything is decoded
    image = Image.open(source, formats=formats)
    if image.width * image.height > pixels or min(image.size) < 1:
        refuse("too_many_pixels")
    return image


def squares(data: bytes, pixels: int, sizes: list[int]) -> list[bytes]:
    """Upright squares around the middle, without any metadata. Raises whatever the decoder raises."""
    from PIL import Image, ImageOps

    with opened(io.BytesIO(data), pixels, FORMATS) as image:
        image.draft("RGB", (2 * max(sizes), 2 * max(sizes)))  # JPEG decodes at a fraction of its size
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((8 * max(sizes), 8 * max(sizes)))
        plain = Image.new("RGB", upright.size, "white")
        shown = upright.convert("RGBA")
        plain.paste(shown, mask=shown.getchannel("A"))
    made = []
    for size in sizes:
        out = io.BytesIO()
        square = ImageOps.fit(plain, (size, size), Image.Resampling.LANCZOS, centering=(0.5, 0.4))
        square.save(out, "WEBP", quality=QUALITY, method=4)
        made.append(out.getvalue())
    return made


def scaled(source: Any, pixels: int, full: Any, into: dict[int, Any]) -> str:
    """The whole picture and the smaller ones, written; answers width, height and format."""
    from PIL import ImageOps

    with opened(source, pixels, (*FORMATS, "GIF")) as image:
        kind = KEPT_AS[image.format]
        film = frames_of(image) if kind == "GIF" else []
        image.seek(0)
        plain = bare(ImageOps.exif_transpose(image))
    if len(film) > 1:
        frames, times = [frame for frame, _ in film], [time for _, time in film]
        frames[0].save(full, "GIF", save_all=True, append_images=frames[1:], duration=times, loop=0)
    elif kind == "JPEG":
        plain.convert("RGB").save(full, "JPEG", quality=FULL_QUALITY)
    else:
        plain.save(full, kind, **({"quality": FULL_QUALITY} if kind == "WEBP" else {}))
    size = plain.size
    for edge, out in sorted(into.items(), reverse=True):
        plain.thumbnail((edge, edge))
        plain.save(out, "WEBP", quality=QUALITY, method=3)
    return f"{size[0]} {size[1]} {kind.lower()}"


def bare(image: Any) -> Any:
    """Its colours as every screen shows them, and nothing beside the pixels."""
    from PIL import ImageCms

    clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except ImageCms.PyCMSError:
            pass  # a broken profile is no profile
    plain = image.convert("RGBA" if clear else "RGB")
    plain.info = {}
    return plain


def frames_of(image: Any) -> list[tuple[Any, int]]:
    """The frames of a bounded animation with their milliseconds; of a longer one nothing."""
    count = 0
    try:
        for count in range(1, MOST_FRAMES + 2):
            if count * image.width * image.height > LONGEST_FILM or count > MOST_FRAMES:
                return []
            image.seek(count)
    except EOFError:
        pass
    film = []
    for at in range(count):
        image.seek(at)
        film.append((bare(image), max(20, int(image.info.get("duration", 100)))))
    return film


def refuse(code: str) -> None:
    sys.stderr.write(code)
    sys.stderr.flush()
    sys.exit(REFUSED)


def main() -> None:
    pixels, sizes, files = int(sys.argv[1]), sys.argv[2].split(","), [int(one) for one in sys.argv[3:]]
    limit_myself(LONGEST_FILE if files else 0)
    try:
        if files:
            into = {
                int(size): os.fdopen(int(fd), "wb") for size, _, fd in (one.partition(":") for one in sizes)
            }
            with os.fdopen(files[0], "rb") as source, os.fdopen(files[1], "wb") as full:
                told = scaled(source, pixels, full, into)
            for out in into.values():
                out.close()
            sys.stdout.write(told)
        else:
            made = squares(sys.stdin.buffer.read(), pixels, [int(one) for one in sizes])
            for one in made:
                sys.stdout.buffer.write(struct.pack(">I", len(one)) + one)
    except MemoryError:
        refuse("too_many_pixels")
    except Exception:  # a decoder meets foreign bytes: whatever it raises, the picture is at fault
        refuse("damaged")


if __name__ == "__main__":
    main()
