"""Render what follows from the declarations: `python -m infra.render`; `--check` says what is stale."""

import json
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from functions.certificates.domain import case, certificate
from functions.house_visits.domain import cascade, offer, visit
from functions.partners.domain import recommendation, upload
from functions.referrals.domain import fitness, over_limit, package, referral
from infra.capacity.money import month
from infra.capacity.page import SIZES, page
from infra.capacity.plot import plot
from infra.rendering.authorization import authorization_page
from infra.rendering.deployment import deployment
from infra.rendering.messages import google_messages
from infra.rendering.notices import texts_page
from infra.rendering.openapi import openapi
from infra.rendering.pages import functions_page, problems_page, states_page
from shared.contracts import documents, members

ROOT = Path(__file__).resolve().parents[1]
TABLES: dict[str, Mapping[Any, StrEnum]] = {
    "CertificateCase": case.TRANSITIONS,
    "Certificate": certificate.TRANSITIONS,
    "Visit": visit.TRANSITIONS,
    "Cascade": cascade.TRANSITIONS,
    "Offer": offer.TRANSITIONS,
    "Referral": referral.TRANSITIONS,
    "FitnessCertificate": fitness.TRANSITIONS,
    "Entitlement": package.TRANSITIONS,
    "OverLimit": over_limit.TRANSITIONS,
    "Document": documents.TRANSITIONS,
    "Upload": upload.TRANSITIONS,
    "Recommendation": recommendation.TRANSITIONS,
    "Member": members.TRANSITIONS,
}


def rendered() -> dict[str, bytes]:
    return {
        "shared/adapters/data/google_messages.binpb": google_messages(),
        **{name: made().encode() for name, made in PAGES.items()},
    }


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "infra/generated/functions.auto.tfvars.json": lambda: _json(deployment()),
    "infra/generated/openapi.json": lambda: _json(openapi()),
    "docs/authorization.md": authorization_page,
    "docs/functions.md": functions_page,
    "docs/states.md": lambda: states_page(TABLES),
    "docs/problems.md": problems_page,
    "docs/texts.md": texts_page,
    "docs/capacity.md": page,
    "docs/capacity.svg": lambda: plot([month(size) for size in SIZES]),
}


def main(arguments: list[str]) -> int:
    files = rendered()
    stale = [name for name, content in files.items() if _on_disk(name) != content]
    if "--check" in arguments:
        for name in stale:
            sys.stdout.write(f"stale: {name} - run python -m infra.render\n")
        sys.stdout.write(f"{len(files)} rendered files, {len(stale)} stale\n")
        return 1 if stale else 0
    for name in stale:
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])
    sys.stdout.write(f"{len(files)} rendered files, {len(stale)} written\n")
    return 0


def _on_disk(name: str) -> bytes:
    path = ROOT / name
    return path.read_bytes() if path.exists() else b""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
