"""What is said of workbooks by those who read none: their kind, their size, the names of cells."""

from typing import Final

BYTES_MAX: Final = 10 * 1024 * 1024
"""Of the file as it is sent."""
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def column_letters(column: int) -> str:
    """1 -> "A", 28 -> "AB"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """ "AB" -> 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def cell_name(spot: tuple[int, int]) -> str:
    row, column = spot
    return f"{column_letters(column)}{row}"
