"""The proof on the page: a button, the steps while they happen, and the verdict."""

import streamlit as st

from agent import Desk, ProofStep
from pages.ui.blocks import facts, show_blocks, table
from pages.ui.clock import milliseconds
from pages.ui.explain.proof_run import ProofRun, proof_run
from pages.ui.fragments import fragment
from pages.ui.plain_text import plain


@fragment(run_every=0.4)
def draw_proof(desk: Desk) -> None:
    """Button, steps and verdict; polls while the page is open."""
    run = proof_run()
    st.button(
        "The proof is running" if run.running else "Run the proof",
        key="run_proof",
        type="primary",
        icon="spinner" if run.running else ":material/play_arrow:",
        disabled=run.running,
        on_click=run.start,
        args=(desk,),
    )
    if run.problem:
        st.error(plain(run.problem), icon=":material/error:")
    _draw_verdict(run)
    if run.steps:
        rows = [_row(number, step) for number, step in enumerate(list(run.steps), start=1)]
        show_blocks(
            [table("Steps of the proof", ("", "Step", "What was seen", "Process", "Time"), rows, numeric=(0, 3, 4))],
            key="proof_steps",
        )
    elif not run.running and run.proof is None:
        st.caption("It takes about ten seconds, in a folder of its own. The desk you see keeps working.")


def _row(number: int, step: ProofStep) -> tuple[str, ...]:
    sign = "✓" if step.ok else "✕ failed:"
    return (str(number), f"{sign} {step.name}", step.detail, str(step.pid), milliseconds(step.ms))


def _draw_verdict(run: ProofRun) -> None:
    proof = run.proof
    if proof is None:
        return
    if proof.passed:
        st.success("Paused in one process, killed, resumed in another: paid once.", title="Passed")
    else:
        st.error("At least one step did not hold; see below.", title="Failed")
    show_blocks(
        [
            facts(
                [
                    ("Paused by process", f"{proof.pause_pid}, after {milliseconds(proof.pause_ms)}"),
                    ("Resumed by process", f"{proof.resume_pid}, after {milliseconds(proof.resume_ms)}"),
                    ("Altogether", milliseconds(proof.total_ms)),
                ]
            )
        ],
        key="proof_verdict",
    )
