"""What a release before declared, as far as this checkout can deploy it: `python -m infra.going_back FILE`.

FILE is infra/generated/functions.auto.tfvars.json of that release. A function that it does not have is not in
its archive either and must go; one that it had and we have not must come back. Queues and topics stay as they
are: with one that is taken away go the messages in it, and its name cannot be used again for days.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

GENERATED: Final = Path(__file__).parent / "generated" / "functions.auto.tfvars.json"


def gone_back(now: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Today's settings for the functions of then, with the routes that lead to them."""
    functions = {name: now["functions"].get(name, one) for name, one in before["functions"].items()}
    return {
        **now,
        "functions": functions,
        "routes": before["routes"],
        "queues": sorted({*now["queues"], *before["queues"]}),
        "topics": sorted({*now["topics"], *before["topics"]}),
    }


def main(words: Sequence[str]) -> int:
    before = json.loads(Path(words[0]).read_text())
    print(json.dumps(gone_back(json.loads(GENERATED.read_text()), before)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
