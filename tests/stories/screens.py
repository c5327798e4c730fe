"""The screens through the real executable, without a browser: who gets in, what is refused, what stands in the trail.

Proves C-3.3-01, C-3.3-02, C-3.3-03, C-3.3-04 (who is at a screen), C-3.2-03 (rights by duty), C-3.3-11 (every look).
SPDX-License-Identifier: Apache-2.0
"""
import csv
import datetime
import glob
import html
import http.client
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.parse
import zipfile

from ledger_rehearsal import amended, longer_mr
from town import CLINIC, Town, same, tell

PASSWORD = "correct horse battery"
TODAY = "2026-11-24"
OTHER = 1 if os.geteuid() == 0 else None  # a second login


class Screens:
    """The desk of a town, and one browser at it."""

    def __init__(self, town, program="ledger", env=None):
        self.town, self.program, self.env = town, program, {**os.environ, **(env or {})}
        self.session = "desk" if program == "ledger" else f"desk-{program}"  # its cookie
        self.open()

    def open(self, log=subprocess.PIPE):
        command = [self.town.sesshu, self.program, "desk", "--port", "0", "--data", self.town.data, "--as-of", self.town.today, "--operator", "hanako"]
        if self.town.server:
            command += ["--store", self.town.server]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=self.env,
                                        restore_signals=False)  # a full disk sends none
        line = self.process.stdout.readline()
        assert line.startswith("http://127.0.0.1:"), self.process.stderr.read()
        self.host = line.strip().removeprefix("http://").rstrip("/")

    def __enter__(self):
        return self

    def __exit__(self, *why):
        self.close()

    def close(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(timeout=60)
        self.process.stdout.close()
        if self.process.stderr:
            self.log = self.process.stderr.read()
            self.process.stderr.close()


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.bytes = response.read()
        self.text = self.bytes.decode("utf-8", "replace")
        self.words = html.unescape(re.sub(r"<[^>]+>", " ", self.text))


class Browser:
    def __init__(self, screens, cookie=""):
        self.screens, self.cookie, self.place = screens, cookie, ""
        self.page = self.at = None

    def ask(self, method, path, form=None, **headers):
        line = http.client.HTTPConnection(self.screens.host, timeout=30)
        body = urllib.parse.urlencode(form) if form is not None else None
        held = [f"{name}={value}" for name, value in ((self.screens.session, self.cookie), ("place", self.place)) if value]
        sent = {"Cookie": "; ".join(held)} if held else {}
        if body is not None:
            sent.update({"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"})
        sent.update({k.replace("_", "-"): v for k, v in headers.items()})
        line.request(method, path, body=body, headers=sent)
        answer = Answer(line.getresponse())
        line.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, value = line.split(";")[0].split("=")
            setattr(self, {self.screens.session: "cookie", "place": "place"}[name], value)
        return answer

    def go(self, path):
        """To a page, and on where it leads."""
        self.at, self.page = path, self.ask("GET", path)
        while self.page.status == 303:
            self.at = self.page.headers["Location"]
            self.page = self.ask("GET", self.at)
        return self.page

    def send(self, path, **values):
        """The form of the page that leads there, with its hidden values."""
        form = next(f for f in re.findall(r"<form\b.*?</form>", self.page.text, re.S) if f'action="{path}"' in f)
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        answer = self.ask("POST", path, {**hidden, **values})
        return self.go(answer.headers["Location"]) if answer.status == 303 else answer

    def sign_in(self, name="hanako", password=PASSWORD, purpose="窓口対応"):
        self.go("/signin")
        return self.send("/signin", name=name, password=password, purpose=purpose)

    def search(self, text):
        self.go("/")
        return self.send("/search", text=text)

    def links(self):
        return re.findall(r'href="(/p/[^"]+)"', self.page.text)

    def person(self, text):
        self.search(text)
        return self.go(self.links()[0])


def password(town, name, text=PASSWORD, program="ledger"):
    command = [town.sesshu, program, "password", name, "--data", town.data, "--operator", "hanako"]
    if town.server:
        command += ["--store", town.server]
    return subprocess.run(command, input=text + "\n", capture_output=True, text=True, timeout=60)


def town_with_children(town):
    town.today = TODAY
    town.moves_in("さくら", birth="2025-10-05", sex=2, kana="サクラ", family="今井", 氏名カナ="イマイ　サクラ")
    town.moves_in("<script>alert(1)</script>", birth="2022-03-03", family="見本", 氏名カナ="ミホン　スクリプト")
    town.moves_in("葛󠄀城\u202e", birth="2021-12-20", family="", 氏名="葛󠄀城　ひなた", 氏名カナ="カツラギ　ヒナタ")
    town.moves_in("かくれ", birth="2020-06-01", kana="カクレ", protected=True, house=9)
    town.night()
    town.submits([town.sheet("さくら", "ヒブ", "2025-12-08"), town.sheet("かくれ", "MR", "2021-07-01")])
    same(password(town, "hanako").returncode, 0, "a password")
    return Screens(town)


def colleague(town, screens):
    """Another person, at another browser."""
    same(town.run("grant", "jiro", "read").returncode, 0, "a right")
    same(password(town, "jiro").returncode, 0, "a password")
    other = Browser(screens)
    other.sign_in("jiro")
    return other


def routes():
    """Every page and form, with something where a variable stands."""
    table = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "house", "screen_rights.txt")
    with open(table, encoding="utf-8") as lines:
        rows = [line.split()[:2] for line in lines if line.strip() and not line.startswith("#")]
    return [(method, re.sub(r"\{\w+\}", "x", path)) for method, path in rows]


def trail(town, *words):
    done = town.run("audit", "read", *words) if not words else town.run("ledger", "audit", "read", *words)
    same(done.returncode, 0, done.stderr)
    return list(csv.reader(io.StringIO(done.stdout)))


def a_clerk_signs_in_finds_a_child_and_sees_what_is_due(town):
    with town_with_children(town) as screens:
        clerk = Browser(screens)
        same(clerk.go("/").status, 200, "the sign-in")
        assert "サインイン" in clerk.page.words
        clerk.sign_in()
        assert "今日の仕事" in clerk.page.words and "hanako" in clerk.page.words
        assert "デモ" in clerk.page.words, "the band"
        for typed in ("いまい さくら", "ｲﾏｲ ｻｸﾗ 7.10.5", "今井　さくら", "R7.10.5", "20251005", town.number("さくら"), "イマイ 2025.10", "サクラ イマイ"):
            page = clerk.search(typed)
            assert "今井" in page.words and "令和7年10月5日" in page.words, (typed, page.words)
        page = clerk.go(clerk.links()[0])
        for words in ("今井　さくら", "1歳1か月", "いま必要", "五種混合", "有効", "受けた接種", "最終安全日"):
            assert words in page.words, words
        assert page.text.count("<svg") > 1 and 'id="ll-d"' in page.text, "the life-line"
        assert len(page.text.encode()) < 100_000, len(page.text)
        for typed in ("ダレモ イナイ", "3.13.40", "・", "　", "0"):  # the last four say nothing
            assert "該当する人はいません" in clerk.search(typed).words, (typed, clerk.page.words)
        done = town.run("ledger", "certificate", town.number("さくら"), "--out", os.path.join(town.folder, "paper.pdf"), "--asker", "本人",
                        "--checked", "旅券", "--purpose", "留学")
        same(done.returncode, 0, done.stdout + done.stderr)
        assert "証明書" not in clerk.go("/").words.split("待っているもの")[1].split("済んだもの")[0], clerk.page.words
        town.submits([town.sheet("さくら", "ヒブ", "2025-12-09", 訂正=1)])
        assert "1 件 記録が変わった証明書" in " ".join(clerk.go("/").words.split()), "called back from the first page: " + clerk.page.words


