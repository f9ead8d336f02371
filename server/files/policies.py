"""Who may upload and who may download."""

from server.permissions.rules import Rule

MAY_UPLOAD = Rule("file.upload", "Uploading files of one's own; only their owner attaches them.")
MAY_READ_FILE = Rule(
    "file.read", "Who may read what the file hangs on, now; one's own also before it hangs anywhere."
)
