"""The status page: each part in one word, and nothing about anybody."""

from collections.abc import Mapping
from datetime import datetime, timedelta

OUTBOX_SECONDS_MAX = 300
SILENCE_MAX = timedelta(minutes=5)


def parts(now: datetime, reported_at: datetime | None, outbox_age_seconds: int) -> Mapping[str, str]:
    """By part: `working`, `slow` or `not known`. Who asks has an answer, so the store works."""
    if reported_at is None or now - reported_at > SILENCE_MAX:
        return {"requests": "working", "schedules": "not known", "messages and texts": "not known"}
    is_slow = outbox_age_seconds > OUTBOX_SECONDS_MAX
    return {
        "requests": "working",
        "schedules": "working",
        "messages and texts": "slow" if is_slow else "working",
    }


def page(now: datetime, release: str, states: Mapping[str, str]) -> str:
    """Plain HTML: no script, no style, nothing from elsewhere."""
    whole = "All is working." if set(states.values()) == {"working"} else "Not all is well; we know of it."
    rows = "".join(f'<tr><th scope="row">{name}</th><td>{state}</td></tr>' for name, state in states.items())
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Visita: status</title>'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>'
        f"<body><main><h1>Visita</h1><p>{whole}</p>"
        f"<table><caption>Parts</caption><tbody>{rows}</tbody></table>"
        f"<p>At {now:%Y-%m-%d %H:%M} UTC, release {release}.</p></main></body></html>\n"
    )
