"""10,000 random searches in the simulator, in which processes die, freeze and disagree."""

import sys

from tests.proof.simulated import simulate

if __name__ == "__main__":
    sys.exit(simulate("run", "10000"))
