"""An answer for a browser: the door sends it as a page, where all other answers are JSON."""

from shared.runtime.action import Response


class Html(Response):
    """Without script and style: the policy of every answer allows none."""

    html: str
