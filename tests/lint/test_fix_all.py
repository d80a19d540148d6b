"""With consent more is mended: indents, signs, blanks. No letter and no figure changes, and most is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from dvctt_report.lint import mend_file
from dvctt_report.lint.check import letters_of
from dvctt_report.lint.outcome import Outcome
from tests.lint.breakages import BREAKAGES
from tests.lint.papers import build
from tests.lint.test_checks import SETTINGS, findings_of, verdict_of
from tests.lint.test_fix import left_of, texts, told
from tests.lint.test_slip import TERRIBLE

AGREED = [n for n in range(len(BREAKAGES)) if any(f.with_consent for f in findings_of(n))]


@pytest.mark.parametrize("n", AGREED, ids=lambda n: f"{BREAKAGES[n].code} {BREAKAGES[n].name}")
def test_what_is_mended_with_consent_is_gone_and_says_the_same(tmp_path: Path, n: int) -> None:
    before = build(BREAKAGES[n].draft)
    path = tmp_path / "van-ban.docx"
    path.write_bytes(before)
    after, _ = mend_file(path, SETTINGS, consent=True)
    found = [f for f in findings_of(n) if f.outcome is Outcome.FAIL]
    assert left_of(after) == told(f for f in found if not f.mends and not f.with_consent)
    assert [letters_of(t) for t in texts(after)] == [letters_of(t) for t in texts(before)]
    assert path.read_bytes() == before
    assert left_of(mend_file(path, SETTINGS)[0]) >= told(f for f in found if f.with_consent and not f.mends)


def test_more_than_half_of_a_terrible_document_is_mended_and_much_more_than_without_consent() -> None:
    found = [f for f in verdict_of(TERRIBLE).findings if f.outcome is Outcome.FAIL]
    safe, agreed = sum(bool(f.mends) for f in found), sum(bool(f.mends or f.with_consent) for f in found)
    assert agreed / len(found) > 0.8
    assert agreed > safe * 1.3
