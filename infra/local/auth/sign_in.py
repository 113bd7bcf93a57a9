"""The ways in: password, custom token, an identity provider, a refresh token, nothing at all."""

import json
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qs

from infra.local.auth import blocking
from infra.local.auth.account import Account, AuthError, Identity, Json
from infra.local.auth.directory import Directory
from infra.local.auth.tokens import (
    LIFETIME_SECONDS,
    Session,
    id_token,
    read_unverified,
    session_from,
)


def by_password(directory: Directory, asked: Json) -> Json:
    tenant = asked.get("tenantId")
    account = directory.accounts(directory.project, tenant).by_email(_required(asked, "email"))
    if account is None:
        raise AuthError("EMAIL_NOT_FOUND")
    if account.password != asked.get("password"):
        raise AuthError("INVALID_PASSWORD")
    session = Session(directory.project, tenant, account.uid, "password")
    kind = {"kind": "identitytoolkit#VerifyPasswordResponse", "registered": True, "email": account.email}
    return {**kind, **_enter(directory, session)}


def by_custom_token(directory: Directory, asked: Json) -> Json:
    """Who is not known yet is created, as Firebase does."""
    try:
        claims = read_unverified(_required(asked, "token"))
    except ValueError as unreadable:
        raise AuthError("INVALID_CUSTOM_TOKEN : Invalid assertion format") from unreadable
    uid, tenant = claims.get("uid"), claims.get("tenant_id") or asked.get("tenantId")
    if not uid:
        raise AuthError("MISSING_IDENTIFIER")
    accounts = directory.accounts(directory.project, tenant)
    is_new = not accounts.find([uid], (), ())
    if is_new:
        accounts.create({"localId": uid}, directory.now())
    session = Session(directory.project, tenant, uid, "custom", extra=claims.get("claims") or {})
    kind = {"kind": "identitytoolkit#VerifyCustomTokenResponse", "isNewUser": is_new}
    return {**kind, **_without_user(_enter(directory, session))}


def by_provider(directory: Directory, asked: Json) -> Json:
    """OIDC and SAML; the "provider's" own token is whatever JSON the caller hands in."""
    tenant = asked.get("tenantId")
    accounts = directory.accounts(directory.project, tenant)
    posted = {name: values[0] for name, values in parse_qs(asked.get("postBody", "")).items()}
    claims = _claims_of_provider(posted.get("id_token", ""))
    identity = Identity(
        _required(posted, "providerId"), str(claims["sub"]), claims.get("email"), claims.get("name")
    )
    told: Json = {
        "kind": "identitytoolkit#VerifyAssertionResponse",
        "providerId": identity.provider,
        "federatedId": identity.raw_id,
        "rawUserInfo": json.dumps(claims),
        **({"email": identity.email} if identity.email else {}),
        **({"displayName": identity.name} if identity.name else {}),
    }
    known = accounts.by_identity(identity)
    same_email = accounts.by_email(identity.email) if identity.email else None
    is_verified = bool(claims.get("email_verified")) or identity.provider.startswith("saml.")
    if known is None and same_email and not (is_verified and same_email.email_verified):
        # The same address is no proof of the same person: the real one asks for a confirmation too.
        return {**told, "needConfirmation": True, "localId": same_email.uid}
    account = known or same_email or _new_from(directory, tenant, identity, is_verified)
    if known is None:
        accounts.change(account.uid, identities=(*account.identities, identity))
    attributes = _saml_attributes(posted.get("SAMLResponse"))
    session = Session(directory.project, tenant, account.uid, identity.provider, attributes=attributes)
    told |= {"isNewUser": True} if known is None and same_email is None else {}
    return {**told, **_enter(directory, session, claims)}


def by_refresh_token(directory: Directory, token: str) -> Json:
    session = session_from(token)
    account = _enabled(directory.accounts(session.project, session.tenant).get(session.uid))
    fresh = id_token(account, session, directory.now())
    return {
        "id_token": fresh,
        "access_token": fresh,
        "refresh_token": token,
        "expires_in": str(LIFETIME_SECONDS),
        "token_type": "Bearer",
        "user_id": session.uid,
        "project_id": session.project,
    }


def by_signing_up(directory: Directory, asked: Json) -> Json:
    tenant = asked.get("tenantId")
    account = directory.accounts(directory.project, tenant).create(asked, directory.now())
    provider = "password" if account.password else "anonymous"
    session = Session(directory.project, tenant, account.uid, provider)
    told = {"kind": "identitytoolkit#SignupNewUserResponse", **_enter(directory, session)}
    return told | ({"email": account.email} if account.email else {})


def account_of(directory: Directory, token: str) -> tuple[str, str | None, Account]:
    """Project, tenant and account that an id token stands for. Raises AuthError."""
    try:
        claims = read_unverified(token)
        project, tenant = claims["aud"], claims["firebase"].get("tenant")
        return project, tenant, directory.accounts(project, tenant).get(claims["sub"])
    except (ValueError, KeyError) as unreadable:
        raise AuthError("INVALID_ID_TOKEN") from unreadable


def _enter(directory: Directory, session: Session, said: Mapping[str, object] | None = None) -> Json:
    """`said`: what an identity provider's token says of them."""
    accounts = directory.accounts(session.project, session.tenant)
    account = _enabled(accounts.get(session.uid))
    now = directory.now()
    session = _let_in(directory, session, account, said or {}, int(now.timestamp()))
    account = accounts.change(session.uid, last_login=now)
    return {
        "localId": account.uid,
        "idToken": id_token(account, session, now),
        "refreshToken": session.refresh_token(),
        "expiresIn": str(LIFETIME_SECONDS),
        **({"tenantId": session.tenant} if session.tenant else {}),
    }


def _let_in(
    directory: Directory, session: Session, account: Account, said: Mapping[str, object], now: int
) -> Session:
    """The session with the claims that the blocking function gives it. Raises AuthError."""
    url = directory.hook(session.project)
    if not url or session.provider in blocking.NEVER_ASKED:
        return session
    told = blocking.event(
        session.project, url, session.tenant, account, session.provider, said, session.attributes, now
    )
    return replace(session, extra={**session.extra, **blocking.ask(url, told, directory.key)})


def _enabled(account: Account) -> Account:
    if account.is_disabled:
        raise AuthError("USER_DISABLED")
    return account


def _new_from(directory: Directory, tenant: str | None, identity: Identity, is_verified: bool) -> Account:
    wanted = {"email": identity.email, "emailVerified": is_verified, "displayName": identity.name}
    given = {name: value for name, value in wanted.items() if value is not None}
    return directory.accounts(directory.project, tenant).create(given, directory.now())


def _claims_of_provider(text: str) -> Json:
    try:
        claims = json.loads(text) if text.startswith("{") else read_unverified(text)
    except ValueError as unreadable:
        raise AuthError("INVALID_IDP_RESPONSE : Unable to parse id_token") from unreadable
    if not claims.get("sub"):
        raise AuthError('INVALID_IDP_RESPONSE : id_token lacks "sub"')
    return dict(claims)


def _saml_attributes(response: str | None) -> Json:
    assertion = json.loads(response).get("assertion", {}) if response else {}
    return dict(assertion.get("attributeStatements", {}))


def _required(asked: Mapping[str, str], name: str) -> str:
    value = asked.get(name)
    if not value:
        raise AuthError(f"MISSING_{name.upper()}")
    return value


def _without_user(entered: Json) -> Json:
    return {name: value for name, value in entered.items() if name != "localId"}
