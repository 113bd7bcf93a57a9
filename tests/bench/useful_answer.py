"""A function as deployed, which uses every socket that it names before it answers 200.

The source that functions-framework loads for every-cold-start: VISITA_USEFUL names the sockets, VISITA_MODELS
what is built of pydantic's. The answer says how many modules there are then. What the entry point itself
answers must not be a crash.
"""

import gc
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import main


def __getattr__(name: str) -> Any:
    inner = getattr(main, name)

    def useful(request: Any) -> tuple[str, int]:
        said = inner(request)
        if said[1] >= 500:
            return f"{said[1]}: {said[0]!r}", 500
        gc.disable()  # a real first answer uses its sockets before it is one
        from shared.runtime import wiring
        from tests.bench.socket_uses import build_models, use

        build_models(os.environ["VISITA_MODELS"].split(","))
        for socket in os.environ["VISITA_USEFUL"].split(","):
            use(socket, wiring.current())
        loaded = [one for one in list(sys.modules) if one.partition(".")[0] != "tests"]
        return str(len(loaded)), 200

    return useful
