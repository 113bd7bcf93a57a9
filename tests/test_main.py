"""What main.py puts off and stops is there when it is needed."""

import subprocess
import sys

import pytest

LATE = """
import sys, main
print("asyncio.events" in sys.modules)
"""
ASYNCHRONOUS = """
import main, asyncio, asyncio.subprocess

async def seven():
    await asyncio.sleep(0)
    return 7

print(asyncio.run(seven()), asyncio.subprocess.PIPE)
"""
IN_PYTHON = """
import main
from google.protobuf.internal import python_message
from google.protobuf.timestamp_pb2 import Timestamp
print(python_message.GeneratedProtocolMessageType.__name__, Timestamp(seconds=7).seconds)
"""
GARBAGE = """
import gc
from functions_framework import create_app

caller = create_app("platform__health", "main.py").test_client()
print(gc.isenabled(), caller.get("/v1/health").data != b"", gc.isenabled(), gc.get_freeze_count() > 10_000)
"""


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (LATE, "False"),
        (ASYNCHRONOUS, "7 -1"),
        (IN_PYTHON, "GeneratedProtocolMessageType 7"),
        (GARBAGE, "False True True True"),
    ],
)
def test_in_a_process_that_loads_main_first(code: str, said: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1:] == [said], done.stderr
