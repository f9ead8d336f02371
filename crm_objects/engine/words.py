"""Words for people stand in the declaration, in both languages at once, so that a kind is described in one place."""

Words = dict[str, str]


def words(zh: str, en: str) -> Words:
    """As on the wire: the language's tag → the words in it."""
    return {"zh-Hans": zh, "en": en}
