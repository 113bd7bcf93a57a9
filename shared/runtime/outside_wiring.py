"""The sockets towards the world outside, and the libraries that know something of it: each adapter is
imported when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.contracts.ports import (
        Antivirus,
        Bridge,
        Calendar,
        Clinics,
        Customer,
        Geocoder,
        Identifiers,
        Inspector,
        Mail,
        Papers,
        PhoneBook,
        Push,
        Sheets,
        SignInEvents,
        Sms,
        Workbooks,
        WorkingDays,
    )
    from shared.kernel.ports import Spans
    from shared.runtime.settings import Settings


class OutsideWiring:
    """The half of the wiring whose ports stand in `shared/contracts/ports.py`."""

    settings: Settings

    @cached_property
    def workbooks(self) -> Workbooks:
        from shared.adapters.workbooks import BoundedWorkbooks

        return BoundedWorkbooks()

    @cached_property
    def spans(self) -> Spans:
        from shared.adapters.otlp import OtlpSpans

        return OtlpSpans(self.settings.trace_url, self.settings.project, self.settings.release)

    @cached_property
    def inspector(self) -> Inspector:
        from shared.adapters.file_inspection import ChildInspector

        return ChildInspector()

    @cached_property
    def antivirus(self) -> Antivirus:
        from shared.adapters.antivirus import choose_antivirus

        return choose_antivirus(self.settings.antivirus)

    @cached_property
    def sign_in_events(self) -> SignInEvents:
        from shared.adapters.sign_in_events import IdentityPlatformEvents

        now = self.settings
        return IdentityPlatformEvents(
            now.project, now.tenants, now.tenant_id, now.keys_url, emulated=bool(now.auth_emulator)
        )

    @cached_property
    def sms(self) -> Sms:
        from shared.adapters.twilio_sms import TwilioSms

        now = self.settings
        return TwilioSms(now.twilio_account, now.twilio_tokens[0], now.twilio_base_url)

    @cached_property
    def mail(self) -> Mail:
        from shared.adapters.mail import SmtpMail

        now = self.settings
        return SmtpMail(
            now.smtp_host, now.smtp_port, now.mail_sender, user=now.smtp_user, password=now.smtp_password
        )

    @cached_property
    def push(self) -> Push:
        from shared.adapters.firebase_push import FirebasePush, NoPush

        now = self.settings
        return FirebasePush(now.project, now.push_url) if now.push == "fcm" else NoPush()

    @cached_property
    def bridge(self) -> Bridge:
        now = self.settings
        if now.bridge == "off":
            from shared.adapters.no_bridge import NoBridge

            return NoBridge()
        from shared.adapters.rocket_chat import RocketChat

        return RocketChat(now.rocket_chat_url, now.rocket_chat_user, now.rocket_chat_token)

    @cached_property
    def calendar(self) -> Calendar:
        from shared.adapters.calendar import ICalendar

        return ICalendar()

    @cached_property
    def papers(self) -> Papers:
        from shared.adapters.papers import TypstPapers, unsigned

        now = self.settings
        if not now.signing_key:
            return TypstPapers(unsigned)
        from shared.adapters.pades import PadesSigner

        signer = PadesSigner(now.signing_key, now.signing_certificates, now.timestamp_url)
        return TypstPapers(signer.sign)

    @cached_property
    def working_days(self) -> WorkingDays:
        from shared.adapters.working_days import CountryCalendars

        return CountryCalendars()

    @cached_property
    def sheets(self) -> Sheets:
        from shared.adapters.sheets import XlsxSheets

        return XlsxSheets()

    @cached_property
    def customer(self) -> Customer:
        from shared.adapters.customer_http import CustomerHttp

        return CustomerHttp(self.settings.customer_url, self.settings.customer_key)

    @cached_property
    def clinics(self) -> Clinics:
        from shared.adapters.clinic_http import ClinicHttp

        return ClinicHttp(self.settings.customer_url, self.settings.customer_key)

    @cached_property
    def geocoder(self) -> Geocoder:
        from shared.adapters.geocoding_cache import CachedGeocoder
        from shared.adapters.geocoding_online import choose_geocoder

        return CachedGeocoder(choose_geocoder(self.settings.geocoder, google_key=self.settings.geocoder_key))

    @cached_property
    def phones(self) -> PhoneBook:
        from shared.adapters.phone_book import LibPhoneBook

        return LibPhoneBook()

    @cached_property
    def identifiers(self) -> Identifiers:
        from shared.adapters.national_ids import NationalIds

        return NationalIds()
