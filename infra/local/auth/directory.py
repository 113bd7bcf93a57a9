"""Everything the twin remembers: accounts by project and tenant, tenants by project."""

import threading
from collections import defaultdict
from datetime import UTC, datetime

from infra.local.auth.account import AuthError, Json
from infra.local.auth.accounts import Accounts
from infra.local.local_key import LocalKey

TENANTS_MAX = 1_000


class Directory:
    """A tenant nobody created works too: the official emulator is as generous."""

    def __init__(self, project: str, key: LocalKey | None = None) -> None:
        self.project = project
        """Where a sign-in by API key belongs: the key itself names no project here."""
        self.key = key
        """What an event of a sign-in is signed with; Google's emulator signs nothing."""
        self.configs: dict[str, Json] = {}
        """What was set of each project, as it was set."""
        self._accounts: dict[tuple[str, str | None], Accounts] = defaultdict(Accounts)
        self._tenants: dict[str, dict[str, Json]] = defaultdict(dict)
        self._lock = threading.Lock()

    @staticmethod
    def now() -> datetime:
        """Real time: whoever verifies a token reads the computer's clock, not the movable one."""
        return datetime.now(UTC)

    def accounts(self, project: str, tenant: str | None) -> Accounts:
        with self._lock:
            return self._accounts[project, tenant]

    def clear(self, project: str | None = None) -> None:
        """All accounts of a project, its tenants' included; without one, everything."""
        with self._lock:
            for owner in [owner for owner in self._accounts if project in (None, owner[0])]:
                del self._accounts[owner]
            for name in [name for name in self._tenants if project in (None, name)]:
                del self._tenants[name]
            for name in [name for name in self.configs if project in (None, name)]:
                del self.configs[name]

    def hook(self, project: str) -> str:
        """The function that is asked before somebody is let in; "" where there is none."""
        triggers = self.configs.get(project, {}).get("blockingFunctions", {}).get("triggers", {})
        return str(triggers.get("beforeSignIn", {}).get("functionUri", ""))

    def create_tenant(self, project: str, tenant: str, wanted: Json) -> Json:
        with self._lock:
            if len(self._tenants[project]) >= TENANTS_MAX:
                raise AuthError("QUOTA_EXCEEDED")
            return self._tenants[project].setdefault(tenant, {**wanted, **_names(project, tenant)})

    def tenant(self, project: str, tenant: str) -> Json:
        return self._tenants[project].get(tenant, _names(project, tenant))

    def tenants(self, project: str) -> list[Json]:
        return list(self._tenants[project].values())

    def delete_tenant(self, project: str, tenant: str) -> None:
        with self._lock:
            self._tenants[project].pop(tenant, None)
            self._accounts.pop((project, tenant), None)


def _names(project: str, tenant: str) -> Json:
    return {"name": f"projects/{project}/tenants/{tenant}", "tenantId": tenant}