def nobody_gets_in_without_a_name_and_its_password(town):
    with town_with_children(town) as screens:
        stranger = Browser(screens)
        for method, path in [*routes(), ("GET", "/purpose"), ("GET", "/lock")]:
            same(stranger.ask(method, path, {} if method == "POST" else None).headers["Location"], "/signin", path)
        for name, word in (("hanako", "wrong horse battery"), ("taro", PASSWORD), ("", ""), ("hanako", "")):
            answer = stranger.sign_in(name, word)
            same(answer.status, 403, name)
            assert "値" not in answer.text and PASSWORD not in answer.text
        same((stranger.cookie, stranger.place), ("", ""), "no session")
        assert Browser(screens, "A" * 43).go("/").text.find("サインインする") > 0
        officer = Browser(screens)
        same(officer.sign_in().status, 200, "her own browser")
        for _ in range(5):
            stranger.sign_in("hanako", "wrong horse battery")
        assert "しばらく使えません" in stranger.sign_in().words, "shut out, with the right one too"
        officer.send("/lock")
        same(officer.send("/unlock", password=PASSWORD).status, 200, "the lock of the officer opens all the same")
        officer.send("/lock")
        officer.send("/signout")
        same(officer.sign_in().status, 200, "and so does her own browser, at the same address")
        refused = [row for row in trail(town) if "signin" in row]
        assert len(refused) >= 5, refused
    assert PASSWORD not in screens.log and "horse" not in screens.log


def a_new_password_puts_out_who_had_the_old_one_and_lets_in_who_was_shut_out(town):
    with town_with_children(town) as screens:
        thief, owner = Browser(screens), Browser(screens)
        thief.sign_in()
        same(thief.ask("GET", "/").status, 200, "in with the old one")
        for _ in range(6):
            owner.sign_in("hanako", "wrong horse battery")
        assert "しばらく使えません" in owner.sign_in().words, "shut out"
        same(password(town, "hanako", "another horse battery").returncode, 0, "a new one")
        same(thief.ask("GET", "/").headers.get("Location"), "/signin", "put out")
        same(owner.sign_in("hanako", "another horse battery").status, 200, "let in")


def every_look_stands_in_the_trail_with_what_it_was_for(town):
    with town_with_children(town) as screens:
        clerk = Browser(screens)
        clerk.sign_in(purpose="電話照会")
        clerk.person("イマイ サクラ")
        clerk.go("/purpose")
        clerk.send("/purpose", purpose="監査")
        clerk.person("イマイ サクラ")
        looks = [row for row in trail(town, town.number("さくら")) if "GET /p/{person}" in row]
        same(len(looks), 2, "looks at the child")
        assert any("immunization 電話照会" in row for row in looks) and any("immunization 監査" in row for row in looks), looks
        assert all("hanako" in row for row in looks), looks
        # Who stood on the list of a search is named in its one record, and whoever did not is not.
        searches = [row for row in trail(town, town.number("さくら")) if "GET /search/{text}" in row]
        same(len(searches), 2, "the searches that showed the child")
        same([row for row in trail(town, town.number("かくれ")) if "hanako" in row and "GET /search/{text}" in row], [], "who was not found")
        clerk.search("ミホン")
        clerk.search("ダレモ イナイ")
        found = [row for row in trail(town) if "GET /search/{text}" in row]
        same([row[11] for row in found], ["1", "1", "2", "0"], "one record for each search")
        same([row[14].count("~") for row in found], [1, 1, 2, 0], "with so many signs")
        assert found[0][14] == found[1][14] and found[0][14] not in found[2][14], found
        every = "\n".join(",".join(row) for row in trail(town))
        for word in ("イマイ", "今井", PASSWORD):
            assert word not in every, word


def a_form_from_elsewhere_changes_nothing(town):
    with town_with_children(town) as screens:
        clerk = Browser(screens)
        clerk.sign_in()
        token = re.search(r'action="/lock"><input type="hidden" name="_origin" value="([^"]+)"', clerk.page.text)[1]
        same(clerk.ask("POST", "/lock", {"_origin": token}, Sec_Fetch_Site="cross-site").status, 409, "another site")
        same(clerk.ask("POST", "/lock", {"_origin": "x" * 32}).status, 409, "another token")
        same(clerk.ask("POST", "/lock", {}).status, 409, "no token")
        same(clerk.ask("POST", "/search", {"_origin": token, "text": "今井"}).status, 409, "the token of another form")
        for method, path in routes():
            if method == "POST":
                assert clerk.ask(method, path, {"_origin": token}).status in (403, 404, 409), "the token of another form: " + path
        same(clerk.ask("GET", "/lock").headers["Location"], "/", "not locked")
        other = colleague(town, screens)
        same(other.ask("POST", "/lock", {"_origin": token}).status, 409, "the token of another session")
        mine = clerk.ask("POST", "/lock", {"_origin": token})
        same(mine.headers["Location"], "/lock", "the form itself: " + mine.words)


def a_lock_shows_nothing_and_only_the_password_opens_it(town):
    with town_with_children(town) as screens:
        clerk = Browser(screens)
        clerk.sign_in()
        link = re.search(r'href="(/p/[^"]+)"', clerk.search("イマイ サクラ").text)[1]
        clerk.send("/lock")
        assert "画面をロックしています" in clerk.page.words
        for method, path in routes():
            same(clerk.ask(method, path, {} if method == "POST" else None).headers["Location"], "/lock", path)
        for path in ("/", link, "/purpose"):
            page = clerk.go(path)
            assert "ロックを解除する" in page.words and "今井" not in page.text, path
        same(clerk.send("/unlock", password="wrong horse battery").status, 403, "the wrong one")
        clerk.send("/unlock", password=PASSWORD)
        page = clerk.go(link)
        assert "今井" in page.words and 'data-lock="120"' in page.text, "the same work goes on"
        # The office says how long: C-3.3-18.
        for words in (("set", "lock-seconds", "601"), ("set", "lock-seconds", "x"), ("set", "lock-seconds"), ("set", "other", "1")):
            same(town.run("ledger", *words).returncode, 2, words)
        same(town.run("ledger", "set", "lock-seconds", "300").returncode, 0, "five minutes")
        assert 'data-lock="300"' in clerk.go(link).text
        assert "lock-seconds: 300秒" in town.run("ledger", "set").stdout
        same(town.run("ledger", "audit", "verify").returncode, 0, "as it was set")
        town.sql_change("UPDATE office_number SET value = 600")
        assert "置き場所の設定" in town.run("ledger", "audit", "verify").stdout, "behind the programs"
        town.sql_change("UPDATE office_number SET value = 300")
        clerk.send("/lock")
        clerk.send("/signout")
        assert "サインインする" in clerk.page.words
        assert "サインインする" in clerk.go(link).words


def links_and_addresses_tell_nobody_anything(town):
    with town_with_children(town) as screens:
        clerk, other = Browser(screens), colleague(town, screens)
        clerk.sign_in()
        answer = clerk.search("イマイ サクラ 7.10.5")
        place = next(a for a in re.findall(r'href="([^"]+)"', answer.text) if a.startswith("/p/"))
        for hidden in (town.number("さくら"), "41", "%E4", "イマイ", "20251005"):
            assert hidden not in place or hidden == "41", (hidden, place)
        assert town.number("さくら") not in place
        same(other.go(place).status, 404, "in another session it means nothing")
        same(clerk.go(place[:-1] + ("A" if place[-1] != "A" else "B")).status, 404, "a changed one neither")
        assert "no-store" in clerk.page.headers["Cache-Control"]
        assert "'none'" in clerk.page.headers["Content-Security-Policy"]
        assert "unsafe" not in clerk.page.headers["Content-Security-Policy"]
    for hidden in (town.number("さくら"), "イマイ", place):
        assert hidden not in screens.log, hidden


def hostile_names_are_text(town):
    with town_with_children(town) as screens:
        clerk = Browser(screens)
        clerk.sign_in()
        page = clerk.search("2022-03-03")
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text and "<script>alert" not in page.text
        page = clerk.go(clerk.links()[0])
        assert "<script>alert" not in page.text and "&lt;script&gt;" in page.text
        assert "葛󠄀城" in clerk.search("葛城 ひなた").text, "the variant is shown and its plain form finds it"
        page = clerk.search('"><script>x</script>')
        assert "<script>x" not in page.text, page.text
        page = clerk.search("\u202e花")
        assert "\u202e" not in page.text


