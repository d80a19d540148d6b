"""The year in one workbook, and as CSV and JSON: every answer, and every sum as a formula over them."""

from dvctt_report.consolidated.workbook import STEM, consolidated_bytes, workbook_index, written_index

__all__ = ["STEM", "consolidated_bytes", "workbook_index", "written_index"]
