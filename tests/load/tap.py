"""Test points in TAP for the programs of this folder and of tests/operate."""

import traceback


class Tap:
    def __init__(self, count):
        self.number, self.failed = 0, 0
        print(f"1..{count}", flush=True)

    def check(self, name, body, *arguments):
        """Passes unless it raises; what it returns is told beside its name."""
        self.number += 1
        try:
            told = body(*arguments)
        except Exception:  # whatever it is, it is told and the next one runs
            self.failed += 1
            print(f"not ok {self.number} - {name}")
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), flush=True)
            return False
        print(f"ok {self.number} - {name}" + (f" ({told})" if told else ""), flush=True)
        return True

    def skip(self, name, reason):
        self.number += 1
        print(f"ok {self.number} - {name} # SKIP {reason}", flush=True)