def a_protected_person_is_covered_on_every_page(town):
    with town_with_children(town) as screens:
        clerk = Browser(screens)
        clerk.sign_in()
        page = clerk.search(town.number("かくれ"))
        assert "＊＊＊" in page.words
        person = clerk.go(clerk.links()[0])
        assert "支援措置" in person.words and "有効" in person.words
        same(clerk.go(clerk.at + "/known/x").status, 422, "what was typed wrong is not our failure")
        for hidden in ("かくれ", "カクレ", "浅野", "みほん小児科", CLINIC):
            assert hidden not in page.text.replace('value="', "") and hidden not in person.text, hidden
        assert 'class="home"' not in person.text, "no strip of where"


def duties(town):
    """Which duty opens which page: written here a second time, by hand."""
    read = {
        "/", "/persons", "/search/{text}", "/p/{person}",
        "/waiting/{kind}", "/due", "/due/changes", "/due/{asked}", "/p/{person}/known/{day}",
        "/stats", "/stats/coverage/MR1", "/stats/forecast", "/stats/stood", "/stats/outcomes",
        "/rules", "/rules/MR1", "/rules/MR1/{asked}",
    }
    enter = {
        "/p/{person}/dose/{change}", "/p/{person}/dose/{change}/{typed}", "/requests", "/requests/{request}",
        "/intakes", "/reviews/{file}", "/reviews/{file}/{row}",
    }
    return {"read": read, "enter": enter, "import": set(), "approve": {"/approvals", "/approvals/{request}"}, "print": set(),
            "export": set(), "link": set(), "serve": set(), "audit": {"/audit", "/audit/found/{asked}", "/audit/day/{day}"}, "admin": {"/rights", "/rights/{staff}", "/rights/{staff}/review"}, "represent": set()}


def each_page_opens_for_its_duty_and_for_no_other(town):
    with town_with_children(town) as screens:
        founder = Browser(screens)
        founder.sign_in()
        for number, (duty, opens) in enumerate(duties(town).items()):
            name = "person" + "abcdefghijk"[number]
            same(town.run("grant", name, duty).returncode, 0, duty)
            same(password(town, name).returncode, 0, name)
            clerk = Browser(screens)
            first = clerk.sign_in(name)
            begins = {"read": "/", "enter": "/requests", "approve": "/approvals", "print": "/prints", "admin": "/rights", "audit": "/audit"}.get(duty)
            same((first.status, clerk.at), (200, begins) if begins else (403, "/"), duty)
            if not begins:
                assert "権限がありません" in first.words, first.words
            if duty != "read":
                for path in ("/search/x", "/p/x", "/rules", "/rules/MR1", "/rules/MR1/x"):
                    same(clerk.go(path).status, 403, (duty, path))
        refused = [row for row in trail(town) if "refusal" in row]
        assert len(refused) >= 3 * 10, len(refused)
        town.run("revoke", "persona", "read")
        taken = Browser(screens)
        same(taken.sign_in("persona").status, 403, "a right that was taken away")


def letters_of_a_batch(town, screens, clerk, batch):
    """A page as it was printed, a file with a reason, one envelope, the whole batch: each for its purpose, with its record."""
    number = batch.rsplit("/", 1)[1]
    assert "引き抜く" not in clerk.go(batch).text.split("<tbody>")[0] and f'{batch}/file' not in clerk.page.text, "not for this purpose"
    same(clerk.go(f"{batch}/cancel").status, 403, "cancelled by whoever sends letters")
    post = Browser(screens)
    post.sign_in(purpose="発送")
    assert "対象 1 ＝ 封入 1 ＋ 止まった 0" in " ".join(post.go(batch).words.split()), post.page.words
    sheet = post.go(f"{batch}/paper/1")
    assert "今井　さくら" in sheet.words and "封筒 1番" in sheet.words, sheet.words
    looks = len([row for row in trail(town) if "GET /prints/{batch}/picture/{nth}" in row])
    png = post.go(re.search(r'src="([^"]+/picture/1)"', sheet.text)[1])
    assert png.bytes.startswith(b"\x89PNG") and "no-store" in png.headers["Cache-Control"], png.headers
    seen = [row for row in trail(town) if "GET /prints/{batch}/picture/{nth}" in row]
    assert len(seen) == looks + 1 and seen[-1][10], seen  # whose it is
    same(post.go(f"{batch}/picture/999").status, 404, "no such page")
    stranger = Browser(screens)
    same(stranger.go(f"{batch}/picture/1").bytes[:4] == b"\x89PNG", False, "nobody's without signing in")

    post.go(batch)
    same(post.send(f"{batch}/file", which=f"papers-{number}.pdf", reason=" ").status, 422, "without a reason")
    for which in ("../ledger.db", f"./papers-{number}.pdf", "dispatch-N20200101-001.csv"):
        same(post.send(f"{batch}/file", which=which, reason="試し").status, 404, which)
    pdf = post.send(f"{batch}/file", which=f"papers-{number}.pdf", reason="印刷所に渡すため")
    assert pdf.bytes.startswith(b"%PDF") and re.search(r'"ledger-\d+-papers-', pdf.headers["Content-Disposition"]), pdf.headers
    leaves = [row for row in trail(town) if any("印刷所に渡すため" in cell for cell in row)]
    assert len(leaves) == 1 and "print" in leaves[0], leaves
    assert "一覧の証跡番号" in post.send(f"{batch}/file", which=f"dispatch-{number}.csv", reason="封入のため").text

    a_batch_of_many_is_released_by_two(town, screens, post, batch)
    pull = re.search(r'href="([^"]+/pull/[^"]+)"', post.go(batch).text)[1]
    post.go(pull)
    same(post.send(pull, reason="その他").status, 422, "another reason is written out")
    assert "1件を取り下げました" in post.send(pull, reason="死亡").words, post.page.words
    assert "引き抜きました" in post.go(batch).words and "引き抜く" not in post.page.text, post.page.words
    post.go(pull)
    assert "もう取り下げられています" in post.send(pull, reason="死亡").words, "once"

    second = letters_asked_for_at_a_screen(town, post)
    work_is_seen_while_it_runs_and_when_it_is_over(town, post)
    with open(os.path.join(town.data, "prints", f"papers-{second[8:]}.pdf"), "r+b") as f:
        f.write(b"%PDX")
    same(post.go(f"{second}/picture/1").status, 404, "a file that is not what was checked is shown to nobody")
    form = post.go(second)
    same(post.send(f"{second}/file", which=f"papers-{second[8:]}.pdf", reason="試し").status, 404, "and leaves for nobody")
    town.happens("さくら", 83, TODAY, 支援措置="1")
    town.night()
    assert "支援措置になった人が 1人います" in " ".join(post.go(second).words.split()) and "/file" not in post.page.text, post.page.words
    assert "表示しません" in post.go(f"{second}/paper/1").words and "<img" not in post.page.text
    same(post.go(f"{second}/picture/1").status, 403, "nobody under protection is shown")
    post.page = form
    same(post.send(f"{second}/file", which=f"dispatch-{second[8:]}.csv", reason="試し").status, 409, "no file with him or her leaves")
    cancel = f"{second}/cancel"
    post.go(cancel)
    assert "2件を取り下げました" in post.send(cancel, reason="試し刷りのため").words, "with what was printed once more"


