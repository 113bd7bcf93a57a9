"""The one source of every deployment: functions are looked up by name; only the one asked for is loaded."""

import gc
import os
from typing import Any

from shared.adapters.fewer_imports import postpone

# A cold start makes much and drops little: nobody looks for garbage before the first answer (entry.py).
gc.disable()
# pydantic would look for plug-ins in the descriptions of all that is installed. There are none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# google.auth and gRPC load at their top what waits asynchronously: nobody here waits that way. protobuf loads
# messages made in Python: these are made in C.
postpone("asyncio", whole=True)
postpone("grpc.aio", of_itself=True)
postpone("google.protobuf.internal.python_message", of_itself=True)


def __getattr__(name: str) -> Any:
    from shared.runtime.entry import function

    try:
        return function(name)
    except LookupError as unknown:
        raise AttributeError(str(unknown)) from None
