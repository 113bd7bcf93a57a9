"""What our handlers cost beside bare functions that ask Firestore the same. `... -m tests.bench.handler_cpu`

A bare function is what one would write without us: Flask by functions-framework, the official client, a
dictionary in, a dictionary out; no signature, no role, no rule, no seal. CPU seconds of this process are
compared in pairs of blocks that follow each other at once, so that the machine's mood cancels out.
"""

import pickle
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import count, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, Final
from urllib.parse import parse_qsl
from wsgiref.types import WSGIApplication

from functions.house_visits.request_visit import request_visit
from infra.local.hosted_functions import host
from shared.runtime import catalog, entry, wiring
from shared.runtime.incoming import Incoming
from tests.bench.budgets import PAGE, VISITS, wishes
from tests.bench.figure import Figure, show
from tests.bench.measured_world import MeasuredWorld
from tests.bench.offered import RECEIVE, Asked, ask, signed_text
from tests.world import OPERATOR

PAIRS: Final = 14
QUICK_PAIRS: Final = 6
RATIO_MAX: Final = 1.25
LIST: Final = "house_visits__list_visits"

BARE: Final = """
import json, pickle
from pathlib import Path
from google.cloud import firestore
from google.cloud.firestore_v1.base_query import FieldFilter

told = pickle.loads(Path(__file__).with_name("told.pickle").read_bytes())
client = firestore.Client(project=told["project"])

def take_in(request):
    sid = request.form["MessageSid"]
    text, letter = client.document(f"inbound_texts/{sid}"), client.document(f"outbox/received-{sid}")
    batch = client.batch()
    batch.create(text, told["text"])
    batch.create(letter, told["letter"])
    batch.commit()
    batch = client.batch()
    batch.delete(letter)
    batch.commit()
    return "<Response/>"

def list_page(request):
    query = client.collection("visits").where(filter=FieldFilter("tenant_id", "==", "vm"))
    query = query.order_by("window_starts_at").order_by("id").limit(int(request.args["page_size"]) + 1)
    return json.dumps([one.to_dict() for one in query.stream()], default=str)
"""


@dataclass(frozen=True)
class Pair:
    """`requests` are fresh ones for either; a block is so many of them."""

    name: str
    ours: WSGIApplication
    bare: WSGIApplication
    requests: Iterator[Incoming]
    block: int


def run(pairs: int = PAIRS) -> list[Figure]:
    with redirect_stdout(StringIO()), TemporaryDirectory(prefix="visita-bare-") as directory:
        world = MeasuredWorld()
        wiring.use(world.wiring)
        try:
            return [figure(pair, pairs) for pair in _pairs(world, Path(directory) / "main.py")]
        finally:
            wiring.use(None)


def figure(pair: Pair, pairs: int) -> Figure:
    for app in (pair.ours, pair.bare):
        _cpu_ms(pair, app)  # imports, connections
    ratios, ours_ms, bare_ms = [], [], []
    for number in range(pairs):
        if number % 2:
            ours, bare = _cpu_ms(pair, pair.ours), _cpu_ms(pair, pair.bare)
        else:
            bare, ours = _cpu_ms(pair, pair.bare), _cpu_ms(pair, pair.ours)
        ratios.append(ours / bare)
        ours_ms.append(ours)
        bare_ms.append(bare)
    found = median(ratios)
    return Figure(
        f"CPU, {pair.name} / bare function",
        f"<= {RATIO_MAX}",
        f"{found:.2f} ({median(ours_ms):.1f} and {median(bare_ms):.1f} ms; pairs {min(ratios):.2f} to"
        f" {max(ratios):.2f})",
        found <= RATIO_MAX,
    )


def _pairs(world: MeasuredWorld, source: Path) -> list[Pair]:
    (asked,) = ask(world, "v-texted", 1)
    for wish in islice(wishes(world), VISITS):
        world.call(request_visit, wish)
    source.write_text(BARE)
    source.with_name("told.pickle").write_bytes(pickle.dumps(_told(world, asked)))
    ours, bare = host([RECEIVE, LIST]), host(["take_in", "list_page"], source)
    texts = (signed_text(world, asked) for _ in count())
    pages = (_page() for _ in count())
    return [
        Pair("taking in a text", ours[RECEIVE], bare["take_in"], texts, 40),
        Pair(f"listing {PAGE} visits", ours[LIST], bare["list_page"], pages, 10),
    ]


def _told(world: MeasuredWorld, asked: Asked) -> dict[str, Any]:
    """What the bare functions write: the same documents, taken from one call of ours."""
    incoming = signed_text(world, asked)
    world.wiring.settings = world.settings.but(dispatch_inline=False)  # the letter stays to be looked at
    entry.answer_to(catalog.find(RECEIVE), incoming, world.wiring)
    world.wiring.settings = world.settings
    sid = dict(parse_qsl(incoming.body.decode()))["MessageSid"]
    paths = [f"inbound_texts/{sid}", f"outbox/received-{sid}"]
    found = [one.fields for one in world.wiring.documents.read(paths).values() if one is not None]
    return {"project": world.settings.project, "text": found[0], "letter": found[1]}


def _page() -> Incoming:
    token = f"Bearer {OPERATOR.role}/{OPERATOR.tenant_id}/{OPERATOR.user_id}/"
    return Incoming("GET", catalog.find(LIST).path, f"page_size={PAGE}", {"Authorization": token}, b"")


def _cpu_ms(pair: Pair, app: WSGIApplication) -> float:
    """Of one request, on average of a block."""
    environs = [_environ(one) for one in islice(pair.requests, pair.block)]
    began = process_time()
    for environ in environs:
        assert _status(app, environ) == "200 OK"
    return (process_time() - began) * 1000 / pair.block


def _status(app: WSGIApplication, environ: dict[str, Any]) -> str:
    told: list[str] = []

    def start(status: str, _headers: list[tuple[str, str]], _error: Any = None) -> Any:
        told.append(status)

    b"".join(app(environ, start))
    return told[0]


def _environ(incoming: Incoming) -> dict[str, Any]:
    headers: Any = incoming.headers
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return {
        "REQUEST_METHOD": incoming.method,
        "PATH_INFO": incoming.path,
        "QUERY_STRING": incoming.query,
        "CONTENT_TYPE": named.pop("HTTP_CONTENT_TYPE", ""),
        "CONTENT_LENGTH": str(len(incoming.body)),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.input": BytesIO(incoming.body),
        "wsgi.errors": StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **named,
    }


if __name__ == "__main__":
    sys.exit(show(run()))