def a_batch_of_many_is_released_by_two(town, screens, post, batch):
    """C-3.2-14, C-3.3-15: above so many people somebody else approves the batch as it lies there; whoever asked takes it."""
    number = batch.rsplit("/", 1)[1]
    files = [f"papers-{number}.pdf", f"dispatch-{number}.csv"]
    same(town.run("ledger", "set", "release-alone", "0").returncode, 0, "how many one person releases")
    assert "申請する" in post.go(batch).words and "を出す<" not in post.page.text, post.page.words
    same(post.send(f"{batch}/file", which=files[0], reason=" ").status, 422, "without a reason")
    post.go(batch)
    assert "申請" in post.send(f"{batch}/file", which=files[0], reason="印刷所に渡すため").words and "承認を待っています" in post.page.words, post.page.words
    assert "/file" not in post.page.text, "nothing to press while it waits"
    town.run("grant", "goro", "approve")
    same(password(town, "goro").returncode, 0, "a password")
    goro = Browser(screens)
    goro.sign_in("goro")
    goro.go("/approvals")
    for words in ("通知の束を出す", number, "封入する人", "1人", *files, "印刷所に渡すため"):
        assert words in goro.page.words, (words, goro.page.words)
    goro.send(re.search(r'action="(/approvals/\d+)"', goro.page.text)[1], _do="approve")
    assert "承認しました" in post.go(batch).words, post.page.words
    for which in files:
        post.go(batch)
        assert "Content-Disposition" in post.send(f"{batch}/file", which=which, reason="二人で確かめた").headers, which
    other = Browser(screens)
    other.sign_in("goro")
    same(other.go(batch).status, 403, "who approved prints nothing")
    for fate, words in ((2, "申請する"), (1, "承認しました")):
        town.sql_change(f"UPDATE notice_file SET fate = {fate} WHERE path LIKE '%dispatch-{number}.csv'")
        assert words in post.go(batch).words, "the files that were approved, and no others"
    same(town.run("ledger", "set", "release-alone", "100").returncode, 0, "as before")


def order_ends(post):
    """The page of an order, asked for until the work is over."""
    for _ in range(300):
        if "Refresh" not in post.go(post.at).headers:
            return post.page
        time.sleep(0.1)
    raise AssertionError(post.page.words)


def letters_asked_for_at_a_screen(town, post):
    """Whom a due list shows: tried first, then written to, then one of them once more. The batch that was made."""
    post.go("/due")
    post.send("/due", series="MR1", ward="", within="-1")
    letters = re.search(r'href="(/due/[^"]+/letters)"', post.page.text)[1]
    post.go(letters)
    same(post.send(letters).status, 422, "what is to be made")
    trial, real = re.findall(r'name="way" value="([^"]+)"', post.page.text)
    batches = len(re.findall(r'href="/prints/N', post.go("/prints").text))
    post.go(letters)
    post.send(letters, way=trial)
    assert "通知と予診票 1人" in order_ends(post).words and "/prints/N" not in post.page.text, post.page.words
    pdf = post.send(f"{post.at}/file", reason="見本の確かめ")
    assert pdf.bytes.startswith(b"%PDF") and "TRIAL-" in pdf.headers["Content-Disposition"], pdf.headers
    same(len(re.findall(r'href="/prints/N', post.go("/prints").text)), batches, "nobody was written to")

    post.go("/due")
    post.send("/due", series="MR9", ward="", within="-1")
    unknown = re.search(r'href="(/due/[^"]+/letters)"', post.page.text)[1]
    post.go(unknown)
    post.send(unknown, way=re.search(r'name="way" value="([^"]+)"', post.page.text)[1])
    assert "このワクチンはありません" in order_ends(post).words, post.page.words

    post.go(letters)
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', post.page.text.split('data-draft')[1]))
    first = post.ask("POST", letters, {**form, "way": real})
    same(post.ask("POST", letters, {**form, "way": real}).headers["Location"], first.headers["Location"], "sent twice, done once")
    post.go(first.headers["Location"])
    assert "通知と予診票 1人" in order_ends(post).words, post.page.words
    batch = re.search(r'href="(/prints/N[^"]+)"', post.page.text)[1]
    done = [row for row in trail(town) if row[8].startswith("notices --order") and row[9] == "done"]
    assert {row[3] for row in done} == {"hanako"} and all("発送" in row[7] for row in done), done  # in the name of who asked
    same(town.run("ledger", "order", batch[-1]).returncode, 2, "an order is carried out once")
    town.sql_change("INSERT INTO work_order (order_no, state, kind, words, asked_by, ticket, said, made, asked_at, ended_at)"
                    " SELECT 99, 1, kind, words, asked_by, ticket, '', '', asked_at, 0 FROM work_order WHERE order_no = 1")
    copied = town.run("ledger", "order", "99")
    assert copied.returncode == 2 and "頼まれたものではありません" in copied.stderr, copied.stderr

    again = re.search(r'href="([^"]+/again/[^"]+)"', post.go(batch).text)[1]
    post.go(again)
    same(post.send(again, reason=" ").status, 422, "without a reason")
    post.send(again, reason="届かないと電話があった")
    assert "再発行 1人" in order_ends(post).words, post.page.words
    assert "CN2026" in post.go("/prints").text
    return batch


def stopped_in_its_work(town, *words):
    """A command that takes long, stopped once it has said that it is at work."""
    command = [f"{town.sesshu}-ledger", *words, "--data", town.data, "--as-of", TODAY, "--operator", "hanako"]
    command += ["--store", town.server] if town.server else []
    while True:  # on a busy machine it may be over before we come: then once more
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        def at_work():
            try:
                return any(os.path.getsize(note) for note in glob.glob(f"{town.data}/ledger-*-{process.pid}.job"))
            except FileNotFoundError:
                return False
        while process.poll() is None and not at_work():
            pass  # it is at work for some milliseconds only
        if process.returncode is None:
            process.send_signal(signal.SIGSTOP)  # which it obeys a moment later
            os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
            if process.poll() is None and at_work():
                return process
            process.send_signal(signal.SIGCONT)
        same(process.wait(), 0, "it was over before we came")


def work_is_seen_while_it_runs_and_when_it_is_over(town, post):
    """What was asked for at a screen and at a command line: running, stopped, failed with what to do, done."""
    def part(number):
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", post.go("/jobs").text.split("<section")[number].split("</section>")[0])).split())

    assert "実行中の処理はありません" in part(1) and "Refresh" not in post.page.headers, post.page.words
    assert "通知と予診票の作成" in part(2) and "このワクチンはありません" in part(2), "why it failed"
    assert "通知と予診票 1人" in part(3) and "hanako" in part(3) and re.search(r'href="/prints/order/\d+"', post.page.text), part(3)
    assert "住民の差分の取込" in part(3) and "予診票データの取込" in part(3), "commands too"
    roll = stopped_in_its_work(town, "standing", "roll", "--anew")
    try:
        assert "対象の状態の判定" in part(1) and "hanako" in part(1) and post.page.headers["Refresh"], part(1)
        shown = " ".join(post.go("/rules").words.split())  # which waits for nothing that the roll may hold
        assert "実行中 1件" in shown, shown
    finally:
        roll.kill()
        roll.wait()
    assert "対象の状態の判定" in part(2) and "同じ操作をもう一度" in part(2), part(2)
    assert "止まった処理 1件" in " ".join(post.go("/").words.split()) and 'href="/jobs"' in post.page.text
    same(town.run("ledger", "standing", "roll", "--anew").returncode, 0, "once more")
    assert "対象の状態の判定" not in part(2) and "対象の状態の判定" in part(3), part(2)
    same(town.run("ledger", "intake", os.path.join(town.folder, "nowhere.csv")).returncode, 2, "no such file")
    assert "予診票データの取込" in part(2) and "E_" in part(2), part(2)


