"""Names, phones and addresses of the invented people: none of them may ever stand in a log line."""

from tests.people import HOME, NAMES, PHONES

CANARIES = (
    *(word for names in NAMES.values() for word in names if len(word) > 3),
    *PHONES.values(),
    *(phone.removeprefix("+48") for phone in PHONES.values()),
    "Malinowska",
    "zofia@example.org",
    HOME.line,
    "Kwiatowa",
)
LOG_LINE = '{"severity"'


def leaked(output: str) -> list[str]:
    """The canaries found in log lines of this output."""
    lines = [line for line in output.splitlines() if line.startswith(LOG_LINE)]
    return [word for word in CANARIES if any(word in line for line in lines)]
