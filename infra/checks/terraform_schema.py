"""A provider for Terraform that knows what resources look like and can do nothing: to check without a cloud.

It speaks the plugin protocol 6 as far as `validate` and `test` with mocks need it, on a socket that Terraform
is told of (TF_REATTACH_PROVIDERS), so nothing is installed. The schema is that of the google provider,
rebuilt by infra/tools/build_terraform_schema.py; it has names, types, blocks and what is required.
"""

import gzip
import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import grpc
from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

SCHEMA: Final = Path(__file__).with_name("terraform_google.json.gz")
SOURCE: Final = "registry.terraform.io/hashicorp/google"
NESTING: Final = {"single": 1, "list": 2, "set": 3}
PROVIDER_SETTINGS: Final = ("project", "region", "billing_project", "user_project_override")

# The messages of tfplugin6.proto that are met, by the numbers of their fields.
_MESSAGES: Final[Mapping[str, Mapping[str, tuple[int, str]]]] = {
    "Empty": {},
    "Attribute": {
        "name": (1, "string"), "type": (2, "bytes"), "required": (4, "bool"),
        "optional": (5, "bool"), "computed": (6, "bool"),
    },
    "NestedBlock": {
        "type_name": (1, "string"), "block": (2, "Block"), "nesting": (3, "int32"),
        "min_items": (4, "int64"), "max_items": (5, "int64"),
    },
    "Block": {"attributes": (2, "*Attribute"), "block_types": (3, "*NestedBlock")},
    "Schema": {"version": (1, "int64"), "block": (2, "Block")},
    "Named": {"key": (1, "string"), "value": (2, "Schema")},
    "Answer": {
        "provider": (1, "Schema"), "resource_schemas": (2, "*Named"), "data_source_schemas": (3, "*Named"),
    },
    "Config": {"type_name": (1, "string")},
}  # fmt: skip


def _classes() -> dict[str, Any]:
    file = FileDescriptorProto(name="tfplugin6_part.proto", package="visita.tf", syntax="proto3")
    kinds = FieldDescriptorProto.Type
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, (number, kind) in fields.items():
            many, bare = kind.startswith("*"), kind.lstrip("*")
            one = message.field.add(name=field, number=number)
            one.label = FieldDescriptorProto.LABEL_REPEATED if many else FieldDescriptorProto.LABEL_OPTIONAL
            if bare in _MESSAGES:
                one.type, one.type_name = kinds.Value("TYPE_MESSAGE"), f".visita.tf.{bare}"
            else:
                one.type = kinds.Value(f"TYPE_{bare.upper()}")
    pool = DescriptorPool()
    pool.Add(file)
    return {name: GetMessageClass(pool.FindMessageTypeByName(f"visita.tf.{name}")) for name in _MESSAGES}


class SchemaOnlyProvider(grpc.GenericRpcHandler):  # type: ignore[misc]  # untyped
    def __init__(self) -> None:
        self._made = _classes()
        self._answer = self._whole().SerializeToString()

    def service(self, details: Any) -> Any:
        """Everything that is asked is found right; only the schema has something to say."""
        method = details.method.rsplit("/", 1)[-1]
        if method == "GetProviderSchema":
            return grpc.unary_unary_rpc_method_handler(lambda _request, _context: self._answer)
        if method.startswith("Validate") or method in ("ConfigureProvider", "StopProvider", "Shutdown"):
            return grpc.unary_unary_rpc_method_handler(lambda _request, _context: b"")
        return None

    def _whole(self) -> Any:
        known = json.loads(gzip.decompress(SCHEMA.read_bytes()))
        answer = self._made["Answer"]()
        for setting in PROVIDER_SETTINGS:
            kind = b'"bool"' if setting == "user_project_override" else b'"string"'
            answer.provider.block.attributes.add(name=setting, type=kind, optional=True)
        for room, schemas in (("resource", answer.resource_schemas), ("data", answer.data_source_schemas)):
            for name, block in known[room].items():
                one = schemas.add(key=name)
                self._fill(one.value.block, block)
        return answer

    def _fill(self, block: Any, told: Mapping[str, Any]) -> None:
        for name, (kind, required, optional, computed) in told["a"].items():
            block.attributes.add(
                name=name,
                type=json.dumps(kind).encode(),
                required=required,
                optional=optional,
                computed=computed,
            )
        for name, (nesting, fewest, most, inner) in told["b"].items():
            nested = block.block_types.add(
                type_name=name, nesting=NESTING[nesting], min_items=fewest, max_items=most
            )
            nested.block.SetInParent()
            self._fill(nested.block, inner)


@contextmanager
def schema_only_provider() -> Iterator[Mapping[str, str]]:
    """What the environment of Terraform must say, while the provider is there."""
    with TemporaryDirectory(prefix="visita-tf-") as name:
        server = grpc.server(ThreadPoolExecutor(4), handlers=(SchemaOnlyProvider(),))
        socket = f"{name}/provider.sock"
        server.add_insecure_port(f"unix:{socket}")
        server.start()
        told = {
            "Protocol": "grpc", "ProtocolVersion": 6, "Pid": os.getpid(), "Test": True,
            "Addr": {"Network": "unix", "String": socket},
        }  # fmt: skip
        try:
            yield {"TF_REATTACH_PROVIDERS": json.dumps({SOURCE: told})}
        finally:
            server.stop(grace=None).wait()
