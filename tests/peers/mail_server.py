"""A mail server for the stories: takes letters by SMTP and tells each as a line of JSON.

The first line it prints is its port. Who a letter is for says how it is received: nobody@ is refused for good,
later@ is told to come again the first time, slow@ never hears an answer, and once@ hears none the first time. cut@ has
its letters taken and the line cut before the answer, and quiet@ never hears a good-bye.
"""

import asyncio
import io
import json
import sys
from email import message_from_bytes
from email.policy import default

from aiosmtpd.smtp import SMTP
from pypdf import PdfReader


class Inbox:
    def __init__(self):
        self.seen = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "nobody":
            return f"550 5.1.1 <{address}> is not here"
        if name == "later" and address not in self.seen:
            self.seen.add(address)
            return "451 4.7.1 Come again later"
        if name == "slow" or (name == "once" and address not in self.seen):
            self.seen.add(address)
            print(json.dumps({"held": address}), flush=True)
            await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        print(json.dumps(told(envelope)), flush=True)
        names = [address.split("@")[0] for address in envelope.rcpt_tos]
        session.is_quiet = "quiet" in names
        if "cut" in names:
            server.transport.abort()
            await asyncio.sleep(3600)
        return "250 Message accepted for delivery"

    async def handle_QUIT(self, server, session, envelope):
        if getattr(session, "is_quiet", False):
            await asyncio.sleep(3600)
        return "221 Bye"


def told(envelope):
    message = message_from_bytes(envelope.content, policy=default)
    files = [part for part in message.iter_attachments()]
    return {
        "from": envelope.mail_from,
        "to": envelope.rcpt_tos,
        "headers": [[name, str(value)] for name, value in message.items()],
        "subject": str(message["Subject"]),
        "text": message.get_body(("plain",)).get_content(),
        "html": message.get_body(("html",)).get_content(),
        "files": [[part.get_filename(), part.get_content_type(), pdf_text(part)] for part in files],
    }


def pdf_text(part):
    reader = PdfReader(io.BytesIO(part.get_content()))
    return "\n".join(page.extract_text() for page in reader.pages)


async def main(port):
    loop = asyncio.get_running_loop()
    # The story keeps the port as its own while nobody listens; both must agree to share it.
    inbox = lambda: SMTP(Inbox.only, enable_SMTPUTF8=False)
    server = await loop.create_server(inbox, "127.0.0.1", port, reuse_port=True)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


Inbox.only = Inbox()
asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
