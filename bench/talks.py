#!/usr/bin/env python3
"""Usage: talks.py PORT COUNT ROUNDS FILE

Makes what the bench measures, with the teacher of the first bench school: COUNT conversations under way, each
with a text in it, one per line of FILE: id, question, voice, field. Then plans ROUNDS rounds for the whole group
and prints how many pupils that were and the median of the POSTs in milliseconds; then cookie and token of a
session.
"""

import datetime
import os
import re
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tests/load"))
from people import ID, Browser  # noqa: E402
from talk import parts, plan  # noqa: E402

METHOD = "k12"


class Port:
    def __init__(self, port):
        self.port = port


def plan_round(teacher, group):
    """How many pupils, and the milliseconds of the POST alone."""
    today = datetime.date.today()
    page = teacher.get(f"/groep/{group}/gesprekken")
    form = page.form(f"/groep/{group}/ronde/{ID}")
    pupils = list(dict.fromkeys(re.findall(f'name="pupil" value="({ID})"', page.text)))
    names = {"method": METHOD, "from": today.isoformat(), "until": (today + datetime.timedelta(60)).isoformat(),
             "per_day": "5", "minutes": "15"}
    fields = [(n, v) for n, v in form["fields"] if n not in names and n not in ("csrf", "pupil")]
    fields += list(names.items()) + [("pupil", pupil) for pupil in pupils]
    began = time.perf_counter()
    teacher.post(form["action"], fields)
    return len(pupils), (time.perf_counter() - began) * 1000


def main():
    port, count, rounds, path = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    teacher = Browser(Port(port))
    home = teacher.sign_in("leerkracht@school1.example", "vier blauwe vissen")
    pupils = list(dict.fromkeys(re.findall(f"/leerling/({ID})", home.text)))
    group = re.search(f"/groep/({ID})", home.text)[1]
    with open(path, "w", encoding="ascii") as out:
        for number in range(count):
            talk = plan(teacher, pupils[number % len(pupils)], METHOD)
            part = parts(teacher, f"/gesprek/{talk}/invullen")[0]
            part.keep("Ik wil graag over het buitenspelen praten.")
            print(talk, part.question, part.voice, part.field, file=out)
    made = [plan_round(teacher, group) for _ in range(rounds)]
    print(made[0][0], f"{statistics.median(ms for _, ms in made):.1f}")
    print(f"weerklank={teacher.cookies['weerklank']}", teacher.csrf)


if __name__ == "__main__":
    main()
