"""An identity provider that the tests play: its secret, its tokens, and where it publishes its keys."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey
from pydantic import SecretStr

SECRET = "a secret of the issuer, long enough to be one"  # noqa: S105  of an issuer that these tests play
ISSUER = "https://id.example"
AUDIENCE = "desk"
TOKENS: dict[str, Any] = {"jwt_key": SecretStr(SECRET), "jwt_issuer": ISSUER, "jwt_audience": AUDIENCE}
"""Settings of a desk that takes its tokens."""


def claims(**other: Any) -> dict[str, Any]:
    """What a token of a reviewer says."""
    now = int(time.time())
    return {"iss": ISSUER, "aud": AUDIENCE, "sub": "robin", "roles": ["reviewer"], "exp": now + 600, **other}


def token(key: Any = None, alg: str = "HS256", header: dict[str, Any] | None = None, **other: Any) -> str:
    """A token of a reviewer; a claim that is None is left out."""
    said = {name: value for name, value in claims(**other).items() if value is not None}
    return jwt.encode({"alg": alg, **(header or {})}, said, key or OctKey.import_key(SECRET), algorithms=[alg])


@contextmanager
def key_server(*keys: ECKey) -> Iterator[tuple[str, list[ECKey]]]:
    """An issuer that publishes its keys."""
    published = list(keys)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(KeySet([*published]).as_dict(private=False)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/keys", published
        finally:
            server.shutdown()
            thread.join()
