"""Seeded bugs: each takes one promise's guard out of the code. The nets must notice."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Fish:
    """`old` stands exactly once in the file, and becomes `new`."""

    name: str
    file: str
    old: str
    new: str


_CASCADE: Final = "functions/house_visits/domain"

FISH: Final = (
    Fish(
        "no precondition: the last writer wins",
        "shared/runtime/staging.py",
        "writes = [Write(path, {**codec.encode(record), TOKEN: token}, self.stamp)]",
        "writes = [Write(path, {**codec.encode(record), TOKEN: token}, None)]",
    ),
    Fish(
        "no commit token: a lost reply counts as a lost race",
        "shared/runtime/call.py",
        "return any(one.fields.get(TOKEN) == attempts.token for one in found.values() if one is not None)",
        "return False",
    ),
    Fish(
        "a lost race is lost for good",
        "shared/runtime/call.py",
        "ATTEMPTS_MAX = 10",
        "ATTEMPTS_MAX = 1",
    ),
    Fish(
        "letters are written after the commit, not in it",
        "shared/runtime/call.py",
        "        stamps = wiring.documents.commit(writes)\n",
        "        stamps = [*wiring.documents.commit(writes[:first_letter])] if first_letter else []\n"
        "        stamps += wiring.documents.commit(writes[first_letter:]) if post else []\n",
    ),
    Fish(
        "no claim: two sweepers send the same letter",
        "shared/runtime/outbox.py",
        "stamps = self._wiring.documents.commit([self._write(mine, stamp)])",
        "stamps = [stamp]",
    ),
    Fish(
        "blind resend: nobody asks the provider first",
        "shared/runtime/texting.py",
        "    if not fresh:\n",
        "    if False:\n",
    ),
    Fish(
        "no sweeper of the outbox",
        "functions/platform/sweep_outbox.py",
        "return Swept(found=ctx.outbox.sweep(ctx.now))",
        "return Swept(found=0)",
    ),
    Fish(
        "no sweeper of searches",
        "functions/house_visits/sweep_cascades.py",
        "found = ctx.store.select(Visit, due_visits(ctx.now - OVERDUE))",
        "found: list[Visit] = []",
    ),
    Fish(
        "a task's name is used again",
        f"{_CASCADE}/asking.py",
        'key=f"timer-{visit.id}-{visit.epoch}-{cascade.arm}"',
        'key=f"timer-{visit.id}"',
    ),
    Fish(
        "a stale timer acts",
        f"{_CASCADE}/asking.py",
        "        and (visit.epoch, cascade.arm) == (timer.epoch, timer.arm)\n",
        "",
    ),
    Fish(
        "the latest offer wins: an unclear yes is guessed",
        f"{_CASCADE}/desk.py",
        "    if len(still_open) == 1:\n",
        "    if still_open:\n",
    ),
    Fish(
        "a text that was read is read again",
        "functions/house_visits/read_reply.py",
        "    if text.outcome:\n        return Done()  # it has been read\n",
        "",
    ),
    Fish(
        "no marker in the inbox: a text that comes again is new",
        "functions/messaging/receive_sms.py",
        "    with suppress(AlreadyThere):\n        ctx.store.create(text, effects=(news,))\n",
        "    with suppress(AlreadyThere):\n        ctx.store.put(text)\n        ctx.store.send(news)\n",
    ),
    Fish(
        "nobody looks for lost webhooks",
        "functions/messaging/reconcile_inbox.py",
        "missing = [text for text in listed if text.sid not in known]",
        "missing: list[InboundSms] = []",
    ),
    Fish(
        "an outcome does not end its epoch",
        f"{_CASCADE}/winning.py",
        "        epoch=visit.epoch + 1,\n        winner=",
        "        winner=",
    ),
    Fish(
        "the others' offers stay open when one wins",
        f"{_CASCADE}/winning.py",
        ".close_offers(won, OfferEvent.LOSE)",
        "",
    ),
    Fish(
        "nobody hears that it is filled",
        f"{_CASCADE}/winning.py",
        "    others = tuple(stand_down(",
        "    others: tuple[Effect, ...] = () and tuple(stand_down(",
    ),
    Fish(
        "a doctor may be in two places at once",
        f"{_CASCADE}/winning.py",
        "return Result.CLASH if diary.clashes(visit.id, visit.span) else Result.WON",
        "return Result.WON",
    ),
    Fish(
        "a clinic's silence means no",
        f"{_CASCADE}/clinic_booking.py",
        "            return _ask_later(visit, now)\n",
        '            return _next(visit, "no_answer", now)\n',
    ),
    Fish(
        "a letter's guard is not asked",
        "shared/runtime/outbox.py",
        "            if one.swept and self._is_void(letter):\n",
        "            if False:\n",
    ),
    Fish(
        "a number that nobody keeps is given again",
        "functions/certificates/domain/signing_table.py",
        "        self.store.put(series)\n",
        "",
    ),
    Fish(
        "a paper is signed anew, whatever lies in storage",
        "functions/certificates/domain/printing.py",
        '    there = files.stat("clean", name)\n    if there is None:\n',
        '    there = files.remove("clean", name)\n    if there is None:\n',
    ),
    Fish(
        "no sweeper of leases of certificates",
        "functions/certificates/sweep_reservations.py",
        "found = ctx.store.select(CertificateCase, ended_leases(ctx.now - OVERDUE))",
        "found: list[CertificateCase] = []",
    ),
    Fish(
        "a certificate leaves its doctor's bench as it was",
        "functions/certificates/domain/bench.py",
        "        store.put(bench_of(before.doctor_id, after.tenant_id, store).without(after.id))\n",
        "        pass\n",
    ),
    Fish(
        "a clinic's silence about an examination means no",
        "functions/certificates/domain/booking.py",
        "            return _ask_later(case, now)\n",
        '            return _refused(case, "no_answer")\n',
    ),
    Fish(
        "what a certificate's clinic holds is never given back",
        "functions/certificates/domain/booking_letters.py",
        "        return (_release(case.id, appointment.clinic_id, appointment.key, now),)\n",
        "        return ()\n",
    ),
    Fish(
        "a message that comes again is another one",
        "functions/chat/domain/writing.py",
        "    if mark is not None:\n",
        "    if False:\n",
    ),
    Fish(
        "no sweeper of unread messages",
        "functions/chat/sweep_unread.py",
        "found = ctx.store.select(ReadMarker, overdue(ctx.now))",
        "found: list[ReadMarker] = []",
    ),
    Fish(
        "the case's thread does not hear of it",
        "functions/chat/follow_case.py",
        "    if thread is not None and circle is not None:\n",
        "    if False:\n",
    ),
    Fish(
        "what a doctor refuses is not asked",
        "functions/chat/nudge_reader.py",
        "wanted = ctx.store.find(NoticePreferences, chosen) if still else None",
        "wanted = None",
    ),
    Fish(
        "an older questionnaire wins over a newer one",
        "functions/partners/domain/arriving.py",
        "    if upload.number < desk.newest:\n",
        "    if False:\n",
    ),
    Fish(
        "an accepted offer takes no room",
        "functions/partners/accept_recommendation.py",
        "fuller = institute.taking(saved.room)",
        "fuller = institute",
    ),
    Fish(
        "an institute that cannot do as much is recommended",
        "functions/partners/domain/assessing.py",
        "        if capacity < needs.need:\n",
        "        if False:\n",
    ),
    Fish(
        "two prices for one age are taken",
        "functions/partners/domain/prices.py",
        "        if first.age_from < next_age:\n",
        "        if False:\n",
    ),
    Fish(
        "a quantity tier begins one too late",
        "functions/partners/domain/needs.py",
        "found = bisect_right([tier for _, tier in shape[first:end]], quantity)",
        "found = bisect_right([tier for _, tier in shape[first:end]], quantity - 1)",
    ),
    Fish(
        "a unit is reserved, and its account does not know",
        "functions/referrals/domain/coverage.py",
        "    keep_account(store, decision)\n    entitlement =",
        "    entitlement =",
    ),
    Fish(
        "a referral that is called back keeps its unit",
        "functions/referrals/revoke_referral.py",
        '    release(ctx.store, before, "revoked", ctx.now)\n',
        "",
    ),
    Fish(
        "a clinic that was only being asked holds on to what was reissued",
        "functions/referrals/domain/ending.py",
        "    lets_go = () if new.examination else release_letters(old, now)\n",
        "    lets_go = ()\n",
    ),
    Fish(
        "an appointment that stays is not told where it was not told before",
        "functions/referrals/domain/writing.py",
        'return (tell_employee(referral, "scheduled", now),) if referral.told_epoch < referral.epoch else ()',
        "return ()",
    ),
    Fish(
        "a void certificate still renews the one before",
        "functions/referrals/domain/filing.py",
        '    free = [one.but(renewed_by="") if one.renewed_by in gone else one for one in known]\n',
        "    free = list(known)\n",
    ),
    Fish(
        "a reminder that was told does not know it",
        "functions/referrals/send_digest.py",
        "ctx.store.put(one.but(dropped=reason) if reason else one.but(digest_id=key))",
        "ctx.store.put(one.but(dropped=reason) if reason else one)",
    ),
)
