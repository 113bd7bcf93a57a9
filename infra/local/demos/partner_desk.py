"""The partner's own app: it uploads workbooks by links and waits until they are read."""

from dataclasses import dataclass

import requests

from functions.partners.domain.views import UploadView
from functions.partners.finish_upload import FinishUpload, finish_upload
from functions.partners.get_questionnaire import GetQuestionnaire, get_questionnaire
from functions.partners.put_partner import PutPartner, put_partner
from functions.partners.start_upload import StartUpload, start_upload
from infra.local.demos.cloud import Cloud
from shared.kernel.actors import Actor, Role

NAME = "Zakłady Tarcza sp. z o.o."
SECONDS_MAX = 60


@dataclass(frozen=True)
class PartnerDesk:
    cloud: Cloud
    partner_id: str
    name: str
    actor: Actor

    @classmethod
    def of_a_new_company(cls, cloud: Cloud, admin: Actor) -> "PartnerDesk":
        made = cloud.app.call(put_partner, PutPartner(name=NAME), admin)
        actor = Actor(
            role=Role.PARTNER,
            tenant_id=cloud.tenant_id,
            user_id=f"partner-{made.partner_id}",
            record_id=made.partner_id,
        )
        return cls(cloud, made.partner_id, made.name, actor)

    def fetched(self, url: str) -> bytes:
        answer = requests.get(url, timeout=SECONDS_MAX)
        answer.raise_for_status()
        return answer.content

    def brought(self, content: bytes) -> UploadView:
        """By the link, as an app does it; then progress is polled. Raises NothingHappened."""
        app = self.cloud.app
        started = app.call(
            start_upload, StartUpload(partner_id=self.partner_id, size=len(content)), self.actor
        )
        sent = requests.request(
            started.method, started.url, data=content, headers=started.headers, timeout=SECONDS_MAX
        )
        sent.raise_for_status()
        app.call(finish_upload, FinishUpload(upload_id=started.upload_id), self.actor)
        return self.cloud.until("the questionnaire is read", lambda: self._end_of(started.upload_id))

    def _end_of(self, upload_id: str) -> UploadView | None:
        found = self.cloud.app.call(get_questionnaire, GetQuestionnaire(upload_id=upload_id), self.actor)
        return found if found.progress_percent == 100 else None
