#!/usr/bin/env python3
"""Usage: month.py PROGRAM [--groups N] [--pupils N] [--threads N] [--engine sqlite|postgres]

A month of a school, played through its pages with real sign-ins (password, second factor, badge): every
group has a round planned; every pupil prepares on a device of the class; every conversation is held on two
devices that hear of each other, something is agreed, and it is closed. Meanwhile all groups do so at once.

Then everything is read back. By those who may, it is compared with what was typed: teacher, coordinator,
the pupil, the export of the dossier. Everybody else finds nothing: the teacher next door, the principal, a
pupil of the same group, a parent to whom nothing was shared, another school, nobody. And no word of it
stands in the database or the log. 30 groups of 25 pupils is a school (make soak); the default is small.
"""

import argparse
import concurrent.futures
import datetime
import json
import os
import re
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from people import ID, Browser, Stream, Wrong  # noqa: E402
from place import Place, server_url  # noqa: E402
from talk import parts  # noqa: E402
from tap import Tap  # noqa: E402

METHOD = "k12"
PASSWORD = "vier blauwe vissen"
MARK = "Zonnebloemzaad"  # in every text: what is found of it outside a page has leaked


class Talk:
    """One conversation and what was typed in it."""

    def __init__(self, talk, call):
        self.id, self.call = talk, call
        self.pupil = None
        self.standing = {}  # by question and voice: what was said last
        self.prepared = []  # by the pupil beforehand
        self.agreed = None
        self.badge = None
        self.slowest_push = 0.0

    @property
    def said(self):
        return list(self.standing.values())


class Group:
    def __init__(self, number, name):
        self.number, self.name = number, name
        self.email = f"groep{number}@maand.example"
        self.id = None
        self.talks = []
        self.teacher = None
        self.pupil = None  # somebody's browser, still signed in


class School:
    """The installation: a school of `groups` groups, and another school beside it."""

    def __init__(self, place, groups, pupils):
        self.place = place
        self.groups = [Group(n, f"Groep {n}") for n in range(1, groups + 1)]
        self.pupils = pupils
        self.make()
        self.server = place.serve()
        self.administrator = self.sign_in("ilse@maand.example", "een lange blauwe fiets")
        self.staff()

    def make(self):
        run = self.place.run
        run("init", "--school", "De Maand", "--name", "Ilse", "--email", "ilse@maand.example",
            given="een lange blauwe fiets\n")
        self.id = self.id_of("De Maand")
        run("school", "add", "--name", "De Buren")
        self.roster(self.id, [g.name for g in self.groups], "Kind")
        self.roster(self.id_of("De Buren"), ["Groep 7"], "Buurkind")

    def id_of(self, name):
        for line in self.place.run("school", "list").splitlines():
            if line.endswith(f" {name}"):
                return line.split()[0]
        raise Wrong(f"no school {name}")

    def roster(self, school, names, call):
        path = os.path.join(self.place.folder, "rooster.csv")
        with open(path, "w", encoding="utf-8") as out:
            out.write("leerlingnummer;roepnaam;voorvoegsel;achternaam;geboortedatum;groep;jaargroep;leerkracht_email\n")
            for at, name in enumerate(names):
                for n in range(self.pupils):
                    # Call names tell apart whose badge is whose.
                    out.write(f"{at * 1000 + n + 1};{call}{at + 1}x{n + 1};;Achternaam;03-11-2015;{name};7;\n")
        self.place.run("import", "--school", school, "--apply", path)

    def hire(self, school, email, role, group=None):
        run = self.place.run
        staff = run("staff", "add", "--school", school, "--name", email.split("@")[0], "--email", email).split()[0]
        run("staff", "function", "--school", school, staff, role, *(["--group", group] if group else []))
        link = run("staff", "invite", "--school", school, staff).split()[0]
        browser = Browser(self.server)
        browser.submit(browser.get(link), "/uitnodiging", {"password": PASSWORD})
        return self.sign_in(email)

    def sign_in(self, email, password=PASSWORD):
        browser = Browser(self.server)
        browser.sign_in(email, password)
        return browser

    def staff(self):
        page = self.administrator.get("/school/groepen")
        ids = {}
        for href in page.links(f"/school/groepen/{ID}"):
            title = re.search(r"<h1[^>]*>([^<]*)", self.administrator.get(href).text)[1]
            ids[title.strip()] = href.split("/")[3]
        for group in self.groups:
            group.id = ids[group.name]
            group.teacher = self.hire(self.id, group.email, "teacher", group.id)
        self.coordinator = self.hire(self.id, "ib@maand.example", "coordinator")
        self.principal = self.hire(self.id, "directie@maand.example", "principal")
        self.stranger = self.hire(self.id_of("De Buren"), "ib@buren.example", "coordinator")


