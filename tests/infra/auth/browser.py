"""How a web page and an administrator speak to Firebase Auth over REST."""

import json
from typing import Any
from urllib.parse import urlencode

import requests

PROJECT = "demo-auth-suite"
ADMIN = {"Authorization": "Bearer owner"}


class Browser:
    """Signs in over REST, as the Firebase library of a web page does."""

    def __init__(self, host: str) -> None:
        self._host = host

    def post(self, call: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
        url = f"http://{self._host}/identitytoolkit.googleapis.com/v1/accounts:{call}?key=any"
        answer = requests.post(url, json={"returnSecureToken": True, **body})
        assert answer.status_code == status, answer.text
        return dict(answer.json())

    def by_password(self, email: str, password: str) -> dict[str, Any]:
        return self.post("signInWithPassword", {"email": email, "password": password})

    def by_provider(self, provider: str, claims: dict[str, Any], **more: Any) -> dict[str, Any]:
        posted = {"providerId": provider, "id_token": json.dumps(claims), **more}
        return self.post("signInWithIdp", {"postBody": urlencode(posted), "requestUri": "http://localhost"})

    def refresh(self, token: str) -> dict[str, Any]:
        url = f"http://{self._host}/securetoken.googleapis.com/v1/token?key=any"
        answer = requests.post(url, data={"grant_type": "refresh_token", "refresh_token": token})
        return dict(answer.json())


def as_admin(host: str, path: str, body: dict[str, Any]) -> requests.Response:
    base = f"http://{host}/identitytoolkit.googleapis.com/v1/projects/{PROJECT}"
    return requests.post(base + path, json=body, headers=ADMIN)
