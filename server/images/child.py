"""The process that decodes a foreign picture: started for one picture, limited in memory and CPU, without anything of ours in reach.

`python -I child.py PIXELS SIZE[,SIZE …]` reads the picture from stdin and writes, per size, four bytes of length and a square WebP. It
ends with 0, or with 3 and a code on stderr. Run by `server/images/workshop.py`, never imported by the server's own process.
"""

import resource
import struct
import sys

MEMORY = 1 << 30
CPU_SECONDS = 6
REFUSED = 3
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
QUALITY = 82


def limit_myself() -> None:
    """No core file, no file written, few opened, bounded memory and CPU time."""
    for what, much in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(what, (much, much))


def renditions(data: bytes, pixels: int, sizes: list[int]) -> list[bytes]:
    """Upright squares around the middle, without any metadata. Raises whatever the decoder raises."""
    import io

    from PIL import Image, ImageOps

    if data[4:8] == b"ftyp":
        import pillow_heif

        pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # the size is looked at below, before anything is decoded
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if image.width * image.height > pixels or min(image.size) < 1:
            refuse("too_many_pixels")
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


def refuse(code: str) -> None:
    sys.stderr.write(code)
    sys.stderr.flush()
    sys.exit(REFUSED)


def main() -> None:
    limit_myself()
    try:
        made = renditions(
            sys.stdin.buffer.read(), int(sys.argv[1]), [int(one) for one in sys.argv[2].split(",")]
        )
    except MemoryError:
        refuse("too_many_pixels")
    except Exception:  # a decoder meets foreign bytes: whatever it raises, the picture is at fault
        refuse("damaged")
    else:
        for one in made:
            sys.stdout.buffer.write(struct.pack(">I", len(one)) + one)


if __name__ == "__main__":
    main()
