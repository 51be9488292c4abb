"""The checkpoints of the graph in a DynamoDB table."""

import zlib
from collections.abc import Iterator, Sequence
from copy import copy
from typing import Any, cast

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    get_checkpoint_id,
)
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph_checkpoint_aws.checkpoint.dynamodb import DynamoDBSaver
from langgraph_checkpoint_aws.checkpoint.dynamodb.serialization import CheckpointSerializer, CompressionType
from langgraph_checkpoint_aws.checkpoint.dynamodb.storage_strategy import StorageStrategy
from langgraph_checkpoint_aws.checkpoint.dynamodb.unified_repository import UnifiedRepository

from agent.errors import CheckpointTooLargeError, DamagedCheckpointError, LeaseLostError, StorageError
from agent.model import Check
from agent.store.checkpoints import Checkpoints
from agent.store.dynamodb import IN_ONE_TRANSACTION, TableAddress, TableClient
from agent.store.plain_serializer import PlainSerializer
from agent.store.sound_checkpoints import INTERRUPT

RESUME = "__resume__"
LARGEST = 400_000
"""Bytes of one value, compressed; an item of DynamoDB holds 409,600 with its names."""
UNPACKED = 32 * 1024 * 1024
"""Bytes that a value may have once it is unpacked; 400,000 bytes of zeros packed twice over would fill any memory."""
PAUSED = "PAUSED"
"""Partition with an item for each pause that was not answered: looking for them would read the whole table."""
HEAD = "HEAD_"
"""Begins the partition with the id of a thread's latest checkpoint."""


class BoundedSerializer(CheckpointSerializer):  # type: ignore[misc]  # its package ships no types
    """Packs what is worth it, and unpacks only so much."""

    def __init__(self) -> None:
        """Around the desk's own serializer."""
        super().__init__(PlainSerializer(), enable_compression=True)

    def deserialize(self, value_type: str, data: bytes, compression_type: CompressionType | None = None) -> Any:
        """The value; raises ValueError if it would be too large, or is not packed as it says."""
        if compression_type is not None:
            unpacking = zlib.decompressobj(wbits=31)
            data = unpacking.decompress(data, UNPACKED)
            if not unpacking.eof:
                message = f"it is cut off, or larger than {UNPACKED:,} bytes"
                raise ValueError(message)
        return super().deserialize(value_type, data)


class _Gathered:
    """Stands for the client while the saver lays out what it would write item by item."""

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []

    def put_item(self, **request: Any) -> None:
        """Remember it."""
        self.items.append(request)


class _Session:
    """Stands for AWS's session, of which the saver asks its client."""

    def __init__(self, client: TableClient) -> None:
        self._client = client

    def client(self, _service: str, **_options: Any) -> TableClient:
        """Ours."""
        return self._client


