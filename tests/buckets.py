"""A real server that speaks S3 (SeaweedFS, from its wheel), and a line to it that can be cut."""

import atexit
import contextlib
import json
import shutil
import socket
import subprocess
import sysconfig
import threading
import time
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from tests.servers import PATIENCE, free_port

ACCESS_KEY, SECRET_KEY, BUCKET = "tenfour-key", "tenfour-secret", "company"
_PARTS = ("master", "volume", "filer", "s3")


def settings_of(port: int) -> dict[str, Any]:
    """The settings with which a company keeps its files there."""
    return {
        "s3_bucket": BUCKET,
        "s3_endpoint": f"http://127.0.0.1:{port}",
        "s3_access_key": ACCESS_KEY,
        "s3_secret_key": SECRET_KEY,
    }


class BucketServer:
    """SeaweedFS with one bucket, stopped at the latest when Python ends."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        credentials = [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}]
        allowed = ["Admin", "Read", "Write", "List", "Tagging"]
        config = folder / "s3.json"
        config.write_text(
            json.dumps({"identities": [{"name": "tenfour", "credentials": credentials, "actions": allowed}]})
        )
        with (folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self._command(folder, config),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        atexit.register(self.stop)
        self._wait(folder)

    def _command(self, folder: Path, config: Path) -> list[str]:
        program = Path(sysconfig.get_path("scripts")) / "weed"
        words = [str(program), "-logtostderr=true", "server", f"-dir={folder}", "-filer", "-s3"]
        words += ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3.port.iceberg=0", f"-s3.config={config}"]
        words += ["-master.volumeSizeLimitMB=64", "-volume.max=0", "-master.telemetry=false"]
        for part in _PARTS:
            port = self.port if part == "s3" else free_port()
            words += [f"-{part}.port={port}", f"-{part}.port.grpc={free_port()}"]
        return words

    def _wait(self, folder: Path) -> None:
        store = S3Store(
            BUCKET,
            endpoint=f"http://127.0.0.1:{self.port}",
            region="us-east-1",
            access_key_id=ACCESS_KEY,
            secret_access_key=SECRET_KEY,
            client_options={"allow_http": True},
            retry_config={"max_retries": 0},
        )
        deadline = time.monotonic() + 2 * PATIENCE
        while True:
            try:
                obstore.put(store, "ready", b"x")
            except BaseError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    log = (folder / "server.log").read_text(errors="replace")
                    raise RuntimeError(f"SeaweedFS did not start:\n{log[-2000:]}") from None
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)
        atexit.unregister(self.stop)


class Line:
    """A port of its own that leads to another one until it is cut; `mend` joins it again."""

    def __init__(self, to: int) -> None:
        self.port = free_port()
        self._to = to
        self._ends: list[socket.socket] = []
        self.mend()

    def mend(self) -> None:
        self._door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._take, args=(self._door,), daemon=True).start()

    def cut(self) -> None:
        for end in (self._door, *self._ends):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()

    def _take(self, door: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = door.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._ends += [near, far]
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=_pump, args=(source, target), daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def has_seaweed() -> bool:
    return shutil.which("weed", path=sysconfig.get_path("scripts")) is not None
