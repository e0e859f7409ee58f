"""A strict fake of the Telegram Bot API over HTTP, and people with phones on its other side.

    async with FakeBotApi() as api:                  # listens on a free port of 127.0.0.1
        start_the_bot(TELEGRAM_TOKEN=api.token, TELEGRAM_API_BASE=api.base_url)
        hoa = api.person("Hoa")
        await hoa.start("CODE")                      # t.me/bot?start=CODE
        screen = await hoa.screen()                  # waits for the bot's next message or edit
        screen.text, screen.labels, screen.message_id, screen.edited
        query = await hoa.tap(1)                     # by number, or by (part of) the label: hoa.tap("Tôi đồng ý")
        await hoa.answered(query)                    # the spinner on the button stopped
        await hoa.send("Câu trả lời"); await hoa.send("/menu"); await hoa.send_kind("photo")
        await hoa.screen_with("Đã nộp")              # read on until a screen has this text
        paper = await hoa.paper()                    # next document or photo: .filename, .content, .caption
        await hoa.tap(1, of=screen)                  # a button of an older screen
        await hoa.tap_data("9.!forged")              # any callback data
        await hoa.block(); await hoa.unblock(); hoa.skip()
        api.group(hoa)                               # hoa speaking in a group

Nothing sleeps: every wait is for a condition, with `seconds` to give up (the message shows the last screens).
`api.calls` has every request with its fields and answer; `api.until(lambda: ...)` waits for anything else.
The server refuses what Telegram refuses (unknown fields, lengths, HTML, buttons, chats not started), keeps updates
until they are confirmed, long-polls, pushes to a webhook with the secret and again on anything but 2xx.
Troubles: `api.faults.add(Fault("sendMessage", status=429, retry_after=2))`, also 403, 500, `cut="before"|"after"`,
`hang=True`; `api.updates.repeats = 2` (every webhook update twice), `api.updates.hold()` / `.release([2, 0, 1])`
(disorder), `api.updates.put_raw({...})`; rate limits with `FakeBotApi(limits=Limits(time.monotonic))`.
"""

from tests.fakes.bot_api.chats import Query
from tests.fakes.bot_api.faults import Fault
from tests.fakes.bot_api.limits import Limits
from tests.fakes.bot_api.person import Person, Received, Shown
from tests.fakes.bot_api.server import TOKEN, Call, FakeBotApi

__all__ = ["TOKEN", "Call", "FakeBotApi", "Fault", "Limits", "Person", "Query", "Received", "Shown"]
