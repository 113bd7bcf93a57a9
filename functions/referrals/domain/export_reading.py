"""What an export reads: rows as lines of text, by the very rules by which they are shown."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from functions.referrals.domain import certificate_rows, referral_search
from functions.referrals.domain import certificate_search as certificates
from functions.referrals.domain.asked import Asked
from functions.referrals.domain.certificate_search import Asker
from functions.referrals.domain.export import SearchExport
from functions.referrals.domain.export_book import Line, certificate_line, referral_line
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.jurisdiction import profile_of
from functions.referrals.domain.referral import Referral
from shared.kernel.ports import Files, Seals
from shared.kernel.records import Record

PART_BYTES_MAX: Final = 8 * 1024 * 1024


def kind_of(asked: Asked) -> type[Record]:
    return Referral if asked.referrals is not None else FitnessCertificate


def asker_of_export(it: SearchExport, zone: str) -> Asker:
    """As whoever asked for it, on the day on which they did."""
    profile = profile_of(it.country) if it.country else None
    return Asker(it.tenant_id, it.day, zone, it.employer_id, profile)


def lines_of(it: SearchExport, asked: Asked, found: Iterable[Record]) -> Iterator[Line]:
    for one in found:
        if (line := _line(it, asked, one)) is not None:
            yield line


def _line(it: SearchExport, asked: Asked, one: Record) -> Line | None:
    """None for what was not meant."""
    match one:
        case Referral() if asked.referrals and referral_search.is_meant(one, asked.referrals):
            return referral_line(referral_search.row_of(one))
        case FitnessCertificate() if asked.certificates and certificates.is_meant(one, asked.certificates):
            return certificate_line(
                certificate_rows.row_of(one, for_employer=it.employer_id != ""), it.language
            )
    return None


def put_part(it: SearchExport, new_id: str, lines: Sequence[Line], files: Files, seals: Seals) -> str:
    """Sealed, under a name of its own: a step that is done again leaves the first one's file behind."""
    name = f"{it.folder}{len(it.parts):04d}-{new_id}"
    content = seals.seal(json.dumps(lines, ensure_ascii=False), f"export|{name}")
    generation = files.put("clean", name, content.encode(), "application/octet-stream")
    return f"{name}|{generation}"


def read_parts(it: SearchExport, files: Files, seals: Seals) -> Iterator[Sequence[str]]:
    for one in it.parts:
        name, _, generation = one.partition("|")
        content = files.read("clean", name, int(generation), PART_BYTES_MAX)
        yield from json.loads(seals.unseal(content.decode(), f"export|{name}"))
