"""Send buried messages again: `python -m infra.replay URL [ID ...]`, an admin's token in VISITA_TOKEN.

Without ids it lists what is buried; with `all` it sends everything again. Every trigger may come twice,
so sending once too often does no harm.
"""

import os
import sys
import uuid
from typing import Any

import urllib3

TIMEOUT_SECONDS = 30.0


def main(words: list[str]) -> int:
    if not words or not os.environ.get("VISITA_TOKEN"):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    url, wanted = words[0].rstrip("/"), words[1:]
    buried = [one["letter_id"] for one in _call("GET", f"{url}/v1/dead-letters")["letters"]]
    if not wanted:
        sys.stdout.write("".join(f"{one}\n" for one in buried) + f"{len(buried)} buried\n")
        return 0
    sent = buried if wanted == ["all"] else wanted
    for letter_id in sent:
        _call("POST", f"{url}/v1/dead-letters/{letter_id}:replay")
    sys.stdout.write(f"{len(sent)} sent again, {len(buried)} were buried\n")
    return 0


def _call(method: str, url: str) -> dict[str, Any]:
    headers = {
        "Authorization": f"Bearer {os.environ['VISITA_TOKEN']}",
        "Idempotency-Key": uuid.uuid4().hex,
        "Content-Type": "application/json",
    }
    answer = urllib3.request(method, url, headers=headers, timeout=TIMEOUT_SECONDS, retries=False)
    if answer.status != 200:
        raise SystemExit(f"{answer.status}: {answer.data.decode()}")
    found: dict[str, Any] = answer.json()
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
