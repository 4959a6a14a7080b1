#!/usr/bin/env python3
"""Usage: kill.py PROGRAM [SECONDS [SEED]]

Two devices write in one conversation as fast as they can, and in each other's way; the process is
killed (-9) at moments of chance and started again. Every text that was acknowledged is there
afterwards, also those that lost a conflict, and the log verifies. For SECONDS per engine (3).
"""

import http.client
import os
import random
import re
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../load"))
from people import ID, Browser, Wrong  # noqa: E402
from place import DEMO_PASSWORD, Place, server_url  # noqa: E402
from talk import parts, plan, texts_of  # noqa: E402
from tap import Tap  # noqa: E402

METHOD = "k12"


class Writer(threading.Thread):
    """A device: keeps one text after the other until the server is gone."""

    def __init__(self, name, browser, path, chance):
        super().__init__(daemon=True)
        self.called, self.browser, self.path, self.chance = name, browser, path, chance
        self.kept = []  # (question, voice, text), each acknowledged
        self.tried = 0
        self.wrong = None

    def run(self):
        try:
            mine = parts(self.browser, self.path)
            if not mine:
                raise Wrong(f"nothing to write in on {self.path}")
            while True:
                part = self.chance.choice(mine)
                self.tried += 1
                text = f"{self.called}-{self.tried}-{self.chance.getrandbits(40):x}."
                part.keep(text)
                self.kept.append((part.question, part.voice, text))
        except (ConnectionError, http.client.HTTPException, OSError):
            self.browser.close()  # killed
        except Exception as wrong:  # told by the test itself
            self.wrong = wrong


def begin(server):
    """Two people in one conversation: their browsers, and its id."""
    teacher, coordinator = Browser(server), Browser(server)
    home = teacher.sign_in("marit@regenboog.example", DEMO_PASSWORD)
    coordinator.sign_in("farida@regenboog.example", DEMO_PASSWORD)
    pupil = re.search(f"/leerling/({ID})", home.text)[1]
    return teacher, coordinator, plan(teacher, pupil, METHOD)


def all_is_there(reader, talk, kept):
    pages = {}
    for question, voice, text in kept:
        if (question, voice) not in pages:
            pages[question, voice] = texts_of(reader, talk, question, voice)
        if text not in pages[question, voice]:
            raise Wrong(f"lost: {text} of {question}, acknowledged")


def killed_in_a_conversation(program, engine, seconds, seed):
    chance = random.Random(seed)
    kept, tried, kills = [], 0, 0
    with Place(program, engine) as place:
        place.run("demo")
        server = place.serve()
        browsers = begin(server)
        talk = browsers[2]
        end = time.monotonic() + seconds
        while time.monotonic() < end or kills < 3:
            writers = [Writer(f"{name}{kills}", browser, f"/gesprek/{talk}/invullen",
                              random.Random(chance.getrandbits(64)))
                       for name, browser in zip(("een", "twee"), browsers)]
            for writer in writers:
                writer.start()
            while not all(w.kept or w.wrong for w in writers):
                time.sleep(0.01)
            time.sleep(chance.uniform(0.0, 0.6))
            server.kill()
            kills += 1
            for writer in writers:
                writer.join(120)
                if writer.wrong:
                    raise writer.wrong
                kept += writer.kept
                tried += writer.tried
            server.start()
            for browser in browsers[:2]:
                browser.close()
            all_is_there(browsers[0], talk, kept)
            if kills % 8 == 0:  # the pages with all texts of one part stay readable
                browsers = begin(server)
                talk, kept = browsers[2], []
        server.stop()
        place.verify()
    return f"seed {seed}, {kills} kills, {tried} texts sent"


def main():
    program = sys.argv[1]
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 3
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 20261122
    tap = Tap(2)
    name = "killed while two write in one conversation: every acknowledged word is there, on "
    tap.check(name + "SQLite", killed_in_a_conversation, program, "sqlite", seconds, seed)
    if server_url():
        tap.check(name + "PostgreSQL", killed_in_a_conversation, program, "postgres", seconds, seed)
    else:
        tap.skip(name + "PostgreSQL", "WEERKLANK_TEST_PG is not set")
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
