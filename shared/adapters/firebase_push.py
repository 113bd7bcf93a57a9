"""Push by Firebase Cloud Messaging: which thread, and nothing of what was written, nor by whom.

docs: firebase.google.com/docs/reference/fcm/rest/v1/projects.messages
"""

from __future__ import annotations

from typing import Any, Final

from shared.contracts.push import DeviceGone, PushDelayed

APP: Final = "visita-push"
TIMEOUT_SECONDS: Final = 8


class NoPush:
    """Push is switched off: apps learn of messages by listening, doctors by a text."""

    def tell(self, token: str, thread_id: str) -> None:
        return None


class FirebasePush:
    """`emulator`: URL of the twin in the local cloud; empty means Google's."""

    def __init__(self, project: str, emulator: str = "") -> None:
        import firebase_admin
        from firebase_admin import messaging

        name = f"{APP}-{project}-{emulator}"
        options = {"projectId": project, "httpTimeout": TIMEOUT_SECONDS}
        try:
            self._app = firebase_admin.get_app(name)
        except ValueError:
            self._app = firebase_admin.initialize_app(_nobody() if emulator else None, options, name)
        if emulator:
            # The library has no setting for another host; this name is held by tests/shared/adapters.
            service = messaging._get_messaging_service(self._app)
            service._fcm_url = f"{emulator}/v1/projects/{project}/messages:send"

    def tell(self, token: str, thread_id: str) -> None:
        from firebase_admin import exceptions, messaging

        said = messaging.Message(
            token=token,
            data={"thread_id": thread_id},
            android=messaging.AndroidConfig(collapse_key=thread_id, priority="high"),
            apns=messaging.APNSConfig(
                headers={"apns-collapse-id": thread_id, "apns-priority": "5", "apns-push-type": "background"},
                payload=messaging.APNSPayload(aps=messaging.Aps(content_available=True)),
            ),
        )
        try:
            messaging.send(said, app=self._app)
        except (messaging.UnregisteredError, messaging.SenderIdMismatchError) as gone:
            raise DeviceGone from gone
        except exceptions.InvalidArgumentError as wrong:
            raise DeviceGone from wrong  # no token of ours
        except exceptions.FirebaseError as failed:
            raise PushDelayed(str(failed.code)) from failed


def _nobody() -> Any:
    from firebase_admin import credentials
    from google.auth.credentials import AnonymousCredentials

    class Nobody(credentials.Base):  # type: ignore[misc]  # the library ships no types
        def get_credential(self) -> Any:
            return AnonymousCredentials()  # type: ignore[no-untyped-call]

    return Nobody()
