"""People at their browsers, and the server they talk to: for tests that play many of them at once.

Knows HTTP, cookies and forms as a browser without script does; knows of Weerklank only how one signs in.
Standard library only. A Browser belongs to one thread.
"""

import base64
import hashlib
import hmac
import html
import html.parser
import http.client
import os
import re
import socket
import struct
import subprocess
import time
import urllib.parse

ID = "[0-9a-z]{13}"


class Wrong(Exception):
    """Something was not as it should be; the text says what."""


def one_time_code(secret, moment=None):
    """RFC 6238: six digits of a base32 secret."""
    secret = re.sub(r"[^A-Z2-7]", "", secret.upper())
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = int(time.time() if moment is None else moment) // 30
    mark = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    at = mark[-1] & 15
    return f"{(struct.unpack('>I', mark[at:at + 4])[0] & 0x7FFFFFFF) % 10 ** 6:06d}"


class Server:
    """A `serve` of this program on a free port. start() may follow stop(), and kill(), which is kill -9."""

    def __init__(self, program, log, environment=None, options=()):
        self.program = program
        self.log = log
        self.environment = dict(os.environ, **(environment or {}))
        self.options = list(options)
        self.process = None
        self.port = 0

    def start(self, patience=60):
        with open(self.log, "wb") as out:
            self.process = subprocess.Popen(
                [self.program, "serve", "--listen", "127.0.0.1:0", *self.options],
                env=self.environment, stderr=out, stdout=out)
        end = time.monotonic() + patience
        while time.monotonic() < end and self.process.poll() is None:
            with open(self.log, encoding="utf-8", errors="replace") as said:
                found = re.search(r"listening address=\S+ port=(\d+)", said.read())
            if found:
                self.port = int(found[1])
                return self
            time.sleep(0.02)
        with open(self.log, encoding="utf-8", errors="replace") as said:
            raise Wrong(f"serve does not start: {said.read()}")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            if self.process.wait(60) != 0:
                raise Wrong(f"serve ended with {self.process.returncode}")

    def memory_kib(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])


