"""As much of libpq as a bench needs: it comes with the server, so that no driver has to be installed."""

import ctypes
import ctypes.util
from collections.abc import Iterable, Sequence
from typing import Any, Final

_OK: Final = (1, 2, 4)  # command done, rows, ready for COPY
_POINTER, _TEXT, _INT = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
_SIGNATURES: Final[dict[str, tuple[Any, list[Any]]]] = {
    "PQconnectdb": (_POINTER, [_TEXT]),
    "PQstatus": (_INT, [_POINTER]),
    "PQfinish": (None, [_POINTER]),
    "PQerrorMessage": (_TEXT, [_POINTER]),
    "PQexec": (_POINTER, [_POINTER, _TEXT]),
    "PQprepare": (_POINTER, [_POINTER, _TEXT, _TEXT, _INT, _POINTER]),
    "PQexecPrepared": (_POINTER, [_POINTER, _TEXT, _INT, _POINTER, _POINTER, _POINTER, _INT]),
    "PQputCopyData": (_INT, [_POINTER, _TEXT, _INT]),
    "PQputCopyEnd": (_INT, [_POINTER, _TEXT]),
    "PQgetResult": (_POINTER, [_POINTER]),
    "PQresultStatus": (_INT, [_POINTER]),
    "PQntuples": (_INT, [_POINTER]),
    "PQgetvalue": (_TEXT, [_POINTER, _INT, _INT]),
    "PQclear": (None, [_POINTER]),
}


def is_installed() -> bool:
    return ctypes.util.find_library("pq") is not None


class Connection:
    """Statements, COPY, and prepared queries that answer one column of text."""

    def __init__(self, where: str) -> None:
        """Raises ConnectionError."""
        self._libpq = ctypes.CDLL(ctypes.util.find_library("pq"))
        for name, (result, arguments) in _SIGNATURES.items():
            function = getattr(self._libpq, name)
            function.restype, function.argtypes = result, arguments
        self._handle = self._libpq.PQconnectdb(where.encode())
        if self._libpq.PQstatus(self._handle) != 0:
            message = self._libpq.PQerrorMessage(self._handle).decode()
            self.close()
            raise ConnectionError(message)

    def close(self) -> None:
        self._libpq.PQfinish(self._handle)

    def run(self, sql: str) -> list[str]:
        return self._column(self._libpq.PQexec(self._handle, sql.encode()))

    def copy(self, sql: str, lines: Iterable[str]) -> None:
        self.run(sql)
        data = "".join(lines).encode()
        self._libpq.PQputCopyData(self._handle, data, len(data))
        self._libpq.PQputCopyEnd(self._handle, None)
        while result := self._libpq.PQgetResult(self._handle):
            self._column(result)

    def prepare(self, name: str, sql: str) -> None:
        self._column(self._libpq.PQprepare(self._handle, name.encode(), sql.encode(), 0, None))

    def ask(self, name: str, values: Sequence[object]) -> list[str]:
        texts = (ctypes.c_char_p * len(values))(*(str(value).encode() for value in values))
        pq, count = self._libpq, len(values)
        return self._column(pq.PQexecPrepared(self._handle, name.encode(), count, texts, None, None, 0))

    def _column(self, result: int) -> list[str]:
        try:
            if self._libpq.PQresultStatus(result) not in _OK:
                raise RuntimeError(self._libpq.PQerrorMessage(self._handle).decode())
            rows = range(self._libpq.PQntuples(result))
            return [self._libpq.PQgetvalue(result, row, 0).decode() for row in rows]
        finally:
            self._libpq.PQclear(result)
