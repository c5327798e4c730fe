#!/usr/bin/env python3
"""Looks at every program that is built while it runs, as another process of the same user would: its environment, memory, maps
and auxiliary vector must be closed, and no core possible (decision 0172).

    closed_to_others.py BUILD

Each is asked for its help, with outputs that have no room: it then waits in its own first words, behind whatever its main does
first, until it was looked at. So nothing depends on who is quick, and a new program is looked at without being named here.
SPDX-License-Identifier: Apache-2.0
"""
import ctypes
import os
import pathlib
import re
import subprocess
import sys
import time

SECONDS = 60  # for a program to come to its words on a busy machine
RIGHTS = 64
PR_CAPBSET_DROP = 24
READER = """import sys
for line in sys.stdin:
    def closed(name):
        try:
            open(f"/proc/{line.strip()}/{name}", "rb").read(1)
            return False
        except OSError as why:
            return isinstance(why, PermissionError)
    print(int(all([closed(name) for name in ("environ", "mem", "maps", "auxv")])), flush=True)
"""


def without_room():
    """Both ends of a pipe that takes no byte more."""
    there, end = os.pipe()
    os.set_blocking(end, False)
    try:
        while True:
            os.write(end, bytes(4096))
    except BlockingIOError:
        os.set_blocking(end, True)
    return there, end


class Looker:
    """A process of this user without rights of its own: root, who starts it, would look anywhere."""

    def __init__(self):
        for right in range(RIGHTS):
            ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, right, 0, 0, 0)
        self.process = subprocess.Popen([sys.executable, "-c", READER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def closed(self, pid):
        self.process.stdin.write(f"{pid}\n")
        self.process.stdin.flush()
        no_core = re.search(r"Max core file size +0 +0 ", pathlib.Path(f"/proc/{pid}/limits").read_text(encoding="utf-8"))
        return self.process.stdout.readline() == "1\n" and bool(no_core)


def waits(pid, program):
    """It is this program, and sleeps: while one is started it does not, and is closed for a moment."""
    state = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    return os.readlink(f"/proc/{pid}/exe") == str(program) and state == "S"


def is_closed(looker, program):
    there, end = without_room()
    process = subprocess.Popen([program, "--help"], stdin=subprocess.DEVNULL, stdout=end, stderr=end)
    os.close(end)
    until, found = time.monotonic() + SECONDS, False
    try:
        while not found and process.poll() is None and time.monotonic() < until:
            found = waits(process.pid, program) and looker.closed(process.pid) and waits(process.pid, program)
            time.sleep(0.01)
    except OSError:
        found = False  # it ended instead of waiting: nobody has seen it
    process.kill()
    process.wait()
    os.close(there)
    return found


def main(build):
    programs = [path for path in sorted(pathlib.Path(build).resolve().glob("sesshu*")) if path.is_file() and os.access(path, os.X_OK)]
    looker = Looker()
    opened = [path.name for path in programs if not is_closed(looker, path)]
    for name in opened:
        print(f"{name}: open to other processes of its user while it runs")
    print(f"{len(programs)} programs, {len(opened)} open")
    return 1 if opened or not programs else 0


sys.exit(main(sys.argv[1]))
