"""The product, every write and every sync of whose SQLite files goes into a log as well: what a power loss is made from.

A VFS shim on the very SQLite library that Python's `sqlite3` uses, put under it by ctypes before the server opens anything: same
process, same writer, same pragmas. `TENFOUR_TEST_RECORD` names the log. One record: operation, file, offset, size, then the bytes.
"""

import _sqlite3
import ctypes
import os
import struct
import sys
import threading
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from typing import Any

HEAD = struct.Struct("<cBqI")  # operation, file, offset or size, length of what follows
OPEN, WRITE, TRUNCATE, SYNC, DELETE = b"O", b"W", b"T", b"S", b"D"
_X_CLOSE, _X_WRITE, _X_TRUNCATE, _X_SYNC = 0, 2, 3, 4
_KEPT = 0x00000100 | 0x00080000 | 0x00000800  # main database, write-ahead log, rollback journal


class _Methods(Structure):
    _fields_ = [("version", c_int), ("methods", c_void_p * 18)]


class _File(Structure):
    _fields_ = [("methods", POINTER(_Methods))]


class _Vfs(Structure):
    _fields_ = [
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
        ("others", c_void_p * 14),
    ]


_OPEN_TYPE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE_TYPE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_CLOSE_TYPE = CFUNCTYPE(c_int, c_void_p)
_WRITE_TYPE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE_TYPE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC_TYPE = CFUNCTYPE(c_int, c_void_p, c_int)


class Recorder:
    """Puts itself under every SQLite file of this process that is opened from now on."""

    def __init__(self, log: str) -> None:
        self.log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        self.ids: dict[str, int] = {}
        self.opened: dict[int, int] = {}
        self.tables: dict[int, tuple[_Methods, list[Any]]] = {}
        self.lock = threading.Lock()
        library = ctypes.CDLL(_sqlite3.__file__)  # its symbols and those of the SQLite it is linked with
        find, register = library.sqlite3_vfs_find, library.sqlite3_vfs_register
        find.restype, find.argtypes = POINTER(_Vfs), [c_char_p]
        register.argtypes = [POINTER(_Vfs), c_int]
        self.below = find(None)
        self.own = _Vfs.from_buffer_copy(self.below.contents)
        self.own.name, self.own.next = b"recorded", None
        self._open, self._delete = _OPEN_TYPE(self.on_open), _DELETE_TYPE(self.on_delete)
        self._really_open = _OPEN_TYPE(self.own.open)
        self._really_delete = _DELETE_TYPE(self.own.delete)
        self.own.open = ctypes.cast(self._open, c_void_p)
        self.own.delete = ctypes.cast(self._delete, c_void_p)
        assert register(ctypes.byref(self.own), 1) == 0

    def note(self, operation: bytes, file: int, at: int = 0, data: bytes = b"") -> None:
        os.write(self.log, HEAD.pack(operation, file, at, len(data)) + data)

    def id_of(self, path: str) -> int:
        with self.lock:
            if path not in self.ids:
                self.ids[path] = len(self.ids)
                self.note(OPEN, self.ids[path], data=path.encode())
            return self.ids[path]

    def on_open(self, _: int, name: int | None, file: int, flags: int, out: int) -> int:
        below = ctypes.cast(self.below, c_void_p)
        status: int = self._really_open(below, name, file, flags, out)
        if status == 0 and name and flags & _KEPT:
            self.opened[file] = self.id_of(ctypes.string_at(name).decode())
            opened = ctypes.cast(file, POINTER(_File)).contents
            opened.methods = ctypes.pointer(self.patched(opened.methods))
        return status

    def on_delete(self, _: int, name: bytes, sync: int) -> int:
        path = name.decode()
        if path in self.ids:
            self.note(DELETE, self.ids[path], sync)
        status: int = self._really_delete(ctypes.cast(self.below, c_void_p), name, sync)
        return status

    def patched(self, methods: Any) -> _Methods:
        """A table of methods like this one, with ours in four places."""
        address = ctypes.addressof(methods.contents)
        if address not in self.tables:
            table = _Methods.from_buffer_copy(methods.contents)
            close = _CLOSE_TYPE(table.methods[_X_CLOSE])
            write = _WRITE_TYPE(table.methods[_X_WRITE])
            truncate = _TRUNCATE_TYPE(table.methods[_X_TRUNCATE])
            sync = _SYNC_TYPE(table.methods[_X_SYNC])

            def on_close(file: int) -> int:
                self.opened.pop(file, None)
                status: int = close(file)
                return status

            def on_write(file: int, data: int, size: int, at: int) -> int:
                self.note(WRITE, self.opened[file], at, ctypes.string_at(data, size))
                status: int = write(file, data, size, at)
                return status

            def on_truncate(file: int, size: int) -> int:
                self.note(TRUNCATE, self.opened[file], size)
                status: int = truncate(file, size)
                return status

            def on_sync(file: int, flags: int) -> int:
                status: int = sync(file, flags)
                if status == 0:  # only now does it count
                    self.note(SYNC, self.opened[file])
                return status

            kept: list[Any] = [close, write, truncate, sync]
            for place, ours in (
                (_X_CLOSE, _CLOSE_TYPE(on_close)),
                (_X_WRITE, _WRITE_TYPE(on_write)),
                (_X_TRUNCATE, _TRUNCATE_TYPE(on_truncate)),
                (_X_SYNC, _SYNC_TYPE(on_sync)),
            ):
                table.methods[place] = ctypes.cast(ours, c_void_p).value
                kept.append(ours)
            self.tables[address] = (table, kept)
        return self.tables[address][0]


RECORDER = Recorder(os.environ["TENFOUR_TEST_RECORD"]) if "TENFOUR_TEST_RECORD" in os.environ else None


if __name__ == "__main__":
    from server.__main__ import main

    sys.exit(main())
