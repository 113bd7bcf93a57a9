"""Runs the customer's systems: python -m infra.local.customer_api"""

import os
from pathlib import Path

from infra.local.clock import MovableClock
from infra.local.control import serve_until_told
from infra.local.customer_api.twin import API_KEY, SEED, WEBHOOK_SECRET, CustomerApiTwin

if __name__ == "__main__":
    state = Path(os.environ.get("VISITA_STATE_DIR", ".emulator"))
    state.mkdir(parents=True, exist_ok=True)
    twin = CustomerApiTwin(
        int(os.environ.get("PORT_CUSTOMER", "28411")),
        clock=MovableClock(Path(os.environ.get("VISITA_CLOCK_FILE", state / "clock.json"))),
        public_url=os.environ.get("VISITA_PUBLIC_URL", "http://127.0.0.1:28400"),
        seed=int(os.environ.get("CUSTOMER_SEED", SEED)),
        api_key=os.environ.get("CUSTOMER_API_KEY", API_KEY),
        webhook_secret=os.environ.get("CLINIC_WEBHOOK_SECRET", WEBHOOK_SECRET).split(",")[0],  # the newest
        state_file=state / "customer_bookings.json",
    )
    serve_until_told(twin, "the customer's systems on " + os.environ.get("PORT_CUSTOMER", "28411"))
