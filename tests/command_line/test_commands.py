"""The command line as programs use it: real processes, the embedded engine, one home."""

import json
from pathlib import Path

import pytest

from tests.command_line.conftest import Run

REFUND = "I want my $240 back for order LF-10482, the chair arrived broken"


def test_a_refund_from_request_to_payment(run_process: Run) -> None:
    paused = run_process("chat", REFUND, "--customer", "C-1001", "--json").document
    (review,) = run_process("approvals", "--json").document
    decided = run_process("decide", paused["review_id"], "approve", "--as", "robin", "--json").document
    thread = run_process("thread", paused["thread_id"], "--json").document
    events = run_process("events", paused["thread_id"], "--json").document

    assert (paused["status"], paused["intent"], paused["route"]) == ("PAUSED_FOR_APPROVAL", "refund", "refund")
    assert (review["review_id"], review["kind"], review["amount"]) == (paused["review_id"], "refund", "240.00")
    assert review["recommendation"] == "approve"
    assert {clause["verdict"] for clause in review["clauses"]} == {"pass"}
    assert (decided["status"], decided["action_result"]) == ("DONE", "Refund issued: $240.00")
    assert thread["status"] == "DONE"
    assert [line["who"] for line in thread["transcript"]] == ["customer", "agent", "agent"]
    assert {"HITL_TRIGGERED", "HITL_RESOLVED", "REFUND_ISSUED"} <= {event["type"] for event in events}


def test_what_was_decided_once_stays_decided(run_process: Run) -> None:
    paused = run_process("chat", REFUND, "--customer", "C-1001", "--json").document
    run_process("decide", paused["review_id"], "deny", "--as", "robin", "--reason", "outside_window", "--json")

    second = run_process("decide", paused["review_id"], "approve", "--as", "sam", "--json")

    assert second.code == 4
    assert "already decided by robin" in second.document["message"]
    assert "already decided by robin" in second.err
    assert run_process("audit", "verify", "--json").document["ok"] is True


def test_a_denial_without_a_reason_is_recorded_as_such_and_the_customer_is_told_none(run: Run) -> None:
    paused = run("chat", REFUND, "--customer", "C-1001", "--json").document

    denied = run("decide", paused["review_id"], "deny", "--as", "robin", "--json").document

    assert denied["action_result"] == "Refund denied: other"
    assert "because" not in denied["reply"]
    assert "command line" not in denied["reply"]


def test_a_question_is_answered_with_citations(run: Run) -> None:
    answered = run("chat", "How do I reset my password?", "--json").document

    assert (answered["status"], answered["route"]) == ("DONE", "faq")
    assert answered["citations"][0]["article_id"] == "forgotten-password"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("chat", ""), 2),
        (("chat", "x" * 8001), 2),
        (("chat", "hello", "--thread", "11111111-2222-3333-4444-555555555555"), 3),
        (("chat", "hello", "--thread", "None"), 3),
        (("decide", "no-such-review", "approve", "--as", "robin"), 3),
        (("thread", "nonsense"), 3),
        (("events", "11111111-2222-3333-4444-555555555555"), 3),
        (("approvals", "--status", "open"), 2),
        (("evaluate", "intents", "/no/such/file"), 6),
    ],
)
def test_bad_input_says_what_did_not_happen(run: Run, arguments: tuple[str, ...], code: int) -> None:
    ran = run(*arguments, "--json")

    assert ran.code == code
    assert any(word in ran.document["message"].lower() for word in ("nothing was", "was not"))
    assert "Traceback" not in ran.err


def test_bytes_that_are_no_text_are_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"
    file.write_bytes(b'{"text": "\xff\xfe"}\n')

    ran = run("attack", str(file), "--json")

    assert ran.code == 6
    assert "UTF-8" in ran.document["message"]


def test_an_impossible_amount_pays_nothing(run: Run) -> None:
    paused = run("chat", REFUND, "--customer", "C-1001", "--json").document

    for amount in ("nan", "inf", "-1", "1e309", "240.01", "0", "1.005", "lots"):
        ran = run("decide", paused["review_id"], "edit", "--as", "robin", f"--amount={amount}", "--json")

        assert ran.code == 2, amount
        assert "othing was decided" in ran.document["message"]

    assert run("approvals", "--json").document[0]["status"] == "pending"


@pytest.mark.parametrize(
    ("kind", "row", "key"),
    [
        (
            "intents",
            {"text": "I want my money back", "label": "refund", "also_ok": ["faq"], "note": "ignored"},
            "confusion",
        ),
        ("sentiment", {"text": "I love it, thank you so much!", "label": "positive"}, "per_label"),
        ("escalation", {"text": "let me talk to a human", "label": "escalate"}, "macro_f1"),
    ],
)
def test_evaluate_reports_figures(run: Run, tmp_path: Path, kind: str, row: dict[str, object], key: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(row) + "\n")

    found = run("evaluate", kind, str(file), "--json").document

    assert found["accuracy"] == 1.0
    assert key in found


