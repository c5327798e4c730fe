#!/usr/bin/env python3
"""The wire between a program and a PostgreSQL server: counts round trips, and can be as long as one to another building.

    wire.py HOST:PORT DELAY FILE    prints the port on which it listens, and serves until it is ended; each byte takes half
                                    of DELAY milliseconds each way; FILE holds the round trips of the connections that ended
SPDX-License-Identifier: Apache-2.0
"""
import queue
import socket
import sys
import threading
import time


class Wire:
    """Between a program and the server: counts how often one of them answered the other."""

    def __init__(self, host, port, milliseconds=0):
        self.server, self.one_way, self.trips = (host, port), milliseconds / 2000, 0
        self.lock = threading.Lock()
        self.ended = lambda: None  # when a connection has
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]

    def opens(self):
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def serve(self):
        while True:
            near, _ = self.door.accept()
            far = socket.create_connection(self.server)
            said = {"last": None}
            for side in (near, far):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for side, source, target in (("program", near, far), ("server", far, near)):
                threading.Thread(target=self.carry, args=(side, said, source, target), daemon=True).start()

    def count(self, side, said):
        with self.lock:
            self.trips += side == "server" and said["last"] == "program"
            said["last"] = side

    def carry(self, side, said, source, target):
        waiting = queue.Queue()
        if self.one_way:
            threading.Thread(target=self.hand_on, args=(waiting, target), daemon=True).start()
        while data := self.hears(source):
            self.count(side, said)
            if self.one_way:
                waiting.put((time.monotonic() + self.one_way, data))
            elif not self.hands(target, data):
                break
        if self.one_way:
            waiting.put((time.monotonic() + self.one_way, b""))
        else:
            self.hands(target, b"")
        if side == "program":
            self.ended()

    def hand_on(self, waiting, target):
        """What comes is handed on in its order when its time has come; more may come meanwhile."""
        data = b"begins"
        while data:
            due, data = waiting.get()
            time.sleep(max(0, due - time.monotonic()))
            if not self.hands(target, data):
                return

    @staticmethod
    def hears(source):
        try:
            return source.recv(1 << 16)
        except OSError:
            return b""

    @staticmethod
    def hands(target, data):
        try:
            if data:
                target.sendall(data)
            else:
                target.shutdown(socket.SHUT_WR)
            return True
        except OSError:
            return False


def main():
    host, _, port = sys.argv[1].rpartition(":")
    wire = Wire(host, int(port), float(sys.argv[2]))

    def note():
        with wire.lock, open(sys.argv[3], "w", encoding="ascii") as f:
            f.write(f"{wire.trips}\n")

    wire.ended = note
    note()
    print(wire.port, flush=True)
    wire.serve()


if __name__ == "__main__":
    main()
