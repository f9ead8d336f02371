"""Where mail is handed over, read from one address: `smtp://user:password@host:587` or `smtps://user:password@host`."""

from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

Tls = Literal["implicit", "required", "if_offered", "never"]
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class SmtpServer:
    """`sender` is the From of every mail, `Name <address>` or the bare address."""

    host: str
    port: int
    tls: Tls
    sender: str
    username: str = ""
    password: str = field(default="", repr=False)


def read_smtp(url: str, sender: str) -> SmtpServer:
    """Raises `ValueError` with a sentence that names the setting and never its value (it holds a password).

    `smtps://` begins with TLS (port 465). `smtp://` asks for STARTTLS (port 587 with a user, else 25): always where a password would
    travel, otherwise where the server offers it; `?starttls=always|never` decides by hand.
    """
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
        wishes = parse_qs(parts.query, strict_parsing=bool(parts.query))
    except ValueError:
        raise ValueError("TENFOUR_SMTP_URL cannot be read") from None
    if parts.scheme not in ("smtp", "smtps") or not host or parts.path not in ("", "/"):
        raise ValueError("TENFOUR_SMTP_URL must look like smtp://user:password@host:587 or smtps://…")
    starttls = wishes.pop("starttls", ["auto"])[-1]
    if wishes or starttls not in ("auto", "always", "never") or (parts.scheme == "smtps" and parts.query):
        raise ValueError("TENFOUR_SMTP_URL knows only ?starttls=always or never, with smtp://")
    address = parseaddr(sender)[1]
    if "@" not in address or any(ord(char) < 32 for char in sender):
        raise ValueError("TENFOUR_MAIL_FROM must be an e-mail address, or Name <address>")
    username = unquote(parts.username or "")
    tls: Tls = "implicit"
    usual = 465
    if parts.scheme == "smtp":
        usual = 587 if username else 25
        needs = starttls == "always" or (starttls == "auto" and username and host not in _LOOPBACK)
        tls = "required" if needs else "never" if starttls == "never" else "if_offered"
    return SmtpServer(host, port or usual, tls, sender, username, unquote(parts.password or ""))