def a_list_leaves_with_a_reason_and_one_of_many_with_two_people(town):
    for n in range(101):
        town.moves_in(f"子{n}", birth="2021-12-20", house=100 + n)
    screens = town_with_children(town)

    def place(**chosen):
        clerk.go("/due")
        clerk.send("/due", **{"series": "", "ward": "", "within": "60", **chosen})
        return re.search(r'href="(/due/[^"]+/file)"', clerk.page.text)[1]
    try:
        clerk = Browser(screens)
        clerk.sign_in()
        few = place(series="MR2", within="-1")
        clerk.go(few)
        same(clerk.send(few, reason=" ", form="csv").status, 422, "without a reason")
        got = clerk.send(few, reason="電話勧奨のため", form="csv")
        assert "attachment" in got.headers["Content-Disposition"] and "no-store" in got.headers["Cache-Control"], got.headers
        row, = csv.DictReader(io.StringIO(got.text.removeprefix("\ufeff")))
        same((row["氏名"], row["ワクチン・回"]), ("＊＊＊", "麻しん風しん 第2期"), "a protected child is covered here too")
        assert row["一覧の証跡番号"].startswith("ledger-"), row
        book = zipfile.ZipFile(io.BytesIO(clerk.send(few, reason="窓口", form="xlsx").bytes))
        texts = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
        assert {"宛名番号", "＊＊＊", town.number("かくれ"), row["最終安全日"]} <= set(texts), texts
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml"), "every cell is a text"
        leaves = [row for row in trail(town) if "電話勧奨のため" in row]
        same(len(leaves), 1, "the reason stands in the trail")

        clerk.go("/due/changes")
        page = clerk.send("/due/changes", **{"from": "R8.9.24", "to": "R8.11.24"})
        for words in ("新しく対象", "今井　さくら", "麻しん風しん", "受けられる日になりました（2026-10-04）", "第1期 対象"):
            assert words in page.words, (words, page.words)
        assert "かくれ" not in page.text and "R8" not in clerk.page.text.split("<form")[0]
        clerk.go("/due/changes")
        same(clerk.send("/due/changes", **{"from": "R8.11.24", "to": "R8.9.24"}).status, 422, "the wrong way round")

        town.letters("MR1")
        clerk.go("/prints")
        batch = re.search(r'href="(/prints/(N[^"]+))"', clerk.page.text)
        assert "書類" in clerk.page.words and "そろっています" in clerk.page.words, clerk.page.words
        assert "今井　さくら" in clerk.go(batch[1]).words and "発送します" in clerk.page.words, clerk.page.words
        letters_of_a_batch(town, screens, clerk, batch[1])
        clerk.sign_in()
        same(clerk.go("/prints/N20261124-999").status, 404, "no such batch")

        many = place()
        assert "別の人の承認が必要" in clerk.go(many).words, clerk.page.words
        asked = clerk.send(many, reason="発送のため", form="csv")
        number = re.search(r"番号 (\d+)", asked.words)[1]
        assert "承認を待っています" in clerk.go(many).words
        same(town.run("ledger", "approvals", "approve", number).returncode, 2, "never by oneself")
        if OTHER is None:
            return
        town.run("ledger", "grant", "taro", "approve")
        same(town.run("ledger", "account", "taro", str(OTHER)).returncode, 0, "another login")
        done = town.run("ledger", "approvals", "approve", number, operator=None, login=OTHER)
        same(done.returncode, 0, done.stdout + done.stderr)
        assert "1回だけ" in clerk.go(many).words, clerk.page.words
        got = clerk.send(many, reason="発送のため", form="csv")
        assert len(got.text.splitlines()) > 101, got.text[:300]
        again = clerk.send(many, reason="発送のため", form="csv")
        assert "申請しました" in again.words and "Content-Disposition" not in again.headers, "once: the second time is asked for anew"
    finally:
        screens.close()


def a_difference_of_many_people_is_made_once_and_read(town):
    """Nobody waits for a page that judges a city: it is ordered, told of while it is made, and then read."""
    for n in range(500):
        town.moves_in(f"子{n}", birth=f"2025-10-{n % 28 + 1:02d}", house=100 + n)
    with town_with_children(town) as screens:
        clerk = Browser(screens)
        clerk.sign_in()
        clerk.go("/due/changes")
        assert "まだ作られていません" in clerk.page.words and "新しく対象" not in clerk.page.words, clerk.page.words
        make = re.search(r'action="(/due/changes/[^"]+)"', clerk.page.text)[1]
        clerk.send(make)
        page = order_ends(clerk)
        came = [row for row in town.table("changes", "--from", "2026-10-24", "--to", TODAY) if row["to_status"] in ("due", "late") and row["from_status"] not in ("due", "late")]
        assert len(came) > 50 and f"{len(came)}件のうち1件目から50件目" in " ".join(page.words.split()), page.words
        assert "作り直す" not in page.words, "as it stands"
        second = clerk.go(re.search(r'href="([^"]+)">次の50件', page.text)[1])
        assert "51件目から" in " ".join(second.words.split()), second.words
        town.happens("子27", 42, "2026-11-20", 住民状態=2, 住民でなくなった日="2026-11-20")
        town.night()
        page = clerk.go("/due/changes")
        assert "1人 の登録が変わりました" in " ".join(page.words.split()) and f"{len(came)}件のうち" in " ".join(page.words.split()), page.words
        clerk.send(re.search(r'action="(/due/changes/[^"]+)"', page.text)[1])
        page = order_ends(clerk)
        assert "作り直す" not in page.words and f"{len(came)}件のうち" not in " ".join(page.words.split()), page.words
        made = [row for row in trail(town) if row[8].startswith("keep-changes --order") and row[9] == "done"]
        assert {row[3] for row in made} == {"hanako"} and len(made) >= 2, made


def a_rule_set_on_the_server_is_tried_on_everybody_and_changes_nothing(town):
    for n in range(100):
        town.moves_in(f"子{n}", birth="2025-10-05", house=100 + n)
    sets = os.path.join(town.data, "rule-sets")
    os.makedirs(sets)
    shutil.copytree(amended(town, measles_rubella=longer_mr), os.path.join(sets, "MRを36か月まで"))
    shutil.copytree(amended(town, zoster=lambda text: text.replace('"birth+60y"', '"birth+60parsecs"')), os.path.join(sets, "書きまちがい"))
    with town_with_children(town) as screens:
        clerk = Browser(screens)
        clerk.sign_in()
        before = town.rows("SELECT count(*) FROM dose_judgement") + town.rows("SELECT count(*) FROM rule_use") + town.rows("SELECT max(act_no) FROM act")
        assert 'href="/rehearsals"' in clerk.go("/rules").text
        clerk.go("/rehearsals")
        for words in ("MRを36か月まで", "書きまちがい", "built-in"):
            assert words in clerk.page.text, words
        same(clerk.send("/rehearsals", set="../rules", day="R8.11.24").status, 422, "none of the choices")
        clerk.go("/rehearsals")
        same(clerk.send("/rehearsals", set="MRを36か月まで", day="いつか").status, 422, "no day")
        clerk.go("/rehearsals")
        clerk.send("/rehearsals", set="書きまちがい", day="R8.11.24")
        assert "規則" in order_ends(clerk).words and "答えが変わります" not in clerk.page.words, clerk.page.words
        clerk.go("/rehearsals")
        clerk.send("/rehearsals", set="MRを36か月まで", day="R8.11.24")
        page = order_ends(clerk)
        result = clerk.at
        assert "104人を判定し、101人の答えが変わります" in page.words, page.words
        kinds = re.findall(r'href="(/rehearsals/\d+/\d+\.\d+\.0)"[^>]*>(\d+)<', page.text)
        same([count for _, count in kinds], ["101"], "one vaccine, one kind of change")
        page = clerk.go(kinds[0][0])
        for words in ("日付が変わる人", "見本　子0", "101人のうち1人目から50人目", "第1期", "標準 令和8年10月4日から令和9年10月4日まで", "標準 令和8年10月4日から令和10年10月4日まで", "　令和9年10月4日まで", "　令和10年10月4日まで", "次の50人"):
            assert words in page.words, (words, page.words)
        same(town.rows("SELECT count(*) FROM dose_judgement") + town.rows("SELECT count(*) FROM rule_use") + town.rows("SELECT max(act_no) FROM act"), before, "nothing changed")
        file = result + "/file"
        assert "別の人の承認が必要" in clerk.go(file).words, clerk.page.words
        asked = clerk.send(file, reason="改正の準備のため", form="csv")
        assert {row[3] for row in trail(town) if row[8].startswith("rehearse --order") and row[9] == "done"} == {"hanako"}
        if OTHER is not None:
            town.run("ledger", "grant", "taro", "approve")
            same(town.run("ledger", "account", "taro", str(OTHER)).returncode, 0, "another login")
            done = town.run("ledger", "approvals", "approve", re.search(r"番号 (\d+)", asked.words)[1], operator=None, login=OTHER)
            same(done.returncode, 0, done.stdout + done.stderr)
            clerk.go(file)
            rows = list(csv.DictReader(io.StringIO(clerk.send(file, reason="改正の準備のため", form="csv").text.removeprefix("﻿"))))
            same((len(rows), {(row["違い"], row["前: 受けられる最後の日"], row["後: 受けられる最後の日"]) for row in rows}),
                 (101, {("日付", "2027-10-04", "2028-10-04")}), "everybody, once")
        town.sql_change("UPDATE rehearsal SET made_at = 1")
        assert "規則の予行の結果" in town.run("erase").stderr
        same(town.rows("SELECT count(*) FROM rehearsal_line"), [(0,)], "with its lines")
        assert "もうありません" in clerk.go(result).words, clerk.page.words


