#!/usr/bin/env python3
"""Usage: two.py PROGRAM

Two serve processes on one database. On PostgreSQL each hears what was kept at the other, also after
the server was away; on SQLite the second one is refused, and says why.
"""

import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../load"))
from people import ID, Browser, Stream, Wrong  # noqa: E402
from place import DEMO_PASSWORD, Place, server_url  # noqa: E402
from talk import parts, plan  # noqa: E402
from tap import Tap  # noqa: E402

METHOD = "k12"


def on_sqlite_one_serves(program):
    with Place(program, "sqlite") as place:
        place.run("demo")
        first = place.serve()
        second = subprocess.run([program, "serve", "--listen", "127.0.0.1:0"], capture_output=True, text=True,
                                env=dict(os.environ, **place.environment()), check=False, timeout=60)
        if second.returncode != 1 or "another serve runs" not in second.stderr:
            raise Wrong(f"{second.returncode}: {second.stderr}")
        Browser(first).get("/aanmelden")  # the first has not noticed
        first.kill()
        first.start()  # a dead process holds nothing


class Both:
    """A conversation that is open on a device at each of two servers."""

    def __init__(self, place):
        place.run("demo")
        self.servers = [place.serve(), place.serve()]
        self.browsers = [Browser(server) for server in self.servers]
        home = self.browsers[0].sign_in("marit@regenboog.example", DEMO_PASSWORD)
        self.browsers[1].sign_in("farida@regenboog.example", DEMO_PASSWORD)
        pupil = re.search(f"/leerling/({ID})", home.text)[1]
        self.talk = plan(self.browsers[0], pupil, METHOD)
        self.number = 0
        self.open()

    def open(self):
        self.streams = [Stream(browser, f"/gesprek/{self.talk}/live") for browser in self.browsers]

    def keep_at(self, here):
        """A text at one server: how long until the other's stream tells, and then its page has it."""
        self.number += 1
        there = 1 - here
        self.streams[there].events()
        part = parts(self.browsers[here], f"/gesprek/{self.talk}/invullen")[0]
        text = f"Tekst {self.number} van {here}."
        part.keep(text)
        seconds = self.streams[there].wait()
        if text not in self.browsers[there].get(f"/gesprek/{self.talk}/invullen").text:
            raise Wrong("told, and not there")
        return seconds


def on_postgres_each_hears_the_other(program):
    with Place(program, "postgres") as place:
        both = Both(place)
        times = [both.keep_at(n % 2) for n in range(10)]
        both.servers[0].stop()  # streams end with their server, and nothing hangs
        both.servers[0].start()
        both.open()
        times += [both.keep_at(n % 2) for n in range(4)]
        for server in both.servers:
            server.stop()
        return f"slowest {max(times) * 1000:.0f} ms"


def after_the_server_was_away(program):
    """The listening connections are cut: when they are back, every stream is told to look."""
    with Place(program, "postgres") as place:
        name = f"two_{os.getpid()}"
        place.database += f"&application_name={name}"
        both = Both(place)
        for stream in both.streams:
            stream.events()
        place.sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                  f"WHERE application_name = '{name}'")
        for stream in both.streams:
            stream.wait()
        time.sleep(0.1)
        for browser in both.browsers:  # every connection that was cut may cost one answer
            for _ in range(30):
                if browser.get("/aanmelden", status=None).status == 200:
                    break
        both.keep_at(0)
        both.keep_at(1)
        for server in both.servers:
            server.stop()


def main():
    program = sys.argv[1]
    tap = Tap(3)
    tap.check("on SQLite one serves: a second one is refused", on_sqlite_one_serves, program)
    for name, test in (("two on PostgreSQL tell each other what changed", on_postgres_each_hears_the_other),
                       ("after the database was away all are told to look", after_the_server_was_away)):
        if server_url():
            tap.check(name, test, program)
        else:
            tap.skip(name, "WEERKLANK_TEST_PG is not set")
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