# --- the month -------------------------------------------------------------------------------------------


def plan_round(group):
    """One round for everybody, and the badges: the conversations of the group."""
    teacher = group.teacher
    today = datetime.date.today()
    page = teacher.get(f"/groep/{group.id}/gesprekken")
    done = teacher.submit(page, f"/groep/{group.id}/ronde/{ID}", {
        "method": METHOD, "from": today.isoformat(), "until": (today + datetime.timedelta(28)).isoformat(),
        "per_day": "5", "minutes": "15", "place": "de leeshoek"})
    turns = teacher.follow(done)
    teacher.submit(turns, f"/groep/{group.id}/ronde/{ID}/uitnodigen")
    badges = {}
    sheet = teacher.post(f"/groep/{group.id}/pasjes", {"whose": "all"}, status=200)
    for name, code in re.findall(r'badgecard__name">.*?</svg>([^<]*)</p><p class="badgecard__code">([^<]*)<', sheet.text):
        badges[name.split()[0]] = code
    for row in re.findall(rf'<th scope="row"><a[^>]*href="/gesprek/({ID})".*?</a></th>', turns.text, re.S):
        call = re.search(rf'href="/gesprek/{row}"><span[^>]*>[^<]*</span>([^<]*)</a>', turns.text)[1].strip()
        talk = Talk(row, call)
        talk.badge = badges[call]
        talk.pupil = re.search(f"/leerling/({ID})", teacher.get(f"/gesprek/{row}").text)[1]
        group.talks.append(talk)


def text_for(talk, what, number):
    return f"{MARK} {talk.call} {what} {number}."


def prepare(pupil, talk):
    """The pupil reads the letter, goes through all questions, types where there is a field, and lets the teacher read it."""
    letter = pupil.get(f"/ik/gesprek/{talk.id}")
    path = re.search(rf'kbtn--go"[^>]*href="(/ik/gesprek/{talk.id}\?vraag=[a-z0-9-]+)"', letter.text)[1]
    for _ in range(60):
        page = pupil.get(path)
        for part in parts(pupil, path):
            text = text_for(talk, "bereidt voor", len(talk.prepared))
            part.keep(text)
            talk.prepared.append(text)
        following = re.search(rf"/ik/gesprek/{talk.id}\?na=([a-z0-9-]+)", page.text)
        if not following:
            break
        path = f"/ik/gesprek/{talk.id}?na={following[1]}"
    pupil.submit(pupil.get(f"/ik/gesprek/{talk.id}?vraag=klaar"), f"/ik/gesprek/{talk.id}/klaar", {},
                 button=("may_read", "yes"))


def own_part(pupil, talk):
    """A question of the conversation in which the pupil may write: where, and the part."""
    path = f"/ik/gesprek/{talk.id}"
    for _ in range(60):
        page = pupil.get(path)
        found = parts(pupil, path)
        if found:
            return found[0]
        following = re.search(rf"/ik/gesprek/{talk.id}\?na=([a-z0-9-]+)", page.text)
        if not following:
            break
        path = f"/ik/gesprek/{talk.id}?na={following[1]}"
    raise Wrong(f"{talk.call} has nothing to write in")


def keep_and_hear(part, text, screen, talk):
    screen.events()
    part.keep(text)
    talk.standing[part.question, part.voice] = text
    talk.slowest_push = max(talk.slowest_push, screen.wait())


def hold(teacher, pupil, talk):
    """On two devices: what one keeps, the other is told of."""
    teacher.post(f"/gesprek/{talk.id}/begin", {})
    screens = [Stream(teacher, f"/gesprek/{talk.id}/live"), Stream(pupil, f"/ik/gesprek/{talk.id}/live")]
    try:
        for number, part in enumerate(parts(teacher, f"/gesprek/{talk.id}/invullen")[:4]):
            for version in range(2):  # thought better of it once: the last one stands
                keep_and_hear(part, text_for(talk, f"zegt samen {number} versie", version), screens[1], talk)
        keep_and_hear(own_part(pupil, talk), text_for(talk, "zegt zelf", 0), screens[0], talk)
    finally:
        for screen in screens:
            screen.close()


