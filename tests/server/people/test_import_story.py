"""A company's own staff list becomes people who sign in: the import as the administrator sees it."""

from tests.house import House
from tests.server.people.files import HEADINGS, STAFF, Cell, csv, handmade, sheet_xml, xlsx
from tests.server.people.imports import (
    ADMINISTRATOR,
    ended,
    imported,
    person,
    rows_of,
    staff_list,
    sums,
    told,
    upload,
)


async def test_a_staff_list_becomes_people_who_set_a_password_and_sign_in(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    dry = await imported(admin, staff_list(STAFF), dry_run=True)
    assert (dry["state"], dry["total"], sums(dry)) == ("done", 5, (5, 0, 0, 0))
    assert [row["person_id"] for row in await rows_of(admin, dry["id"])] == [None] * 5
    assert (await admin.get("/api/people", q="欧阳修远"))["items"] == []

    done = await imported(admin, staff_list(STAFF))
    assert (done["state"], done["done"], sums(done)) == ("done", 5, (5, 0, 0, 0))
    assert (done["file_name"], done["dry_run"], done["links_shown"]) == ("花名册.csv", False, False)
    rows = await rows_of(admin, done["id"])
    assert [(row["row"], row["outcome"], row["name"]) for row in rows] == [
        (line, "created", name) for line, (name, *_) in enumerate(STAFF, start=2)
    ]
    assert rows[1]["changed"] == [
        "name",
        "staff_number",
        "phone",
        "email",
        "department",
        "title",
        "manager",
    ]

    links = await admin.post(f"/api/people/imports/{done['id']}/links", {"replace": False})
    assert [link["person_id"] for link in links["items"]] == [row["person_id"] for row in rows]
    token = links["items"][1]["link"].removeprefix(f"{house.settings.public_url}/join/")
    newcomer = house.anonymous()
    invitation = await newcomer.get(f"/api/invitations/{token}")
    assert (invitation["name"], invitation["login"]) == ("李娜", "13900139001")
    newcomer.me = await newcomer.post(f"/api/invitations/{token}", {"password": "海上生明月-2026"})
    assert newcomer.me["person"]["name"] == "李娜"

    me = await admin.get(f"/api/people/{newcomer.id}")
    for login in ("0002", "139 0013 9001", "Lina@Tenfour.cn"):
        assert (await house.sign_in(login, "海上生明月-2026")).me["person"] == me
    boss = await person(admin, "0001")
    assert me["manager_id"] == boss["id"]
    paths = {one["id"]: one["path"] for one in (await admin.get("/api/departments"))["items"]}
    assert [paths[one] for one in me["department_ids"]] == ["华东"]
    assert [paths[one] for one in (await person(admin, "0013"))["department_ids"]] == ["华东/销售二部"]
    assert (await person(admin, "ouyang@tenfour.cn"))["manager_id"] == (await person(admin, "0012"))["id"]


async def test_importing_a_list_again_changes_nothing(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    await imported(admin, staff_list(STAFF))
    before = await admin.bootstrap()
    people = (await admin.get("/api/people", limit=100))["items"]
    async with admin.live() as screen:
        again = await imported(admin, staff_list(STAFF))
        assert sums(again) == (0, 0, 5, 0)
        assert {row["outcome"] for row in await rows_of(admin, again["id"])} == {"unchanged"}
        await screen.quiet()
        assert screen.events == []
    assert (await admin.get("/api/people", limit=100))["items"] == people
    assert (await admin.bootstrap())["seq"] == before["seq"]
    links = await admin.post(f"/api/people/imports/{again['id']}/links")
    assert links["items"] == []


async def test_every_way_to_save_a_list_gives_the_same_people(house: House) -> None:
    table: list[list[str]] = [HEADINGS, *STAFF]
    cells: list[list[Cell]] = [[*row] for row in table]
    admin = await house.sign_in(ADMINISTRATOR)
    assert sums(await imported(admin, csv(table, "gb18030"), name="staff")) == (5, 0, 0, 0)
    assert sums(await imported(admin, csv(table, "utf-8-sig"), name="staff.txt")) == (0, 0, 5, 0)
    assert sums(await imported(admin, xlsx(cells), name="员工.xlsx")) == (0, 0, 5, 0)


async def test_every_refused_row_says_why_and_the_others_come_in(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    view = await imported(
        admin,
        staff_list(
            [
                ["甲", "", "", "A1", "", "", "A2"],
                ["乙", "", "", "A2", "", "", "A3"],
                ["丙", "", "", "A3", "", "", "A1"],
                ["", "13500000001", "", "", "", "", ""],
                ["丁", "", "", "", "", "", ""],
                ["戊", "", "", "A3", "", "", ""],
                ["己", "13800010004", "", "A6", "", "", ""],
                ["庚", "", "", "A7", "", "", "张伟"],
                ["辛", "", "", "A8", "", "", "查无此人"],
                ["壬", "123", "not an address", "A9", "", "", ""],
                ["癸", "", "", "A10", "华东/销售一部", "", "1003"],
            ]
        ),
    )
    assert sums(view) == (1, 0, 0, 10)
    refused = await rows_of(admin, view["id"], outcome="refused")
    assert [told(row) for row in refused] == [
        [("manager", "manager_cycle")],
        [("manager", "manager_cycle")],
        [("manager", "manager_cycle")],
        [("name", "name_missing")],
        [("staff_number", "identifier_missing")],
        [("staff_number", "duplicate_in_file")],
        [("phone", "belongs_to_another")],
        [("manager", "manager_ambiguous")],
        [("manager", "manager_unknown")],
        [("phone", "phone_invalid"), ("email", "email_invalid")],
    ]
    assert refused[0]["errors"][0]["params"] == {"chain": "甲 → 乙 → 丙 → 甲"}
    assert all(error["detail"] for row in refused for error in row["errors"])
    assert [row["name"] for row in await rows_of(admin, view["id"], outcome="created")] == ["癸"]
    assert (await admin.get("/api/people", q="A9"))["items"] == []


HALF_A_CHARACTER = "_xD800_"
NO_LISTS: list[tuple[str, bytes]] = [
    ("empty_file", b""),
    ("wrong_kind", b"%PDF-1.7"),
    ("damaged_workbook", b"PK\x03\x04 and then nothing"),
    ("unknown_encoding", bytes(range(256)) * 40),
    ("no_identifier_column", "姓名,部门\n李娜,华东\n".encode()),
    ("no_rows", "姓名,工号\n".encode()),
    ("no_name_column", xlsx([[HALF_A_CHARACTER, "工号"], ["甲", "1"]])),
    ("suspicious_compression", handmade(sheet_xml(f"<row><c><v>{'1' * 2_000_000}</v></c></row>"))),
]


async def test_a_file_that_is_no_list_is_refused_in_words(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    for code, data in NO_LISTS:
        view = await imported(admin, data)
        assert (view["state"], view["problem"]["code"], view["total"]) == ("failed", code, 0)
        assert view["problem"]["detail"].endswith(".")
        assert await rows_of(admin, view["id"]) == []
        assert (await admin.post(f"/api/people/imports/{view['id']}/links"))["items"] == []


async def test_cells_that_nobody_could_type_refuse_only_their_row(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    odd = [HALF_A_CHARACTER, "_x0000_", "\u202e", "=1+1", "#REF!", "x" * 5000]
    rows = [[*(text if column == at else "甲" for column in range(7))] for text in odd for at in range(7)]
    view = await imported(admin, xlsx([HEADINGS, *rows, ["好", "", "", "G1", "", "", ""]]))
    assert view["state"] == "done"
    assert [row["name"] for row in await rows_of(admin, view["id"], outcome="created")][-1] == "好"
    assert all(row["errors"] for row in await rows_of(admin, view["id"], outcome="refused"))


async def test_links_are_shown_once_and_new_ones_make_the_old_useless(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    dry = await imported(admin, staff_list(STAFF), dry_run=True)
    refused = await admin.try_post(f"/api/people/imports/{dry['id']}/links")
    assert (refused.status_code, refused.json()["next_step"]) == (409, "import")

    import_id = (await imported(admin, staff_list(STAFF)))["id"]
    address = f"/api/people/imports/{import_id}/links"
    first = (await admin.post(address))["items"]
    assert (await admin.get(f"/api/people/imports/{import_id}"))["links_shown"] is True
    again = await admin.try_post(address)
    assert (again.status_code, again.json()["code"], again.json()["next_step"]) == (
        409,
        "wrong_state",
        "replace",
    )
    newcomer = house.anonymous()
    await newcomer.post(
        f"/api/invitations/{first[0]['link'].rpartition('/')[2]}", {"password": "看山不是山-77"}
    )

    fresh = (await admin.post(address, {"replace": True}))["items"]
    assert [link["name"] for link in fresh] == [
        row[0] for row in STAFF[1:]
    ]  # the first has a password by now
    old = await newcomer.http.get(f"/api/invitations/{first[1]['link'].rpartition('/')[2]}")
    assert old.status_code == 404
    assert (await newcomer.get(f"/api/invitations/{fresh[0]['link'].rpartition('/')[2]}"))["name"] == "李娜"


async def test_the_links_of_an_import_are_for_the_people_it_made(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    await imported(admin, staff_list(STAFF[:2]))
    view = await imported(admin, staff_list(STAFF))
    assert sums(view) == (3, 0, 2, 0)
    links = (await admin.post(f"/api/people/imports/{view['id']}/links"))["items"]
    assert [link["staff_number"] for link in links] == ["0012", "0013", ""]


async def test_imports_are_listed_newest_first(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    ids = [await upload(admin, staff_list([row]), dry_run=True) for row in STAFF]
    for import_id in ids:
        await ended(admin, import_id)
    page = await admin.get("/api/people/imports", limit=3)
    rest = await admin.get("/api/people/imports", limit=3, cursor=page["next"])
    assert [one["id"] for one in page["items"] + rest["items"]] == list(reversed(ids))
    assert rest["next"] is None
    assert {one["created_by"] for one in page["items"]} == {admin.id}


async def test_whoever_may_not_import_sees_nothing_of_imports(house: House) -> None:
    admin, member = await house.sign_in(ADMINISTRATOR), await house.sign_in("1005")
    import_id = (await imported(admin, staff_list(STAFF)))["id"]
    for visitor, status in ((member, 403), (house.anonymous(), 401)):
        posted = await visitor.http.post(
            "/api/people/imports",
            files={"file": ("x.csv", staff_list(STAFF))},
            headers={"Idempotency-Key": "k"},
        )
        assert posted.status_code == status
        for path in ("", f"/{import_id}", f"/{import_id}/rows"):
            assert (await visitor.http.get(f"/api/people/imports{path}")).status_code == status
        assert (await visitor.try_post(f"/api/people/imports/{import_id}/links")).status_code == status
    assert (await admin.http.get("/api/people/imports/999")).status_code == 404
    assert (await admin.http.get("/api/people/imports/999/rows")).status_code == 404
    assert (await admin.try_post("/api/people/imports/999/links")).status_code == 404
