"""A real office opens its screens: TLS with the city's certificate, and a card and a password at a door of its own.

Real certificates by OpenSSL: an authority of the city, the host's certificate, cards of two clerks, and cards that must not
open anything. Proves C-3.3-05 (two factors: either alone fails), C-3.2-09 (shut out), C-3.3-18 (a lock only the same
card opens), C-3.3-07 (a password that somebody else knows opens nothing but the page on which it is changed).
SPDX-License-Identifier: Apache-2.0
"""
import http.client
import os
import ssl
import subprocess
import sys

from cards import GIVEN, PASSWORD, Browser, City, Desk
from town import same, tell

TODAY = "2026-11-24"


def password(town, name, text=GIVEN):
    command = [town.sesshu, "ledger", "password", name, "--data", town.data, "--operator", "hanako"]
    done = subprocess.run(command + (["--store", town.server] if town.server else []), input=text + "\n", capture_output=True, text=True, timeout=60)
    same(done.returncode, 0, done.stderr)


def office(town):
    town.today = TODAY
    town.moves_in("さくら", birth="2025-10-05", sex=2, kana="サクラ", family="今井")
    town.night()
    city = City(town.folder)
    for authority in ("city", "cards", "strangers"):
        city.authority(authority)
    city.signs("city", "desk", "serverAuth", alt="localhost")
    for card in ("hanako", "jiro", "nobody"):
        city.card(card)
    city.card("stranger", "strangers")
    city.card("server", purpose="serverAuth")
    same(town.run("ledger", "grant", "jiro", "read").returncode, 0, "a right")
    for name in ("hanako", "jiro"):
        password(town, name)
        same(town.run("ledger", "card", name, city.path(f"{name}.crt")).returncode, 0, "a card")
    return city


def lay(town, city, **names):
    """The city's files, where the screens look for them."""
    for name in ("desk.crt", "desk.key", "cards.crt"):
        place = os.path.join(town.data, "tls", name)
        with open(city.path(names.get(name.replace(".", "_"), name)), encoding="ascii") as f, open(place, "w", encoding="ascii") as out:
            out.write(f.read())
        os.chmod(place, 0o600)


def refuses(browser, url):
    """The handshake, or what is asked behind it."""
    try:
        return browser.go(url).status != 200
    except (ssl.SSLError, ConnectionError, http.client.HTTPException):
        return True


def changes_what_was_given(desk, city):
    """hanako set her own; jiro's is hers too until he has changed it."""
    screens, cards = desk.doors
    jiro = Browser(desk, city, "jiro")
    page = jiro.sign_in(GIVEN)
    same((page.status, jiro.at), (200, screens + "password"), "before anything else")
    assert "ほかの人が決めた" in page.words and "さがす" not in page.words, page.words
    for path in ("", "persons", "purpose", "stats", "due"):
        jiro.go(screens + path)
        same(jiro.at, screens + "password", path)
    fields = {"password": GIVEN, "fresh": PASSWORD, "again": PASSWORD}
    for wrong, words in (({"again": "another"}, "上と違います"), ({"fresh": GIVEN, "again": GIVEN}, "最近の12回"), ({"password": "wrong horse battery"}, "パスワードが違います"),
                         ({"fresh": "short", "again": "short"}, "12文字以上"), ({"fresh": "jiro and the river", "again": "jiro and the river"}, "名前を含む")):
        jiro.go(screens + "password")
        page = jiro.send("/password", **{**fields, **wrong})
        assert page.status == 422 and words in page.words and "horse" not in page.text and "river" not in page.text, (wrong, page.words)
    jiro.go(screens + "password")
    page = jiro.send("/password", **fields)
    same((page.status, jiro.at.split("?")[0]), (200, screens), "on")
    assert "パスワードを変えました" in page.words, page.words
    hanako = Browser(desk, city, "hanako")
    same((hanako.sign_in(GIVEN).status, hanako.at), (200, screens), "her own")
    hanako.go(screens + "password")
    same(hanako.send("/password", **fields).status, 200, "of her own will")


