"""One trace from an app's request to a provider's report, and what a collector is sent of it."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from shared.adapters.otlp import BATCH, OtlpSpans
from shared.runtime import spans
from shared.runtime.spans import Span
from tests.bench import stories
from tests.shared.runtime.collected import Kept, keeping
from tests.world import World

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@pytest.fixture
def kept(world: World) -> Kept:
    return keeping(world)


def test_a_search_is_one_trace_from_the_request_to_the_report(world: World, kept: Kept) -> None:
    stories.visit(world)
    by_id = {one.id: one for one in kept.spans}
    asked = next(one for one in kept.spans if one.name == "house_visits__start_cascade")
    of_the_search = [one for one in kept.spans if one.trace == asked.trace]
    names = {one.name for one in of_the_search}
    assert {"house_visits__ask_next_doctor", "text", "messaging__note_sms_status"} <= names
    assert {one.kind for one in of_the_search} >= {"server", "producer", "consumer", "client"}
    for one in of_the_search:
        assert one is asked or one.parent in by_id, f"{one.name} hangs in the air"
        assert one.ended >= one.began


def test_who_reads_the_log_follows_the_same_ids(
    world: World, kept: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    stories.visit(world)
    lines = [json.loads(one) for one in capsys.readouterr().out.splitlines() if one.startswith("{")]
    done = [one for one in lines if one["message"] == "done"]
    for one in done:
        assert {"function", "release", "revision", "actor", "logging.googleapis.com/spanId"} <= one.keys()
    assert {one["logging.googleapis.com/spanId"] for one in done} <= {one.id for one in kept.spans}
    (started,) = (one for one in done if one["function"] == "house_visits__start_cascade")
    assert started["record"].startswith("visits/")
    assert len({one["actor"] for one in done}) > 1
    assert "op-1" not in {one["actor"] for one in done}


def test_without_a_collector_nothing_is_sent(world: World) -> None:
    kept = Kept()
    world.wiring.__dict__["spans"] = kept
    stories.visit(world)
    assert kept.spans == []


@pytest.mark.parametrize(("share", "sampled"), [(0.0, False), (0.03, False), (0.05, True), (1.0, True)])
def test_the_id_alone_decides_which_traces_are_sent(world: World, share: float, sampled: bool) -> None:
    world.wiring.settings = world.settings.but(trace_url="http://collector/v1/traces", trace_share=share)
    assert spans.is_sampled(TRACE, world.wiring) is sampled


@pytest.mark.parametrize(
    ("said", "trace"),
    [
        (f"00-{TRACE}-{SPAN}-01", TRACE),
        (f"{TRACE}-{SPAN}", TRACE),
        (f"00-{TRACE}-{SPAN}", TRACE),
        (TRACE, ""),
        (f"00-{TRACE.upper()}-{SPAN}-01", ""),
        (f"00-{TRACE}-{SPAN}-01-more", ""),
        ("", ""),
        ("x" * 60, ""),
    ],
)
def test_a_parent_is_read_or_passed_over(said: str, trace: str) -> None:
    assert spans.read(said).trace == trace


class Collector(BaseHTTPRequestHandler):
    heard: list[dict[str, Any]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Collector.heard.append({"path": self.path, **json.loads(body)})
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def span(number: int) -> Span:
    links = (spans.Origin("c" * 32, "3" * 16),) if number == 0 else ()
    return Span(
        TRACE, f"{number:016x}", SPAN, "a__b", "consumer", 10**18, 10**18 + 5, number == 0, 200, links
    )


def test_a_full_batch_goes_out_in_the_words_of_otlp() -> None:
    server = HTTPServer(("127.0.0.1", 0), Collector)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        sent = OtlpSpans(f"http://127.0.0.1:{server.server_port}/v1/traces", "demo-p", "abc")
        for number in range(BATCH):
            assert Collector.heard == []
            sent.add(span(number))
    finally:
        server.shutdown()
        server.server_close()
    (heard,) = Collector.heard
    assert heard["path"] == "/v1/traces"
    (resource,) = heard["resourceSpans"]
    told = {one["key"]: one["value"] for one in resource["resource"]["attributes"]}
    assert told["service.version"] == {"stringValue": "abc"}
    first, second, *_ = resource["scopeSpans"][0]["spans"]
    assert (first["traceId"], first["parentSpanId"], first["kind"]) == (TRACE, SPAN, 5)
    assert (first["status"], second["status"]) == ({"code": 2}, {})
    assert (first["links"], second["links"]) == ([{"traceId": "c" * 32, "spanId": "3" * 16}], [])
    assert int(first["endTimeUnixNano"]) - int(first["startTimeUnixNano"]) == 5


def test_a_collector_that_is_away_costs_nobody_anything() -> None:
    sent = OtlpSpans("http://127.0.0.1:9/v1/traces", "demo-p", "abc")
    for number in range(BATCH):
        sent.add(span(number))
    sent.flush()
