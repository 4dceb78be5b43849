"""Whatever people read of matching exists in both languages."""

import ast
from pathlib import Path

from services.employment import texts
from services.employment.domain import matching, placing
from shared import khmer, reference
from shared.rejections import Conflict


def test_every_text_is_in_english_and_in_khmer() -> None:
    for of in ("filter", "part", "refusal"):
        for wording in texts.texts(of).values():
            assert wording.en.isascii()
            assert khmer.has_khmer(wording.km)


def test_every_filter_and_every_part_has_its_words() -> None:
    assert set(texts.texts("filter")) == set(matching.FILTERS)
    assert set(texts.texts("part")) == set(matching.MOST)


def test_every_wish_has_its_words() -> None:
    for code in matching.WISHES:
        assert khmer.has_khmer(texts.wish(code).km)


def raised_in(file: str | None) -> set[str]:
    assert file is not None
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(Path(file).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("Conflict", "Rejected")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_refusal_of_a_placement_has_its_words() -> None:
    reasons = raised_in(placing.__file__)
    assert len(reasons) >= 7
    assert reasons <= {*texts.texts("refusal"), *texts.texts("filter"), *reference.reasons()}
    assert set(texts.texts("refusal")) <= reasons


def test_a_refusal_is_told_with_its_own_words() -> None:
    told = texts.worded(Conflict("vacancy-full"))
    assert (told.en, told.km) == tuple(texts.texts("filter")["vacancy-full"])
    assert texts.worded(Conflict("changed")).en == ""
