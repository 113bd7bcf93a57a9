"""Whose diary a visit stands in, and taking it out again."""

from typing import Protocol

from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.visit import Visit


class Diaries(Protocol):
    def find(self, kind: type[Diary], key: str) -> Diary | None: ...

    def put(self, record: Diary) -> Diary: ...


def forget(visit: Visit, store: Diaries) -> None:
    """The doctor who was to come is free at that time again. `visit`: as it was while they had it."""
    doctor_id = visit.winner.doctor_id if visit.winner else ""
    diary = store.find(Diary, doctor_id) if doctor_id else None
    if diary is not None:
        store.put(diary.without_visit(visit.id))