class CheckpointTable(Checkpoints, DynamoDBSaver):  # type: ignore[misc]  # as above
    """LangGraph's DynamoDB saver with the desk's guard, and with writes that are stored together or not at all.

    The saver itself writes item by item: a process that ends in between would leave a step with half its results, which
    counts as done when the thread goes on.
    """

    def __init__(self, address: TableAddress) -> None:
        """Make the table if need be; raises StorageError if it cannot be used, ConfigurationError without a region."""
        self._table = TableClient(address)
        self.place = str(address)
        DynamoDBSaver.__init__(self, address.table, session=cast("Any", _Session(self._table)))
        self.serde = PlainSerializer()
        self.serializer = self.repo.serializer = BoundedSerializer()
        try:
            self._table.make_table()
        except BaseException:
            self.close()
            raise

    def get_next_version(self, current: str | None, channel: None) -> str:
        """As the other savers count, so that threads may move from one to another."""
        return SqliteSaver.get_next_version(cast("SqliteSaver", self), current, channel)

    def get_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """As everywhere; one that was saved and has no content any more is damaged, not absent.

        The saver would take the one before for the latest; the head is read first, so that it is never the newer one.
        """
        thread_id, namespace = config["configurable"]["thread_id"], config["configurable"].get("checkpoint_ns", "")
        head = self._table.get_all([self._key(HEAD + thread_id, f"{namespace}#")["Key"]])
        found = super().get_tuple(config)
        wanted = get_checkpoint_id(config) or (head[0]["latest"]["S"] if head else "")
        if head and (found is None or found.checkpoint["id"] < wanted):
            raise DamagedCheckpointError(thread_id, LookupError("it was saved, and is empty or gone"))
        return found

    def put(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Save a checkpoint on top of its parent; raises CheckpointTooLargeError if it does not fit."""
        gathered, laying_out = self._laying_out()
        saved: RunnableConfig = DynamoDBSaver.put(laying_out, config, checkpoint, metadata, new_versions)
        thread_id, namespace = saved["configurable"]["thread_id"], saved["configurable"]["checkpoint_ns"]
        parent = config["configurable"].get("checkpoint_id")
        writes = [self._put(item, thread_id) for item in gathered.items]
        writes.append({"Update": self._grow(thread_id, namespace, checkpoint["id"], parent)})
        self._table.write_together(writes)
        return saved

    def put_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Save what a step led to; the same step again changes nothing."""
        gathered, laying_out = self._laying_out()
        DynamoDBSaver.put_writes(laying_out, config, writes, task_id, task_path)
        thread_id = config["configurable"]["thread_id"]
        together = [self._put(item, thread_id) for item in gathered.items]
        if not config["configurable"].get("checkpoint_ns"):
            # by checkpoint: LangGraph saves it and its pause side by side, in no order
            mark = self._key(PAUSED, f"{thread_id}#{config['configurable']['checkpoint_id']}")
            channels = {channel for channel, _value in writes}
            if INTERRUPT in channels:
                together.append({"Put": {"TableName": self.table_name, "Item": mark["Key"]}})
            elif RESUME in channels:
                together.append({"Delete": mark})
        if len(together) > IN_ONE_TRANSACTION:
            message = f"A step of thread {thread_id} has {len(writes)} results, too many for DynamoDB; none is stored."
            raise CheckpointTooLargeError(message)
        try:
            self._table.write_together(together)
        except LeaseLostError:
            return  # they are there from an earlier run of the same step, all of them

    def delete_thread(self, thread_id: str) -> None:
        """Drop everything of a thread."""
        marks = self._marks(thread_id)
        super().delete_thread(thread_id)
        keys = [(HEAD + thread_id, "#"), *((PAUSED, mark) for mark in marks)]
        self._table.write_together([{"Delete": self._key(*key)} for key in keys])

    def keep_latest(self, thread_id: str) -> None:
        """Drop all checkpoints of a thread but its latest one."""
        known = sorted(found for found in self.repo.get_thread_checkpoint_info(thread_id) if not found[0])
        self.repo.delete_thread_writes(thread_id, known[:-1])
        self.repo.delete_thread_checkpoints(thread_id, known[:-1])

    def paused_threads(self) -> list[str]:
        """Threads whose latest checkpoint holds an interrupt that was not answered, in no order."""
        marked = [mark.rsplit("#", 1) for mark in self._marks()]
        heads = self._table.get_all([self._key(HEAD + thread_id, "#")["Key"] for thread_id, _at in marked])
        latest = {head["PK"]["S"].removeprefix(HEAD): head["latest"]["S"] for head in heads}
        return [thread_id for thread_id, at in marked if latest.get(thread_id) == at]

    def _marks(self, thread_id: str | None = None) -> list[str]:
        """Thread and checkpoint of every pause without an answer, with # between."""
        condition, values = "PK = :paused", {":paused": {"S": PAUSED}}
        if thread_id is not None:
            condition, values = (
                f"{condition} AND begins_with(SK, :thread)",
                {**values, ":thread": {"S": f"{thread_id}#"}},
            )
        pages = self._pages("query", KeyConditionExpression=condition, ExpressionAttributeValues=values)
        return [item["SK"]["S"] for page in pages for item in page]

    def thread_ids(self) -> Iterator[str]:
        """Every thread that has a checkpoint, in no order; reads the whole table."""
        ask = {"FilterExpression": "begins_with(PK, :head)", "ExpressionAttributeValues": {":head": {"S": HEAD}}}
        heads = (item["PK"]["S"] for page in self._pages("scan", **ask) for item in page if item["SK"]["S"] == "#")
        return (head.removeprefix(HEAD) for head in heads)

    def check(self) -> Check:
        """Whether the table answers."""
        name = "checkpoints"
        try:
            found = self._table.describe()
        except StorageError as error:
            return Check(
                name=name, ok=False, detail=str(error), remedy="Mend TRIAGE_CHECKPOINT_URL or the credentials."
            )
        ready = found["TableStatus"] in {"ACTIVE", "UPDATING"}
        return Check(
            name=name,
            ok=ready,
            detail=f"{self.place}, {found['TableStatus']}, about {found.get('ItemCount', 0):,} items",
            remedy="" if ready else "Wait until the table is active.",
        )

    def close(self) -> None:
        """Give all connections back."""
        self._table.close()

    def _laying_out(self) -> tuple[_Gathered, DynamoDBSaver]:
        """The saver, writing into a list instead of the table."""
        gathered = _Gathered()
        storage = StorageStrategy(dynamodb_client=cast("Any", gathered), table_name=self.table_name)
        saver = copy(self)
        saver.repo = UnifiedRepository(
            dynamodb_client=cast("Any", gathered),
            table_name=self.table_name,
            serializer=self.serializer,
            storage_strategy=storage,
        )
        return gathered, saver

    def _put(self, request: dict[str, Any], thread_id: str) -> dict[str, Any]:
        size = len(request["Item"].get("payload", {}).get("B", b""))
        if size > LARGEST:
            message = (
                f"The state of thread {thread_id} has {size:,} bytes packed, DynamoDB takes {LARGEST:,}. This step is "
                "not stored; keep fewer or shorter messages (policy: kept_messages, max_message_chars)."
            )
            raise CheckpointTooLargeError(message)
        return {"Put": request}

    def _grow(self, thread_id: str, namespace: str, checkpoint_id: str, parent: str | None) -> dict[str, Any]:
        """Move the thread's head on, from the parent or where it stands already."""
        return {
            **self._key(f"{HEAD}{thread_id}", f"{namespace}#"),
            "UpdateExpression": "SET latest = :id",
            "ConditionExpression": "attribute_not_exists(latest) OR latest IN (:id, :parent)",
            "ExpressionAttributeValues": {":id": {"S": checkpoint_id}, ":parent": {"S": parent or ""}},
        }

    def _key(self, partition: str, sort: str) -> dict[str, Any]:
        return {"TableName": self.table_name, "Key": {"PK": {"S": partition}, "SK": {"S": sort}}}

    def _pages(self, operation: str, **request: Any) -> Iterator[list[dict[str, Any]]]:
        while True:
            page = getattr(self._table, operation)(TableName=self.table_name, ProjectionExpression="PK, SK", **request)
            yield page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"]