def agree_and_close(teacher, talk):
    page = teacher.get(f"/gesprek/{talk.id}/invullen")
    for form in page.forms():
        if re.fullmatch(f"/gesprek/{talk.id}/afspraken/{ID}", form["action"]):
            talk.agreed = text_for(talk, "spreekt af", 0)
            teacher.submit(page, re.escape(form["action"]), {"what": talk.agreed})
            break
    teacher.submit(teacher.get(f"/gesprek/{talk.id}/sluiten"), f"/gesprek/{talk.id}/sluiten")


def play(school, group, progress):
    plan_round(group)
    for talk in group.talks:
        pupil = Browser(school.server)
        pupil.sign_in_by_badge(talk.badge)
        prepare(pupil, talk)
        hold(group.teacher, pupil, talk)
        agree_and_close(group.teacher, talk)
        group.pupil = pupil
        progress()


# --- reading back ------------------------------------------------------------------------------------------


def expect(page, texts, whose):
    words = page.words()
    for text in texts:
        if text not in words:
            raise Wrong(f"{whose} does not find on {page.path}: {text}")


def read_as_staff(browser, talk, whose):
    expect(browser.get(f"/gesprek/{talk.id}"), talk.said + talk.prepared, whose)
    if talk.agreed:
        expect(browser.get(f"/leerling/{talk.pupil}/afspraken"), [talk.agreed], whose)


def finds_nothing(browser, talk, whose):
    """Not one page of the conversation or its pupil; and never a word."""
    for path in (f"/gesprek/{talk.id}", f"/gesprek/{talk.id}/invullen", f"/gesprek/{talk.id}/live",
                 f"/gesprek/{talk.id}/formulier.pdf", f"/gesprek/{talk.id}/geschiedenis?vraag=how&stem=1",
                 f"/ik/gesprek/{talk.id}", f"/ik/gesprek/{talk.id}/live", f"/thuis/gesprek/{talk.id}",
                 f"/leerling/{talk.pupil}", f"/leerling/{talk.pupil}/afspraken"):
        page = browser.get(path, status=None)
        if page.status == 200 or MARK in page.text:
            raise Wrong(f"{whose} sees {path}: {page.status}")
    said = browser.post(f"/gesprek/{talk.id}/antwoord", {"q": "how", "v": "1", "version": "0", "text": "x"},
                        status=None, autosave=True)
    if said.status == 200:
        raise Wrong(f"{whose} may write in {talk.id}")


def read_as_pupil(school, talk):
    pupil = Browser(school.server)
    pupil.sign_in_by_badge(talk.badge)
    expect(pupil.get(f"/ik/gesprek/{talk.id}"), talk.said, "the pupil")
    if talk.agreed:
        expect(pupil.get("/ik/afspraken"), [talk.agreed], "the pupil")
    return pupil


def read_export(school, talk):
    dossier = json.loads(school.place.run("pupil", "export", "--school", school.id, talk.pupil))
    text = json.dumps(dossier, ensure_ascii=False)
    for words in talk.said + talk.prepared + ([talk.agreed] if talk.agreed else []):
        if words not in text:
            raise Wrong(f"not in the export: {words}")


def parent_of(school, talk, teacher):
    """A parent of the pupil with a link to the conversation: their browser."""
    administrator = school.again("administrator")
    page = administrator.get(f"/school/leerlingen/{talk.pupil}/verzorgers/nieuw")
    administrator.submit(page, f"/school/leerlingen/{talk.pupil}/verzorgers",
                         {"call": "Ouder", "family": f"van {talk.call}", "email": f"ouder{talk.id}@thuis.example"})
    page = teacher.get(f"/gesprek/{talk.id}/links")
    whom = re.search(r'(?:name="whom" value|<option value)="([^"]+)"', page.text)[1]
    sheet = teacher.submit(page, f"/gesprek/{talk.id}/links", {"whom": whom}, status=200)
    code = re.search(r'badgecard__code">([^<]*)<', sheet.text)[1].replace(" ", "")
    parent = Browser(school.server)
    parent.submit(parent.get("/bezoek"), "/bezoek", {"code": code})
    return parent


