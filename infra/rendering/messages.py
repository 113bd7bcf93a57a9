"""The messages that we exchange with Google, taken from its client libraries as plain descriptions."""

from typing import Any

from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet


def google_messages() -> bytes:
    """A FileDescriptorSet in which every file comes after those that it needs.

    Of each library one request: with it come the messages of its file, and all that they are made of.
    """
    from google.cloud.firestore_v1.types import CommitRequest
    from google.cloud.tasks_v2.types import CreateTaskRequest
    from google.pubsub_v1.types import PublishRequest

    files: dict[str, FileDescriptorProto] = {}
    for one in (CommitRequest, CreateTaskRequest, PublishRequest):
        _collect(one.pb().DESCRIPTOR.file, files)
    whole: bytes = FileDescriptorSet(file=files.values()).SerializeToString(deterministic=True)
    return whole


def _collect(file: Any, files: dict[str, FileDescriptorProto]) -> None:
    if file.name in files:
        return
    needed = sorted(file.dependencies, key=lambda one: str(one.name))
    for one in needed:
        _collect(one, files)
    told = FileDescriptorProto()
    file.CopyToProto(told)
    told.dependency[:] = [one.name for one in needed]  # the library has them in any order
    files[file.name] = told