def a_card_and_a_password_open_the_screens_and_neither_alone(town):
    city = office(town)
    # Without the files, or with some that do not fit, nothing opens; nor on a wire without TLS.
    for words, code in (((), "E_MISSING"), (("--name", "localhost"), "E_KEY")):
        assert code in Desk(town, *words).said(), words
    lay(town, city)
    assert "E_KEY" in Desk(town, "--name", "desk.example").said(), "another name"
    os.chmod(os.path.join(town.data, "tls", "desk.key"), 0o644)
    assert "E_KEY" in Desk(town, "--name", "localhost").said(), "a key that others read"
    lay(town, city, cards_crt="jiro.crt")
    assert "E_KEY" in Desk(town, "--name", "localhost").said(), "no authority"
    lay(town, city, desk_key="jiro.key")
    assert "E_KEY" in Desk(town, "--name", "localhost").said(), "another key"
    lay(town, city)
    desk = Desk(town, "--name", "localhost")
    try:
        screens, cards = desk.doors
        changes_what_was_given(desk, city)
        clerk = Browser(desk, city, "hanako")
        page = clerk.go(screens)
        assert "読み取りました: hanako" in page.words and clerk.at.startswith(cards), clerk.at
        assert "デモ" not in page.words and 'name="name"' not in page.text, "nobody types who he is"
        same(clerk.send("/signin", password="wrong horse battery", purpose="窓口対応").status, 403, "the card alone")
        page = clerk.sign_in()
        same((page.status, clerk.at), (200, screens), "in, at the other door")
        assert "hanako" in page.words and "デモ" not in page.words and "練習用" not in page.words, page.words
        assert "max-age" in page.headers["Strict-Transport-Security"] and set(clerk.held) == {"__Host-desk"}, clerk.held
        # The password alone: no card, a card of nobody, of a stranger, of a server; a name typed does not help.
        assert refuses(Browser(desk, city), cards), "no card"
        assert refuses(Browser(desk, city, "stranger"), cards) and refuses(Browser(desk, city, "server"), cards)
        nobody = Browser(desk, city, "nobody")
        assert "登録されていません" in nobody.go(cards).words
        for form in ({"password": PASSWORD, "purpose": "窓口対応", "name": "hanako"}, {"password": PASSWORD, "purpose": "窓口対応"}):
            same(nobody.ask(cards + "signin", form).status, 403, "a card of nobody")
            same(Browser(desk, city).ask(screens + "signin", {**form, "name": "hanako"}).status, 404, "the door without cards takes no password")
        same(nobody.held, {}, "nothing is given")
        # The cookie opens nothing at a lock, and another person's card does not either.
        page = clerk.go(screens)
        clerk.send("/lock")
        assert clerk.at == cards + "lock" and "今井" not in clerk.page.text, clerk.at
        other = Browser(desk, city, "jiro")
        other.held = dict(clerk.held)
        other.go(screens)
        same(other.send("/unlock", password=PASSWORD).status, 403, "another card")
        clerk.go(screens)
        same((clerk.send("/unlock", password=PASSWORD).status, clerk.at), (200, screens), "the same card")
        # Who has the other factor of somebody else shuts nobody out; a lost card is ended, and its session with it.
        for _ in range(6):
            nobody.ask(cards + "signin", {"password": "wrong horse battery", "purpose": "窓口対応"})
        jiro = Browser(desk, city, "jiro")
        same((jiro.sign_in().status, jiro.at), (200, screens), "jiro")
        done = town.run("ledger", "card", "jiro", "--end")
        assert "使えなくしました" in done.stdout, done.stderr
        assert "登録されていません" in jiro.go(screens).words, "put out"
        same(jiro.send("/signin", password=PASSWORD, purpose="窓口対応").status, 403, "and not in again")
        same(town.run("ledger", "card", "jiro", city.path("hanako.crt")).returncode, 2, "a card has one holder")
        read = town.run("ledger", "audit", "read", "--staff", "hanako").stdout
        assert any("signin" in row and "staff:1 hanako" in row and "127.0.0.1" in row and '"カード"' in row for row in read.splitlines()), read
    finally:
        log = desk.close()
    assert "horse" not in log, log


sys.exit(tell([a_card_and_a_password_open_the_screens_and_neither_alone], sys.argv[1]))
