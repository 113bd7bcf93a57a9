"""A page of the nightly look at the texts of doctors: one that came to no end is handed to a person."""

from functions.house_visits.domain.checking import CheckTexts, handed_over, next_texts, texts_page
from functions.house_visits.domain.text_promises import ends_once
from shared.contracts.messaging import InboundText
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("nightly"), needs=Needs(timeout_seconds=300))
def check_texts(req: CheckTexts, ctx: Context) -> Done:
    """Ask each text of this page whether it ended in one of the ways a text may end."""
    texts = ctx.store.select(InboundText, texts_page(req), to_change=True)
    for text in texts:
        if (found := handed_over(text, ctx.now)) is not None:
            ctx.store.put(found)
            ctx.promise_broken(text, ends_once.__name__)
    ctx.store.send(*next_texts(req, texts, ctx.now))
    return Done()
