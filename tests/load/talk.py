"""A conversation through its pages: planning, writing in its parts, reading them back."""

import json
import re

from people import ID, Wrong


def plan(browser, pupil, method):
    """Plans one with the pupil and begins it; its id."""
    page = browser.get(f"/leerling/{pupil}/gesprek")
    done = browser.submit(page, f"/leerling/{pupil}/gesprek/{ID}", {"method": method})
    talk = re.match(f"/gesprek/({ID})", done.location)[1]
    browser.post(f"/gesprek/{talk}/begin", {})
    return talk


class Part:
    """One voice on one question, as a form of a page shows it: what a device writes in."""

    def __init__(self, browser, form):
        self.browser, self.action, self.fields = browser, form["action"], dict(form["fields"])
        self.question, self.voice = self.fields["q"], self.fields["v"]
        texts = [name for name in self.fields if name not in ("csrf", "q", "v", "p", "version", "back")]
        self.field = texts[0] if len(texts) == 1 else None

    def keep(self, text):
        """By autosave. What the server said; Wrong when it did not keep it."""
        fields = {k: v for k, v in self.fields.items() if k != "csrf"}
        page = self.browser.post(self.action, {**fields, self.field: text}, status=200, autosave=True)
        said = json.loads(page.text)
        if said.get("error") or "version" not in said:
            raise Wrong(f"{self.action}: {page.text}")
        self.fields["version"] = str(said["version"])
        self.fields[self.field] = text
        return said


def parts(browser, path):
    """The parts of one text field that may be written in on a page."""
    found = []
    for form in browser.get(path).forms():
        if form["action"].endswith("/antwoord"):
            part = Part(browser, form)
            if part.field:
                found.append(part)
    return found


def texts_of(browser, talk, question, voice):
    """All texts that there ever were of one voice on one question."""
    return browser.get(f"/gesprek/{talk}/geschiedenis?vraag={question}&stem={voice}").words()