def the_register_has_a_door_of_its_own(town):
    """C-3.3-02, C-3.3-03: another program, another sign-in, another trail, one mask."""
    screens = town_with_children(town)
    same(password(town, "hanako", program="addressee").returncode, 0, "a password of the register")
    register = Screens(town, "addressee")
    try:
        clerk = Browser(screens)
        clerk.sign_in()
        stranger = Browser(register, clerk.cookie)
        same(stranger.ask("GET", "/feeds").headers["Location"], "/signin", "a session of the ledger")
        for path in ("/rules", "/due", "/search/x"):
            same(clerk.ask("GET", path).status in (200, 404), True, path)
        officer = Browser(register)
        officer.sign_in()
        for path in ("/", "/persons", "/feeds"):
            same(officer.go(path).status, 200, path)
        same(officer.go("/rules").status, 404, "a page of the ledger")
        officer.go("/persons")
        page = officer.send("/persons", text=town.number("かくれ").lstrip("0"))
        assert "支援措置" in page.words and "●●●●●●" in page.words, page.words
        band = page.text[page.text.index('aria-label="この人"'):].split("</section>")[0]
        assert "●●●●●●" in band, "the band says that a place is covered"
        for hidden in ("浅野", "小倉北区", "8020001", "000000000000009"):
            assert hidden not in page.text, hidden
        household_of = re.search(r'href="(/p/[^"]+/household)"', page.text)[1]
        household = officer.go(household_of)
        assert "世帯から住所がわかる" in household.words
        given = officer.go(household_of.replace("/household", "/given"))
        for words in ("予防接種台帳", "団体内統合宛名", "渡しません（支援措置）", "渡します（画面には出しません）", "何も渡していない提供先: 給付・支払"):
            assert words in given.words, words
        for hidden in ("浅野", "小倉北区", "8020001", "000000000000009"):
            assert hidden not in given.text, hidden
        officer.go("/persons")
        same(officer.send("/persons", text="").status, 422, "nothing to search for")
        nobody = officer.send("/persons", text="9" * 15)
        assert "該当する人はいません" in nobody.words, "a number of nobody"
        looks = list(csv.reader(io.StringIO(town.run("addressee", "audit", "read", town.number("かくれ")).stdout)))
        same(len([row for row in looks if any("/p/{person}" in cell for cell in row)]), 3, "looks at the child")
        same([row for row in trail(town, town.number("かくれ")) if "GET /p/{person}" in row], [], "none of them at the ledger's")
        town.run("grant", "nobody", "print")
        same(password(town, "nobody", program="addressee").returncode, 0, "who has another duty")
        outsider = Browser(register)
        same(outsider.sign_in("nobody").status, 403, "not this one")
        for path in ("/persons", "/feeds", "/p/x", "/p/x/household", "/p/x/given"):
            same(outsider.go(path).status, 403, path)
    finally:
        register.close()
        screens.close()


def a_ward_and_no_other(town, jiro):
    """C-3.3-04, C-2.3-12: the right of one ward opens and lists who lives there, today; of others it tells who is meant for certain, and no more."""
    same(jiro.person("ミホン ミナミ").status, 200, "of his ward")
    link = jiro.at
    numbers = {}
    for child, who in (("さくら", "hanako"), ("みなみ", "jiro")):
        asked = town.run("ledger", "enter", town.number(child), "--vaccine", "MR", "--day", "2026-11-20", "--source", "母子健康手帳",
                         "--reason", "手帳の提示", operator=who)
        assert asked.returncode in (0, 1) and "申請" in asked.stdout, asked.stdout + asked.stderr
        numbers[child] = re.search(r"申請 (\d+)", asked.stdout)[1]
    own = jiro.go("/requests")
    assert own.status == 200 and "みなみ" in own.words and "今井" not in own.words, own.words
    assert not any("ward" in row for row in trail(town, town.number("さくら"))), "of her request nothing was looked up"
    for typed, told in (("いまい さくら R7.10.5", True), (town.number("さくら"), True), ("今井", False), ("いまい さくら", False), ("R7.10.5", False),
                        (town.number("かくれ"), False), ("見本 かくれ R2.6.1", False)):
        page = jiro.search(typed)
        same(("担当区の外に" in page.words, jiro.links()), (told, []), typed)
        assert "浅野" not in page.words and "小倉北区" not in page.words, "not where"
    for ward in ("", "401064", "401072"):
        jiro.go("/due")
        page = jiro.send("/due", series="", ward=ward, within="-1")
        same(page.status, 403 if ward == "401064" else 200, "the list of " + ward)
    assert "みなみ" in page.words and "今井" not in page.words and "小倉北区" not in page.words, page.words
    assert "/due/changes" not in page.text and "/waiting/" not in jiro.go("/").text, "what is of the whole city"
    same([jiro.ask("GET", path).status for path in ("/waiting/review", "/due/changes", "/rules")], [403, 403, 200], "nor opened")
    for child in ("さくら", "かくれ"):
        done = town.run("ledger", "show", town.number(child), operator="jiro")
        assert done.returncode == 2 and "担当区の外" in done.stderr and "浅野" not in done.stderr, done.stderr
        assert any("ward" in row for row in trail(town, town.number(child))), "the refusal, with whom"
    same(town.run("ledger", "show", town.number("みなみ"), operator="jiro").returncode, 0, "hers")
    assert town.run("ledger", "due", operator="jiro").returncode == 2
    town.happens("みなみ", 32, "2026-11-20", 市区町村コード="401064", 住所="福岡県北九州市小倉北区浅野三丁目8番1号")
    town.happens("さくら", 32, "2026-11-20", 市区町村コード="401072", 住所="福岡県北九州市小倉南区若園五丁目1番2号")
    town.night()
    same(jiro.go(link).status, 403, "she has moved, the link is old")
    assert "担当区の外" in jiro.page.words and "浅野" not in jiro.page.words, jiro.page.words
    same(jiro.person("今井").status, 200, "and she came")
    refused = sum("ward" in row for row in trail(town, town.number("みなみ")))
    own = jiro.go("/requests")
    assert own.status == 200 and "＊＊＊" in own.words and "みなみ" not in own.words, own.words
    withdrawn = jiro.send("/requests/" + numbers["みなみ"])
    assert "を取り下げました" in withdrawn.words and "みなみ" not in withdrawn.words, withdrawn.words
    same(sum("ward" in row for row in trail(town, town.number("みなみ"))), refused, "and nobody was refused by it")
    same(town.run("ledger", "requests", "withdraw", numbers["さくら"]).returncode, 0, "hers, of somebody beyond")


