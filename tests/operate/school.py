#!/usr/bin/env python3
"""Usage: school.py PROGRAM

A school is erased: not a row of it is left in any table, no older backup and no older keyring brings it
back, and the other school goes on as if nothing had happened. On both engines.
"""

import json
import os
import shutil
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../load"))
from people import Browser, Wrong  # noqa: E402
from place import DEMO_PASSWORD, Place, server_url  # noqa: E402
from tap import Tap  # noqa: E402

NAME, OTHER = "De Regenboog", "De Kade"
ID_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # src/base/ids.c: thirteen digits of base 32


def number_of(text):
    value = 0
    for letter in text:
        value = value * 32 + ID_LETTERS.index(letter)
    return value


class Tables:
    """What the engine's own catalogue says has a school, and how many rows each school has there."""

    def __init__(self, place, file=None):
        self.place, self.file = place, file or place.database.removeprefix("sqlite:")

    def rows(self, text):
        if self.place.engine != "sqlite":
            said = self.place.sql(f"SET search_path TO {self.place.schema}; {text}")
            return [line.split("|") for line in said.splitlines()]
        with sqlite3.connect(self.file) as db:
            return db.execute(text).fetchall()

    def with_school(self):
        if self.place.engine == "sqlite":
            return self.rows("SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c"
                             " WHERE t.type = 'table' AND c.name IN ('school', 'at_school')")
        return self.rows("SELECT table_name, column_name FROM information_schema.columns"
                         f" WHERE table_schema = '{self.place.schema}' AND column_name IN ('school', 'at_school')")

    def of(self, school):
        """{table: rows}, of all tables; a table that nobody filled proves nothing and is not here."""
        tables = [("school", "id"), *self.with_school()]
        if len(tables) < 40:
            raise Wrong(f"only {len(tables)} tables have a school: is the catalogue read?")
        counts = {t: int(self.rows(f'SELECT COUNT(*) FROM {t} WHERE {c} = {number_of(school)}')[0][0]) for t, c in tables}
        return {table: count for table, count in counts.items() if count}

    def number(self, table):
        return int(self.rows(f"SELECT COUNT(*) FROM {table}")[0][0])


class Schools:
    """The two demo schools, with a backup and a copy of the keyring of the day before."""

    def __init__(self, place):
        self.place = place
        place.run("demo")
        self.ids = self.listed()
        self.tables = Tables(place)
        self.backup = f"{place.folder}/before.backup"
        place.run("backup", self.backup)
        shutil.copy(f"{place.folder}/state/keyring", f"{place.folder}/keyring.before")
        self.heads = f"{place.folder}/heads"
        with open(self.heads, "w", encoding="ascii") as file:
            file.write(place.run("audit", "head"))

    def listed(self, *options):
        lines = [json.loads(line) for line in self.place.run("school", "list", "--json", *options).splitlines()]
        return {line["name"]: line["id"] for line in lines}

    def gone(self, *options):
        if list(self.listed(*options)) != [OTHER]:
            raise Wrong(f"schools: {list(self.listed(*options))}")

    def copied_by_hand(self):
        """The rows of the backup past the program: as a database of their own beside the present keyring."""
        file = f"{self.place.folder}/by-hand.sqlite"
        shutil.copy(self.backup, file)
        os.chmod(file, 0o600)
        with sqlite3.connect(file) as db:
            db.execute("DELETE FROM backup_digest")
        return "--database", f"sqlite:{file}"


def asks_first(schools):
    run, school = schools.place.run, schools.ids[NAME]
    before = schools.tables.of(school)
    run("school", "erase", status=2)
    run("school", "erase", "--yes", status=2)  # there are two, and one would not do either
    run("school", "erase", "--school", "0000000000000", "--yes", status=1)
    for typed in ("", "\n", "De Regenboo\n", OTHER + "\n", school + "\n"):
        run("school", "erase", "--school", school, given=typed, status=1)
    if schools.tables.of(school) != before or schools.listed() != schools.ids:
        raise Wrong("something went although the name was not typed")


