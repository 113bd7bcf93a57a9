"""Cloud Storage's answers in our words: its refusals, its absence, and what it says of a file."""

import base64
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

from shared.adapters.fewer_imports import hidden, stood_in
from shared.kernel.errors import Busy
from shared.kernel.ports import Collision, FileFacts


@cache
def library() -> Any:
    """google-cloud-storage without what it can do without: traces are ours (shared/runtime/spans.py), storage
    is asked by HTTP alone and for one thing at a time, and nobody guesses encodings."""
    with (
        hidden("opentelemetry"),
        hidden("grpc_status"),
        hidden("charset_normalizer"),
        stood_in("google.cloud.storage.batch"),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # they say what they miss
        return import_module("google.cloud.storage")


@contextmanager
def away() -> Iterator[None]:
    """What Cloud Storage refuses is a Collision where a precondition did not hold; where it is away, Busy."""
    library()
    from google.api_core.exceptions import GoogleAPICallError, NotFound, PreconditionFailed, RetryError
    from google.auth.exceptions import TransportError
    from requests import RequestException

    try:
        yield
    except (PreconditionFailed, NotFound) as refused:
        raise Collision(type(refused).__name__) from refused
    except GoogleAPICallError as failed:
        if failed.code is not None and failed.code < 500 and failed.code != 429:
            raise
        raise Busy from failed
    except (RetryError, TransportError, RequestException) as away:
        raise Busy from away


def make(bucket: Any, patience: dict[str, Any]) -> None:
    """The emulator begins empty; in the cloud the buckets are Terraform's."""
    from google.api_core.exceptions import Conflict

    try:
        bucket.create(**patience)
    except Conflict:
        return


def facts_of(blob: Any) -> FileFacts:
    md5 = base64.b64decode(blob.md5_hash or "").hex()
    return FileFacts(
        blob.name, int(blob.size), blob.content_type or "", int(blob.generation), md5, blob.time_created
    )
