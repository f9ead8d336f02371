"""A directory of companies as a CSV file: UTF-8 or GB18030, heads in Chinese or English, read line by line."""

import csv
import io
import re
from collections.abc import Iterator
from typing import IO

from crm_objects.registry.provider import PostalAddress, Registration

HEADS = {
    "name": ("企业名称", "公司名称", "名称", "单位名称", "name", "company", "company name"),
    "credit_code": (
        "统一社会信用代码",
        "信用代码",
        "社会信用代码",
        "credit code",
        "credit_code",
        "register number",
    ),
    "phone": ("电话", "联系电话", "企业电话", "phone", "telephone"),
    "email": ("邮箱", "电子邮箱", "企业邮箱", "e-mail", "email", "mail"),
    "website": ("网址", "网站", "官网", "website", "url"),
    "address": ("地址", "企业地址", "注册地址", "通信地址", "address"),
    "legal_representative": (
        "法定代表人",
        "法人",
        "法人代表",
        "legal representative",
        "legal_representative",
    ),
    "capital": ("注册资本", "capital", "registered capital", "registered_capital"),
    "status": ("状态", "经营状态", "登记状态", "status"),
    "legal_form": ("企业类型", "公司类型", "legal form", "legal_form"),
    "founded": ("成立日期", "成立时间", "founded"),
    "former_names": ("曾用名", "former names", "former_names"),
}
_BY_HEAD = {head: field for field, heads in HEADS.items() for head in heads}
_LONGEST = {
    "name": 200,
    "credit_code": 40,
    "phone": 40,
    "email": 254,
    "founded": 20,
    "status": 40,
    "capital": 60,
}
_MOST = 300
_REGIONS = re.compile(
    r"^(?P<province>北京市|上海市|天津市|重庆市|[^市区县]{2,8}?(?:省|自治区))?"
    r"(?P<city>[^省区县]{2,8}?(?:市|自治州|地区|盟))?(?P<district>[^省市]{1,8}?(?:区|县|旗))?(?P<street>.*)$"
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


class FileRefused(Exception):
    """`code`: encoding, no_name_column, empty."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def lines(file: IO[bytes]) -> Iterator[Registration | None]:
    """Each line as a registration, None for one without a name. Raises `FileRefused`."""
    encoding = _encoding(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, newline="")
    try:
        yield from _read(text)
    except (csv.Error, UnicodeDecodeError) as error:
        raise FileRefused("encoding") from error
    finally:
        text.detach()


def _encoding(file: IO[bytes]) -> str:
    """UTF-8 where the whole file is, else GB18030."""
    file.seek(0)
    probe = io.TextIOWrapper(file, "utf-8-sig", newline="")
    try:
        while probe.read(1 << 20):
            pass
        return "utf-8-sig"
    except UnicodeDecodeError:
        return "gb18030"
    finally:
        probe.detach()


def _read(text: io.TextIOWrapper) -> Iterator[Registration | None]:
    first = text.readline(10_000)
    if not first.strip():
        raise FileRefused("empty")
    delimiter = max(",\t;", key=first.count)
    heads = next(csv.reader([first], delimiter=delimiter))
    places: dict[str, int] = {}
    for at, head in enumerate(heads):
        field = _BY_HEAD.get(" ".join(head.split()).casefold())
        if field is not None:
            places.setdefault(field, at)
    if "name" not in places:
        raise FileRefused("no_name_column")
    for at, row in enumerate(csv.reader(text, delimiter=delimiter)):
        if row:
            yield _registration(row, places, at)


def _registration(row: list[str], places: dict[str, int], at: int) -> Registration | None:
    said = {
        field: " ".join(_CONTROLS.sub(" ", row[place]).split())[: _LONGEST.get(field, _MOST)]
        for field, place in places.items()
        if place < len(row)
    }
    if not said.get("name"):
        return None
    address = said.pop("address", "")
    said["credit_code"] = said.get("credit_code", "").upper()
    return Registration(ref="", address=address_of(address) if address else None, **said)


def address_of(text: str) -> PostalAddress:
    """`广东省深圳市南山区科技路 1 号` in its parts; what is no Chinese address stands in `street`."""
    found = _REGIONS.match(text)
    assert found is not None  # every part may be missing
    parts = {
        name: (value or "")[:60] if name != "street" else value for name, value in found.groupdict().items()
    }
    if not parts["province"] and parts["city"] == "":
        return PostalAddress(street=text[:_MOST])
    if parts["province"] and parts["province"].endswith("市") and not parts["city"]:
        parts["city"] = parts["province"]
    if not parts["street"]:
        return PostalAddress(**{**parts, "street": ""})
    return PostalAddress(**{**parts, "street": parts["street"].strip()[:_MOST]})
