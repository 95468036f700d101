"""The Test Anything Protocol, written and read: what the checks of this folder print and what ./dev check adds up."""
import re
import sys


class Tap:
    """Prints a line for each check and, when it found something, the findings as comments."""

    def __init__(self):
        self.number = self.failed = 0

    def check(self, name, findings=(), most=20):
        findings = list(findings)
        self.number += 1
        self.failed += bool(findings)
        print(f"{'not ok' if findings else 'ok'} {self.number} - {name}")
        for finding in findings[:most]:
            print(f"# {finding}")
        if len(findings) > most:
            print(f"# … and {len(findings) - most} more")

    def skip(self, name, reason):
        self.number += 1
        print(f"ok {self.number} - {name} # SKIP {reason}")

    def end(self):
        print(f"1..{self.number}")
        sys.exit(1 if self.failed else 0)


def count(text):
    """(passed, failed, skipped, lines that tell of failures) of one program's output."""
    passed = failed = skipped = planned = 0
    telling, after_failure = [], False
    for line in text.splitlines():
        plan = re.match(r"1\.\.(\d+)", line)
        result = re.match(r"(not )?ok\b[^#]*(#\s*skip\b.*)?", line, re.IGNORECASE)
        if plan:
            planned = int(plan.group(1))
        elif result:
            after_failure = bool(result.group(1))
            if result.group(2):
                skipped += 1
            elif after_failure:
                failed += 1
                telling.append(line)
            else:
                passed += 1
        elif line.startswith("#") and after_failure:
            telling.append(line)
    missing = planned - passed - failed - skipped
    if missing > 0:
        failed += missing
        telling.append(f"{missing} of {planned} tests were announced and did not report: the program ended early")
    return passed, failed, skipped, telling
