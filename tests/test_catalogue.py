"""What is asked of every action there is, by its declaration."""

import json
import re

import pytest

from shared.kernel.actors import Actor, Role
from shared.kernel.effects import Message
from shared.kernel.errors import Refusal
from shared.runtime import catalog
from shared.runtime.action import Declaration
from shared.runtime.entry import answer_to
from shared.runtime.incoming import Incoming
from tests.world import TENANT, World

ACTIONS = catalog.all_actions()
APP = [one for one in ACTIONS if one.trigger.kind == "http"]
INNER = [one for one in ACTIONS if one.trigger.kind in ("task", "topic", "schedule")]


def name(one: Declaration) -> str:
    return one.entry_point


def somebody(role: Role, tenant: str = TENANT) -> Actor:
    return Actor(role=role, tenant_id=tenant, user_id="somebody", record_id="nobody-we-know")


def request_to(one: Declaration, headers: dict[str, str], body: bytes = b"{}") -> Incoming:
    path = re.sub(r"\{\w+\}", "missing", one.path)
    return Incoming(one.trigger.method, path, "", headers, body)


@pytest.mark.parametrize("one", ACTIONS, ids=name)
def test_the_summary_is_a_sentence(one: Declaration) -> None:
    assert one.summary.endswith("."), one.summary


@pytest.mark.parametrize("one", APP, ids=name)
def test_fields_of_the_path_are_fields_of_the_request(one: Declaration) -> None:
    for field in re.findall(r"\{(\w+)\}", one.path):
        assert field in one.request.model_fields


def test_no_two_actions_share_a_path() -> None:
    paths = [(one.trigger.method, re.sub(r"\{\w+\}", "*", one.path)) for one in ACTIONS]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("one", APP, ids=name)
def test_no_token_is_401(one: Declaration, world: World) -> None:
    assert answer_to(one, request_to(one, {}), world.wiring).status == 401


@pytest.mark.parametrize("one", APP, ids=name)
def test_every_other_role_is_403(one: Declaration, world: World) -> None:
    for role in set(Role) - one.roles:
        answer = world.answer(one, {}, somebody(role))
        assert answer.status == 403, role


@pytest.mark.parametrize("one", [one for one in APP if one.trigger.method != "GET"], ids=name)
def test_an_unknown_field_is_422_and_is_named(one: Declaration, world: World) -> None:
    fields = dict.fromkeys(re.findall(r"\{(\w+)\}", one.path), "x") | {"no_such_field": "secret-value"}
    answer = world.answer(one, fields, somebody(next(iter(one.roles))))
    assert answer.status == 422
    assert b"/no_such_field" in answer.body
    assert b"secret-value" not in answer.body


@pytest.mark.parametrize("one", INNER, ids=name)
def test_inner_functions_refuse_everybody_but_their_own_service(one: Declaration, world: World) -> None:
    for token in ("", "operator/vm/somebody/", "service/cloud-tasks@evil/x"):
        incoming = Incoming("POST", one.path, "", {"Authorization": f"Bearer {token}"}, b"{}")
        assert answer_to(one, incoming, world.wiring).status == 401


def test_every_message_that_can_be_scheduled_has_its_action() -> None:
    """A Later is addressed by type: the action is found by the message's name."""
    tasks = {one.request for one in ACTIONS if one.trigger.kind == "task"}
    for message in tasks:
        assert issubclass(message, Message)
        assert catalog.doer_of(message).request is message


def test_problems_carry_a_trace_and_no_trace_of_us(world: World) -> None:
    answer = world.answer(APP[0], {}, somebody(Role.SYSTEM))
    problem = json.loads(answer.body)
    assert problem["trace_id"]
    assert "Traceback" not in answer.body.decode()


def test_no_two_refusals_share_a_code() -> None:
    """Apps tell refusals apart by their code."""
    codes = [one.code() for one in below(Refusal) if not one.__module__.startswith("tests")]
    assert len(codes) == len(set(codes)), sorted(code for code in codes if codes.count(code) > 1)


def below(kind: type[Refusal]) -> set[type[Refusal]]:
    return set(kind.__subclasses__()) | {deeper for sub in kind.__subclasses__() for deeper in below(sub)}
