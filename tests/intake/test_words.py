"""Every word clerks write for "no number" is the state it means, or a question; nothing near is guessed."""

from __future__ import annotations

import unicodedata

import pytest

from dvctt_report.files.cells import Cell, CellKind
from dvctt_report.intake.reading import Reading
from dvctt_report.intake.values import read_value
from dvctt_report.model import State
from tests.forms.fill import real

NONE, NOT_YET, NOT_OURS = State.NONE_ARISING, State.NOT_AVAILABLE, State.NOT_APPLICABLE


def read(typed: str, kind: str = "count") -> Reading:
    content = Cell(1, 1, CellKind.TEXT, typed, typed)
    return read_value(content, kind, real().plan.words, ("Có", "Không"))  # type: ignore[arg-type]  # the table's


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        *((word, NONE) for word in ("không phát sinh", "không PS", "kps", "chưa phát sinh", "-", "–", "—")),
        *((word, NOT_YET) for word in ("chưa có số liệu", "chưa tổng hợp", "chưa thống kê", "đang cập nhật")),
        *((word, NOT_YET) for word in ("đang rà soát", "chưa khảo sát", "…", "...")),
        *((word, NOT_OURS) for word in ("không áp dụng", "không thuộc thẩm quyền", "không thuộc lĩnh vực")),
        *((word, NOT_OURS) for word in ("không có TTHC", "KAD", "N/A", "không thuộc thẩm quyền/lĩnh vực")),
        *((word, NONE) for word in ("khong phat sinh", "KHONG PS", "ko ps", "K phát sinh.", "ko phát sinh")),
        *((word, NOT_YET) for word in ("chua co so lieu", "chưa có SL", "dang cap nhat", "chưa co sô liêu")),
        *((word, NOT_OURS) for word in ("ko áp dụng", "khong ap dung", "n/a", "ko có TTHC")),
        *((word, NONE) for word in ("khoong phats sinh", "kho6ng pha1t sinh", "khoong PS")),
        *(
            (word, NOT_YET)
            for word in ("chuwa cos soos lieeuj", "chu7a co1 so61 lie6u5", "ddang caapj nhaatj")
        ),
    ],
)
def test_a_word_is_its_state_with_or_without_its_marks(typed: str, state: State) -> None:
    for form in ("NFC", "NFD"):
        reading = read(unicodedata.normalize(form, typed))
        assert (reading.value, reading.state, reading.problem) == (None, state, None)


@pytest.mark.parametrize(
    "typed",
    [
        *("không", "không có", "x", "X", "/", "//", "nt", "như trên", "đủ", "tất cả", "100%", "toàn bộ"),
        *("khong", "ko", "k", "ko có", "khong co", "nhu tren", "du", "tat ca", "khoong cos"),
        *("chưa có", "chưa"),
    ],
)
def test_an_ambiguous_word_is_a_question(typed: str) -> None:
    problem = read(typed).problem

    assert problem is not None
    assert problem.code == "DL04"


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("khôg phát sinh", "Không phát sinh"),
        ("chưa có só liệụ ạ", "Chưa có số liệu"),
        ("ko apd dụng", "Không áp dụng"),
    ],
)
def test_what_is_only_near_a_word_is_a_question_that_proposes_it(typed: str, proposed: str) -> None:
    problem = read(typed).problem

    assert problem is not None
    assert (problem.code, proposed in problem.fix) == ("DL01", True)


@pytest.mark.parametrize(
    "typed", ["kps3", "không phát sinh 3", "rất nhiều", "phát sinh", "5 ko", "so", "đang", "k1"]
)
def test_no_other_word_becomes_a_state(typed: str) -> None:
    problem = read(typed).problem

    assert problem is not None
    assert problem.code == "DL01"
    assert typed in problem.because


@pytest.mark.parametrize(
    ("typed", "choice"), [("khong", "Không"), ("Ko", "Không"), ("co", "Có"), ("CÓ", "Có"), ("Сó", "Có")]
)
def test_a_choice_is_known_without_its_marks_and_with_letters_that_only_look_latin(
    typed: str, choice: str
) -> None:
    assert read(typed, "yes_no").value == choice
