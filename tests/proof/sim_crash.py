"""Every call of every reference story of the simulator, gone wrong once in each way."""

import sys

from tests.proof.simulated import simulate

if __name__ == "__main__":
    sys.exit(simulate("crash"))
