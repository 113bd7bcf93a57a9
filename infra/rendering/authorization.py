"""Who may call what, and which records it reaches: one table, made of the declarations.

The tests ask every line of it (tests/authorization), by the same `reach`: what the page says is what they
expect of the system.
"""

from enum import StrEnum

from infra.rendering.pages import HEAD
from shared.kernel.actors import Role, Scope
from shared.runtime import auth, catalog
from shared.runtime.action import Declaration

PEOPLE = tuple(role for role in Role if role != Role.SYSTEM)
"""Roles that a token may name. The system has none: it proves itself in other ways."""


class Reach(StrEnum):
    NOTHING = "–"
    ALL = "all"
    OFFERED = "offered"
    ASSIGNED = "assigned"
    OWN = "own"
    CASE = "case"


def reach(action: Declaration, role: Role) -> Reach:
    """Which records of their own tenant somebody with this role may touch by this action."""
    if action.trigger.kind != "http" or role not in action.roles:
        return Reach.NOTHING
    return Reach.ALL if role.is_staff or action.scope == Scope.TENANT else Reach(action.scope)


WORDS = """Who may call each function, and which records it then reaches; made of the declarations, and asked
line by line by `python -m tests.authorization`. Deny by default.

- **all**: any record of the caller's own tenant. **offered**: visits that this doctor was asked about, and
  certificates that any doctor may take. **assigned**: what this doctor has taken or was chosen for. **own**:
  what is about this person. **case**: what belongs to a case that names this doctor.
- **–**: 403. Without a token, or with one that is expired, too early, unsigned, signed by another key, of
  another project or of a tenant we do not know: 401. A disabled account or a revoked token: 401 at once for
  {asked}, and for everybody where the scope says **account**: what takes data out in bulk. Elsewhere a token
  of another role lives out its hour.
- The member record decides. Who is no member, is disabled here, has lost their role, or whose token names
  another role or record than the member record: 403, at most 60 seconds after the change.
- **recent**: also asks for a sign-in of the last ten minutes; later it is 401 `sign-in-again`.
- A record of another tenant, or outside the reach, is answered as one that does not exist: letter by letter
  the same, and nothing is written.
- What is not called by people is called by exactly one service account with a token for exactly this URL, or
  carries the signature of its provider.
"""


def authorization_page() -> str:
    lines = [HEAD, "# Authorization\n", WORDS.format(asked=_asked())]
    for module in sorted({one.module for one in catalog.all_actions()}):
        actions = [one for one in catalog.all_actions() if one.module == module]
        lines += [f"\n## {module}\n", *_for_people(actions), *_for_others(actions)]
    return "\n".join(lines) + "\n"


def _asked() -> str:
    from shared.adapters.firebase_identity import ASKED_ABOUT

    return ", ".join(sorted(ASKED_ABOUT))


def _for_people(actions: list[Declaration]) -> list[str]:
    rows = [one for one in actions if one.trigger.kind == "http"]
    head = ["function", "request", "scope", *PEOPLE]
    table = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for one in rows:
        marks = [*["recent"] * one.recent_sign_in, *["account"] * one.asks_account]
        cells = [f"`{one.name}`", f"`{one.trigger.method} {one.path}`", ", ".join([one.scope, *marks])]
        cells += [reach(one, role) for role in PEOPLE]
        table.append(f"| {' | '.join(cells)} |")
    return table if rows else []


def _for_others(actions: list[Declaration]) -> list[str]:
    rows = [one for one in actions if one.trigger.kind != "http"]
    table = ["\n| function | trigger | who alone |", "|---|---|---|"]
    table += [f"| `{one.name}` | {one.trigger.kind} `{one.path}` | {_who(one)} |" for one in rows]
    return table if rows else []


def _who(one: Declaration) -> str:
    match one.trigger.kind:
        case "public" if one.trigger.method == "POST":
            return "whoever holds the personal link"
        case "public":
            return "everybody; it says nothing about anybody"
        case "webhook":
            return f"{one.trigger.verify}, by its signature"
        case kind:
            return f"`{auth.SERVICES[kind]}@` for this URL"