class Forms(html.parser.HTMLParser):
    """The forms of a page: [{"action", "fields": [(name, value)], "buttons": [(name, value)]}]."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.forms, self.by_id = [], {}
        self.form = self.area = self.select = None
        self.text = ""
        self.feed(text)

    def target(self, at):
        return self.by_id.get(at["form"]) if "form" in at else self.form

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag == "form":
            self.form = {"action": at.get("action", ""), "fields": [], "buttons": []}
            self.forms.append(self.form)
            if "id" in at:
                self.by_id[at["id"]] = self.form
        form = self.target(at)
        if form is None or "name" not in at:
            pass
        elif tag == "input":
            kind = at.get("type", "text")
            if kind not in ("checkbox", "radio") or "checked" in at:
                form["fields"].append((at["name"], at.get("value") or ""))
        elif tag == "button":
            form["buttons"].append((at["name"], at.get("value") or ""))
        elif tag == "textarea":
            self.area, self.text = (form, at["name"]), ""
        elif tag == "select":
            self.select = [form, at["name"], None]
        if tag == "option" and self.select and ("selected" in at or self.select[2] is None):
            self.select[2] = at.get("value", "")

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.area:
            self.area[0]["fields"].append((self.area[1], self.text.removeprefix("\n")))
            self.area = None
        elif tag == "select" and self.select:
            self.select[0]["fields"].append((self.select[1], self.select[2] or ""))
            self.select = None


class Page:
    def __init__(self, path, status, headers, text):
        self.path, self.status, self.text = path, status, text
        self.location = headers.get("Location")

    def forms(self):
        return Forms(self.text).forms

    def form(self, action):
        """The first form whose action matches the whole pattern."""
        for form in self.forms():
            if re.fullmatch(action, form["action"]):
                return form
        raise Wrong(f"{self.path}: no form for {action}")

    def links(self, pattern):
        return list(dict.fromkeys(re.findall(f'href="({pattern})"', self.text)))

    def words(self):
        """What a reader sees, roughly: text without tags."""
        return html.unescape(re.sub(r"<[^>]*>", " ", self.text))


class Browser:
    """`server` has the port; one that was started anew has another one."""

    def __init__(self, server, patience=120):
        self.server, self.patience = server, patience
        self.connection = None
        self.cookies = {}
        self.csrf = ""
        self.slowest = 0.0

    def request(self, method, path, body=None, headers=None):
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **(headers or {})}
        began = time.monotonic()
        for attempt in (1, 2):
            fresh = self.connection is None
            if fresh:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=self.patience)
            try:
                self.connection.request(method, path, body=body, headers=sent)
                answer = self.connection.getresponse()
                text = answer.read().decode("utf-8", "replace")
                break
            except (ConnectionError, http.client.HTTPException, OSError):
                self.close()
                # A kept connection may be closed at any time: a reading is asked again. A writing is not.
                if fresh or attempt == 2 or method != "GET":
                    raise
        self.slowest = max(self.slowest, time.monotonic() - began)
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        page = Page(path, answer.status, answer.headers, text)
        token = re.search(r'(?:name="csrf" value|data-csrf)="([^"]*)"', text)
        if token:
            self.csrf = token[1]
        return page

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def get(self, path, status=200):
        page = self.request("GET", path)
        if status and page.status != status:
            raise Wrong(f"GET {path} answered {page.status}, not {status}")
        return page

    def post(self, path, fields, status=303, autosave=False):
        fields = list(fields.items() if isinstance(fields, dict) else fields)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if autosave:
            headers["X-Requested-With"] = "autosave"
        page = self.request("POST", path, urllib.parse.urlencode([("csrf", self.csrf), *fields]), headers)
        if status and page.status != status:
            raise Wrong(f"POST {path} answered {page.status}, not {status}: {page.words()[:300]}")
        return page

    def follow(self, page):
        while page.location:
            page = self.get(page.location, status=None)
        if page.status != 200:
            raise Wrong(f"{page.path} answered {page.status}")
        return page

    def submit(self, page, action, changes=None, button=None, status=303):
        """Sends a form of the page as it stands, with some fields changed (None: left out)."""
        form = page.form(action)
        changes = changes or {}
        fields = [(n, v) for n, v in form["fields"] if n not in changes and n != "csrf"]
        for name, value in changes.items():
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    fields.append((name, one))
        if button:
            fields.append(button)
        return self.post(form["action"], fields, status)

    def sign_in(self, email, password):
        """With a password; the first time the second factor is set up as well, which lets in by itself."""
        page = self.get("/aanmelden")
        page = self.follow(self.submit(page, "/aanmelden", {"email": email, "password": password}))
        if page.path.startswith("/aanmelden/instellen"):
            secret = dict(page.form("/aanmelden/instellen")["fields"])["secret"]
            self.submit(page, "/aanmelden/instellen", {"code": one_time_code(secret)}, status=200)
        page = self.follow(self.get("/", status=None))
        if page.path.startswith("/aanmelden"):
            raise Wrong(f"{email} could not sign in")
        return page

    def sign_in_by_badge(self, code):
        page = self.get("/pas")
        self.submit(page, "/pas", {"code": code.replace(" ", "")})
        return self.get("/ik")


class Stream:
    """An event stream, as EventSource reads it. Not blocking: fileno() is for selectors."""

    def __init__(self, browser, path, headers=None, patience=60):
        self.socket = socket.create_connection(("127.0.0.1", browser.server.port), timeout=patience)
        cookie = "; ".join(f"{k}={v}" for k, v in browser.cookies.items())
        more = "".join(f"{k}: {v}\r\n" for k, v in (headers or {}).items())
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
                            f"Cookie: {cookie}\r\n{more}\r\n".encode())
        self.received = b""
        while b"\r\n\r\n" not in self.received:
            data = self.socket.recv(4096)
            if not data:
                raise Wrong(f"{path}: the stream ended at once")
            self.received += data
        self.head, _, self.received = self.received.partition(b"\r\n\r\n")
        self.status = int(self.head.split()[1])
        self.socket.setblocking(False)
        self.ended = False

    def fileno(self):
        return self.socket.fileno()

    def events(self):
        """How many events came since the last time. Comments are none."""
        try:
            while True:
                data = self.socket.recv(65536)
                if not data:
                    self.ended = True
                    break
                self.received += data
        except (BlockingIOError, ConnectionResetError):
            pass
        count = self.received.count(b"event: changed")
        cut = self.received.rfind(b"event: changed")
        if cut >= 0:
            self.received = self.received[cut + len(b"event: changed"):]
        return count

    def wait(self, patience=30):
        """Waits for an event; how many seconds that took."""
        began = time.monotonic()
        while time.monotonic() - began < patience:
            if self.events():
                return time.monotonic() - began
            if self.ended:
                raise Wrong("the stream ended")
            time.sleep(0.002)
        raise Wrong(f"no event in {patience} s")

    def close(self):
        self.socket.close()
