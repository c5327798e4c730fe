#!/usr/bin/env python3
"""What one more organisation costs on a machine: its own database, keys, certificate and server, beside all the others.

    organisations_cost.py [ORGANISATIONS [IDLE_SECONDS]]        default 200 and 20; needs `make build`

Founds a network, admits ORGANISATIONS, founds each one's intermediate server in a directory of its own and serves them all at
once, each with its exchange beside its doors. Prints name,value,unit,bare,ratio,peak_mib: of one organisation the seconds and
processor time of founding and of starting, disk, memory (proportional share, and private), descriptors, threads, and what it costs a second
while nothing happens: of its own server, and of the network that it asks. SPDX-License-Identifier: Apache-2.0
"""
import os
import pathlib
import resource
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/stories"))
from network import Network  # noqa: E402

HANDS = os.sysconf("SC_CLK_TCK")


class Nation(Network):
    """The network of a list with as many cities as are wanted."""

    def __init__(self, sesshu, cities):
        self.codes = [f"02201{100000 + i:06d}00000" for i in range(cities)]
        super().__init__(sesshu)

    def run(self, *words):
        return super().run(*(("list", self.organisations(), words[2]) if words[0] == "list" else words))

    def organisations(self):
        path = os.path.join(self.folder, "organisations.csv")
        with open(path, "w", encoding="utf-8") as f:
            f.write("機関コード,機関名,区分\n" + "".join(f"{code},第{i}市,市町村\n" for i, code in enumerate(self.codes, 1)))
        return path


def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def processes(group):
    """Folders in /proc of a server and its workers."""
    for place in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(place.read_text().rpartition(")")[2].split()[2]) == group:
                yield place.parent
        except OSError:
            continue


def processor(places):
    fields = [(place / "stat").read_text().rpartition(")")[2].split() for place in places]
    return sum(int(field[11]) + int(field[12]) for field in fields) / HANDS


def memory(place, kind):
    for line in (place / "smaps_rollup").read_text().splitlines():
        if line.startswith(kind):
            return int(line.split()[1]) / 1024
    return 0.0


def disk(folder):
    return sum(os.stat(os.path.join(at, name)).st_blocks * 512 for at, _, names in os.walk(folder) for name in names) / (1 << 20)


def say(name, value, unit):
    print(f"organisation.{name},{value:.3f},{unit},,,", flush=True)


def founded(net, code):
    subprocess.run([net.sesshu, "intermediate", "init", "--data", net.city(code)], check=True, capture_output=True)


def serving(net, code):
    server = subprocess.Popen([net.sesshu, "intermediate", "serve", "--port", "0", "--data", net.city(code), "--network", f"127.0.0.1:{net.port}"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
    assert server.stdout.readline(), code
    return server


def measured(net, cities, idle, servers):
    count = len(cities)
    began, used = time.monotonic(), children()
    for code in cities:
        founded(net, code)
    say("found", (time.monotonic() - began) / count, "s")
    say("found.cpu", (children() - used) / count, "s")
    net.serve()
    began = time.monotonic()
    for code in cities:
        servers.append(serving(net, code))
    say("start", (time.monotonic() - began) / count, "s")
    time.sleep(idle)
    places = [place for server in servers for place in processes(server.pid)]
    core = list(processes(net.server.pid))
    ours, theirs, began = processor(places), processor(core), time.monotonic()
    time.sleep(idle)
    took = time.monotonic() - began
    say("idle.cpu", 1000 * (processor(places) - ours) / took / count, "ms/s")
    say("idle.network.cpu", 1000 * (processor(core) - theirs) / took / count, "ms/s")
    say("memory", sum(memory(place, "Pss:") for place in places) / count, "MiB")
    say("memory.private", sum(memory(place, "Private_Dirty:") for place in places) / count, "MiB")
    say("processes", len(places) / count, "")
    say("threads", sum(len(os.listdir(place / "task")) for place in places) / count, "")
    say("descriptors", sum(len(os.listdir(place / "fd")) for place in places) / count, "")
    say("disk", sum(disk(net.city(code)) for code in cities) / count, "MiB")
    print(f"organisation.network.memory,{sum(memory(place, 'Pss:') for place in core):.1f},MiB,,,")


def main():
    count, idle = int((sys.argv + ["200"])[1]), float((sys.argv + ["", "20"])[2] or 20)
    net, servers = Nation(str(ROOT / "build/sesshu"), count), []
    try:
        measured(net, net.codes, idle, servers)
    finally:
        for server in servers:
            os.killpg(server.pid, signal.SIGTERM)
        for server in servers:
            server.wait()
        net.close()


main()
