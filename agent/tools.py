"""The five tools on the order store, as typed functions with schemas.

They are called for one caller, and show and change only what is that caller's: orders of the signed-in customer, and
orders that the caller proved by number and e-mail address. Every call is noted for the record of the turn.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pydantic import Field

from agent.errors import OrderRefusedError
from agent.model import Caller, Customer, Order, OrderChange, ToolCall, Value
from agent.ports.orders import OrderStore


class GetUser(Value):
    """The customer who is writing, if signed in."""


class GetOrderById(Value):
    """One order of the customer who is writing."""

    number: str = Field(description="Order number, however it is written.")


class GetCustomerOrders(Value):
    """The orders of the customer who is writing, the latest first."""

    limit: int = Field(default=10, ge=1, le=50, description="Orders at most.")


class CancelOrder(Value):
    """Cancel an order that is processing. Needs the customer's explicit yes."""

    number: str = Field(description="Order number.")
    seen_version: int = Field(description="Version of the order that the customer was shown.")


class UpdateOrder(Value):
    """Change address, item or delivery of an order that is processing. Needs the customer's explicit yes."""

    number: str = Field(description="Order number.")
    change: OrderChange
    seen_version: int = Field(description="Version of the order that the customer was shown.")


TOOLS: Mapping[str, type[Value]] = MappingProxyType(
    {
        "get_user": GetUser,
        "get_order_by_id": GetOrderById,
        "get_customer_orders": GetCustomerOrders,
        "cancel_order": CancelOrder,
        "update_order": UpdateOrder,
    }
)


def tool_schemas() -> list[dict[str, Any]]:
    """Name, description and JSON schema of each tool, as function-calling models and MCP clients read them."""
    return [
        {"name": name, "description": (arguments.__doc__ or "").strip(), "parameters": arguments.model_json_schema()}
        for name, arguments in TOOLS.items()
    ]


@dataclass
class OrderTools:
    """The tools in the hands of one caller; a write is done once per `turn_id`, however often the turn runs."""

    store: OrderStore
    caller: Caller
    turn_id: str
    calls: list[ToolCall] = field(default_factory=list)

    def get_user(self) -> Customer | None:
        """The signed-in customer; None for a guest."""
        customer = None if self.caller.is_guest else self.store.get_user(self.caller.customer_id)
        self._note("get_user", GetUser(), found=customer is not None)
        return customer

    def get_order_by_id(self, number: str) -> Order | None:
        """The order, if it exists and is the caller's; the answer does not tell the two apart."""
        order = self.store.get_order_by_id(number)
        visible = order if order is not None and self.caller.may_see(order) else None
        self._note("get_order_by_id", GetOrderById(number=number), found=visible is not None)
        return visible

    def get_customer_orders(self, limit: int = 10) -> list[Order]:
        """The caller's own orders, the latest first; none for a guest."""
        orders = [] if self.caller.is_guest else self.store.get_customer_orders(self.caller.customer_id, limit)
        self._note("get_customer_orders", GetCustomerOrders(limit=limit), found=bool(orders))
        return orders

    def prove(self, number: str, email: str) -> Order | None:
        """The order, if it was ordered with this e-mail address; it is the caller's from then on."""
        order = self.store.get_order_by_id(number)
        owner = self.store.get_user(order.customer_id) if order is not None else None
        if order is None or owner is None or owner.email.casefold() != email.strip().casefold():
            self._note("get_order_by_id", GetOrderById(number=number), found=False)
            return None
        self.caller = Caller(customer_id=self.caller.customer_id, proven=(*self.caller.proven, order.number))
        return self.get_order_by_id(order.number)

    def cancel_order(self, number: str, *, seen_version: int) -> Order:
        """The cancelled order; raises OrderRefusedError, and nothing is changed."""
        arguments = CancelOrder(number=number, seen_version=seen_version)
        with self._noting_refusals("cancel_order", arguments):
            self._refuse_strangers(number)
            order = self.store.cancel_order(number, key=f"{self.turn_id}:cancel", seen_version=seen_version)
        self._note("cancel_order", arguments, found=True)
        return order

    def update_order(self, number: str, change: OrderChange, *, seen_version: int) -> Order:
        """The changed order; raises OrderRefusedError, and nothing is changed."""
        arguments = UpdateOrder(number=number, change=change, seen_version=seen_version)
        with self._noting_refusals("update_order", arguments):
            self._refuse_strangers(number)
            order = self.store.update_order(number, change, key=f"{self.turn_id}:update", seen_version=seen_version)
        self._note("update_order", arguments, found=True)
        return order

    def _refuse_strangers(self, number: str) -> None:
        order = self.store.get_order_by_id(number)
        if order is None or not self.caller.may_see(order):
            message = f"Order {number} is not this caller's; nothing was changed."
            raise OrderRefusedError(reason="unknown_order", message=message)

    @contextmanager
    def _noting_refusals(self, tool: str, arguments: Value) -> Iterator[None]:
        try:
            yield
        except OrderRefusedError as refusal:
            call = ToolCall(tool=tool, arguments=_shown(arguments), outcome="refused", detail=refusal.reason)
            self.calls.append(call)
            raise

    def _note(self, tool: str, arguments: Value, *, found: bool) -> None:
        self.calls.append(
            ToolCall(tool=tool, arguments=_shown(arguments), outcome="done" if found else "nothing found")
        )


def _shown(arguments: Value) -> dict[str, str]:
    plain = arguments.model_dump(mode="json")
    return {name: value if isinstance(value, str) else str(value) for name, value in plain.items()}


def noted(calls: Sequence[ToolCall]) -> list[dict[str, Any]]:
    """The calls as plain JSON."""
    return [call.model_dump(mode="json") for call in calls]
