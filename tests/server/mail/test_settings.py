"""Where mail goes is one address, read once, refused in words that do not quote the password."""

import pytest

from server.auth import letters as auth_letters
from server.config.settings import SettingRefused, read_settings
from server.config.smtp import read_smtp
from server.joining import letters as joining_letters
from server.mail.letters import Letter
from server.people import letters as people_letters

FROM = "Tenfour <tenfour@example.com>"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://localhost", ("localhost", 25, "if_offered", "", "")),
        ("smtp://localhost:2525?starttls=never", ("localhost", 2525, "never", "", "")),
        ("smtp://a:b@localhost", ("localhost", 587, "if_offered", "a", "b")),
        ("smtp://me%40x.cn:p%2Fq@mail.x.cn", ("mail.x.cn", 587, "required", "me@x.cn", "p/q")),
        ("smtp://mail.x.cn?starttls=always", ("mail.x.cn", 25, "required", "", "")),
        ("smtps://a:b@mail.x.cn", ("mail.x.cn", 465, "implicit", "a", "b")),
    ],
)
def test_an_address_says_host_port_tls_and_who(url: str, expected: tuple[object, ...]) -> None:
    server = read_smtp(url, FROM)
    assert (server.host, server.port, server.tls, server.username, server.password) == expected
    assert "p/q" not in repr(server)


@pytest.mark.parametrize(
    "url",
    ["mail.example.com", "http://mail", "smtp://", "smtp://h:x", "smtps://h?starttls=never", "smtp://h?a=b", "smtp://u:hidden@"],
)  # fmt: skip
def test_an_address_that_cannot_be_used_stops_the_start_in_words(url: str) -> None:
    with pytest.raises(SettingRefused, match="TENFOUR_SMTP_URL") as refused:
        read_settings({"TENFOUR_SMTP_URL": url, "TENFOUR_MAIL_FROM": FROM})
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize("sender", ["", "Tenfour", "a@b\nBcc: c@d"])
def test_a_sender_is_needed_with_it(sender: str) -> None:
    with pytest.raises(SettingRefused, match="TENFOUR_MAIL_FROM"):
        read_settings({"TENFOUR_SMTP_URL": "smtp://localhost", "TENFOUR_MAIL_FROM": sender})


def test_every_letter_says_the_same_in_both_languages() -> None:
    found = [
        letter
        for module in (auth_letters, joining_letters, people_letters)
        for letter in vars(module).values()
        if isinstance(letter, Letter)
    ]
    assert len(found) >= 4
    values = {name: f"<{name}>" for name in ("company", "name", "link", "login", "until", "reason")}
    for letter in found:
        chinese, english = letter.filled("zh-Hans", values), letter.filled("en", values)
        said = [{name for name in values if f"<{name}>" in words.text} for words in (chinese, english)]
        assert said[0] == said[1], letter.kind
        assert not any("\u4e00" <= char <= "\u9fff" for char in english.text + english.subject)
