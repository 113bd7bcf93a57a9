"""Seeded bugs, each in a copy of the code: do the simulator's nets catch them?"""

import sys

from tests.proof.simulated import simulate

if __name__ == "__main__":
    sys.exit(simulate("mutants"))
