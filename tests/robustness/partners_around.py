"""A partner with questionnaires that were read, one on its way, recommendations to take, and institutes."""

from collections.abc import Mapping
from typing import Any

from functions.partners.domain.institute import Institute
from tests.functions.partners.desk import (
    a_partner,
    accept,
    an_institute,
    brought,
    questionnaire,
    recommend,
    send,
    start,
)
from tests.functions.partners.filled import PARTNER, filled, one
from tests.world import TENANT, World

TAKEN = 4
"""Recommendations for each way in which one comes to an end."""
ENDINGS = ("accept_recommendation", "decline_recommendation", "request_human_offer", "withdraw_acceptance")


def partners_around(world: World) -> Mapping[str, list[Any]]:
    """What fits the operations, by the names that the robustness run goes by."""
    a_partner(world)
    for key in ("alfa", "beta"):
        an_institute(world, key)
    fresh = [f"fresh-{number}" for number in range(TAKEN)]
    world.given(*(Institute(id=key, tenant_id=TENANT, name=key) for key in fresh))
    file = filled(one("Firma", "C5", 41), content=questionnaire(world))
    read = brought(world, content=file).upload_id
    coming = start(world, file)
    send(world, coming, file)
    made = {name: [recommend(world, read).recommendation_id for _ in range(TAKEN)] for name in ENDINGS}
    for key in made["withdraw_acceptance"]:
        accept(world, key)
    return {
        "partner_id": [PARTNER],
        "upload_id": [read],
        "institute_id": ["alfa", "beta"],
        "institute_ids": [["alfa"], ["beta", "alfa"]],
        "service": ["ecg", "blood_count"],
        "recommendation_id": [key for keys in made.values() for key in keys],
        "partners__finish_upload": [read, coming.upload_id],
        "partners__put_price_list": fresh,
        **{f"partners__{name}": keys for name, keys in made.items()},
    }
