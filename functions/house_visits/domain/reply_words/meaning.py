"""What a word or a sign of a reply can mean.

The values are the letters in which the grammars of `replies.py` are written.
"""

from collections.abc import Mapping
from enum import StrEnum


class Meaning(StrEnum):
    # Words that decide.
    YES = "Y"  # says yes, alone and with courtesy: "tak"
    BARE_YES = "y"  # says yes only when nothing else is said: "ok"; "ok, thanks" is "understood"
    ALSO_YES = "T"  # says yes alone, and may strengthen a yes before it: "of course", "biorę"
    NO = "N"
    BARE_NO = "n"
    CANNOT = "C"  # says why not, alone or after a no: "I can't"

    # Words that decide nothing but may stand beside one that does.
    COURTESY = "c"  # beside a yes and beside a no: "please"
    AGREEING = "a"  # after a yes; alone it is too little: "sure", "I can", "jadę"
    REGRET = "r"  # beside a no: "unfortunately"

    # Opting out and in.
    OPT_OUT = "S"
    OF_TEXTS = "s"  # what is to stop: "texting me"
    CARRIER_OPT_OUT = "X"  # the carrier blocks us at this word, the doctor more likely meant no: "cancel"
    MAYBE_OPT_OUT = "x"  # a local word that may mean stop, no, or the end of the visit: "koniec"
    OPT_IN = "B"

    # Words that keep a reply from being a yes or a no, and tell the operator why.
    ACKNOWLEDGING = "k"  # "understood", "probably": neither yes nor no, asked back
    NO_PROBLEM = "p"
    CONDITION = "i"
    COUNTER = "t"  # a time, a price, a delay
    ASKING = "q"
    AUTOMATIC = "A"

    # Signs, the same in every language.
    CODE = "#"
    MISTYPED_CODE = "%"
    NUMBER = "1"
    GLAD = "+"  # an emoji that may follow a yes
    SAD = "-"  # an emoji that may follow a no
    KIND = "*"  # an emoji that may follow either
    TRAILING_OFF = "_"  # "...": somebody hesitates
    QUESTION_MARK = "?"
    QUOTING = ">"
    UNKNOWN = "u"
    UNKNOWN_SIGN = "!"


Words = Mapping[Meaning, str]
"""The words and phrases of one language by meaning, a comma between them."""
