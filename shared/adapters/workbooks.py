"""Workbooks, both ways: strangers' are read within limits, ours are written from plans."""

from collections.abc import Sequence

from shared.adapters.csv_reader import read_csv
from shared.adapters.workbook_reader import BoundedReader
from shared.adapters.workbook_writer import OpenpyxlWriter
from shared.contracts.workbook_plans import BookPlan, Mark
from shared.contracts.workbooks import BookLimits, Workbook


class BoundedWorkbooks:
    def __init__(self) -> None:
        self._reader, self._writer = BoundedReader(), OpenpyxlWriter()

    def read(self, content: bytes, limits: BookLimits | None = None) -> Workbook:
        return (BoundedReader(limits) if limits else self._reader).read(content)

    def read_csv(self, content: bytes, limits: BookLimits | None = None) -> Workbook:
        return read_csv(content, limits or BookLimits())

    def write(self, plan: BookPlan) -> bytes:
        return self._writer.write(plan)

    def mark(self, content: bytes, marks: Sequence[Mark]) -> bytes:
        return self._writer.mark(content, marks)
