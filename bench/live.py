#!/usr/bin/env python3
"""Usage: live.py PORT PID SCHOOLS PAIRS SECONDS

Many people at once on a running server, with the teachers of its first SCHOOLS bench schools and all pupils
of their groups (25 each), every one signed in. First all pupils hold an idle event stream: the memory of
process PID. Then PAIRS conversations are under way on two devices, and each pair keeps a text about every
two and a half seconds, now the teacher, now the pupil: how long until the other device was told, and until
it has read the words. Prints name and number per line; times in milliseconds, memory in KiB.
"""

import concurrent.futures
import os
import random
import re
import resource
import selectors
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tests/load"))
from people import ID, Browser, Stream, Wrong  # noqa: E402
from talk import Part, parts, plan  # noqa: E402

METHOD = "k12"
PASSWORD = "vier blauwe vissen"
PAUSE_S = 2.5
THREADS = 4


class Port:
    def __init__(self, port):
        self.port = port


class Device:
    """Somebody's screen in a conversation: a browser, a stream, and the form of one answer."""

    def __init__(self, browser, base, fields, field, stream=None):
        self.browser, self.base = browser, base
        self.part = Part(browser, {"action": f"{base}/antwoord", "fields": fields})
        self.part.field = field
        self.stream = stream or Stream(browser, f"{base}/live")
        self.other = None
        self.lock = threading.Lock()  # of its browser
        self.awaits = None  # (text, when it was sent)


def memory(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])


def group_of(server, number):
    """The teacher of a school, and (conversation, pupil's browser) for everybody in the group."""
    teacher = Browser(server)
    home = teacher.sign_in(f"leerkracht@school{number}.example", PASSWORD)
    group = re.search(f"/groep/({ID})", home.text)[1]
    badges = {}
    sheet = teacher.post(f"/groep/{group}/pasjes", {"whose": "all"}, status=200)
    for name, code in re.findall(r'badgecard__name">.*?</svg>([^<]*)</p><p class="badgecard__code">([^<]*)<', sheet.text):
        badges[name] = code
    browsers = [Browser(server) for _ in badges]
    for browser, code in zip(browsers, badges.values()):
        browser.sign_in_by_badge(code)
    talks = {plan(teacher, pupil, METHOD) for pupil in set(re.findall(f"/leerling/({ID})", home.text))}
    found = []
    for browser in browsers:  # whose conversation is whose, the pupil's own page says
        own = [talk for talk in re.findall(f"/ik/gesprek/({ID})", browser.get("/ik").text) if talk in talks]
        found.append((own[0], browser))
    return teacher, found


def copy_of(browser):
    copy = Browser(browser.server)
    copy.cookies, copy.csrf = dict(browser.cookies), browser.csrf
    return copy


def learn(teacher, talk):
    """A part of one text field for each: what the pupil wrote is the pupil's to change."""
    found = parts(teacher, f"/gesprek/{talk}/invullen")[:2]
    return [([(k, v) for k, v in part.fields.items() if k not in ("csrf", "back")], part.field) for part in found]


def make_pair(talk, teacher, pupil, learned, stream):
    one = Device(copy_of(teacher), f"/gesprek/{talk}", *learned[0])
    two = Device(pupil, f"/ik/gesprek/{talk}", *learned[1], stream)
    one.other, two.other = two, one
    return one, two


class Play:
    def __init__(self, pairs, seconds):
        self.pairs, self.seconds = pairs, seconds
        self.told, self.read, self.wrong = [], [], []
        self.kept = 0
        self.ended = False

    def keep(self, device, number):
        other = device.other
        text = f"Woorden {number} van {device.base}."
        other.awaits = (text, time.monotonic())
        try:
            with device.lock:
                device.part.keep(text)
            self.kept += 1
        except Exception as wrong:  # told at the end
            self.wrong.append(repr(wrong))

    def look(self, device, text, since):
        try:
            with device.lock:
                question = device.other.part.question
                where = "/samen" if device.base.startswith("/gesprek") else ""
                page = device.browser.get(f"{device.base}{where}?vraag={question}")
            if text not in page.text:
                raise Wrong(f"told, and not there: {text}")
            self.read.append(time.monotonic() - since)
        except Exception as wrong:  # told at the end
            self.wrong.append(repr(wrong))

    def hear(self, pool):
        selector = selectors.DefaultSelector()
        for pair in self.pairs:
            for device in pair:
                selector.register(device.stream, selectors.EVENT_READ, device)
        while not self.ended:
            for key, _ in selector.select(0.2):
                device = key.data
                now = time.monotonic()
                if device.stream.events() and device.awaits:
                    text, since = device.awaits
                    device.awaits = None
                    self.told.append(now - since)
                    pool.submit(self.look, device, text, since)
                if device.stream.ended:
                    selector.unregister(device.stream)
                    self.wrong.append("a stream ended")

    def run(self):
        chance = random.Random(1)
        readers = concurrent.futures.ThreadPoolExecutor(THREADS)
        writers = concurrent.futures.ThreadPoolExecutor(THREADS)
        ear = threading.Thread(target=self.hear, args=(readers,))
        ear.start()
        gap = PAUSE_S / len(self.pairs)
        begin = time.monotonic()
        order = list(self.pairs)
        number = 0
        while time.monotonic() - begin < self.seconds:
            if number % len(order) == 0:
                chance.shuffle(order)
            pair = order[number % len(order)]
            writers.submit(self.keep, pair[number // len(order) % 2], number)
            number += 1
            time.sleep(max(0.0, begin + number * gap - time.monotonic()))
        writers.shutdown()
        time.sleep(1.0)
        self.ended = True
        ear.join()
        readers.shutdown()


def at(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000


def main():
    port, pid, schools, pairs, seconds = (int(word) for word in sys.argv[1:6])
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536), hard))
    server = Port(port)
    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        groups = list(pool.map(lambda n: group_of(server, n), range(1, schools + 1)))
    people = [(talk, teacher, pupil) for teacher, found in groups for talk, pupil in found]
    for _, _, pupil in people:
        pupil.close()
    streams = [Stream(pupil, f"/ik/gesprek/{talk}/live") for talk, _, pupil in people]
    if any(stream.status != 200 for stream in streams):
        raise Wrong("a stream was refused")
    time.sleep(1.0)
    print("people", len(people) + len(groups))
    print("streams", len(streams))
    print("idle_memory", memory(pid))
    learned = learn(groups[0][0], people[0][0])
    played = [make_pair(*person, learned, stream)
              for person, stream in list(zip(people, streams))[:pairs]]
    play = Play(played, seconds)
    play.run()
    print("pairs", len(played))
    print("kept", play.kept)
    print("lost", play.kept - len(play.told))
    print("told_p50", f"{at(play.told, 0.5):.1f}")
    print("told_p99", f"{at(play.told, 0.99):.1f}")
    print("read_p99", f"{at(play.read, 0.99):.1f}")
    print("busy_memory", memory(pid))
    if play.wrong:
        print(f"{len(play.wrong)} things went wrong, first {play.wrong[0]}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
