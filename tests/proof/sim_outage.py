"""A service away for six simulated hours, then back: every visit comes to rest."""

import sys

from tests.proof.simulated import simulate

if __name__ == "__main__":
    sys.exit(simulate("outage"))
