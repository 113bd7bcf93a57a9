"""Reads what the functions declare: the rendered file that Terraform reads too."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from infra.local.scheduler.job import BadCronError, Job

FUNCTIONS_MAX = 2_000


class DeclarationError(Exception):
    """The file is there but does not hold what it should."""


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True)


class _Schedule(_Declared):
    cron: str
    time_zone: str
    path: str


class _Topic(_Declared):
    topic: str


class _File(_Declared):
    functions: dict[str, dict[str, Any]] = Field(max_length=FUNCTIONS_MAX)
    topics: tuple[str, ...] = Field((), max_length=FUNCTIONS_MAX)


Model = TypeVar("Model", bound=_Declared)


def read_schedules(file: Path) -> tuple[Job, ...]:
    """Empty while there is no file. Raises DeclarationError."""
    declared = _triggered_by("schedule", _Schedule, file)
    try:
        return tuple(Job(name, one.cron, one.time_zone, one.path) for name, one in declared.items())
    except BadCronError as unreadable:
        raise DeclarationError(f"{file}: {unreadable}") from unreadable


def read_topics(file: Path) -> dict[str, str]:
    """Entry point to topic id; empty while there is no file. Raises DeclarationError."""
    return {name: one.topic for name, one in _triggered_by("topic", _Topic, file).items()}


def announced_topics(file: Path) -> tuple[str, ...]:
    """Every topic that is published to, heard or not. Raises DeclarationError."""
    return _parse(str(file), _File, file.read_text()).topics if file.exists() else ()


def _triggered_by(trigger: str, model: type[Model], file: Path) -> dict[str, Model]:
    if not file.exists():
        return {}
    functions = _parse(str(file), _File, file.read_text()).functions
    mine = {name: fields for name, fields in functions.items() if fields.get("trigger") == trigger}
    return {name: _parse(f"{file}: {name}", model, fields) for name, fields in mine.items()}


def _parse(where: str, model: type[Model], content: str | dict[str, Any]) -> Model:
    try:
        return (
            model.model_validate_json(content) if isinstance(content, str) else model.model_validate(content)
        )
    except ValidationError as unreadable:
        raise DeclarationError(f"{where}: {unreadable}") from unreadable
