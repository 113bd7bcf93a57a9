"""Phone numbers by libphonenumber: E.164, and whether a number can receive and answer a text.

The library is imported when first needed: its sixty modules are more than a webhook has of its own.
"""

import re

from shared.kernel.errors import Invalid

ONE_SPELLING = re.compile(r"\+48[1-9][0-9]{8}")
"""Numbers that have no other spelling in E.164: most that text us."""
PREFIXES = ("whatsapp:", "rcs:")
ONE_WAY = frozenset({7, 86, 91, 966, 971})
"""Calling codes where our numbers cannot receive answers, by Twilio's country guidelines."""


class LibPhoneBook:
    def parse(self, text: str, country: str) -> str:
        """`country`: ISO 3166 alpha-2, used where the number has no calling code."""
        import phonenumbers

        bare = text.strip()
        for prefix in PREFIXES:
            bare = bare.removeprefix(prefix)
        try:
            number = phonenumbers.parse(bare, country)
        except phonenumbers.NumberParseException:
            raise Invalid(
                "The phone number was not understood: write it with its calling code, +48 …"
            ) from None
        if not phonenumbers.is_valid_number(number):
            raise Invalid("There is no such phone number: check the digits.")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def normal(self, text: str) -> str:
        """A sender as a provider names it, in E.164 where it is a number; else as it is."""
        if ONE_SPELLING.fullmatch(text):
            return text
        try:
            return self.parse(text, "ZZ")
        except Invalid:
            return text

    def is_mobile(self, phone: str) -> bool:
        import phonenumbers
        from phonenumbers import PhoneNumberType

        mobile = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
        return phonenumbers.number_type(phonenumbers.parse(phone)) in mobile

    def can_text_back(self, phone: str) -> bool:
        import phonenumbers

        return phonenumbers.parse(phone).country_code not in ONE_WAY
