"""What the Firebase Auth twin answers to each call; the routes are in twin.py."""

import secrets

from infra.local.auth import sign_in
from infra.local.auth.account import Account, AuthError, Json
from infra.local.auth.accounts import Accounts
from infra.local.auth.directory import Directory

PAGE_MAX = 1_000
InPath = dict[str, str]


# --- for firebase-admin: it names the project, and perhaps a tenant of it


def create(directory: Directory, asked: Json, path: InPath) -> Json:
    account = _accounts(directory, path).create(asked, directory.now())
    told: Json = {"kind": "identitytoolkit#SignupNewUserResponse", "localId": account.uid}
    return told | ({"email": account.email} if account.email else {})


def lookup(directory: Directory, asked: Json, path: InPath) -> Json:
    accounts = _accounts(directory, path)
    found = accounts.find(asked.get("localId", ()), asked.get("email", ()), asked.get("phoneNumber", ()))
    return _users(found, path.get("tenant"))


def update(directory: Directory, asked: Json, path: InPath) -> Json:
    return _updated(_accounts(directory, path).update(asked.get("localId", ""), asked))


def delete(directory: Directory, asked: Json, path: InPath) -> Json:
    _accounts(directory, path).delete(asked.get("localId", ""))
    return {"kind": "identitytoolkit#DeleteAccountResponse"}


def delete_many(directory: Directory, asked: Json, path: InPath) -> Json:
    """Those that are not there do not matter."""
    accounts = _accounts(directory, path)
    for account in accounts.find(asked.get("localIds", ()), (), ()):
        accounts.delete(account.uid)
    return {}


def list_some(directory: Directory, asked: Json, path: InPath) -> Json:
    """One page by uid; the page token is the last uid of the page before."""
    size = min(int(asked.get("maxResults", 20)), PAGE_MAX)
    after = asked.get("nextPageToken", "")
    rest = [account for account in _accounts(directory, path).all() if account.uid > after]
    told = _users(rest[:size], path.get("tenant")) | {"kind": "identitytoolkit#DownloadAccountResponse"}
    return told | ({"nextPageToken": rest[size - 1].uid} if len(rest) > size else {})


# --- for somebody about himself, by his id token


def look_at_self(directory: Directory, asked: Json, _: InPath) -> Json:
    _project, tenant, account = sign_in.account_of(directory, asked.get("idToken", ""))
    return _users([account], tenant)


def update_self(directory: Directory, asked: Json, _: InPath) -> Json:
    project, tenant, account = sign_in.account_of(directory, asked.get("idToken", ""))
    his_to_change = ("displayName", "photoUrl", "password", "email", "deleteAttribute")
    changes = {name: asked[name] for name in his_to_change if name in asked}
    return _updated(directory.accounts(project, tenant).update(account.uid, changes))


def delete_self(directory: Directory, asked: Json, _: InPath) -> Json:
    project, tenant, account = sign_in.account_of(directory, asked.get("idToken", ""))
    directory.accounts(project, tenant).delete(account.uid)
    return {"kind": "identitytoolkit#DeleteAccountResponse"}


# --- ways in


def sign_up(directory: Directory, asked: Json, _: InPath) -> Json:
    asked.pop("localId", None)  # only an admin may choose
    asked.pop("customAttributes", None)
    return sign_in.by_signing_up(directory, asked)


def by_password(directory: Directory, asked: Json, _: InPath) -> Json:
    return sign_in.by_password(directory, asked)


def by_custom_token(directory: Directory, asked: Json, _: InPath) -> Json:
    return sign_in.by_custom_token(directory, asked)


def by_provider(directory: Directory, asked: Json, _: InPath) -> Json:
    return sign_in.by_provider(directory, asked)


def refresh(directory: Directory, asked: Json, _: InPath) -> Json:
    if asked.get("grant_type", asked.get("grantType")) != "refresh_token":
        raise AuthError("INVALID_GRANT_TYPE")
    return sign_in.by_refresh_token(directory, asked.get("refresh_token", ""))


# --- tenants, and the emulator's own


def create_tenant(directory: Directory, asked: Json, path: InPath) -> Json:
    return directory.create_tenant(path["project"], secrets.token_hex(10), asked)


def list_tenants(directory: Directory, _: Json, path: InPath) -> Json:
    return {"tenants": directory.tenants(path["project"])}


def get_tenant(directory: Directory, _: Json, path: InPath) -> Json:
    return directory.tenant(path["project"], path["tenant"])


def delete_tenant(directory: Directory, _: Json, path: InPath) -> Json:
    directory.delete_tenant(path["project"], path["tenant"])
    return {}


def wipe(directory: Directory, _: Json, path: InPath) -> Json:
    directory.clear(path["project"])
    return {}


def set_config(directory: Directory, asked: Json, path: InPath) -> Json:
    """Those fields are replaced whose names are given, as by an updateMask."""
    known = directory.configs.setdefault(path["project"], {})
    known.update({name: value for name, value in asked.items() if name != "updateMask"})
    return known


def config(_directory: Directory, _: Json, _path: InPath) -> Json:
    return {"signIn": {"allowDuplicateEmails": False}}


def ready(_directory: Directory, _: Json, _path: InPath) -> Json:
    return {"status": "ok", "authEmulator": {"ready": True, "docs": "infra/local/auth/twin.py"}}


def _accounts(directory: Directory, path: InPath) -> Accounts:
    return directory.accounts(path["project"], path.get("tenant"))


def _users(accounts: list[Account], tenant: str | None) -> Json:
    """No `users` at all when nobody was found: firebase-admin looks for the field."""
    told: Json = {"kind": "identitytoolkit#GetAccountInfoResponse"}
    return told | ({"users": [account.json(tenant) for account in accounts]} if accounts else {})


def _updated(account: Account) -> Json:
    told = account.json(tenant=None)
    told.pop("customAttributes", None)
    return {"kind": "identitytoolkit#SetAccountInfoResponse", **told}
