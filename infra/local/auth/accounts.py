"""All accounts of one tenant of the Firebase Auth twin: created, found, changed, deleted."""

import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from infra.local.auth.account import Account, AuthError, Identity, Json, checked_claims, checked_password

ACCOUNTS_MAX = 50_000


class Accounts:
    """Thread-safe; e-mail, phone and uid are each unique, as in one Identity Platform tenant."""

    def __init__(self) -> None:
        self._by_uid: dict[str, Account] = {}
        self._lock = threading.RLock()

    def create(self, wanted: Json, now: datetime) -> Account:
        """`wanted` as accounts:signUp takes it. Raises AuthError."""
        with self._lock:
            uid = wanted.get("localId") or secrets.token_hex(14)
            if uid in self._by_uid:
                raise AuthError("DUPLICATE_LOCAL_ID")
            if len(self._by_uid) >= ACCOUNTS_MAX:
                raise AuthError("QUOTA_EXCEEDED")
            blank = Account(uid, created=now, valid_since=int(now.timestamp()))
            return self._keep(self._changed(blank, wanted))

    def update(self, uid: str, wanted: Json) -> Account:
        """`wanted` as accounts:update takes it. Raises AuthError."""
        with self._lock:
            return self._keep(self._changed(self.get(uid), wanted))

    def change(self, uid: str, **fields: object) -> Account:
        with self._lock:
            return self._keep(replace(self.get(uid), **fields))  # type: ignore[arg-type] # names are ours

    def delete(self, uid: str) -> None:
        with self._lock:
            self.get(uid)
            del self._by_uid[uid]

    def get(self, uid: str) -> Account:
        found = self._by_uid.get(uid)
        if found is None:
            raise AuthError("USER_NOT_FOUND")
        return found

    def all(self) -> list[Account]:
        with self._lock:
            return sorted(self._by_uid.values(), key=lambda account: account.uid)

    def find(self, uids: Iterable[str], emails: Iterable[str], phones: Iterable[str]) -> list[Account]:
        """Whoever answers to any of them, once each."""
        wanted = set(uids), {email.lower() for email in emails}, set(phones)
        return self._those(lambda a: a.uid in wanted[0] or a.email in wanted[1] or a.phone in wanted[2])

    def by_email(self, email: str) -> Account | None:
        return next(iter(self.find((), [email], ())), None)

    def by_identity(self, identity: Identity) -> Account | None:
        known = self._those(lambda account: account.is_known_as(identity.provider, identity.raw_id))
        return next(iter(known), None)

    def clear(self) -> None:
        with self._lock:
            self._by_uid.clear()

    def _those(self, fits: Callable[[Account], bool]) -> list[Account]:
        return [account for account in self.all() if fits(account)]

    def _keep(self, account: Account) -> Account:
        for other in self._by_uid.values():
            if other.uid == account.uid:
                continue
            if account.email and other.email == account.email:
                raise AuthError("EMAIL_EXISTS")
            if account.phone and other.phone == account.phone:
                raise AuthError("PHONE_NUMBER_EXISTS")
        self._by_uid[account.uid] = account
        return account

    def _changed(self, account: Account, wanted: Json) -> Account:
        gone = set(wanted.get("deleteAttribute", ()))
        without = set(wanted.get("deleteProvider", ()))
        email = wanted.get("email", account.email)
        disabled = wanted.get("disableUser", wanted.get("disabled", account.is_disabled))
        password = wanted.get("password")
        return replace(
            account,
            email=email.lower() if email else None,
            email_verified=bool(wanted.get("emailVerified", account.email_verified)),
            phone=None if "phone" in without else wanted.get("phoneNumber", account.phone),
            password=checked_password(password) if password is not None else account.password,
            name=None if "DISPLAY_NAME" in gone else wanted.get("displayName", account.name),
            photo=None if "PHOTO_URL" in gone else wanted.get("photoUrl", account.photo),
            is_disabled=bool(disabled),
            custom_claims=checked_claims(wanted.get("customAttributes", account.custom_claims)),
            identities=tuple(known for known in account.identities if known.provider not in without),
            valid_since=int(wanted.get("validSince", account.valid_since)),
        )