def a_roster_is_taken_by_two_people_and_who_left_is_out(town):
    """C-3.3-08, C-3.3-09: one reads the file, another sees what it changes; who is not in it, or not yet, signs in no more."""
    def roster(*rows):
        path = os.path.join(town.folder, "roster.csv")
        with open(path, "w", encoding="utf-8") as f:
            f.writelines(",".join([*row, ""][:6]) + "\r\n" for row in (("氏名", "所属", "職務", "開始日", "終了日", "担当区"), *rows))
        return town.run("ledger", "staff", "import", path, "--reason", "年度の初め")

    today = datetime.date.today()
    term = (str(today - datetime.timedelta(1)), str(today + datetime.timedelta(20)))
    own = [("hanako", "健康推進課", duty, *term) for duty in ("admin", "serve", "audit", "read", "enter", "import", "approve", "export", "代行")]
    town.moves_in("みなみ", birth="2025-09-01", kana="ミナミ", 市区町村コード="401072", 住所="福岡県北九州市小倉南区若園五丁目1番2号")
    with town_with_children(town) as screens:
        jiro = colleague(town, screens)
        same(town.run("grant", "jiro", "approve").returncode, 0, "who approves")
        done = roster(*own, ("saburo", "健康推進課", "課長", "2026-04-01", "2026-03-01"))
        assert done.returncode == 2 and "11行目" in done.stderr and "職務" in done.stderr and "終了日" in done.stderr, done.stderr
        done = roster(*own, ("jiro", "<b>課</b>", "承認", *term))
        assert done.returncode == 1 and "jiro「閲覧」: 期限なし → なし" in done.stdout, done.stdout + done.stderr
        jiro.go("/approvals")
        for words in ("職員の名簿", "jiro「承認」", "期限なし", "<b>課</b>", "年度の初め"):
            assert words in html.unescape(jiro.page.text), words
        assert "<b>課</b>" not in jiro.page.text, "a department is text"
        number = re.search(r'action="(/approvals/\d+)"', jiro.page.text)[1]
        jiro.send(number, _do="approve")
        assert "承認し、実行しました" in jiro.page.words, jiro.page.words
        same(jiro.ask("GET", "/persons").status, 403, "he reads no more")
        same(town.run("ledger", "audit", "verify").returncode, 0, "each with its record")
        assert "担当区" in roster(*own, ("jiro", "区役所", "閲覧", *term, "中央区")).stderr, "of which city"
        done = roster(*own, ("jiro", "課", "承認", *term), *(("jiro", "区役所", duty, *term, "小倉南区") for duty in ("閲覧", "enter")))
        assert done.returncode == 1 and "担当区 小倉南区" in done.stdout, done.stdout + done.stderr
        jiro.go("/approvals")
        jiro.send(re.search(r'action="(/approvals/\d+)"', jiro.page.text)[1], _do="approve")
        a_ward_and_no_other(town, jiro)
        same(town.run("ledger", "audit", "verify").returncode, 0, "with the wards of each")
        same(roster(*own).returncode, 1, "he leaves")
        hanako = Browser(screens)
        hanako.sign_in()
        hanako.go("/approvals")
        assert "ありません" in hanako.page.words or "自分の申請" in hanako.page.words, "her own request she does not decide"
        jiro.go("/approvals")
        jiro.send(re.search(r'action="(/approvals/\d+)"', jiro.page.text)[1], _do="approve")
        page = Browser(screens).sign_in("jiro")
        assert page.status == 403 and "期間の中にありません" in page.words, page.words
        assert "term" in town.run("ledger", "audit", "read", "--staff", "jiro").stdout
        ending = town.run("ledger", "staff", "--ending", "30").stdout
        assert ending.count("hanako") == len(own) and town.run("ledger", "staff", "--ending", "19").stdout.count("hanako,") == 0, ending


def running(town):
    """The processes of this town's desk, each with its parent."""
    parents = {}
    for folder in glob.glob("/proc/[0-9]*"):
        try:
            with open(folder + "/cmdline", "rb") as f, open(folder + "/stat", encoding="utf-8") as g:
                words, fields = f.read().split(b"\0"), g.read().rpartition(")")[2].split()
        except OSError:
            continue  # it is gone
        if b"desk" in words and town.data.encode() in words and fields[0] != "Z":
            parents[int(folder.rpartition("/")[2])] = int(fields[1])
    return parents


def workers(town):
    """Those that make pages: children of the one that was called."""
    parents = running(town)
    return {pid for pid, parent in parents.items() if parent in parents}


def wait_for(what, seconds=30):
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.05)


def a_right_is_changed_by_two_people_and_looked_at_again(town):
    """C-3.3-06, C-3.3-08, C-3.3-10: who may do what in one table, a change for a term by two, a review with a finding."""
    until = datetime.date.today() + datetime.timedelta(25)
    with town_with_children(town) as screens:
        jiro = colleague(town, screens)
        town.run("grant", "jiro", "approve")
        hanako = Browser(screens)
        hanako.sign_in()
        page = hanako.go("/rights")
        assert "2人" in page.words and "jiro" in page.words and "0人" in page.words, page.words
        same(jiro.go("/rights").status, 403, "not his duty")
        at = re.search(r'href="(/rights/\d+)">jiro', re.sub(r"<bdi[^>]*>", "", page.text))[1]
        own = re.search(r'href="(/rights/\d+)">hanako', re.sub(r"<bdi[^>]*>", "", page.text))[1]
        asked = {"kind": "与える", "duty": "入力・訂正", "department": "<i>課</i>", "begins": str(datetime.date.today()), "ends": str(until), "why": "実績入力の応援"}
        for wrong, words in (({"ends": "2020-01-01"}, "10年以内"), ({"department": ""}, "所属"), ({"begins": "R8.2.30"}, "日付として"), ({"why": ""}, "理由")):
            hanako.go(at)
            page = hanako.send(at, **{**asked, **wrong})
            assert page.status == 422 and words in page.words and "実績入力の応援" in page.text or not asked["why"] or "why" in wrong, (wrong, page.words)
        hanako.go(at)
        assert "申請" in hanako.send(at, **asked).words, hanako.page.words
        same(jiro.ask("GET", "/requests").status, 403, "not before somebody has approved it")
        jiro.go("/approvals")
        assert "jiro「入力・訂正」" in jiro.page.words and "<i>課</i>" in jiro.page.words, jiro.page.words
        jiro.send(re.search(r'action="(/approvals/\d+)"', jiro.page.text)[1], _do="approve")
        same(jiro.go("/requests").status, 200, "for a term")
        # saburo reads for 25 days alone; of two who were given a right long ago one is due to be looked at, on the day.
        town.run("grant", "saburo", "read")
        saburo = re.search(r'href="(/rights/\d+)">saburo', re.sub(r"<bdi[^>]*>", "", hanako.go("/rights").text))[1]
        hanako.go(saburo)
        hanako.send(saburo, **{**asked, "duty": "閲覧"})
        jiro.go("/approvals")
        jiro.send(re.search(r'action="(/approvals/\d+)"', jiro.page.text)[1], _do="approve")

        def line(name):
            return next(r for r in re.findall(r"<tr.*?</tr>", hanako.go("/rights").text, re.S) if f">{name}<" in r)
        held = re.findall(r"<td>.*?</td>", line("saburo"), re.S)
        assert "もうすぐ" in line("saburo") and "もうすぐ" not in line("jiro") and "期限なし" in line("jiro"), line("saburo")
        assert sum("●" in cell for cell in held) == 1 and "時期が来ました" not in line("saburo"), held
        hanako.go(own)
        page = hanako.send(own, kind="なくす", duty="職員と権限の管理", why="試し")
        assert page.status == 422 and "ほかに" in page.words, page.words
        review = at + "/review"
        hanako.go(review)
        same(hanako.send(review, finding="続けてよい", words="").status, 422, "a finding has words")
        hanako.go(review)
        assert "点検を記録しました" in hanako.send(review, finding="続けてよい", words="応援の期間中").words, hanako.page.words
        assert "応援の期間中" in hanako.go(at).words
        hanako.go(own + "/review")
        assert "自分の権限は点検できません" in hanako.send(own + "/review", finding="続けてよい", words="x").words
        same(town.run("ledger", "audit", "verify").returncode, 0, "each with its record")
        for at, days in ((saburo, 180), (own, 179)):
            town.sql_change(f"UPDATE staff_duty SET granted_at = granted_at - {days} * 86400000000 WHERE staff_no = {at.rpartition('/')[2]} AND ended_at IS NULL")
        assert "時期が来ました" in line("saburo") and "時期が来ました" not in line("hanako"), line("saburo")
        hanako.go(saburo + "/review")
        hanako.send(saburo + "/review", finding="続けてよい", words="応援の期間中")
        assert "時期が来ました" not in line("saburo"), line("saburo")
    return False  # grants that no act gave so long ago


