"""A DynamoDB table: its address, and a client whose reads are consistent and whose errors an operator can act on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import sleep
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoRegionError

from agent.errors import ConfigurationError, LeaseLostError, StorageError
from agent.store.checkpoints import MOVED_ON

SCHEME = "dynamodb"
TABLE = re.compile(r"[A-Za-z0-9_.-]{3,255}")
PATIENCE = Config(connect_timeout=5, read_timeout=10, retries={"mode": "standard", "max_attempts": 4})
IN_ONE_TRANSACTION = 100
"""Items that DynamoDB writes together, or gives in one answer, at most."""
COLLISIONS = 8
"""How often to try again when another transaction has an item at the same moment."""

KEYS = [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}]
KINDS = [{"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK")]
"""As langgraph-checkpoint-aws has its table."""

REMEDIES = {
    "credentials": "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE or a role",
    "security token": "renew the credentials",
    "signature": "mend the credentials",
    "not authorized": "grant the role what is missing",
    "could not connect": "start the endpoint or mend TRIAGE_CHECKPOINT_URL",
    "connect timeout": "start the endpoint or mend TRIAGE_CHECKPOINT_URL",
    "resource not found": "make the table again: python -m agent migrate",
    "throughput": "give the table more capacity, or let it be billed by request",
}


@dataclass(frozen=True, kw_only=True)
class TableAddress:
    """dynamodb://TABLE?region=…&endpoint=…; credentials come from AWS's own variables, never from the address."""

    table: str
    region: str | None
    endpoint: str | None

    @classmethod
    def parse(cls, written: str) -> Self:
        """Raises ConfigurationError for what is no such address."""
        parts = urlsplit(written)
        options = parse_qs(parts.query, keep_blank_values=True)
        usable = (
            parts.scheme == SCHEME
            and TABLE.fullmatch(parts.netloc)
            and not parts.path.strip("/")
            and set(options) <= {"region", "endpoint"}
            and all(len(values) == 1 and values[0] for values in options.values())
        )
        if not usable:
            message = (
                "TRIAGE_CHECKPOINT_URL is no address like dynamodb://TABLE?region=eu-central-1, with "
                "&endpoint=http://127.0.0.1:8000 for a server of one's own. Nothing was started; mend it, or unset it."
            )
            raise ConfigurationError(message)
        return cls(
            table=parts.netloc,
            region=options.get("region", [None])[0],
            endpoint=options.get("endpoint", [None])[0],
        )

    def __str__(self) -> str:
        """As operators name it."""
        return f"DynamoDB table {self.table}" + (f" at {self.endpoint}" if self.endpoint else "")


class TableClient:
    """What is asked of one table. Every method raises StorageError with the remedy."""

    def __init__(self, address: TableAddress) -> None:
        """Nothing is asked yet; raises ConfigurationError if no region is named anywhere."""
        self.address = address
        try:
            session = boto3.Session(region_name=address.region)
            self._client = session.client("dynamodb", endpoint_url=address.endpoint, config=PATIENCE)
        except NoRegionError as error:
            message = "No AWS region. Nothing was started; write dynamodb://TABLE?region=… or set AWS_REGION."
            raise ConfigurationError(message) from error
        except (BotoCoreError, ValueError) as error:
            raise self._explain(error) from error

    def query(self, **request: Any) -> Any:
        """As the table stands now: without asking for it, a read may be a moment behind what was written."""
        return self._ask("query", ConsistentRead=True, **request)

    def get_item(self, **request: Any) -> Any:
        """As `query`."""
        return self._ask("get_item", ConsistentRead=True, **request)

    def batch_get_item(self, *, RequestItems: Mapping[str, Mapping[str, Any]]) -> Any:  # noqa: N803  AWS's own
        """As `query`."""
        consistent = {table: {**keys, "ConsistentRead": True} for table, keys in RequestItems.items()}
        return self._ask("batch_get_item", RequestItems=consistent)

    def get_all(self, keys: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The items with these keys that exist, in no order."""
        wanted = {tuple(part["S"] for part in key.values()): key for key in keys}  # none may be asked for twice
        left, found = list(wanted.values()), []
        while left:
            asked = {self.address.table: {"Keys": left[:IN_ONE_TRANSACTION]}}
            answer = self.batch_get_item(RequestItems=asked)
            found += answer["Responses"].get(self.address.table, [])
            left = left[IN_ONE_TRANSACTION:] + answer["UnprocessedKeys"].get(self.address.table, {}).get("Keys", [])
        return found

    def batch_write_item(self, **request: Any) -> Any:
        """Several writes, each by itself."""
        return self._ask("batch_write_item", **request)

    def scan(self, **request: Any) -> Any:
        """The whole table, page by page."""
        return self._ask("scan", ConsistentRead=True, **request)

    def write_together(self, writes: Sequence[Mapping[str, Any]]) -> None:
        """All or none; raises LeaseLostError if a condition does not hold."""
        for attempt in range(COLLISIONS):
            try:
                self._client.transact_write_items(TransactItems=list(writes))
            except ClientError as error:
                reasons = {reason.get("Code") for reason in error.response.get("CancellationReasons", ())}
                if "ConditionalCheckFailed" in reasons:
                    raise LeaseLostError(MOVED_ON) from error
                if "TransactionConflict" not in reasons or attempt == COLLISIONS - 1:
                    raise self._explain(error) from error
                sleep(0.01 * 2**attempt)
            except BotoCoreError as error:
                raise self._explain(error) from error
            else:
                return

    def make_table(self) -> None:
        """Make the table if there is none, billed by request, and wait until it can be used."""
        try:
            self._client.describe_table(TableName=self.address.table)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise self._explain(error) from error
            self._make()
        except BotoCoreError as error:
            raise self._explain(error) from error

    def describe(self) -> dict[str, Any]:
        """What AWS says of the table."""
        description: dict[str, Any] = self._ask("describe_table", TableName=self.address.table)["Table"]
        return description

    def close(self) -> None:
        """Give all connections back."""
        self._client.close()

    def _make(self) -> None:
        name = self.address.table
        try:
            self._client.create_table(
                TableName=name, KeySchema=KEYS, AttributeDefinitions=KINDS, BillingMode="PAY_PER_REQUEST"
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceInUseException":  # another process was faster
                raise self._explain(error) from error
        except BotoCoreError as error:
            raise self._explain(error) from error
        try:
            self._client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
        except (ClientError, BotoCoreError) as error:
            raise self._explain(error) from error

    def _ask(self, operation: str, **request: Any) -> Any:
        try:
            return getattr(self._client, operation)(**request)
        except (ClientError, BotoCoreError) as error:
            raise self._explain(error) from error

    def _explain(self, error: Exception) -> StorageError:
        said = str(error).strip().split("\n")[0]
        remedy = next((advice for sign, advice in REMEDIES.items() if sign in said.lower()), "see the log")
        return StorageError(f"{self.address}: {said}. What was being written is not stored; {remedy}, then try again.")
