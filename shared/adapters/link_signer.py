"""Who signs links to files: IAM in the cloud, where no key is kept; locally a key made anew in each process,
because nobody looks at the signature there."""

from functools import cache, cached_property
from typing import Any, Final

SCOPE: Final = "https://www.googleapis.com/auth/cloud-platform"


class LinkSigner:
    """`account`: whose name stands under the links; our own account must be allowed to sign for it."""

    def __init__(self, project: str, account: str, emulator: str) -> None:
        self._project = project
        self._account = account
        self._emulator = emulator

    def signing(self) -> dict[str, Any]:
        """What `generate_signed_url` must be told."""
        if self._emulator:
            return {"credentials": local_signer(self._project), "api_access_endpoint": self._emulator}
        return {"service_account_email": self._account, "access_token": self._token()}

    def _token(self) -> str:
        from google.auth.transport.requests import Request

        credentials, _ = self._own_account
        if not credentials.valid:
            credentials.refresh(Request())
        token: str = credentials.token
        return token

    @cached_property
    def _own_account(self) -> Any:
        import google.auth

        return google.auth.default(scopes=[SCOPE])


@cache
def local_signer(project: str) -> Any:
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from google.oauth2 import service_account

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    made: Any = service_account.Credentials
    return made.from_service_account_info(
        {
            "type": "service_account",
            "project_id": project,
            "private_key_id": "local",
            "private_key": text,
            "client_email": f"local@{project}.iam.gserviceaccount.com",
            "client_id": "1",
            "token_uri": "http://127.0.0.1/none",  # nobody is asked for a token  # nosec B105
        }
    )
