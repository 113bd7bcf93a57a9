"""What no client of ours sends: pieces of paths, queries, headers and bodies that break careless code."""

from collections.abc import Mapping
from typing import Final

WEIRD_SEGMENTS: Final = (
    "%00", "%FF", "%F0%9F%92%8A", "__x__", "%2E%2E", "..", ".", "x" * 1600, "%C5%82%C3%B3%C5%BC", "a%20b",
    "%22", "-1", "null", "%25", "%5C", "%3Cb%3E", "1" * 200, "%ED%A0%80", "*", "a%0Ab", "'", "%7Bid%7D",
)  # fmt: skip
WEIRD_BODIES: Final = (
    b"", b"{", b"null", b"[]", b"1", b'"x"', b"\x00", b"\xff\xfe{}", b"{}" * 2, b'{"a":1,"a":2}', b"[" * 5000,
    b'{"x":' * 900 + b"1" + b"}" * 900, b'{"__proto__":{}}', b'{"visit_id":"x"}', b'{"x":1e999}',
    b'{"x":NaN}',
    b'{"page_size":99999999999999999999999}', b'{"x":"' + b"y" * 70_000 + b'"}', b'{"x":"\\ud800"}',
    "{\"x\":\"\u202e\u0000\"}".encode(), b"a=b&a=c&" + b"x" * 100, b"%ff=%00", b"1" * 5000,
)  # fmt: skip
WEIRD_QUERIES: Final = (
    "", "?", "?page_size=0", "?page_size=1e3", "?page_token=%00", "?page_token=AAAA", "?page_token=%FF%FE",
    "?window_from=0001-01-01T00:00:00%2B14:00", "?window_to=9999-12-31T23:59:59-14:00", "?x=1", "?&&&",
    "?" + "a=b&" * 60, "?status=%ED%A0%80", "?page_size=" + "9" * 5000, "?after=-1", "?after=" + "9" * 30,
    "?patient_id=%00", "?patient_id=" + "x" * 60, "?outcome=", "?page_token=" + "e" * 1999,
)  # fmt: skip
WEIRD_HEADERS: Final[tuple[Mapping[str, str], ...]] = (
    {}, {"Content-Type": "text/plain"}, {"Content-Type": "application/json; charset=utf-16"},
    {"Content-Type": "multipart/form-data"}, {"Content-Type": "\xff"}, {"Idempotency-Key": "short"},
    {"Idempotency-Key": "x" * 101}, {"Idempotency-Key": '"quoted-key-1"'}, {"If-Match": '"x"'},
    {"If-Match": "W/\"1\""}, {"If-Match": "\xb2"}, {"If-Match": "9" * 400}, {"If-Match": "-1"},
    {"traceparent": "00-zz-1"}, {"X-Cloud-Trace-Context": "/" * 50}, {"Accept": "text/csv"},
    {"X-HTTP-Method-Override": "DELETE"}, {"Range": "bytes=0-1"},
)  # fmt: skip
