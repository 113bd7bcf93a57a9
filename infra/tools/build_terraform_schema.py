"""Rebuild the schema of Terraform's google provider from the bindings that are generated from it.

    python -m infra.tools.build_terraform_schema PACKAGE

PACKAGE is the unpacked `package/` folder of @cdktn/provider-google (in the Python package
cdktn-provider-google it lies in `_jsii/*.tgz`; MPL-2.0). Only the resources that infra/terraform names are
kept: names, types, blocks, how many of each, what is required and what is computed.
"""

import gzip
import json
import re
import sys
from pathlib import Path
from typing import Any, Final

from infra.checks.terraform_schema import SCHEMA

TERRAFORM: Final = Path(__file__).resolve().parents[1] / "terraform"
MENTIONED = re.compile(r'^\s*(?:override_)?(resource|data)\s+"(google_\w+)"', re.MULTILINE)
VERSION = re.compile(r"providerVersion: '([\d.]+)'")
CLASS = re.compile(r"^class (\w+) extends cdktn\.(\w+)", re.MULTILINE)
FUNCTION = re.compile(r"^function (\w+)ToHclTerraform\(.*?^\}", re.MULTILINE | re.DOTALL)
FIELD = re.compile(
    r"// (\w+) - computed: (true|false), optional: (true|false), required: (true|false)\n(.*?)"
    r"(?=\n    // \w+ - computed|\n    // =|\Z)",
    re.DOTALL,
)
GIVEN = re.compile(
    r'^ +(\w+): \{\n +value: .*?isBlock: (true|false),\n +type: "(\w+)"', re.MULTILINE | re.DOTALL
)
NESTED = re.compile(r"= new (\w+?)(List|Map|OutputReference)\(this, \"\w+\"(?:, (true|false))?\)")
MAP = re.compile(r"= new cdktn\.(\w+?)(Map|MapList)\(this")
GETTER = re.compile(r"this\.(get\w+Attribute)\(")
PLAIN: Final[dict[str, Any]] = {
    "getStringAttribute": "string",
    "getNumberAttribute": "number",
    "getBooleanAttribute": "bool",
    "getListAttribute": ["list", "string"],
    "getNumberListAttribute": ["list", "number"],
    "getStringMapAttribute": ["map", "string"],
    "getNumberMapAttribute": ["map", "number"],
    "getBooleanMapAttribute": ["map", "bool"],
}
OF_MAPS: Final = {"String": "string", "Boolean": "bool", "Number": "number", "Any": "string"}


class Bindings:
    """The source of one resource's bindings, cut into its classes and functions."""

    def __init__(self, source: str) -> None:
        starts = [*CLASS.finditer(source)]
        ends = [*(one.start() for one in starts[1:]), len(source)]
        self._classes = {one[1]: source[one.start() : end] for one, end in zip(starts, ends, strict=True)}
        self._functions = {one[1].lower(): one[0] for one in FUNCTION.finditer(source)}
        (self.top,) = (one[1] for one in starts if one[2] in ("TerraformResource", "TerraformDataSource"))

    def block(self, name: str) -> dict[str, Any]:
        """`{"a": {attribute: [type, required, optional, computed]}, "b": {block: [nesting, min, max, …]}}`"""
        attributes: dict[str, Any] = {}
        blocks: dict[str, Any] = {}
        given = self._given(name)
        for field, *flags, body in FIELD.findall(self._classes[name]):
            computed, optional, required = (one == "true" for one in flags)
            nested = NESTED.search(body.split("\n    get ")[0])
            is_block, stored = given.get(field, (False, ""))
            if nested is None:
                attributes[field] = [_plain(body, stored), required, optional, computed]
                continue
            inner = self.block(f"{nested[1]}OutputReference")
            many = "set" if nested[3] == "true" else "list"
            if is_block and (optional or required):
                nesting = "single" if field == "timeouts" else many
                one_at_most = nested[2] == "OutputReference" and nesting != "single"
                blocks[field] = [nesting, int(required), int(one_at_most), inner]
            else:
                attributes[field] = [[many, ["object", _types(inner)]], required, optional, computed]
        return {"a": attributes, "b": blocks}

    def _given(self, name: str) -> dict[str, tuple[bool, str]]:
        """Of each field that may be written: whether it is a block, and what it is stored as."""
        text = self._functions.get(name.removesuffix("OutputReference").lower(), "")
        if name == self.top:
            text = self._classes[name].partition("synthesizeHclAttributes()")[2]
        return {field: (block == "true", kind) for field, block, kind in GIVEN.findall(text)}


def _types(block: dict[str, Any]) -> dict[str, Any]:
    inner = {field: [one[0], ["object", _types(one[3])]] for field, one in block["b"].items()}
    return {field: one[0] for field, one in block["a"].items()} | inner


def _plain(body: str, stored: str) -> Any:
    if of_map := MAP.search(body):
        kind: Any = ["map", OF_MAPS[of_map[1]]]
        return ["list", kind] if of_map[2] == "MapList" else kind
    getter = GETTER.search(body)
    if getter is None:
        raise ValueError(f"not understood: {body[:200]}")
    kind = PLAIN[getter[1]]
    is_set = stored == "set" or "Fn.tolist" in body
    return ["set", kind[1]] if is_set and isinstance(kind, list) else kind


def main(arguments: list[str]) -> int:
    (package,) = arguments
    texts = [path.read_text() for path in TERRAFORM.rglob("*") if path.suffix in (".tf", ".hcl")]
    wanted = sorted({one for text in texts for one in MENTIONED.findall(text)})
    schema: dict[str, Any] = {"version": "", "resource": {}, "data": {}}
    for kind, name in wanted:
        bare = name.removeprefix("google_").replace("_", "-")
        folder = f"data-google-{bare}" if kind == "data" else bare
        source = (Path(package) / "lib" / folder / "index.js").read_text()
        bindings = Bindings(source)
        schema[kind][name] = bindings.block(bindings.top)
        found = VERSION.search(source)
        schema["version"] = found[1] if found else ""
    SCHEMA.write_bytes(gzip.compress(json.dumps(schema, sort_keys=True).encode(), mtime=0))
    sys.stdout.write(f"{len(wanted)} resources of google {schema['version']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