def test_evaluate_retrieval_reports_figures(run: Run, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    rows = [
        {"id": "a", "title": "How wide are the shelves?", "text": "The shelves are two feet wide."},
        {"id": "b", "title": "Do you sell bread?", "text": "Bread is sold on Mondays."},
    ]
    corpus.write_text("\n".join(map(json.dumps, rows)))
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps({"text": "width of a shelf", "gold_ids": ["a"]}))

    found = run("evaluate", "retrieval", str(questions), "--corpus", str(corpus), "--json").document

    assert (found["recall_at_1"], found["recall_at_5"], found["mrr"]) == (1.0, 1.0, 1.0)


def test_conversations_are_played_and_their_failures_told(run: Run, tmp_path: Path) -> None:
    script = {"id": "hello", "about": "A question.", "steps": [{"say": "hello", "expect": {"status": "DONE"}}]}
    file = tmp_path / "scripts.json"
    file.write_text(json.dumps([script]))

    ran = run("evaluate", "conversations", str(file), "--times", "2", "--json")

    assert ran.code == 1
    assert (ran.document["passed"], ran.document["of"]) == (0, 2)
    assert "status is AWAITING_CUSTOMER instead of DONE" in ran.document["failures"]["hello"][0]


def test_a_file_without_scripts_is_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "scripts.json"
    file.write_text("[{]")

    assert "scripts.json" in run("evaluate", "conversations", str(file), "--json").document["message"]


def test_the_tools_are_told_with_their_schemas(run: Run) -> None:
    tools = {tool["name"]: tool["parameters"] for tool in run("tools", "--json").document}

    assert set(tools) == {"get_user", "get_order_by_id", "get_customer_orders", "cancel_order", "update_order"}
    assert tools["cancel_order"]["required"] == ["number", "seen_version"]


def test_an_order_is_cancelled_from_the_command_line_after_a_yes(run: Run) -> None:
    asked = run("chat", "please cancel my order LF-10377", "--customer", "C-1004", "--json").document
    done = run("chat", "yes", "--thread", asked["thread_id"], "--json").document

    assert (asked["status"], done["status"]) == ("AWAITING_CUSTOMER", "PAUSED_FOR_APPROVAL")
    assert "LF-10377 is cancelled" in done["reply"]


def test_a_remote_engine_that_is_away_is_no_reason_not_to_answer(run: Run) -> None:
    away = {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "TRIAGE_ENGINE": "openai"}

    found = run("chat", "How long does standard delivery take?", "--json", **away).document
    thread = run("thread", found["thread_id"], "--json").document

    assert (found["status"], found["route"]) == ("DONE", "faq")
    assert all(call["trouble"] for call in thread["turns"][0]["record"]["engine_calls"])


def test_the_durability_proof_passes(run: Run) -> None:
    proof = run("prove", "--json").document

    assert proof["passed"] is True
    assert proof["pause_pid"] != proof["resume_pid"]
    assert [step["name"] for step in proof["steps"]] == ["paused", "killed", "resumed", "decided twice", "paid once"]


def test_the_doctor_finds_a_fresh_desk_well(run: Run) -> None:
    ran = run("doctor", "--json")

    assert (ran.code, ran.document["ok"]) == (0, True)


def test_the_doctor_names_a_database_that_is_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "desk.sqlite").write_bytes(b"not a database at all" * 100)

    ran = run("doctor", "--json")

    assert ran.code == 1
    assert "desk.sqlite" in ran.out
    assert "restore" in ran.out


@pytest.mark.parametrize(
    ("variable", "value"),
    [("TRIAGE_POLICY", "/no/such/policy"), ("TRIAGE_ENGINE", "crystal-ball"), ("TRIAGE_EMBEDDING_DIR", "/no/model")],
)
def test_settings_that_are_not_usable_stop_the_start(run: Run, variable: str, value: str) -> None:
    ran = run("chat", "hello", "--json", **{variable: value})

    assert ran.code == 6
    assert value.rsplit("/", 1)[-1] in ran.document["message"]


