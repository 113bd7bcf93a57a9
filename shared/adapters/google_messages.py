"""The messages of Firestore, Cloud Tasks and Pub/Sub, as Google's client libraries define them.

Only described, not wrapped: the libraries make a class of their own for every message when they are loaded,
and again an object for every value. The descriptions are rendered from them (infra/rendering/messages.py).
"""

from pathlib import Path
from typing import Any

from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

FILE = Path(__file__).with_name("data") / "google_messages.binpb"

_pool = DescriptorPool()  # of our own, so that the libraries may be in the same process
for _file in FileDescriptorSet.FromString(FILE.read_bytes()).file:
    _pool.Add(_file)


def message_class(name: str) -> Any:
    """By its full name in the API: google.firestore.v1.CommitRequest. Raises KeyError."""
    return GetMessageClass(_pool.FindMessageTypeByName(name))
