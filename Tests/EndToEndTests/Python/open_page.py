"""Opens a page in headless Chromium, folds and filters its tree, and says what happened, as one line of JSON.

Speaks to the browser by its pipe, with the standard library alone: messages end in a zero byte.
"""

import json
import os
import subprocess
import sys
import tempfile

browser, page = sys.argv[1:3]
to_browser, from_browser = os.pipe(), os.pipe()


def pipes():
    # The browser reads from descriptor 3 and writes to 4, which ours may be themselves.
    os.dup2(to_browser[0], 10)
    os.dup2(from_browser[1], 11)
    os.dup2(10, 3)
    os.dup2(11, 4)


profile = tempfile.mkdtemp()
process = subprocess.Popen(
    [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        f"--user-data-dir={profile}",
        "--remote-debugging-pipe",
        "about:blank",
    ],
    preexec_fn=pipes,
    close_fds=False,
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)
os.close(to_browser[0])
os.close(from_browser[1])
reader = os.fdopen(from_browser[0], "rb")
complaints, number = [], 0


def receive():
    message = bytearray()
    while not message.endswith(b"\0"):
        byte = reader.read(1)
        if not byte:
            sys.exit("the browser has gone")
        message += byte
    return json.loads(message[:-1])


def ask(method, session=None, **parameters):
    global number
    number += 1
    message = {"id": number, "method": method, "params": parameters}
    if session:
        message["sessionId"] = session
    os.write(to_browser[1], json.dumps(message).encode() + b"\0")
    while True:
        answer = receive()
        if answer.get("id") == number:
            if "error" in answer:
                sys.exit(f"{method}: {answer['error']}")
            return answer["result"]
        note(answer)


def note(event):
    if event.get("method") == "Runtime.exceptionThrown":
        complaints.append(event["params"]["exceptionDetails"].get("text", "exception"))
    elif event.get("method") == "Log.entryAdded":
        complaints.append(event["params"]["entry"]["text"])
    elif event.get("method") == "Network.requestWillBeSent":
        url = event["params"]["request"]["url"]
        if not url.startswith(("file:", "data:", "about:")):
            complaints.append(f"asked for {url}")


target = ask("Target.createTarget", url="about:blank")["targetId"]
session = ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
for domain in ("Runtime", "Log", "Network", "Page"):
    ask(f"{domain}.enable", session)
ask("Page.navigate", session, url="file://" + os.path.abspath(page))
while True:
    event = receive()
    note(event)
    if event.get("method") == "Page.loadEventFired":
        break


def value(expression):
    result = ask("Runtime.evaluate", session, expression=expression, returnByValue=True)
    return result["result"].get("value")


shown = "[...document.querySelectorAll('.row')].filter(row => !row.hidden).length"
found = {"rows": value(shown)}
value("document.querySelector('.row[data-n=\"1\"] .t').click()")
found["folded"] = value(shown)
found["detail"] = value("document.getElementById('detail').textContent")
value("document.querySelector('.row[data-n=\"1\"] .t').click()")
value("const f = document.getElementById('filter'); f.value = 'answer is'; f.dispatchEvent(new Event('input'))")
found["filtered"] = value(shown)
found["count"] = value("document.getElementById('count').textContent")
value("f.value = ''; f.dispatchEvent(new Event('input')); document.getElementById('fold').click()")
found["all folded"] = value(shown)
found["complaints"] = complaints
print(json.dumps(found))
process.kill()
