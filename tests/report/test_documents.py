"""The report counts the documents that units issued, not the words and repetitions in their lists."""

from __future__ import annotations

from datetime import date

from dvctt_report.model.period import Period
from dvctt_report.report.figures import document_rows, issued_documents
from dvctt_report.report.wording import Voice
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from tests.forms.fill import real
from tests.intake.returns import collected


def test_words_for_none_and_repetitions_are_no_documents(voice: Voice) -> None:
    day = date(2025, 3, 20)
    none = collected({"VB.number@1": "Không có"}, "SNV")
    some = collected(
        {
            **{"VB.number@1": "12/KH-SYT", "VB.issued_on@1": day},
            **{"VB.number@2": "Kế hoạch số 12/KH-SYT", "VB.issued_on@2": day},
            **{"VB.number@3": "45/SYT-VP", "VB.issued_on@3": day},
        }
    )
    returns = [none, some]

    dataset = Dataset.build(real(), Period(2025), returns, date(2025, 12, 1))
    documents = issued_documents(Year(dataset, ()))

    assert [(one.unit.code, one.sign) for one in documents] == [("SYT", "12/KH-SYT"), ("SYT", "45/SYT-VP")]
    assert document_rows(Year(dataset, ()), voice)[0].issued_on == "20/3/2025", "dated as the report cites it"
