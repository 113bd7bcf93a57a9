"""Signs that decide something: emoji that may stand beside a clear word, question marks, quoting.

Any other sign or emoji keeps a reply from being clear.
"""

from collections.abc import Mapping
from typing import Final

from functions.house_visits.domain.reply_words.meaning import Meaning

SIGNS: Final[Mapping[str, Meaning]] = (
    dict.fromkeys("👍👌✅✔☑😀😃😄😁💪🚗🚙🚑🩺⚕🎉🤝🥰❤💚💙💛🆗", Meaning.GLAD)
    | dict.fromkeys("👎❌✖🚫⛔😔😞😢😭🙁☹😟😕🤒🤢😩", Meaning.SAD)
    | dict.fromkeys("🙏🙂😊👋😉🤗🌞☀🌷👨👩", Meaning.KIND)
    | dict.fromkeys("?¿", Meaning.QUESTION_MARK)
    | dict.fromkeys(">", Meaning.QUOTING)
)
