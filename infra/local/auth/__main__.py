"""Runs the Firebase Auth twin: python -m infra.local.auth"""

import os

from infra.local.auth.twin import AuthTwin
from infra.local.control import serve_until_told
from infra.local.surroundings import key_from

if __name__ == "__main__":
    project = os.environ.get("VISITA_PROJECT", "demo-visita")
    port = int(os.environ.get("PORT_AUTH", "28404"))
    serve_until_told(
        AuthTwin(project, port, key_from(os.environ)), f"Firebase Auth twin for {project} on 127.0.0.1:{port}"
    )