def who_looked_at_whom_is_reviewed_and_closed_with_a_finding(town):
    """C-3.3-11, C-3.3-12: the trail is searched at a screen, days that stand out are closed, nobody's name is told."""
    with town_with_children(town) as screens:
        jiro = colleague(town, screens)
        for text in ("イマイ サクラ", "カツラギ ヒナタ"):
            jiro.person(text)
        for _ in range(2):
            same(jiro.go("/audit").status, 403, "not his duty")
        for name, number in (("many-refusals", "2"), ("work-begins", "23"), ("work-ends", "1")):
            same(town.run("ledger", "set", name, number).returncode, 0, name)
        hanako = Browser(screens)
        hanako.sign_in()
        hanako.person("イマイ サクラ")
        assert "支援措置</span>" not in hanako.go("/audit").text, "nobody looked at who is under protection"
        hanako.person(town.number("かくれ"))
        page = hanako.go("/audit")
        row, = [r for r in re.findall(r"<tr.*?</tr>", page.text, re.S) if "支援措置</span>" in r]
        assert "hanako" in row and "かくれ" not in page.words and town.number("かくれ") not in page.text, row
        assert "証跡が確かめられていません" in page.words, "nobody has proven it yet"
        row = next(r for r in re.findall(r"<tr.*?</tr>", page.text, re.S) if "jiro" in r)
        assert "時間外" in row and "断られた" in row and "まだ" in row and "大量" not in row, row
        day = re.search(r'href="(/audit/day/[^"]+)"', row)[1]
        page = hanako.go(day)
        assert "jiroさんの一日" in page.words and "「一人のページ」を見た" in page.words and "断った" in page.words, page.words
        for hidden in ("今井", "葛", town.number("さくら"), town.number("さくら").lstrip("0"), " ~"):
            assert hidden not in page.text, hidden
        same(hanako.send(day, result="仕事どおり", words="").status, 422, "a finding has words")
        hanako.go(day)
        assert "閉じました" in hanako.send(day, result="仕事どおり", words="<i>窓口</i>の来庁者").words, hanako.page.words
        row = next(r for r in re.findall(r"<tr.*?</tr>", hanako.page.text, re.S) if "jiro" in r)
        assert "仕事どおり" in row and "hanako" in row, row
        assert "<i>窓口</i>の来庁者" in html.unescape(hanako.go(day).text) and "<i>窓口" not in hanako.page.text
        own = next(r for r in re.findall(r"<tr.*?</tr>", hanako.go("/audit").text, re.S) if ">hanako<" in r and "まだ" in r)
        at = re.search(r'href="(/audit/day/[^"]+)"', own)[1]
        hanako.go(at)
        assert "自分の記録に" in hanako.send(at, result="仕事どおり", words="x").words
        hanako.go("/audit")
        same(hanako.send("/audit", person="x12").status, 422, "no number")
        hanako.go("/audit")
        page = hanako.send("/audit", staff="jiro", person=town.number("さくら"), act="見た", result="すべて")
        lines = [line for line in re.findall(r"<tr><th.*?</tr>", page.text, re.S) if "<td>" in line]
        assert len(lines) == 2 and all("jiro" in line for line in lines) and town.number("さくら") not in hanako.at, hanako.at
        hanako.go("/audit")
        assert "この条件の記録はありません" in hanako.send("/audit", staff="nobody").words
        looks = [row for row in trail(town, town.number("さくら")) if "GET /audit/found/{asked}" in row]
        same(len(looks), 1, "whoever asks who looked at somebody looks at her")
        same(town.run("ledger", "audit", "verify").returncode, 0, "findings are counted")
        assert "は、すべて書かれたときのままです" in hanako.go("/audit").words, "and the page says so"


class UnreadLog:
    """A log that nobody reads any more, without room for another line."""

    def __init__(self):
        self.there, self.end = os.pipe()
        for end in (self.there, self.end):
            os.set_blocking(end, False)
        self.moved(lambda: os.write(self.end, bytes(4096)))
        os.set_blocking(self.end, True)

    def moved(self, once):
        try:
            while True:
                once()
        except BlockingIOError:
            return

    def read(self):
        parts = []
        self.moved(lambda: parts.append(os.read(self.there, 1 << 16)))
        return b"".join(parts).strip(b"\0").decode()


def a_session_outlives_the_server(town):
    screens = town_with_children(town)
    clerk = Browser(screens)
    clerk.sign_in()
    link = re.search(r'href="(/p/[^"]+)"', clerk.search("イマイ サクラ").text)[1]
    left = workers(town)
    screens.close(signal.SIGKILL)
    wait_for(lambda: not left & set(running(town)))  # they end with whoever looks after them
    log = UnreadLog()
    screens.open(log.end)
    try:
        assert "今井" in clerk.go(link).words, "the same session, the same link"
        # One that dies is one of several, and comes again; nobody is turned away when all of them die.
        wait_for(lambda: len(workers(town)) == 4)
        first = workers(town)
        os.kill(min(first), signal.SIGKILL)
        same([Browser(screens, clerk.cookie).go(link).status for _ in range(4)], [200] * 4, "the others answer")
        wait_for(lambda: len(workers(town) - first) == 1 and len(workers(town)) == 4)  # a log that nobody reads stops no office
        same(log.read(), "", "that one died had no room")
        for pid in workers(town):
            os.kill(pid, signal.SIGKILL)
        assert "今井" in Browser(screens, clerk.cookie).go(link).words, "as soon as one is there again"
        wait_for(lambda: len(workers(town)) == 4)
        told = log.read()
        assert "event=log_lines_lost lines=1\n" in told and told.count("event=worker_died signal=9") == 4, told
    finally:
        screens.close()
    same(running(town), {}, "told to end, all of them do")
    # An office that comes back from a copy knows who was signed in, as its trail does.
    copy = os.path.join(town.folder, "copy")
    same(town.run("backup", "--to", copy).returncode, 0, "a copy")
    for name in ("ledger", "addressee"):
        shutil.copy2(os.path.join(town.data, "keys", name + ".kek"), os.path.join(copy, "keys"))
    town.data = os.path.join(town.folder, "again")
    if town.server:
        town.forget_databases()
    done = town.run("restore", "--from", copy)
    same(done.returncode, 0, done.stderr)
    verified = town.run("audit", "verify")
    same(verified.returncode, 0, verified.stdout)


def a_password_is_long_new_and_read_from_no_command_line(town):
    for text, status in (("short", 2), ("x" * 201, 2), ("P@ssword2026!", 2), (PASSWORD, 0), (PASSWORD, 2), ("a hanako in a haystack", 2), ("another horse battery", 0), (PASSWORD, 2)):
        same(password(town, "hanako", text).returncode, status, text)
    same(password(town, "nobody").returncode, 2, "nobody")


def main(sesshu):
    practice = [
        a_clerk_signs_in_finds_a_child_and_sees_what_is_due,
        nobody_gets_in_without_a_name_and_its_password,
        a_new_password_puts_out_who_had_the_old_one_and_lets_in_who_was_shut_out,
        every_look_stands_in_the_trail_with_what_it_was_for,
        a_form_from_elsewhere_changes_nothing,
        a_lock_shows_nothing_and_only_the_password_opens_it,
        links_and_addresses_tell_nobody_anything,
        hostile_names_are_text,
        a_protected_person_is_covered_on_every_page,
        each_page_opens_for_its_duty_and_for_no_other,
        a_list_leaves_with_a_reason_and_one_of_many_with_two_people,
        a_difference_of_many_people_is_made_once_and_read,
        a_rule_set_on_the_server_is_tried_on_everybody_and_changes_nothing,
        the_register_has_a_door_of_its_own,
        a_roster_is_taken_by_two_people_and_who_left_is_out,
        a_right_is_changed_by_two_people_and_looked_at_again,
        who_looked_at_whom_is_reviewed_and_closed_with_a_finding,
        a_session_outlives_the_server,
        a_password_is_long_new_and_read_from_no_command_line,
    ]
    return tell(practice, sesshu, practice=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
