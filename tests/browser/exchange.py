"""What the terminals of the exchange show: a city's intermediate server that was asked and asks, the network between it and another
city, and a unified system of its own with numbers that do not fit. The unified side of both servers is played by the stories' client.

SPDX-License-Identifier: Apache-2.0
"""
import os

import town as stories
from desks import desk_opened, password_given
from linkage import HERE, THERE, City, back_and_forth, dose
from network import ADDRESS, FUKUOKA, KANA, KITAKYUSHU, PEOPLE, Network
from town import Town, same

SECOND, TWICE = "000000987654", ("190000000000033", "190000000000041")  # one number, and whom two records say it is
FIRST, CHANGED, SHARED = "000000123455", "000000987654", "000009722815"
HOSTILE = "<script>alert(2)</script>"


class Exchange:
    def __init__(self, sesshu, today):
        self.sesshu, self.today, self.net, self.cities = sesshu, today, Network(sesshu, practice=True), []
        self.net.serve()
        try:
            self.made()
        except BaseException:
            self.close()
            raise

    def made(self):
        sesshu = self.sesshu
        for code in (KITAKYUSHU, FUKUOKA):
            self.cities.append(City(self.net, code, practice=True))
        self.here, self.there = self.cities
        for city in self.cities:
            city.serve()
            city.run("exchange")
        self.people()
        self.asked_and_asks()
        for duty in ("read", "approve"):
            self.here.run("grant", "taro", duty)
        for name in ("hanako", "taro"):
            password_given(sesshu, "intermediate", self.here.data, name)
        self.net.run("grant", "hanako", "read")
        password_given(sesshu, "network", self.net.data, "hanako", operator=None)

    def people(self):
        """One person is known in both cities; of another two records of ours say that they have her number."""
        path = os.path.join(self.net.folder, "second.csv")
        with open(path, "w", encoding="utf-8") as f:
            f.write(PEOPLE + f"{SECOND},00000987654,{KANA},2026-02-01,2,{ADDRESS}\n")
        self.net.run("people", path)
        os.unlink(path)
        self.here.code_for(HERE)
        self.there.code_for(THERE)
        for person in TWICE:
            self.here.code_asked(person, SECOND)
        given = [dose("D-1"), dose("D-2", "M2", "9002")]
        self.here.copies(HERE, given)
        self.there.copies(THERE, given[:1])

    def asked_and_asks(self):
        """An answer that came, one that is under way; one that we gave by ourselves, and two that wait for people."""
        here, there = self.here, self.there
        same(here.wish("1", department=HOSTILE), [], "the wish is taken")
        same(there.wish("1", THERE, KITAKYUSHU), [], "and theirs")
        back_and_forth(here, there)
        here.run("look-first", HERE, "--reason", "本人の申出")
        for number in ("2", "3"):
            same(there.wish(number, THERE, KITAKYUSHU), [], "theirs")
        back_and_forth(there, here)
        same(here.wish("2"), [], "ours, which is under way")
        here.run("exchange")

    def desks(self):
        return {"intermediate": desk_opened(self.sesshu, "intermediate", self.here.data, "--as-of", self.today, "--operator", "hanako"),
                "network": desk_opened(self.sesshu, "network", self.net.data, "--as-of", self.today)}

    def close(self):
        for city in self.cities:
            if city.server:
                city.kill()
        self.net.close()


class Numbers(Town):
    """A register with Individual Numbers, and unified beside it: one that was changed, one that came with another person."""

    def __init__(self, sesshu, today):
        super().__init__(sesshu, practice=True)
        self.today = "2026-11-10"
        columns = list(stories.FEED)
        stories.FEED.append("個人番号")
        try:
            self.registered(today)
        finally:
            stories.FEED[:] = columns
        password_given(sesshu, "unified", self.data, "hanako")

    def registered(self, today):
        self.unified("init", "--practice")
        self.moves_in("あおい", birth="2025-05-10", sex=2, kana="アオイ", 個人番号=FIRST)
        self.moves_in("あかり", birth="2024-04-01", sex=2, kana="アカリ", house=2, 個人番号=SHARED)
        self.arrives()
        self.unified("sync")
        self.today = today
        self.happens("あおい", 95, today, 個人番号=CHANGED)
        self.happens("あかり", 91, today, 住民状態=9, 住民でなくなった日=today)
        self.moves_in("べつ", birth="2019-04-01", kana="ベツジン", house=3, 個人番号=SHARED, 住所=f"福岡県北九州市{HOSTILE}")
        self.arrives()
        self.unified("sync", status=1)

    def unified(self, *words, status=0):
        done = self.run("unified", *words)
        same(done.returncode, status, f"{words}: {done.stderr}")

    def desks(self):
        return {"unified": desk_opened(self.sesshu, "unified", self.data, "--as-of", self.today, "--operator", "hanako")}
