"""An installation of its own in a temporary folder, on SQLite or in a schema of the test server."""

import os
import shutil
import subprocess
import tempfile

from people import Server, Wrong

DEMO_PASSWORD = "vier blauwe vissen"


def server_url():
    """Of the PostgreSQL for tests; None without one."""
    return os.environ.get("WEERKLANK_TEST_PG") if shutil.which("psql") else None


class Place:
    def __init__(self, program, engine):
        self.program, self.engine = program, engine
        self.folder = tempfile.mkdtemp(prefix="weerklank-place.")
        self.servers = []
        if engine == "sqlite":
            self.database = f"sqlite:{self.folder}/school.sqlite"
        else:
            self.schema = f"place_{os.getpid()}_{os.path.basename(self.folder).split('.')[-1].lower()}"
            self.sql(f"CREATE SCHEMA {self.schema}")
            self.database = f"{server_url()}&options=-csearch_path%3D{self.schema}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for server in self.servers:
            if server.process and server.process.poll() is None:
                server.kill()
        if self.engine != "sqlite":
            self.sql(f"DROP SCHEMA {self.schema} CASCADE")
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def sql(text):
        return subprocess.run(["psql", "-qAt", "-v", "ON_ERROR_STOP=1", server_url(), "-c", text],
                              check=True, capture_output=True, text=True).stdout

    def environment(self):
        # The sandbox of serve forbids what the leak checker does at the end.
        return {"WEERKLANK_STATE": f"{self.folder}/state", "WEERKLANK_DATABASE": self.database,
                "ASAN_OPTIONS": "detect_leaks=0"}

    def run(self, *words, given=None, status=0):
        """A command; what it prints."""
        done = subprocess.run([self.program, *words], env=dict(os.environ, **self.environment()),
                              input=given, capture_output=True, text=True, check=False)
        if done.returncode != status:
            raise Wrong(f"{' '.join(words)} answered {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}")
        return done.stdout

    def serve(self, *options):
        server = Server(self.program, f"{self.folder}/serve-{len(self.servers)}.log", self.environment(), options)
        self.servers.append(server)
        return server.start()

    def verify(self):
        """What `check` and `audit verify` say about all of it."""
        self.run("check")
        self.run("audit", "verify")
