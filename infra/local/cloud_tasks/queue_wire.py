"""Queues as the interface speaks of them, checked as Cloud Tasks checks them, and back."""

import re
from datetime import timedelta

from google.cloud.tasks_v2 import types
from google.protobuf.field_mask_pb2 import FieldMask

from infra.local.cloud_tasks.records import Queue, Retry
from infra.local.cloud_tasks.refusals import invalid

LOCATION_NAME = re.compile(r"projects/[A-Za-z0-9:.-]+/locations/[a-z0-9-]+")
QUEUE_NAME = re.compile(LOCATION_NAME.pattern + r"/queues/[A-Za-z0-9-]{1,100}")
DISPATCHES_PER_SECOND_MAX = 500.0
CONCURRENT_DISPATCHES_MAX = 5_000
DOUBLINGS_MAX = 100

CHANGEABLE = frozenset(
    {
        "rate_limits",
        "rate_limits.max_dispatches_per_second",
        "rate_limits.max_concurrent_dispatches",
        "retry_config",
        "retry_config.max_attempts",
        "retry_config.max_retry_duration",
        "retry_config.min_backoff",
        "retry_config.max_backoff",
        "retry_config.max_doublings",
    }
)
OUTPUT_ONLY = frozenset({"name", "state", "purge_time", "rate_limits.max_burst_size"})
"""Cloud Tasks ignores them in an update; so do we."""


def queue_from(queue: types.Queue) -> Queue:
    """What is zero or unset takes its default, as in Cloud Tasks. Raises ApiError."""
    if not QUEUE_NAME.fullmatch(queue.name):
        raise invalid("Queue name must be projects/PROJECT/locations/LOCATION/queues/QUEUE_ID")
    usual, rates = Queue(name=queue.name), queue.rate_limits
    rate = rates.max_dispatches_per_second or usual.max_dispatches_per_second
    if not 0 < rate <= DISPATCHES_PER_SECOND_MAX:
        raise invalid("RateLimits.max_dispatches_per_second must be between 0 and 500")
    at_once = rates.max_concurrent_dispatches or usual.max_concurrent_dispatches
    if not 0 < at_once <= CONCURRENT_DISPATCHES_MAX:
        raise invalid("RateLimits.max_concurrent_dispatches must be between 1 and 5000")
    return Queue(
        name=queue.name,
        max_dispatches_per_second=rate,
        max_concurrent_dispatches=at_once,
        retry=retry_from(queue.retry_config),
    )


def queue_to(queue: Queue) -> types.Queue:
    state = types.Queue.State.PAUSED if queue.paused else types.Queue.State.RUNNING
    return types.Queue(
        name=queue.name,
        state=state,
        rate_limits=types.RateLimits(
            max_dispatches_per_second=queue.max_dispatches_per_second,
            max_burst_size=queue.max_burst_size,
            max_concurrent_dispatches=queue.max_concurrent_dispatches,
        ),
        retry_config=retry_to(queue.retry),
        purge_time=queue.purged_at,
    )


def changed(queue: Queue, wanted: types.Queue, mask: FieldMask) -> Queue:
    """The queue with the masked fields taken over; an empty mask takes them all. Raises ApiError."""
    unknown = set(mask.paths) - CHANGEABLE - OUTPUT_ONLY
    if unknown:
        raise invalid(f"Unknown or unchangeable field in update_mask: {', '.join(sorted(unknown))}")
    merged = queue_to(queue)
    taken = sorted(CHANGEABLE.intersection(mask.paths)) if mask.paths else ["rate_limits", "retry_config"]
    source, target = types.Queue.pb(wanted), types.Queue.pb(merged)
    FieldMask(paths=taken).MergeMessage(source, target, True, True)
    new = queue_from(merged)
    return new.model_copy(update={"paused": queue.paused, "purged_at": queue.purged_at})


def retry_from(config: types.RetryConfig) -> Retry:
    """Raises ApiError."""
    usual = Retry()
    retry = Retry(
        max_attempts=config.max_attempts or usual.max_attempts,
        max_retry_seconds=_seconds(config, "max_retry_duration", usual.max_retry_seconds),
        min_backoff_seconds=_seconds(config, "min_backoff", usual.min_backoff_seconds),
        max_backoff_seconds=_seconds(config, "max_backoff", usual.max_backoff_seconds),
        max_doublings=config.max_doublings or usual.max_doublings,
    )
    if retry.max_attempts < -1 or not 0 <= retry.max_doublings <= DOUBLINGS_MAX:
        raise invalid("RetryConfig.max_attempts must be >= -1 and max_doublings between 0 and 100")
    if not 0 <= retry.min_backoff_seconds <= retry.max_backoff_seconds or retry.max_retry_seconds < 0:
        raise invalid("RetryConfig durations must not be negative, nor min_backoff above max_backoff")
    return retry


def retry_to(retry: Retry) -> types.RetryConfig:
    return types.RetryConfig(
        max_attempts=retry.max_attempts,
        max_retry_duration=timedelta(seconds=retry.max_retry_seconds),
        min_backoff=timedelta(seconds=retry.min_backoff_seconds),
        max_backoff=timedelta(seconds=retry.max_backoff_seconds),
        max_doublings=retry.max_doublings,
    )


def _seconds(config: types.RetryConfig, field: str, usual: float) -> float:
    duration: timedelta = getattr(config, field)
    return duration.total_seconds() if field in config else usual
