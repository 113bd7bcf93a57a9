"""The page of the phones shows what happens and lets people answer; looked at with a real browser."""

import shutil
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from infra.local.clock import MovableClock
from infra.local.phones.script import Deliver, Mode
from infra.local.phones.twin import PhonesTwin
from shared.adapters.twilio_sms import TwilioSms
from shared.contracts.sms import OutboundSms
from tests.infra.phone_app import PhoneApp
from tests.infra.phones_world import NOON

CHROMIUM = shutil.which("chromium")
ACCOUNT = "AC" + "7" * 32
TOKEN = "invented-token"
OURS = "+48732100001"
ANNA = "+48600100101"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no browser on this machine")


@pytest.fixture
def phones(clock: MovableClock, app: PhoneApp) -> Iterator[PhonesTwin]:
    twin = PhonesTwin(
        public_url=app.url, account_sid=ACCOUNT, auth_token=TOKEN, senders=(OURS, "+48732100002"), clock=clock
    )
    twin.start()
    yield twin
    twin.stop()


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser.new_page()
        browser.close()


@pytest.fixture
def page(browser_page: Page, phones: PhonesTwin) -> Iterator[Page]:
    errors: list[str] = []

    def complain(error: Exception) -> None:
        errors.append(str(error))

    browser_page.on("pageerror", complain)
    browser_page.goto(phones.url)
    yield browser_page
    browser_page.remove_listener("pageerror", complain)
    assert errors == []


def _offer(phones: PhonesTwin, body: str = "Mokotow, 16:00. Reply YES 7KM or NO 7KM.") -> None:
    TwilioSms(ACCOUNT, TOKEN, phones.url).send(OutboundSms(ANNA, OURS, body, 600, ""))


def test_a_text_appears_by_itself_with_its_fate(page: Page, phones: PhonesTwin, clock: MovableClock) -> None:
    phones.script(ANNA, Deliver(after_seconds=0))
    _offer(phones)
    expect(page.get_by_text("queued")).to_be_visible()

    clock.advance(timedelta(seconds=2))
    expect(page.get_by_text("delivered")).to_be_visible()


def test_one_click_answers_an_offer(page: Page, phones: PhonesTwin, app: PhoneApp) -> None:
    _offer(phones)
    page.get_by_role("button", name="YES 7KM").click()

    expect(page.get_by_text("read by the application")).to_be_visible()
    assert app.texts == ["YES 7KM"]
    assert app.told[0].fields["To"] == OURS


def test_what_a_person_writes_is_sent_and_is_not_lost_while_others_write(
    page: Page, phones: PhonesTwin, app: PhoneApp
) -> None:
    _offer(phones)
    box = page.get_by_placeholder("Write a text")
    box.fill("Tak, ale po <b>18</b>")
    _offer(phones, "another text meanwhile")
    expect(page.get_by_text("another text meanwhile")).to_be_visible()
    expect(box).to_have_value("Tak, ale po <b>18</b>")

    box.press("Enter")
    expect(page.get_by_text("read by the application")).to_be_visible()
    expect(page.get_by_role("log").get_by_text("Tak, ale po <b>18</b>")).to_be_visible()
    assert app.texts == ["Tak, ale po <b>18</b>"]


def test_the_clock_is_moved_from_the_page(page: Page, clock: MovableClock) -> None:
    expect(page.locator("#time")).to_have_text("13:00:00")  # Warsaw
    page.get_by_role("button", name="+10 min").click()
    expect(page.locator("#time")).to_have_text("13:10:00")
    assert clock.now() == NOON + timedelta(minutes=10)

    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    assert not clock.is_stopped()


def test_the_network_can_be_broken_from_the_page(page: Page, phones: PhonesTwin) -> None:
    page.get_by_label("What befalls the provider").select_option("Webhooks are lost")
    expect(page.locator("#mode.trouble")).to_be_visible()
    phones.text_in(ANNA, OURS, "YES")

    expect(page.get_by_text("lost on purpose")).to_be_visible()
    phones.set_outage(Mode.NONE)


def test_a_phone_can_be_added_and_found(page: Page, phones: PhonesTwin) -> None:
    page.get_by_role("button", name="Add a phone").click()
    page.get_by_label("Number", exact=True).fill(ANNA)
    page.get_by_label("Owner").fill("Anna Zielona, doctor")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Anna Zielona, doctor")).to_be_visible()

    page.get_by_label("Find a name").fill("piotr")
    expect(page.get_by_role("heading", name="Anna Zielona, doctor")).to_be_hidden()


def test_everything_can_be_reached_and_is_named(page: Page, phones: PhonesTwin) -> None:
    _offer(phones)
    expect(page.get_by_role("log", name="Messages of Unknown owner")).to_be_visible()
    expect(page.get_by_role("textbox", name="Text from Unknown owner")).to_be_visible()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select")].filter((one) =>
             !one.ariaLabel && !one.textContent.trim() && !one.labels?.length).length"""
    )
    assert nameless == 0