def test_a_claim_keeps_others_off_until_it_is_released(run: Run) -> None:
    paused = run("chat", REFUND, "--customer", "C-1001", "--json").document
    claimed = run("claim", paused["review_id"], "--as", "robin", "--json").document

    refused = run("decide", paused["review_id"], "approve", "--as", "sam", "--json")
    run("release", paused["review_id"], "--as", "lee", "--role", "lead", "--json")
    decided = run("decide", paused["review_id"], "approve", "--as", "sam", "--json")

    assert claimed["claimed_by"] == "robin"
    assert (refused.code, "claimed by robin" in refused.document["message"]) == (4, True)
    assert decided.document["action_result"] == "Refund issued: $240.00"


def test_a_decision_that_waits_can_be_called_back(run: Run) -> None:
    paused = run("chat", REFUND, "--customer", "C-1001", "--json").document
    held = run("decide", paused["review_id"], "approve", "--as", "robin", "--undo-window", "--json").document

    undone = run("undo", paused["review_id"], "--as", "robin", "--json").document
    past = run("history", "--json").document

    assert held["held_until"] is not None
    assert (held["status"], undone["review_status"]) == ("PAUSED_FOR_APPROVAL", "pending")
    assert [row["withdrawn_at"] is not None for row in past] == [True]


def test_a_large_refund_takes_two_commands_by_two_people(run: Run) -> None:
    paused = run("chat", "refund order LF-10495 please", "--customer", "C-1026", "--json").document

    first = run("decide", paused["review_id"], "approve", "--as", "robin", "--json").document
    same = run("decide", paused["review_id"], "approve", "--as", "Robin ", "--json")
    second = run("decide", paused["review_id"], "approve", "--as", "sam", "--json").document

    assert first["status"] == "AWAITING_SECOND_REVIEWER"
    assert same.code == 5
    assert second["action_result"] == "Refund issued: $1,250.00"


def test_a_role_that_is_taken_away_is_gone(run: Run) -> None:
    paused = run("chat", REFUND, "--customer", "C-1001", "--json").document
    run("people", "set", "robin", "none", "--as", "kim", "--json")

    refused = run("decide", paused["review_id"], "approve", "--as", "Robin", "--json")

    assert (refused.code, run("people", "list", "--json").document[0]["role"]) == (5, "none")


def test_the_audit_chain_is_exported_whole(run: Run, tmp_path: Path) -> None:
    run("chat", REFUND, "--customer", "C-1001", "--json")

    lines = run("audit", "export", str(tmp_path / "chain.jsonl"), "--json").document
    sheet = run("audit", "export", str(tmp_path / "chain.csv"), "--json").document
    wrong = run("audit", "export", str(tmp_path / "chain.xlsx"), "--json")

    (entry,) = [json.loads(line) for line in (tmp_path / "chain.jsonl").read_text().splitlines()]
    assert (lines["entries"], sheet["entries"], entry["action"]) == (1, 1, "review_opened")
    assert wrong.code == 7


def test_a_check_case_waits_like_any_other_refund(run: Run) -> None:
    seeded = run("check-case", "lamp-too-late", "--as", "lee", "--json").document

    (review,) = run("approvals", "--json").document
    decided = run("decide", review["review_id"], "approve", "--as", "robin", "--json").document

    assert review["thread_id"] == seeded["thread_id"]
    assert decided["check_case"] == "lamp-too-late"
    assert decided["action_result"].startswith("This was a check case")


def test_a_policy_is_saved_listed_and_taken_back(run: Run) -> None:
    shown = run("policy", "--json").document
    saved = run(
        *("policy", "save", "--set", "min_relevance=0.65", "--set", "escalating_topics=legal_threat"),
        *("--reason", "too many escalations", "--as", "kim", "--json"),
    ).document
    in_force = run("policy", "--json").document
    refused = run("policy", "save", "--set", "min_relevance=7", "--reason", "typo", "--as", "kim", "--json")
    late = run("policy", "save", "--set", "hits=6", "--reason", "x", "--as", "sam", "--based-on", "1", "--json")
    back = run("policy", "restore", "1", "--reason", "worse", "--as", "kim", "--json").document
    listed = run("policy", "list")

    assert (shown["version"], shown["min_relevance"]) == (1, 0.7)
    assert (saved["version"], saved["author"], saved["reason"]) == (2, "kim", "too many escalations")
    assert (in_force["min_relevance"], in_force["escalating_topics"]) == (0.65, ["legal_threat"])
    assert (refused.code, "min_relevance cannot be '7'" in refused.err) == (2, True)
    assert (late.code, "kim saved version 2" in late.document["message"]) == (4, True)
    assert (back["version"], back["restored_from"], back["policy"]["min_relevance"]) == (3, 1, 0.7)
    assert [line.split()[0] for line in listed.out.splitlines()] == ["v3", "v2", "v1", "in"]
    assert "| `min_relevance` |" in run("policy").out
