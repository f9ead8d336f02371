"""What each setting means: for `tenfour check` and for the table in docs/operations.md, which a test holds equal to this one."""

from server.config.settings import Settings

# Field of `Settings` → its meaning in one line. A new field needs a line here, and in the docs (`tenfour check --table`).
EXPLAINED: dict[str, str] = {
    "data": "data folder: the embedded database, keys, the admin socket",
    "host": "address to listen on; 0.0.0.0 for all, best behind a proxy that does TLS",
    "port": "port to listen on",
    "database_url": "a PostgreSQL address (postgresql://user:password@host/name) instead of the embedded SQLite",
    "redis_url": "Redis or Valkey, 6.2 or newer, by which several processes wake each other (redis://host:6379/0)",
    "base_url": "where people open Tenfour: links, cookies and origin checks follow it; needed for everything but localhost",
    "allowed_origins": "further origins whose pages may write and open sockets, by comma",
    "jobs": "here: web processes work off jobs too; worker: they leave jobs and reactions to `tenfour worker`",
    "test_clock": "1 lets any signed-in person move the product's clock; only for tests",
    "sends_per_second": "messages one person may send a second, in the long run",
    "sends_burst": "messages one person may send at once",
    "sockets_per_person": "open connections of one person",
    "session_days": "days without use after which a phone must sign in again",
    "desk_session_hours": "hours without use after which a desk computer must sign in again",
    "log_level": "debug, info, warning or error; messages and tokens are never logged",
    "log_kept_days": "days of the event log: who was away longer takes the whole state again",
    "file_bytes": "bytes: the longest file that may be attached",
    "person_file_bytes": "bytes that one person's files may take together",
    "company_file_bytes": "bytes that all files of the company may take together",
    "metrics_token": "a token with which /metrics may be read from other machines; without one only on this machine",
    "s3_bucket": "a bucket that keeps the files of posts and messages instead of DATA/files; see «Files in a bucket»",
    "s3_endpoint": "where the bucket's S3 server answers (https://s3.example.com); none for Amazon's own",
    "s3_region": "the bucket's region; most servers that are not Amazon's take any",
    "s3_access_key": "the access key that may read, write and delete in the bucket",
    "s3_secret_key": "its secret",
    "s3_path_style": "1: the bucket stands in the path (most servers); 0: in front of the host's name (Amazon, Aliyun)",
    "secret_key": "keys of what is stored sealed, base64 of 32 bytes each, newest first, by comma; else DATA/secret.key",
    "smtp_url": "a mail server: smtp://user:password@host:587 (STARTTLS; ?starttls=always or never) or smtps://…; else no mail is sent",
    "oidc_issuer": "the issuer address of an OpenID provider (https://accounts.example.com), through which people may sign in",
    "oidc_client_id": "what the provider calls Tenfour; its return address there: BASE_URL/api/session/openid/callback",
    "oidc_client_secret": "the secret that the provider gave with it; none for a public client",
    "oidc_name": "what the button on the sign-in page calls the provider",
    "allowed_private_hosts": "hosts (name or name:port) of the own network that may be asked, by comma; all others must be public",
    "duplicate_checks_a_day": "how often one person may ask a day whether a record exists already, and how often be told so when saving",
    "reveals_a_day": "masked values of records that one person may have shown in clear a day, each with a reason",
    "gleif_url": "where the public register of legal entities is asked, once an administrator chose it; a mirror or a proxy of it",
    "mail_from": "the sender of mail: Tenfour <tenfour@example.com>; needed with a mail server",
}


def variable(name: str) -> str:
    """The environment's name of a setting; with `_FILE` after it, the file that holds the value."""
    return f"TENFOUR_{name.upper()}"


def is_secret(name: str) -> bool:
    """Whether its value must not be shown."""
    return not Settings.__dataclass_fields__[name].repr


def table() -> str:
    """The docs' table of all settings, in the order of `Settings`."""
    defaults = Settings()
    lines = ["| setting | default | meaning |", "| --- | --- | --- |"]
    for name, says in EXPLAINED.items():
        value = getattr(defaults, name)
        shown = (
            ",".join(value)
            if isinstance(value, tuple)
            else str(int(value) if value in (True, False) else value)
        )
        lines.append(f"| `{variable(name)}` | {f'`{shown}`' if shown else '–'} | {says} |")
    return "\n".join(lines)