def read_back(school, group):
    """Everything of a group, by every role."""
    others = [g for g in school.groups if g is not group]
    for number, talk in enumerate(group.talks):
        read_as_staff(group.teacher, talk, "the teacher")
        read_as_staff(school.coordinator_of(group), talk, "the coordinator")
        pupil = read_as_pupil(school, talk)
        next_talk = group.talks[(number + 1) % len(group.talks)]
        if next_talk is not talk:
            finds_nothing(pupil, next_talk, "another pupil")
        if others:
            finds_nothing(others[number % len(others)].teacher_again(school), talk, "the teacher next door")
        finds_nothing(school.again("stranger"), talk, "another school")
        finds_nothing(school.again("principal"), talk, "the principal")
        nobody = Browser(school.server)
        finds_nothing(nobody, talk, "nobody")
        nobody.close()
        pupil.close()
    first = group.talks[0]
    read_export(school, first)
    parent = parent_of(school, first, group.teacher)
    page = parent.get("/thuis")
    if MARK in page.text:
        raise Wrong("a parent sees what was not shared")
    for talk in group.talks[1:2]:
        finds_nothing(parent, talk, "a parent of somebody else")


def browsers_of_threads(school):
    """A browser belongs to one thread: those of people that many threads play are copied."""
    local = threading.local()

    def again(original):
        known = local.__dict__.setdefault("known", {})
        if id(original) not in known:
            copy = Browser(school.server)
            copy.cookies, copy.csrf = dict(original.cookies), original.csrf
            known[id(original)] = copy
        return known[id(original)]

    school.again = lambda name: again(getattr(school, name))
    school.coordinator_of = lambda _group: again(school.coordinator)
    Group.teacher_again = lambda self, _school: again(self.teacher)


def leaks(school):
    """Files of the installation with a word of somebody in them. The texts are sealed, the log says nothing."""
    found = []
    for folder, _, names in os.walk(school.place.folder):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                if MARK.encode() in file.read():
                    found.append(name)
    return found


def month(program, engine, groups, pupils, threads):
    began = time.monotonic()
    with Place(program, engine) as place:
        school = School(place, groups, pupils)
        browsers_of_threads(school)
        done = [0]
        lock = threading.Lock()

        def progress():
            with lock:
                done[0] += 1
                if done[0] % 50 == 0:
                    print(f"# {done[0]} conversations after {time.monotonic() - began:.0f} s", flush=True)

        with concurrent.futures.ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda group: play(school, group, progress), school.groups))
            played = time.monotonic()
            list(pool.map(lambda group: read_back(school, group), school.groups))
        talks = [talk for group in school.groups for talk in group.talks]
        if len(talks) != groups * pupils or not all(t.said and t.prepared for t in talks):
            raise Wrong(f"{len(talks)} conversations of {groups * pupils}, or empty ones")
        if not any(t.agreed for t in talks):
            raise Wrong("nothing was agreed")
        memory = school.server.memory_kib() // 1024
        school.server.stop()
        place.verify()
        found = leaks(school)
        if found:
            raise Wrong(f"words in {found}")
        texts = sum(len(t.said) + len(t.prepared) + bool(t.agreed) for t in talks)
        slowest = max(t.slowest_push for t in talks) * 1000
        return (f"{len(talks)} conversations, {texts} texts, played in {played - began:.0f} s, all in "
                f"{time.monotonic() - began:.0f} s; slowest push {slowest:.0f} ms, memory {memory} MiB")


def main():
    words = argparse.ArgumentParser()
    words.add_argument("program")
    words.add_argument("--groups", type=int, default=2)
    words.add_argument("--pupils", type=int, default=2)
    words.add_argument("--threads", type=int, default=4)
    words.add_argument("--engine", choices=("sqlite", "postgres"))
    asked = words.parse_args()
    engines = [asked.engine] if asked.engine else ["sqlite", "postgres"]
    tap = Tap(len(engines))
    for engine in engines:
        name = f"a month of {asked.groups} groups of {asked.pupils}, nothing lost or leaked, on {engine}"
        if engine == "postgres" and not server_url():
            tap.skip(name, "WEERKLANK_TEST_PG is not set")
        else:
            tap.check(name, month, asked.program, engine, asked.groups, asked.pupils, asked.threads)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
