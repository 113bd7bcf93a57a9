"""Records and messages as releases wrote them: `python -m tests.shared.runtime.stored_examples`

Adds to stored_examples.json one of each shape that it does not hold yet (infra/stored.json), and takes none
away: what was written once may lie in the store for years.
"""

import base64
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from functions.certificates.domain.opinion import Opinion
from functions.referrals.domain.asked import Asked
from infra.rendering.examples import example
from infra.rendering.stored import name_of, roots
from shared.adapters.memory import MemoryDocuments
from shared.contracts.papers import CertificatePaper
from shared.contracts.work_papers import FitnessPaper
from shared.kernel.ports import Documents, Write
from shared.kernel.records import Record
from shared.runtime.codec import Codec
from shared.runtime.letters import Letter, unpack
from tests.authorization import records
from tests.authorization.parties import OWN
from tests.bench import module_stories, stories
from tests.recorder import RecordingDocuments
from tests.world import World

FILE: Final = Path(__file__).with_suffix(".json")
STORIES: Final = (
    stories.visit,
    stories.certificate,
    stories.document,
    module_stories.referral,
    module_stories.partner,
    module_stories.talk,
)
KNOWN: Final[Mapping[str, type[BaseModel]]] = {name_of(one): one for one in roots()}
"""What is written and read by itself."""
TEXTS: Final[Mapping[str, Mapping[str, type[BaseModel]]]] = {
    "certificates": {"opinion_json": Opinion, "paper_json": CertificatePaper},
    "fitness_certificates": {"paper_json": FitnessPaper},
    "opinion_drafts": {"opinion_json": Opinion},
    "saved_views": {"filters_json": Asked},
    "search_exports": {"asked_json": Asked},
}
"""What records hold as text."""


class Unsealed:
    """Seals nothing: an example must be readable when its key is long gone."""

    def lookup_key(self, tenant_id: str, value: str) -> str:
        return value

    def seal(self, value: str, context: str) -> str:
        return value

    def unseal(self, sealed: str, context: str) -> str:
        return sealed


class Keeping(RecordingDocuments):
    def __init__(self, documents: Documents) -> None:
        super().__init__(documents)
        self.kept: list[Write] = []

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        self.kept += writes
        return super().commit(writes)


CODEC: Final = Codec(Unsealed())


def decoded(name: str, fields: Mapping[str, Any]) -> BaseModel:
    """As the store or the queue gives it to a function. Raises ValidationError."""
    model = KNOWN[name]
    if issubclass(model, Record):
        return CODEC.decode(model, fields)
    return model.model_validate_json(json.dumps(fields), extra="ignore")


def read() -> dict[str, list[dict[str, Any]]]:
    told: dict[str, list[dict[str, Any]]] = json.loads(FILE.read_text(), object_hook=_as_stored)
    return told


def _as_stored(told: dict[str, Any]) -> Any:
    match told:
        case {"_at": at}:
            return datetime.fromisoformat(at)
        case {"_bytes": text}:
            return base64.b64decode(text)
    return told


def _as_json(item: object) -> dict[str, str]:
    if isinstance(item, bytes):
        return {"_bytes": base64.b64encode(item).decode()}
    assert isinstance(item, datetime)
    return {"_at": item.isoformat()}


def lacking(told: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """Those of which no example has today's fields."""
    return [name for name, model in KNOWN.items() if not any(_fits(model, one) for one in told.get(name, ()))]


def _fits(model: type[BaseModel], fields: Mapping[str, Any]) -> bool:
    return set(model.model_fields) <= fields.keys()


def fresh() -> Mapping[str, dict[str, Any]]:
    """Of each the fullest that was met in stories and in the worlds of tests; else one made of the schema."""
    told = dict[str, dict[str, Any]]()
    met = [*chain(*records.examples(OWN).values()), *_lived()]
    for one in (*met, *chain(*map(_within, met))):
        name, fields = name_of(type(one)), _fields(one)
        if name in KNOWN and len(str(fields)) > len(str(told.get(name, ""))):
            told[name] = fields
    return {name: told.get(name) or _made(model) for name, model in KNOWN.items()}


def _fields(one: BaseModel) -> dict[str, Any]:
    return CODEC.encode(one) if isinstance(one, Record) else one.model_dump(mode="json")


def _lived() -> Iterator[BaseModel]:
    for story in STORIES:
        world = World()
        world.wiring.__dict__["documents"] = keeping = Keeping(MemoryDocuments())
        story(world)
        for one in keeping.kept:
            model = KNOWN.get(one.path.split("/")[-2])
            if one.fields and model is not None and issubclass(model, Record):
                record = world.wiring.codec.decode(model, one.fields)
                yield record
                if isinstance(record, Letter) and record.body:
                    yield from _said(record)


def _said(letter: Letter) -> Iterator[BaseModel]:
    envelope = unpack(letter.body)
    yield envelope
    model = KNOWN.get(letter.target if letter.target.startswith("topic:") else f"task:{letter.target}")
    if model is not None:
        yield model.model_validate_json(envelope.message)


def _within(record: BaseModel) -> Iterator[BaseModel]:
    for field, model in TEXTS.get(name_of(type(record)), {}).items():
        if len(text := getattr(record, field)) > len("{}"):
            yield model.model_validate_json(text)


def _made(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    told: dict[str, Any] = example(schema, schema.get("$defs", {}))
    return model.model_validate_json(json.dumps(told)).model_dump(mode="json")


def main() -> int:
    told = read() if FILE.is_file() else {}
    wanted = lacking(told)
    made = fresh() if wanted else {}
    for name in wanted:
        told.setdefault(name, []).append(made[name])
    text = json.dumps(dict(sorted(told.items())), indent=1, ensure_ascii=False, default=_as_json)
    FILE.write_text(text + "\n")
    print(f"{sum(map(len, told.values()))} examples, {len(wanted)} of them new")
    return 0


if __name__ == "__main__":
    sys.exit(main())