def not_a_row_is_left(schools):
    school, other = schools.ids[NAME], schools.ids[OTHER]
    mine, theirs = schools.tables.of(school), schools.tables.of(other)
    accounts, boards = schools.tables.number("account"), schools.tables.number("board")
    if len(mine) < 25:
        raise Wrong(f"the demo fills only {len(mine)} tables: {sorted(mine)}")
    said = json.loads(schools.place.run("school", "erase", "--school", school, "--json", given=NAME + "\n"))
    if schools.tables.of(school):
        raise Wrong(f"left: {schools.tables.of(school)}")
    if schools.tables.of(other) != theirs:
        raise Wrong("the other school lost something")
    if said["rows"] != sum(mine.values()):
        raise Wrong(f"it said {said['rows']} and it were {sum(mine.values())}")
    if said["accounts"] == 0 or schools.tables.number("account") != accounts - said["accounts"]:
        raise Wrong(f"accounts: {said['accounts']} of {accounts}")
    if schools.tables.number("board") > boards or schools.tables.number("account_school") == 0:
        raise Wrong("boards or accounts of the other school")
    schools.gone()
    schools.place.verify()
    schools.place.run("audit", "verify", "--since", schools.heads)  # it is not there, and that is known
    return f"{said['rows']} rows of {len(mine)} tables"


def the_other_signs_in(schools):
    server = schools.place.serve()
    home = Browser(server).sign_in("rachid@dekade.example", DEMO_PASSWORD)
    if "Afmelden" not in home.text and "/afmelden" not in home.text:
        raise Wrong("nobody is in")
    stranger = Browser(server)
    page = stranger.get("/aanmelden")
    stranger.submit(page, "/aanmelden", {"email": "marit@regenboog.example", "password": DEMO_PASSWORD}, status=422)
    server.stop()


def the_older_backup_does_not_bring_it_back(schools):
    options = ("--database", f"sqlite:{schools.place.folder}/again.sqlite")
    said = json.loads(schools.place.run("restore", schools.backup, "--json", *options))["counts"]
    if said["schools_erased_again"] != 1 or said["values_opened"] == 0:
        raise Wrong(said)
    schools.gone(*options)
    schools.place.run("check", *options)
    if Tables(schools.place, f"{schools.place.folder}/again.sqlite").of(schools.ids[NAME]):
        raise Wrong("rows of it are left")


def nor_does_a_copy_by_hand(schools):
    options = schools.copied_by_hand()
    run, school = schools.place.run, schools.ids[NAME]
    run("pupil", "list", "--school", school, *options, status=1)
    run("export", "-", "--school", school, *options, status=1)
    run("check", *options, status=1)
    run("school", "erase", "--school", school, *options, given=NAME + "\n", status=1)  # nobody reads its name
    run("school", "erase", "--school", school, "--yes", *options)
    run("check", *options)
    schools.gone(*options)


def nor_does_the_older_keyring(schools):
    """It is known as an older one, and erased again by what is left of the school in the database."""
    run = schools.place.run
    shutil.copy(f"{schools.place.folder}/keyring.before", f"{schools.place.folder}/state/keyring")
    run("check", status=1)
    run("purge")
    schools.place.verify()
    run("pupil", "list", "--school", schools.ids[NAME], *schools.copied_by_hand(), status=1)
    schools.gone()


def another_keyring_erases_nothing(schools):
    """Where no school opens, the keyring is somebody else's: then restore takes nothing away."""
    with Place(schools.place.program, "sqlite") as foreign:
        foreign.run("init", "--school", "Elders", "--name", "Ilse", "--email", "i@school.example",
                    given="een lange blauwe fiets\n")
        target = f"{foreign.folder}/target.sqlite"
        foreign.run("restore", schools.backup, "--database", f"sqlite:{target}", status=1)
        if len(Tables(foreign, target).rows("SELECT id FROM school")) != 2:
            raise Wrong("a school was taken away")


TESTS = (("it wants the name of the school", asks_first),
         ("not a row is left, and the other school keeps its own", not_a_row_is_left),
         ("who works at the other school signs in, who was here does not", the_other_signs_in),
         ("the older backup does not bring it back", the_older_backup_does_not_bring_it_back),
         ("nor does a database copied by hand", nor_does_a_copy_by_hand),
         ("nor does the older keyring", nor_does_the_older_keyring),
         ("another installation's keyring takes nothing away", another_keyring_erases_nothing))


def main():
    program = sys.argv[1]
    tap = Tap(2 * len(TESTS))
    for engine in ("sqlite", "postgres"):
        if engine != "sqlite" and not server_url():
            for name, _ in TESTS:
                tap.skip(f"{name} ({engine})", "WEERKLANK_TEST_PG is not set")
            continue
        with Place(program, engine) as place:
            schools = Schools(place)
            for name, test in TESTS:
                tap.check(f"{name} ({engine})", test, schools)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
