"""The whole system in a deterministic simulator: the real actions, over ports in memory, on one timeline.

Every logical process (a task, a webhook, a scheduled run, an app's call) is a greenlet that is switched at
every call of a port. One seed decides order, latency and faults, so a failing story can be told again.
"""
