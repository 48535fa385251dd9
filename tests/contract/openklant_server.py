"""A stand-in for Open Klant, made from what we rely on of it: it takes what that describes, remembers it, and answers in its shape.

Paths, parameters, request and response bodies come from ``klantinteracties.yml``. Rules that no description tells (unique pairs,
channels that exist, what hangs on what) are written out here.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import yaml
from openapi_schema_validator import OAS30ReadValidator, OAS30WriteValidator, oas30_format_checker

DOCUMENT = yaml.safe_load((Path(__file__).parent / "klantinteracties.yml").read_text(encoding="utf-8"))
BASE = DOCUMENT["servers"][0]["url"]
TOKEN = "een-token-van-de-proefopstelling"
CHANNELS = {"Live chat", "Telefoon"}
LOST, HANG = "verloren", "hangt"
# What a query parameter of a list asks of an object that is kept.
_FILTERS: dict[str, tuple[str, ...]] = {
    "onderwerpobject__onderwerpobjectidentificatorObjectId": ("identificator", "objectId"),
    "onderwerpobject__onderwerpobjectidentificatorCodeRegister": ("identificator", "codeRegister"),
    "kanaal": ("kanaal",),
    "verstrektDoorBetrokkene__uuid": ("verstrektDoorBetrokkene", "uuid"),
    "actor__uuid": ("actor", "uuid"),
    "klantcontact__uuid": ("klantcontact", "uuid"),
}
_PAGING = {"page", "pageSize"}
Json = dict[str, Any]


class Wrong(Exception):
    """The request is refused: status, and the fields at fault with a code."""

    def __init__(self, status: int, *fields: tuple[str, str]) -> None:
        super().__init__(status, fields)
        self.status, self.fields = status, fields


def schema(of_body: Json) -> Json:
    """The schema of a body, with the ones it names."""
    return {**of_body, "components": DOCUMENT["components"]}


def followed(node: Json) -> Json:
    """What a reference stands for."""
    while "$ref" in node:
        *_, kind, name = node["$ref"].split("/")
        node = DOCUMENT["components"][kind][name]
    return node


def described(node: Json, known: Any) -> Any:
    """Of what is known, only what the description has: whoever reads anything else misses it here."""
    shape = followed(node)
    if isinstance(known, list):
        return [described(shape["items"], item) for item in known]
    if isinstance(known, dict):
        return {name: described(inside, known[name]) for name, inside in shape["properties"].items() if name in known}
    return known


@dataclass
class OpenKlantServer:
    """``answers``: what goes wrong at a path (:data:`LOST`: done without an answer, :data:`HANG`, or a status: not done); ``kept``: all objects, by collection."""

    url: str = ""
    channels: set[str] = field(default_factory=lambda: set(CHANNELS))
    answers: dict[str, deque[int | str]] = field(default_factory=dict)
    kept: dict[str, list[Json]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    date: str = ""
    arrived: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def actor(self, *, active: bool = True) -> str:
        """A new actor."""
        return self._keep(
            "actoren", {"naam": "Team Wmo", "soortActor": "organisatorische_eenheid", "indicatieActief": active}
        )["uuid"]

    def handle(self, method: str, address: str, headers: Any, body: bytes) -> tuple[int, Json]:
        """One call, checked against the description; raises :class:`Wrong`."""
        parts = urlsplit(address)
        path, uuid_given = self._route(parts.path)
        self.calls.append(f"{method.upper()} {path}")
        if method not in DOCUMENT["paths"].get(path, {}):
            raise Wrong(404)
        operation = DOCUMENT["paths"][path][method]
        if headers.get("Authorization") != f"Token {TOKEN}":
            raise Wrong(401)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self._check_query(operation, query)
        status, answer = self._do(method, path, uuid_given, query, self._checked_body(operation, body))
        shape = followed(operation["responses"][str(status)])["content"]["application/json"]["schema"]
        given = described(shape, answer)
        OAS30ReadValidator(schema(shape), format_checker=oas30_format_checker).validate(given)
        return status, {**given, "eenVeldVanEenNieuwereVersie": True}

    def _route(self, path: str) -> tuple[str, str]:
        inside = path.removeprefix(BASE)
        if inside in DOCUMENT["paths"]:
            return inside, ""
        head, _, last = inside.rpartition("/")
        return f"{head}/{{uuid}}", last

    def _check_query(self, operation: Json, query: dict[str, str]) -> None:
        known = {item["name"]: item["schema"] for item in operation.get("parameters", ()) if item["in"] == "query"}
        for name, value in query.items():
            if name not in known or not (name in _FILTERS or name in _PAGING):
                raise Wrong(400, (name, "unknown-parameters"))
            if known[name].get("format") == "uuid":
                uuid.UUID(value)

    def _checked_body(self, operation: Json, body: bytes) -> Json:
        if "requestBody" not in operation:
            return {}
        given = json.loads(body)
        shape = operation["requestBody"]["content"]["application/json"]["schema"]
        faults = list(OAS30WriteValidator(schema(shape), format_checker=oas30_format_checker).iter_errors(given))
        if faults:
            raise Wrong(400, *((".".join(map(str, fault.absolute_path)) or "?", fault.validator) for fault in faults))
        return given  # type: ignore[no-any-return]

    def _do(self, method: str, path: str, uuid_given: str, query: dict[str, str], body: Json) -> tuple[int, Json]:
        collection = path.strip("/").split("/")[0]
        if uuid_given:
            found = [item for item in self.kept.get(collection, ()) if item["uuid"] == uuid_given]
            if not found:
                raise Wrong(404)
            return 200, found[0]
        if method == "get":
            results = [self._shown(item) for item in self.kept.get(collection, ()) if self._matches(item, query)]
            return 200, {"count": len(results), "next": None, "previous": None, "results": results}
        return 201, self._maak(body) if collection == "maak-klantcontact" else self._add(collection, body)

    def _matches(self, item: Json, query: dict[str, str]) -> bool:
        for name, value in query.items():
            if name in _PAGING:
                continue
            found: Any = item
            for key in _FILTERS[name]:
                found = (
                    found.get("aanleidinggevendKlantcontact")
                    if key == "klantcontact" and key not in found
                    else found[key]
                )
            if found != value:
                return False
        return True

    def _maak(self, body: Json) -> Json:
        if body["klantcontact"]["kanaal"] not in self.channels:
            raise Wrong(400, ("klantcontact.kanaal", "invalid"))
        stored = self._keep("klantcontacten", body["klantcontact"])
        who = self._keep("betrokkenen", {**body["betrokkene"], "hadKlantcontact": reference(stored)})
        what = self._keep("onderwerpobjecten", {**body["onderwerpobject"], "klantcontact": reference(stored)})
        stored["betrokkene"], stored["identificator"] = who, what["onderwerpobjectidentificator"]
        return {"klantcontact": self._shown(stored), "betrokkene": who, "onderwerpobject": what}

    def _shown(self, item: Json) -> Json:
        return {**item, "hadBetrokkenen": [reference(item["betrokkene"])]} if "betrokkene" in item else item

    def _add(self, collection: str, body: Json) -> Json:
        if collection == "digitaleadressen":
            self._must_exist("betrokkenen", body["verstrektDoorBetrokkene"], "verstrektDoorBetrokkene")
        if collection == "actorklantcontacten":
            self._must_exist("actoren", body["actor"], "actor")
            self._must_exist("klantcontacten", body["klantcontact"], "klantcontact")
            if any(
                item["actor"] == body["actor"] and item["klantcontact"] == body["klantcontact"]
                for item in self.kept.get(collection, ())
            ):
                raise Wrong(400, ("nonFieldErrors", "unique"))
        if collection == "internetaken":
            self._must_exist("klantcontacten", body["aanleidinggevendKlantcontact"], "aanleidinggevendKlantcontact")
            for actor in body["toegewezenAanActoren"]:
                self._must_exist("actoren", actor, "toegewezenAanActoren")
        return self._keep(collection, body)

    def _must_exist(self, collection: str, given: Json, name: str) -> None:
        if all(item["uuid"] != given["uuid"] for item in self.kept.get(collection, ())):
            raise Wrong(400, (name, "does-not-exist"))

    def _keep(self, collection: str, body: Json) -> Json:
        item = {**body, "uuid": str(uuid.uuid4())}
        self.kept.setdefault(collection, []).append(item)
        return item


def reference(item: Json) -> Json:
    """How another object names this one."""
    return {"uuid": item["uuid"], "url": f"http://openklant.example.nl/{item['uuid']}"}


@contextmanager
def running(server: OpenKlantServer) -> Iterator[OpenKlantServer]:
    """The server on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("get", b"")

        def do_POST(self) -> None:
            self._answer("post", self.rfile.read(int(self.headers["content-length"])))

        def _answer(self, method: str, body: bytes) -> None:
            place = f"{method.upper()} {urlsplit(self.path).path.removeprefix(BASE)}"
            todo = server.answers.get(place)
            fails = todo.popleft() if todo else None
            if isinstance(fails, int):
                self._send(fails, {"title": "Storing"})
                return
            with server.lock:
                try:
                    status, answer = server.handle(method, self.path, self.headers, body)
                except Wrong as wrong:
                    named = [
                        {"name": name, "code": code, "reason": f"'{body.decode()}' mag niet"}
                        for name, code in wrong.fields
                    ]
                    status, answer = wrong.status, {"title": "Fout", "status": wrong.status, "invalidParams": named}
            if fails is not None:
                server.arrived.set()
                if fails == HANG:
                    server.go_on.wait(60)
                self.close_connection = True
                self.connection.close()
                return
            self._send(status, answer)

        def _send(self, status: int, answer: Json) -> None:
            content = json.dumps(answer).encode()
            self.send_response_only(status)
            self.send_header("Date", server.date or formatdate(usegmt=True))
            self.send_header("API-version", DOCUMENT["info"]["version"])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.daemon_threads = True
    server.url = f"http://127.0.0.1:{site.server_port}"
    threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.go_on.set()
        site.shutdown()
        site.server_close()
