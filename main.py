"""The one source of every deployment: functions are looked up by name; only the one asked for is loaded."""

import gc
import os
from typing import Any

from shared.adapters.fewer_imports import postpone

# A cold start makes much and drops little: looking for garbage every 700 objects costs a tenth of it.
gc.set_threshold(10_000, 20, 20)
# pydantic would look for plug-ins in the descriptions of all that is installed. There are none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# gRPC loads its asynchronous half at its top. Nobody here waits that way.
postpone("grpc.aio", of_itself=True)


def __getattr__(name: str) -> Any:
    from shared.runtime.entry import function

    try:
        return function(name)
    except LookupError as unknown:
        raise AttributeError(str(unknown)) from None
