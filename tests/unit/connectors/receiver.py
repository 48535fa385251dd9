"""A receiver that runs: a real HTTP server that checks signatures, remembers what it took, and fails when told to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "whsec_" + base64.b64encode(b"een geheim van een gemeente, lang genoeg").decode()
LOST, HANG = "verloren", "hangt"


@dataclass
class Receiver:
    """``answers``: what it does with the next posts (a status, :data:`LOST`: taken without an answer, :data:`HANG`); after that 200.

    ``posts``: every post; ``taken``: what it kept, once for each ``webhook-id``, and only when the signature is right.
    """

    url: str = ""
    answers: deque[int | str] = field(default_factory=deque)
    headers: dict[str, str] = field(default_factory=dict)
    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    arrived: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def take(self, headers: Any, body: bytes) -> int | str:
        """What to answer."""
        message_id = headers["webhook-id"]
        signed = f"{message_id}.{headers['webhook-timestamp']}.".encode() + body
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        right = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        if not hmac.compare_digest(right, headers["webhook-signature"]):
            return 401
        self.posts.append((message_id, json.loads(body)))
        self.arrived.set()
        answer = self.answers.popleft() if self.answers else 200
        if answer in (200, LOST, HANG):
            self.taken.setdefault(message_id, json.loads(body))
        return answer


@contextmanager
def running(receiver: Receiver) -> Iterator[Receiver]:
    """The receiver on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = receiver.take(self.headers, self.rfile.read(int(self.headers["content-length"])))
            if answer == HANG:
                receiver.go_on.wait(60)
            if isinstance(answer, str):
                self.close_connection = True
                self.connection.close()
                return
            self.send_response(answer)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_port}/haak"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield receiver
    finally:
        receiver.go_on.set()
        server.shutdown()
        server.server_close()
