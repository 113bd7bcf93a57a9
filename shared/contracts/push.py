"""How an app's device is told that something waits, and the ways in which that fails."""


class DeviceGone(Exception):
    """The app is no longer on that device: its token is worth nothing."""


class PushDelayed(Exception):
    """Not now: try again later."""
