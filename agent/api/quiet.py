"""What the server writes about WebSockets and should not: addresses with tokens in them, and an error per refusal."""

import logging

OF_ADDRESSES = '%s - "WebSocket %s"'
OF_REFUSALS = ("connection rejected (", "ASGI callable returned without completing handshake.")
"""uvicorn 0.54 calls it an error when a handshake is answered with a status; a thousand refusals would fill the log."""


class QuietWebSockets(logging.Filter):
    """Drops those lines; what is refused for being too much is logged once by what refuses it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        said = str(record.msg)
        return not said.startswith((OF_ADDRESSES, *OF_REFUSALS))


def keep_websockets_quiet() -> None:
    """Let the server's log leave them out; any number of calls is as one."""
    server_log = logging.getLogger("uvicorn.error")
    if not any(isinstance(each, QuietWebSockets) for each in server_log.filters):
        server_log.addFilter(QuietWebSockets())
