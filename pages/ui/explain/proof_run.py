"""The durability proof, run in a thread of its own and watched by every page that is open."""

import logging
import threading

import streamlit as st

from agent import Desk, DeskError, Proof, ProofStep

logger = logging.getLogger(__name__)


class ProofRun:
    """At most one proof at a time in this process; the steps of the last one stay readable."""

    def __init__(self) -> None:
        """Nothing has run yet."""
        self.steps: list[ProofStep] = []
        self.proof: Proof | None = None
        self.problem: str | None = None
        self.running = False
        self._lock = threading.Lock()

    def start(self, desk: Desk) -> None:
        """Start a proof; does nothing while another one runs."""
        with self._lock:
            if self.running:
                return
            self.running = True
            self.steps, self.proof, self.problem = [], None, None
        threading.Thread(target=self._run, args=(desk,), name="proof", daemon=True).start()

    def _run(self, desk: Desk) -> None:
        try:
            self.proof = desk.prove(self.steps.append)
        except DeskError as error:
            self.problem = str(error)
        except Exception:  # a proof that breaks must not leave the button dead
            logger.exception("the proof could not be run")
            self.problem = "The proof could not be run. The log says why."
        finally:
            self.running = False


@st.cache_resource(show_spinner=False)
def proof_run() -> ProofRun:
    """The proof run of this process."""
    return ProofRun()
