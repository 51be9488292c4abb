"""The shop's tables. Times are texts (`agent.timestamps`), money is integer minor units."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, MetaData, Table, UniqueConstraint

from agent.store.columns import Integer, Text

SHOP_VERSION = 2
"""Kept in a file's user_version, which the first release left at 0, elsewhere in a table."""

tables = MetaData()

customers = Table(
    "customers",
    tables,
    Column("customer_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("language", Text, nullable=False),
)

# `paid_minor` includes `delivery_minor`, which is what was paid for delivery, whatever the option costs today.
orders = Table(
    "orders",
    tables,
    Column("number", Text, primary_key=True),
    Column("customer_id", Text, ForeignKey("customers.customer_id"), nullable=False),
    Column("status", Text, nullable=False),
    Column("placed_at", Text, nullable=False),
    Column("paid_minor", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("delivery", Text, nullable=False),
    Column("delivery_minor", Integer, nullable=False),
    Column("street", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("zip", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index("orders_by_customer", "customer_id", "placed_at"),
)

# A product is on one line of an order only, so that its sku says which line is to be changed.
order_items = Table(
    "order_items",
    tables,
    Column("number", Text, ForeignKey("orders.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("sku", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_minor", Integer, nullable=False),
    Column("refundable", Boolean, nullable=False),
    Column("final_sale", Boolean, nullable=False),
    Column("variant", Text, nullable=False),
    UniqueConstraint("number", "sku"),
)

shipments = Table(
    "shipments",
    tables,
    Column("number", Text, ForeignKey("orders.number"), primary_key=True),
    Column("carrier", Text, nullable=False),
    Column("tracking", Text, nullable=False),
    Column("shipped_at", Text, nullable=False),
    Column("delivered_at", Text),
)

order_refunds = Table(
    "order_refunds",
    tables,
    Column("number", Text, ForeignKey("orders.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("amount_minor", Integer, nullable=False),
    Column("refunded_at", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

# A product without rows here comes in one size and colour only.
variants = Table(
    "variants",
    tables,
    Column("sku", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("in_stock", Boolean, nullable=False),
    UniqueConstraint("sku", "name"),
)

# One row is one change that was made: `what` is what was asked, `result` the order afterwards, both as JSON.
order_writes = Table(
    "order_writes",
    tables,
    Column("key", Text, primary_key=True),
    Column("number", Text, ForeignKey("orders.number"), nullable=False),
    Column("what", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("result", Text, nullable=False),
)
