"""Play whole conversations through a desk, decisions of people included, and compare what happens with the script."""

import json
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from agent.bootstrap import Mind, open_backoffice
from agent.desk import Desk
from agent.errors import ConfigurationError, DeskError
from agent.model import (
    GUEST,
    Action,
    Decision,
    DenialReason,
    Identity,
    Intent,
    Lane,
    Money,
    OrderStatus,
    ReviewKind,
    ThreadStatus,
    Value,
)
from agent.policy import load_policy
from agent.settings import Settings

REVIEWER = Identity(subject="robin", role="reviewer", source="command-line")


class Expected(Value):
    """What must be true after a step; what is not named may be anything."""

    status: ThreadStatus | None = None
    route: Lane | None = None
    intent: Intent | None = None
    language: str | None = None
    review: ReviewKind | None = None
    queued: bool | None = None
    reply_has: tuple[str, ...] = ()
    reply_lacks: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    result_has: str = ""


class Step(Value):
    """One thing that somebody does: the customer says, a reviewer decides or answers as a person or hands back."""

    say: str | None = None
    decide: Action | None = None
    reason: DenialReason | None = None
    amount_minor: int | None = None
    reply: str | None = None
    answer: str | None = None
    hand_back: bool = False
    expect: Expected = Expected()


class OrderAfterwards(Value):
    """How an order must stand when the conversation is over."""

    number: str
    status: OrderStatus
    address_has: str = ""
    item_variant: str = ""


class Conversation(Value):
    """A scripted conversation; `payments` is how many refunds it may have paid in the end."""

    id: str
    about: str
    customer: str = GUEST
    policy: str = "default"
    steps: tuple[Step, ...]
    payments: int = 0
    orders: tuple[OrderAfterwards, ...] = ()


def read_conversations(file: Path) -> list[Conversation]:
    """The scripts of a JSON file; raises ConfigurationError naming it."""
    try:
        return TypeAdapter(list[Conversation]).validate_python(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        message = f"{file} holds no scripts of conversations ({error}). Nothing was played; mend the file."
        raise ConfigurationError(message) from error


def play_all(mind: Mind, settings: Settings, scripts: Sequence[Conversation], times: int) -> dict[str, Any]:
    """Every script `times` times, each in a fresh folder; what went otherwise, by script."""
    failures: dict[str, list[str]] = {}
    passed = 0
    for script in scripts:
        for _ in range(times):
            problems = _play(mind, settings, script)
            passed += not problems
            if problems:
                failures.setdefault(script.id, problems)
    return {
        "conversations": len(scripts),
        "times": times,
        "passed": passed,
        "of": len(scripts) * times,
        "failures": failures,
    }


def _play(mind: Mind, settings: Settings, script: Conversation) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="triage-conversation-") as home:
        chosen = settings.model_copy(update={"home": Path(home), "policy": script.policy, "audit_anchor": None})
        load_policy(chosen.policy)
        with closing(Desk(open_backoffice(chosen, mind), chosen)) as desk:
            return _Player(desk, script).problems()


class _Player:
    def __init__(self, desk: Desk, script: Conversation) -> None:
        self._desk = desk
        self._script = script
        self._thread_id: str | None = None

    def problems(self) -> list[str]:
        found = []
        for number, step in enumerate(self._script.steps, start=1):
            try:
                found += [f"step {number}: {problem}" for problem in self._take(step)]
            except DeskError as error:
                return [*found, f"step {number}: {error}"]
        if self._desk.payments_made() != self._script.payments:
            found.append(f"{self._desk.payments_made()} payments instead of {self._script.payments}")
        return found + [problem for order in self._script.orders for problem in self._wrong_with(order)]

    def _take(self, step: Step) -> list[str]:
        if step.say is not None:
            return self._say(step.say, step.expect)
        if self._thread_id is None:
            return ["a script begins with what the customer says"]
        if step.decide is not None:
            return self._decide(step)
        if step.answer is not None:
            self._desk.answer(self._thread_id, step.answer, REVIEWER)
        if step.hand_back:
            self._desk.hand_back(self._thread_id, REVIEWER)
        view = self._desk.thread(self._thread_id)
        return _compare(step.expect, {"status": view.thread.status, "reply": view.transcript[-1].text})

    def _say(self, text: str, expect: Expected) -> list[str]:
        result = self._desk.chat(text, thread_id=self._thread_id, customer_id=self._script.customer)
        self._thread_id = result.thread_id
        turn = self._desk.thread(result.thread_id).turns[-1]
        review = self._desk.review(result.review_id).kind if result.review_id and not result.queued else None
        facts = {
            **result.model_dump(),
            "review": review,
            "rules": [rule.name for rule in result.rules],
            "tools": [call["tool"] for call in turn.record.get("tool_calls", ()) if call["outcome"] == "done"],
            "result": result.action_result or "",
        }
        return _compare(expect, facts)

    def _decide(self, step: Step) -> list[str]:
        pending = self._desk.thread(self._thread_id or "").pending_review_id
        if pending is None or step.decide is None:
            return ["nothing waits for a decision"]
        decision = Decision(
            action=step.decide,
            reason=step.reason,
            amount=Money(minor=step.amount_minor) if step.amount_minor is not None else None,
            reply=step.reply,
        )
        result = self._desk.decide(pending, decision, REVIEWER)
        facts = {"status": result.status, "reply": result.reply, "result": result.action_result}
        return _compare(step.expect, facts)

    def _wrong_with(self, expected: OrderAfterwards) -> list[str]:
        order = self._desk.order(expected.number)
        if order is None:
            return [f"order {expected.number} does not exist"]
        variants = [item.variant for item in order.items]
        wrong = []
        if order.status != expected.status:
            wrong.append(f"order {order.number} is {order.status} instead of {expected.status}")
        if expected.address_has not in str(order.address):
            wrong.append(f"order {order.number} goes to {order.address}")
        if expected.item_variant and expected.item_variant not in variants:
            wrong.append(f"order {order.number} holds {variants}")
        return wrong


def _compare(expect: Expected, facts: dict[str, Any]) -> list[str]:
    plain = ("status", "route", "intent", "language", "review", "queued")
    wanted = {name: getattr(expect, name) for name in plain if getattr(expect, name) is not None}
    wrong = [
        f"{name} is {facts.get(name)} instead of {value}" for name, value in wanted.items() if facts.get(name) != value
    ]
    reply = str(facts.get("reply", ""))
    wrong += [f"the reply lacks {part!r}: {reply!r}" for part in expect.reply_has if part not in reply]
    wrong += [f"the reply holds {part!r}: {reply!r}" for part in expect.reply_lacks if part in reply]
    wrong += [
        f"rule {rule} did not fire: {facts.get('rules')}" for rule in expect.rules if rule not in facts.get("rules", ())
    ]
    wrong += [
        f"tool {tool} was not used: {facts.get('tools')}" for tool in expect.tools if tool not in facts.get("tools", ())
    ]
    if expect.result_has not in str(facts.get("result", "")):
        wrong.append(f"the result is {facts.get('result')!r}")
    return wrong
