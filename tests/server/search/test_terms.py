"""Words of Chinese and English text, and the line in which a hit is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.search.snippets import snippet
from server.search.terms import Sought, fold, sought, terms_of


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("客户成功 Alice", ["客户", "户成", "成功", "功", "alice"]),
        ("张伟", ["张伟", "伟"]),
        ("张", ["张"]),
        ("ＡＢＣ１２３", ["abc123"]),
        ("订单A12已付", ["订单", "单", "a12", "已付", "付"]),
        ("snake_case v2.0", ["snake", "case", "v2", "0"]),
        ("§c7 客·户", ["c7", "客", "户"]),
        ("", []),
    ],
)
def test_han_becomes_pairs_and_other_words_stay_whole(text: str, terms: list[str]) -> None:
    assert terms_of(text) == terms


def test_a_query_of_one_sign_is_the_beginning_of_a_pair() -> None:
    assert sought("客") == [Sought(("客",), True)]
    assert sought("客户成") == [Sought(("客户", "户成"), False)]
    assert sought("Ali 客户") == [Sought(("ali",), True), Sought(("客户",), False)]
    assert sought("§ ... !") == []


@given(st.text(alphabet="客户成功张伟abcAB12 ,。", min_size=1, max_size=40), st.data())
def test_every_part_of_a_chinese_run_is_sought_by_terms_that_the_run_has_in_that_order(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    terms = terms_of(text)
    for piece in sought(part):
        if piece.terms[0].isascii():
            continue  # a word is found by its beginning only
        count = len(piece.terms)
        assert any(
            tuple(terms[at : at + count]) == piece.terms
            or (piece.begins and terms[at].startswith(piece.terms[0]))
            for at in range(len(terms))
        ), (text, part)


@given(st.text(max_size=400), st.text(max_size=20))
def test_the_marks_of_a_snippet_lie_in_its_text_and_mark_what_was_sought(text: str, q: str) -> None:
    shown = snippet(text, q)
    words = {fold(one) for one in q.split()}
    for mark in shown.marks:
        assert 0 <= mark.start < mark.end <= len(shown.text)
        assert any(fold(shown.text[mark.start : mark.end]) in word or word in q.casefold() for word in words)


def test_a_snippet_shows_the_line_around_the_first_hit() -> None:
    text = "第一行\n" + "很长的开头。" * 20 + "这里说到客户成功的事" + "后面还有。" * 40
    shown = snippet(text, "客户")
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")
    assert [shown.text[one.start : one.end] for one in shown.marks] == ["客户"]
