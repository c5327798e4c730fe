"""Forms of the screens through the real executable: done once, refused with words, kept over a lock; a dose by hand and its second person.

Proves C-3.2-12, C-3.2-14, C-3.3-05 (a second person), C-3.3-04 (absence).
SPDX-License-Identifier: Apache-2.0
"""
import fcntl
import http.client
import os
import re
import resource
import sys
import time

from screens import PASSWORD, TODAY, Answer, Browser, Screens, password, town_with_children, trail, workers
from town import CLINIC, FEED, SHEET, csv_text, same, tell

ENTRY = dict(vaccine="MR", day="R8.11.20", source="母子健康手帳", clinic="", lot="Y123", reason="手帳の提示")


def hidden(page, path):
    form = next(f for f in re.findall(r"<form\b.*?</form>", page.text, re.S) if f'action="{path}"' in f)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def place(page):
    """Where the form of the page posts to."""
    return re.search(r'<form method="post"[^>]* id="form"[^>]* action="([^"]+)"', page.text)[1]


def links(page, word):
    return re.findall(r'href="([^"]+)"[^>]*>' + word, page.text)


def clerk_at(screens, name="hanako", purpose="実績入力"):
    clerk = Browser(screens)
    clerk.sign_in(name, purpose=purpose)
    return clerk


def entry_of(clerk, child):
    clerk.person(child)
    return clerk.go(links(clerk.page, "接種を入力")[0])


def checked(clerk, child, **typed):
    entry_of(clerk, child)
    return clerk.send(place(clerk.page), **{**ENTRY, **typed})


def requests(town):
    return town.run("ledger", "approvals", "list").stdout


def what_is_wrong_stands_at_its_field_with_what_was_typed_kept(town):
    with town_with_children(town) as screens:
        clerk = clerk_at(screens)
        page = checked(clerk, "イマイ サクラ", vaccine="", day="R8.2.30", source="", clinic="123", reason="<script>x</script>" + "長" * 200)
        same(page.status, 422, page.words)
        assert "入力を確認してください（5件）" in page.words, page.words
        assert "<title>エラー: " in page.text and 'role="alert"' in page.text
        for field in ("vaccine", "day", "source", "clinic", "reason"):
            assert f'href="#f-{field}"' in page.text and f'id="e-{field}"' in page.text, field
        assert 'value="R8.2.30"' in page.text and 'value="123"' in page.text and 'value="Y123"' in page.text, "kept"
        assert "<script>x" not in page.text and "&lt;script&gt;x" in page.text
        for typed in ("R8.12.1", "R1.10.1"):
            assert "接種日が" in checked(clerk, "イマイ サクラ", day=typed).words, typed
        same(requests(town), "承認を待っている申請はありません。\n", "nothing was asked")
        for day in ("2025-10-06", "2025-11-00", "2025-00-00", "2026-11-24"):
            same(checked(clerk, "イマイ サクラ", day=day, vaccine="BCG").status, 200, "before, among and behind the other doses: " + day)
        number = checked(clerk, "イマイ サクラ", reason="個人番号 123456789018 を見た", day="x")
        assert "123456789018" not in number.text, "a number that somebody typed"


def a_form_is_done_once_however_often_it_is_sent(town):
    with town_with_children(town) as screens:
        clerk = clerk_at(screens)
        page = checked(clerk, "イマイ サクラ")
        assert "まだ書き込んでいません" in page.words and "令和8年11月20日" in page.words and "1歳1か月" in page.words, page.words
        assert "第1期" in page.words and "有効" in page.words, page.words
        assert "サクラ" not in clerk.at and "R8.11" not in clerk.at and "Y123" not in clerk.at, clerk.at  # a sealed text may hold R8
        form, go = hidden(page, place(page)), place(page)
        with open(os.path.join(town.data, "ledger.lock"), "rb+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # as long as a sync has it, say
            first, again = clerk.ask("POST", go, form), clerk.ask("POST", go, form)
        same((first.status, again.status), (303, 303), first.words + again.words)
        same(again.headers["Location"], first.headers["Location"], "the first result")
        said = clerk.go(first.headers["Location"])
        assert "申請1として受け付けました" in said.words, said.words
        same(requests(town).count("接種記録の追加"), 1, "once")
        other = clerk.ask("POST", go, {**form, "_seen": "0"})
        same(other.status, 409, "the same number with other content")
        same(clerk.ask("POST", go, {k: v for k, v in form.items() if k != "_once"}).status, 409, "no number")
        same(requests(town).count("接種記録の追加"), 1, "still once")
        screens.close()
        screens.open()
        same(clerk.ask("POST", go, form).headers["Location"], first.headers["Location"], "after the server's end")
        same(entry_of(clerk, "イマイ サクラ").text.count("Y123"), 0, "no draft of what is done")


def what_changed_meanwhile_is_told_and_what_was_typed_is_kept(town):
    with town_with_children(town) as screens:
        clerk = clerk_at(screens)
        page = checked(clerk, "イマイ サクラ")
        town.submits([town.sheet("さくら", "BCG", "2026-03-01")])
        stale = clerk.ask("POST", place(page), hidden(page, place(page)))
        same(stale.status, 409, stale.words)
        assert "あなたが開いたあとに、hanakoさん" in stale.words and "Y123" in stale.words, stale.words
        same(requests(town).count("接種記録の追加"), 0, "nothing was asked")
        done = clerk.ask("POST", place(stale), hidden(stale, place(stale)))
        same(done.status, 303, "after a second look: " + done.words)


def what_was_typed_outlives_a_lock_and_a_server(town):
    with town_with_children(town) as screens:
        clerk = clerk_at(screens)
        page = entry_of(clerk, "イマイ サクラ")
        go, form = place(page), hidden(page, place(page))
        same(clerk.ask("POST", go, {**form, "lot": "MINE7", "_keep": "1"}).status, 200, "kept when left alone")
        same(requests(town).count("承認待ち"), 0, "nothing is done with it")
        clerk.send("/lock")
        same(clerk.ask("POST", go, {**form, "lot": "MINE8", "vaccine": "水痘"}).headers["Location"], "/lock", "posted into the lock")
        clerk.go("/lock")
        back = clerk.send("/unlock", password=PASSWORD)
        assert 'value="MINE8"' in back.text and 'value="水痘"' in back.text and "に保存した入力の途中です" in back.words, back.words
        assert "MINE8" not in str(town.sql("SELECT * FROM desk_draft")), "sealed"
        clerk.send("/lock")
        clerk.send("/signout")
        clerk.sign_in(purpose="実績入力")
        assert 'value="MINE8"' in entry_of(clerk, "イマイ サクラ").text, "in the next session"
        assert "MINE8" not in entry_of(clerk, "葛城 ひなた").text, "of another child"
        same(clerk.ask("POST", go, {**form, "_keep": "1"}).status, 409, "a token of another session")
        town.run("grant", "jiro", "read")
        town.run("grant", "jiro", "enter")
        password(town, "jiro")
        jiro = clerk_at(screens, "jiro")
        assert "MINE8" not in entry_of(jiro, "イマイ サクラ").text, "of another clerk"


def asks(clerk, child, **typed):
    page = checked(clerk, child, **typed)
    return clerk.send(place(page))


def decision(clerk, do, **typed):
    """The form of the open request that leads there."""
    form = next(f for f in re.findall(r"<form\b.*?</form>", clerk.page.text, re.S) if f'value="{do}"' in f)
    go = re.search(r'action="([^"]+)"', form)[1]
    values = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    return go, {**values, "_do": do, **typed}


def decides(clerk, do, **typed):
    go, form = decision(clerk, do, **typed)
    answer = clerk.ask("POST", go, form)
    return clerk.go(answer.headers["Location"]) if answer.status == 303 else answer


def doses(town, child):
    return sorted((d["product"], d["date"]) for d in town.show(child)["doses"])


def a_full_disk_stops_the_work_and_loses_nothing(town):
    """The page of a disk that takes no record: nothing acknowledged is lost, nothing typed, nothing is done twice."""
    if town.server:
        return  # the server's disk is not ours to fill
    town.today = TODAY
    with town_with_children(town) as screens:
        clerk = clerk_at(screens)
        checked(clerk, "イマイ サクラ")
        clerk.send(clerk.at)  # acknowledged
        same(requests(town).count("承認待ち"), 1, requests(town))
        checked(clerk, "イマイ サクラ", vaccine="VAR", reason="<手帳>の提示")
        go, form = clerk.at, hidden(clerk.page, clerk.at)

        def room(size):
            for pid in workers(town):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

        room(1)
        look = clerk.ask("GET", "/due")
        assert look.status == 503 and "業務を止めています" in look.words and look.headers["Refresh"], look.words
        assert "対象者" not in look.words, "no look without its record"
        no = clerk.ask("POST", go, {**form, "note": "<b>"})
        assert no.status == 503 and "もう一度送る" in no.words and "保存する場所" not in no.words, no.words
        assert 'name="note" value="&lt;b&gt;"' in no.text, "what was typed goes back"
        for name, value in form.items():
            assert f'name="{name}" value="{value}"' in no.text, name
        entry = clerk.ask("POST", re.sub(r"/[^/]+$", "", go), {**form, **ENTRY, "reason": "長い理由"})
        assert entry.status in (303, 409, 503), entry.status
        room(resource.RLIM_INFINITY)
        same(requests(town).count("承認待ち"), 1, "nothing was done, nothing is lost")
        clerk.page = no
        done = clerk.send(go)
        assert "受け付けました" in done.words, done.words
        same(requests(town).count("承認待ち"), 2, requests(town))
        same(clerk.ask("POST", go, {**form, "note": "&lt;b&gt;"}).status, 303, "sent again it leads where it led")
        same(requests(town).count("承認待ち"), 2, "not twice")
        assert clerk.go("/due").status == 200


def a_second_person_sees_what_would_change_and_decides(town):
    with town_with_children(town) as screens:
        for duty in ("read", "approve"):
            town.run("grant", "taro", duty)
        password(town, "taro")
        clerk = clerk_at(screens)
        asks(clerk, "イマイ サクラ")
        box = clerk.go("/approvals")
        assert "あなたの承認待ち 0件" in box.words and "あなたが申請したもの 1件" in box.words, box.words
        own = clerk.go("/approvals/1")
        assert "承認して実行する" not in own.words and "申請した本人は" in own.words, own.words

        second = clerk_at(screens, "taro")
        box = second.go("/approvals")
        for words in ("接種記録の追加", "今井　さくら", "令和8年11月20日", "手帳の提示", "Y123", "なし", "第1期", "あと14日"):
            assert words in box.words, words
        assert "承認を待つもの" in second.go("/").words, "the day begins with what others ask"
        assert "承認を待つもの" not in clerk.go("/").words, "nobody is told of his own"
        second.go("/approvals")
        empty = decides(second, "reject", why="  ")
        same(empty.status, 422, "no reason")
        assert "却下の理由を" in empty.words
        go, form = decision(second, "approve")
        town.submits([town.sheet("さくら", "BCG", "2026-03-01")])
        stale = second.ask("POST", go, form)
        same(stale.status, 409, "somebody else changed the person")
        assert "あなたが開いたあとに" in stale.words
        changed = second.go("/approvals")
        assert "申請のあとで内容が変わった" in changed.words and "承認して実行する" not in changed.words, changed.words
        asks(clerk_at(screens), "イマイ サクラ", vaccine="水痘", day="2026-11-19")
        second.go("/approvals/2")
        done = decides(second, "approve")
        assert "申請2を承認し、実行しました" in done.words, done.words
        assert ("VAR", "2026-11-19") in doses(town, "さくら"), doses(town, "さくら")
        same(second.ask("POST", "/approvals/2", {}).status, 409, "no token")

        clerk = clerk_at(screens)
        page = clerk.person("イマイ サクラ")
        page = clerk.go(links(page, "訂正")[-1])
        assert "いまの記録" in page.words
        same(clerk.send(place(page), reason="誤入力").status, 422, "nothing to correct")
        page = clerk.send(place(page), reason="誤入力", lot="Z9")
        assert "登録のあと" in page.words and "Z9" in page.words and "Y123" in page.words, page.words
        clerk.send(place(page))
        page = clerk.person("イマイ サクラ")
        page = clerk.go(links(page, "取消")[0])
        same(clerk.send(place(page), reason="その他", more="").status, 422, "other, and nothing more")
        page = clerk.send(place(page), reason="重複", more="二度入力した")
        assert "この記録は数えなくなります" in page.words, page.words
        clerk.send(place(page))
        mine = clerk.go("/requests")
        for words in ("接種記録の訂正", "接種記録の取消", "重複: 二度入力した", "実行済"):
            assert words in mine.words, (words, mine.words)
        gone = clerk.send("/requests/4")
        assert "申請4を取り下げました" in gone.words, gone.words

        second.go("/approvals/3")
        assert "Z9" in second.page.words
        no = decides(second, "reject", why="原本を確かめてください")
        assert "申請3を却下しました" in no.words, no.words
        assert "原本を確かめてください" in clerk.go("/requests").words
        same(second.ask("GET", "/requests").status, 403, "another duty")


def a_fact_is_typed_checked_ended_and_withdrawn_as_a_row_of_the_file_is(town):
    with town_with_children(town) as screens:
        clerk = clerk_at(screens)

        def fact(**typed):
            page = clerk.person("イマイ サクラ")
            clerk.go(links(page, "認定・届出を入力")[0])
            return clerk.send(place(clerk.page), **typed)

        page = fact(kind="特別の事情", value="1月", since="R8.12.1", on="R8.12.2", source="申出", by="<script>x</script>")
        same(page.status, 422, page.words)
        for field in ("subject", "cause", "value", "on", "source"):
            assert f'id="e-{field}"' in page.text, (field, page.words)
        assert "申出だけでは記録できません" in page.words and "<script>x" not in page.text, page.words
        series = next(name for name in re.findall(r"<option>([^<]+)</option>", page.text) if name.startswith("帯状"))
        page = fact(kind="特別の事情", subject=series, since="R8.9.1", until="R8.10.1", cause="疾病", on="R8.11.2", by="健康課 <b>保健師", source="医師の証明")
        assert "まだ書き込んでいません" in page.words and "W401" in page.words and "何も延長されません" in page.words, page.words
        assert "&lt;b&gt;保健師" in page.text and town.show("さくら").get("facts") is None, "nothing is written"
        go = place(page)
        unread = clerk.ask("POST", go, hidden(page, go))
        same(unread.status, 409, "a warning that nobody has read")
        clerk.page = unread
        assert "認定・届出を登録しました" in clerk.send(go, minded="1").words
        page = fact(kind="接種拒否", source="申出")
        go = place(page)
        town.submits([town.sheet("さくら", "BCG", "2026-03-01")])
        same(clerk.ask("POST", go, hidden(page, go)).status, 409, "somebody else changed the person")
        page = fact(kind="接種拒否", source="申出")
        assert "認定・届出を登録しました" in clerk.send(place(page)).words
        same([(f["kind"], f["since"]) for f in town.show("さくら")["facts"]], [("refusal", TODAY), ("special_circumstances", "2026-11-02")], "as the file's rows are")
        items = ["宛名番号", "生年月日", "種類", "対象", "開始日", "終了日", "理由", "認定日", "認定者", "根拠"]
        row = {"宛名番号": town.number("さくら"), "生年月日": "2025-10-05", "種類": "特別の事情", "対象": "HZ", "開始日": "2026-09-01", "終了日": "2026-10-01",
               "理由": "疾病", "認定日": "2026-11-02", "認定者": "健康課 <b>保健師", "根拠": "理由書"}
        assert "登録済み 1" in town.gives("facts", items, [row]), "the same row in a file"
        same(fact(kind="接種拒否", source="申出").status, 422, "it stands already")
        page = clerk.go(links(clerk.person("イマイ サクラ"), "終える・直す")[0])
        assert "変える理由" in clerk.send(place(page), until="R8.11.24").words
        page = clerk.send(place(page), until="R8.11.24", why="電話で申出")
        assert "令和" not in clerk.at and "2026-11-24" in page.words, page.words
        assert "登録し直しました" in clerk.send(place(page)).words
        same(town.show("さくら")["facts"][0]["until"], TODAY, "ended")
        page = clerk.go(links(clerk.page, "取り消す")[1])
        same(clerk.send(place(page), why="その他").status, 422, "other, and nothing more")
        assert "取り消しました" in clerk.send(place(clerk.send(place(page), why="誤入力"))).words
        same([f["kind"] for f in town.show("さくら")["facts"]], ["refusal"], "withdrawn")
        written = [row for row in trail(town, town.number("さくら")) if "POST /p/{person}/fact/{change}/{typed}" in row]
        same(sum("immunization 実績入力" in row and row[11] == "1" for row in written), 4, f"each with its record: {written}")


def a_row_under_review_is_decided_side_by_side_by_one_person(town):
    town.today = "2026-11-24"
    town.moves_in("己", "2025-09-10", kana="キ", house=2)
    town.moves_in("庚", "2025-09-10", kana="カノエ", house=3, protected=True)
    town.night()
    alias = {"氏名": "<b>別名　全然違", "氏名カナ": "ベツメイ"}
    other = {"氏名": "別名　全然違", "氏名カナ": "ベツメイ"}
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 性別=2, **alias), town.sheet("庚", "MR", "2026-10-13", "1期", **other), town.sheet("己", "VAR", "2026-10-14", "1回目", **other)])
    same(password(town, "hanako").returncode, 0, "a password")
    with Screens(town) as screens:
        for duty in ("read", "enter"):
            town.run("grant", "jiro", duty)
        password(town, "jiro")
        clerk, other = clerk_at(screens, purpose="取込・照合"), clerk_at(screens, "jiro", purpose="取込・照合")
        page = clerk.go("/intakes")
        assert "照合待ち 3件" in page.words and "YOSHIN_202610" in page.words, page.words
        page = clerk.go(links(page, "照合を始める")[0])
        first = clerk.at
        for words in ("残り3件", "✕ 違う", "● 同じ", "候補1", "麻しん風しん"):
            assert words in page.words, (words, page.words)
        assert "<b>別名" not in page.text and "&lt;b&gt;別名" in page.text
        # Nobody else gets this row, neither as the next nor by its address.
        assert other.go("/reviews/0").status == 200 and other.at != first, other.at
        second = other.at
        busy = other.ask("GET", first)
        same(busy.status, 409, busy.words)
        assert "hanakoさんが照合しています" in busy.words
        assert "●●●●●●" in other.go(second).text and "カノエ" not in other.page.text, "covered, and comparable"
        # A candidate of another sex asks for a reason.
        clerk.go(first)
        no = clerk.send(first, _accept="1")
        same(no.status, 422, no.words)
        assert "理由を入力してください" in no.words
        clerk.page = no
        done = clerk.send(first, _accept="1", why="医療機関に電話で確認")
        assert "にしました" in done.words and clerk.at not in (first, second), (done.words, clerk.at)
        assert ("MR", "2026-10-12") in doses(town, "己")
        third = clerk.at.split("?")[0]
        same(clerk.send(third, _return="1").status, 422, "no code")
        end = clerk.send(third, _return="1", code="R131")
        assert "ほかの職員が照合しています" in end.words, end.words
        go, form = second, hidden(other.page, second)
        one = other.ask("POST", go, {**form, "_return": "1", "code": "R131"})
        same((one.status, other.ask("POST", go, {**form, "_return": "1", "code": "R131"}).headers["Location"]), (303, one.headers["Location"]), "twice is once")
        assert "終わりました" in other.go("/reviews/0").words
        same(clerk.ask("GET", first).status, 409, "decided")
        for nobodys in ("/reviews/0/0", "/reviews/1/-1", "/reviews/1/2147483648"):
            same(clerk.ask("GET", nobodys).status, 404, nobodys)


def a_row_that_may_mean_anothers_record_is_decided_by_choosing_the_record(town):
    town.today = "2026-11-24"
    for name, kana in (("己", "キ"), ("庚", "カノエ")):
        town.moves_in(name, "2025-09-10", kana=kana, house=len(town.people) + 2)
    town.night()
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 行番号=3)])
    his = str(town.show("己")["doses"][0]["dose_id"])
    town.submits([town.sheet("庚", "MR", "2026-10-12", "1期", 行番号=5, 訂正="済"), town.sheet("庚", "MR", "2026-10-12", "1期", 行番号=3, 訂正=1)])
    password(town, "hanako")
    with Screens(town) as screens:
        clerk = clerk_at(screens, purpose="取込・照合")
        page = clerk.go("/reviews/0")
        for words in (f"記録{his}", "己", "麻しん風しん", "行3", "YOSHIN_202610", "どの記録とも別の接種"):
            assert words in page.words, (words, page.words)
        assert "--" not in page.words, "the page has choices of its own"
        at = clerk.at
        no = clerk.send(at, _accept="1")  # 庚, whom the row names
        same((no.status, "関わる記録を選んで" in no.words), (422, True), no.words)
        clerk.page = no
        assert "にしました" in clerk.send(at, _accept="1", about="apart").words
        same((len(doses(town, "己")), len(doses(town, "庚"))), (1, 1), "a dose of its own")
        # The next row is a plain 訂正 under his number: the record moves to whom it is decided for.
        assert f"記録{his}" in clerk.page.words and "訂正前の行は別の人" in clerk.page.words, clerk.page.words
        at = clerk.at.split("?")[0]
        twice = clerk.send(at, _accept="1", about=his, record=his).words
        assert "どれか一つだけ" in twice and "--" not in twice, twice
        clerk.go(at)
        assert "にしました" in clerk.send(at, _accept="1", about=his).words
        same((doses(town, "己"), len(doses(town, "庚"))), ([], 1), "it was hers, and she has it once")


def a_decision_is_taken_back_until_its_file_is_closed(town):
    """Undo of what one decided, by any clerk; the dose, its claim and the verdicts go, the row waits as before."""
    town.today = "2026-11-24"
    for name, kana in (("己", "キ"), ("庚", "カノエ")):
        town.moves_in(name, "2025-09-10", kana=kana, house=len(town.people) + 2)
    town.night()
    alias = {"氏名": "別名　全然違", "氏名カナ": "ベツメイ", "請求額": 11220}
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", **alias), town.sheet("庚", "VAR", "2026-10-13", "1回目", **alias)])
    password(town, "hanako")

    def claims():
        return town.rows("SELECT count(*) FROM claim WHERE to_act = 2147483647")[0][0]

    def undo(clerk):
        return re.search(r'action="(/reviews/[^"]+/undo)"', clerk.page.text)

    with Screens(town) as screens:
        clerk = clerk_at(screens, purpose="取込・照合")
        clerk.go("/reviews/1")
        assert not undo(clerk), "nothing is decided yet"
        first = clerk.at
        standing = town.series("己", "MR1")["series_status"]
        assert "にしました" in clerk.send(first, _accept="1").words
        same((doses(town, "己"), claims(), town.series("己", "MR1")["series_status"]), ([("MR", "2026-10-12")], 1, "complete"), "stored")
        assert "直前の決定: 行1" in " ".join(clerk.page.words.split()), clerk.page.words
        go, form = undo(clerk)[1], hidden(clerk.page, undo(clerk)[1])
        back = clerk.send(go)
        assert "元に戻しました" in back.words and clerk.at.startswith(first), (back.words, clerk.at)
        same((doses(town, "己"), claims(), town.series("己", "MR1")["series_status"]), ([], 0, standing), "as before")
        same(clerk.ask("POST", go, form).status, 303, "sent again it leads where it led")
        assert any("row 1 undone" in " ".join(map(str, row)) for row in trail(town)), "with its record"
        same(town.letters("MR1")[1], {"己"}, "the letter waits for the row again")
        # Returned, taken back, taken after all: a row has one decision that stands.
        clerk.go(first)
        clerk.send(first, _return="1", code="R131")
        town.happens("己", 71, "2026-11-20", 方書="みほん荘")
        town.night()
        same(town.table("work", "--kind", "return_changed"), [], "a person has said what it is")
        clerk.go("/reviews/1")
        clerk.send(undo(clerk)[1])
        clerk.go(first)
        assert "行1を「登録" in clerk.send(first, _accept="1").words, clerk.page.words
        same((doses(town, "己"), claims()), ([("MR", "2026-10-12")], 1), "once")
        # A file is closed when nothing of it waits; then its decisions stay.
        taken = clerk.go("/intakes/taken/1")
        assert "/close" not in taken.text and "照合で決めた行" in taken.words, taken.words
        clerk.go("/reviews/1")
        clerk.send(clerk.at, _return="1", code="R131")
        clerk.go("/intakes/taken/1")
        late = undo(clerk)[1], hidden(clerk.page, undo(clerk)[1])
        same(clerk.ask("POST", "/reviews/2/1/undo", late[1]).status, 409, "by another file's address")
        done = clerk.send("/intakes/taken/1/close")
        assert "締めました" in done.words and "/undo" not in done.text and "/close" not in done.text, done.words
        no = clerk.ask("POST", *late)
        assert no.status == 409 and "締めてある" in no.words, no.words
        same(len(doses(town, "己")), 1, "it stays")
        # What reached further than its row and its dose is not taken back here; nor what has been corrected since.
        town.submits([town.sheet("庚", "MR", "2026-10-12", "1期", 行番号=1, 訂正=1)])
        clerk.go("/reviews/2")
        his = str(town.show("己")["doses"][0]["dose_id"])
        assert "にしました" in clerk.send(clerk.at, _accept="1", about=his).words, clerk.page.words
        no = clerk.send(undo(clerk)[1])
        assert no.status == 409 and "ほかの記録も変えた" in no.words, no.words
        same((doses(town, "己"), doses(town, "庚")), ([], [("MR", "2026-10-12")]), "it stays moved")
        town.submits([town.sheet("己", "VAR", "2026-10-20", "1回目", 行番号=7, **alias)])
        clerk.go("/reviews/3")
        assert "にしました" in clerk.send(clerk.at, _accept="1").words
        late = undo(clerk)[1], hidden(clerk.page, undo(clerk)[1])
        same(town.submits([town.sheet("己", "VAR", "2026-10-21", "1回目", 行番号=7, 訂正=1)])[0]["outcome"], "accepted", "the clinic corrects it")
        no = clerk.ask("POST", *late)
        assert no.status == 409 and "訂正か取消をされています" in no.words, no.words
        same(doses(town, "己"), [("VAR", "2026-10-21")], "as corrected")


def rows(town, *names, **more):
    """Rows whose name and number are nobody's: under review with the children of that birth date."""
    alias = {"氏名": "別名　全然違", "氏名カナ": "ベツメイ"}
    town.submits([town.sheet(name, "MR", f"2026-10-1{n}", "1期", **alias, **more) for n, name in enumerate(names)])


def the_clinic_is_asked_and_somebody_else_is_found_and_approved(town):
    town.today = TODAY
    town.moves_in("己", "2025-09-10", kana="キ", house=2)
    town.moves_in("庚", "2025-09-10", kana="カノエ", house=3)
    town.moves_in("辛", "2024-02-01", kana="カノト", house=4)
    town.moves_in("壬", "2023-03-03", kana="ミズノエ", house=5)
    town.night()
    town.happens("壬", 93, TODAY, 支援措置=1)
    town.night()
    rows(town, "己", "庚", "己", 住所=town.people["壬"]["住所"])
    for name in ("hanako", "taro"):
        for duty in ("read", "enter", "approve"):
            town.run("grant", name, duty)
        password(town, name)
    with Screens(town) as screens:
        clerk, second = clerk_at(screens, purpose="取込・照合"), clerk_at(screens, "taro", purpose="取込・照合")
        # Asked: the row waits with its date, is nobody's next one, and the sheet says what the clinic wrote.
        clerk.go("/reviews/0")
        asked = clerk.at
        said = clerk.send(asked, _ask="1", why="お名前を<b>お確かめください")
        assert "医療機関への問い合わせにしました" in said.words and clerk.at != asked, said.words
        page = clerk.go("/intakes")
        assert "照合待ち 2件" in page.words and "問い合わせ中 1件" in page.words, page.words
        page = clerk.go("/questions")
        for words in ("お名前を<b>お確かめください", "別名　全然違", "みほん小児科", "令和8年11月24日から", "hanako"):
            assert words in page.words, (words, page.words)
        assert "<b>お確" not in page.text
        sheet = clerk.go(links(page, "この医療機関の問い合わせ票")[0])
        assert "ご回答" in sheet.words and not any(name in sheet.words for name in ("己", "庚", "候補")), sheet.words
        page = clerk.go(asked)
        assert "hanakoさんが医療機関への問い合わせにしました" in page.words, page.words
        assert "取り下げました" in clerk.send(asked, _back="1").words
        assert "照合待ち 3件" in clerk.go("/intakes").words
        clerk.go(asked)
        clerk.send(asked, _ask="1")

        # Beside a row nobody learns whether the address in it is the hidden one of somebody searched for.
        clerk.go("/reviews/0")
        row = clerk.at
        found = clerk.send(row + "/search", text=town.number("壬"))
        page = clerk.go(re.search(r'href="(/reviews/[^"]+/with/[^"]+)"', found.text)[1])
        signs = re.search(r'<th scope="row">住所</th>.*?</tr>', page.text, re.S)[0].rpartition("<td>")[2]
        assert "●●●●●●" in signs and not re.search("同じ|近い|違う", signs), signs
        assert "みほん小児科" not in page.words and CLINIC not in page.words, "nor which clinic"
        clerk.go(row)

        # Somebody else, searched for inside the review, stands beside the row; a second person decides.
        same(clerk.send(row + "/search", text="").status, 422, "nothing typed")
        clerk.go(row)
        found = clerk.send(row + "/search", text="カノト 6.2.1")
        assert "カノト" not in clerk.at and "辛" in found.words, found.words
        page = clerk.go(re.search(r'href="(/reviews/[^"]+/with/[^"]+)"', found.text)[1])
        beside = clerk.at
        assert "さがした人" in page.words and "2人目の承認" in page.words, page.words
        number = re.findall(r'name="_accept" value="(\d)"', page.text)[-1]
        no = clerk.send(beside, _accept=number)
        same(no.status, 422, "no reason")
        assert "候補にいない人です。その人に決める理由を入力してください" in no.words
        clerk.page = no
        done = clerk.send(beside, _accept=number, why="医療機関に電話で確認")
        assert "申請1として受け付けました" in done.words, done.words
        same(town.show("辛")["doses"], [], "not yet")
        assert clerk.at not in (row, asked) and "照合待ち 1件" in clerk.go("/intakes").words, clerk.at
        box = second.go("/approvals")
        for words in ("候補にいない人の接種", "辛", "医療機関に電話で確認", "令和6年2月1日生"):
            assert words in box.words, (words, box.words)
        assert "実行しました" in decides(second, "approve").words
        same(len(town.show("辛")["doses"]), 1, "by two people")
        same(second.ask("GET", row).status, 409, "decided")
        clerk.go("/reviews/0")
        row = clerk.at
        found = clerk.send(row + "/search", text=town.number("辛"))
        page = clerk.go(re.search(r'href="(/reviews/[^"]+/with/[^"]+)"', found.text)[1])
        assert "申請2として" in clerk.send(clerk.at, _accept=number, why="誤り").words
        second.go("/approvals")
        assert "却下しました" in decides(second, "reject", why="原本を確かめてください").words
        assert "照合待ち 1件" in clerk.go("/intakes").words, "anybody's next row again"


def sends(clerk, name, content, go=None, cut=None, at="/intakes/file"):
    """A file by the form of the page; `cut`: the line breaks behind so many bytes."""
    page = clerk.go(at)
    place, origin = re.search(r'id="form"[^>]* action="([^"]*)"', page.text)[1], re.search(r'id="form"[^>]*><input type="hidden" name="_origin" value="([^"]+)"', page.text)[1]
    edge = "----edge"
    body = (f'--{edge}\r\nContent-Disposition: form-data; name="_origin"\r\n\r\n{origin}\r\n--{edge}\r\nContent-Disposition: form-data; name="file"; '
            f'filename="{name}"\r\nContent-Type: text/csv\r\n\r\n').encode() + content + f"\r\n--{edge}--\r\n".encode()
    line = http.client.HTTPConnection(clerk.screens.host, timeout=60)
    line.putrequest("POST", go or place)
    for head, value in (("Cookie", f"{clerk.screens.session}={clerk.cookie}"), ("Content-Type", f"multipart/form-data; boundary={edge}"), ("Content-Length", str(len(body))), ("Sec-Fetch-Site", "same-origin")):
        line.putheader(head, value)
    line.endheaders(body[:cut])
    answer = None if cut else Answer(line.getresponse())
    line.close()
    return clerk.go(answer.headers["Location"]) if answer and answer.status == 303 else answer


def drafts(town):
    folder = os.path.join(town.data, "uploads")
    return [name for name in os.listdir(folder)] if os.path.isdir(folder) else []


def a_file_is_sent_taken_in_once_and_its_outcome_told(town):
    town.today = TODAY
    town.moves_in("己", "2025-09-10", kana="キ", house=2)
    town.night()
    same(password(town, "hanako").returncode, 0, "a password")
    content = csv_text(SHEET, [{**town.sheet("己", "MR", "2026-10-12", "1期"), "行番号": 1}, {**town.sheet("己", "VAR", "2026-02-30"), "行番号": 2}]).encode("cp932")
    with Screens(town) as screens:
        clerk = clerk_at(screens, purpose="取込・照合")
        page = sends(clerk, "C:\\work\\YOSHIN_202610_4010198762_001.csv", content)
        for words in ("2行を取り込みました。返戻1", "2026年10月分", "YOSHIN_202610_4010198762_001.csv", "返戻の一覧", "すべての行に結果があります"):
            assert words in page.words, (words, page.words)
        same(doses(town, "己"), [("MR", "2026-10-12")], "as the command takes it")
        taken_at = clerk.at.split("?")[0]
        listed = clerk.ask("POST", taken_at, hidden(page, taken_at))
        same(listed.headers["Content-Type"], "text/csv; charset=utf-8", listed.words)
        assert "2026-02-30" in listed.text and "証跡番号" in listed.text, listed.text
        again = sends(clerk, "YOSHIN_202610_4010198762_001.csv", content)
        assert "取り込み済みです。何も変わっていません" in again.words and clerk.at.split("?")[0] == taken_at, again.words
        for name, sent, status, words in (("a.xlsx", b"PK", 422, "CSVのファイル"), ("", b"", 422, "選ばれていません"), ("a.csv", b"", 422, "中身がありません"),
                                          ("YOSHIN_202611_4010198762_001.csv", b"a,b\r\n1,2\r\n", 422, "取り込みませんでした"),
                                          ("<b>x.csv", content[:100], 422, "取り込みませんでした"), ("big.csv", b"x" * (50 << 20) + b"y", 413, "50MBまで")):
            no = sends(clerk, name, sent)
            same(no.status, status, (name, no.words))
            assert words in no.words and "<b>x" not in no.text, (name, no.words)
        # Cut on its way, or sent by somebody whom nobody let in: nothing of it stays.
        sends(clerk, "YOSHIN_202610_4010198762_002.csv", content * 1000, cut=100000)
        same(sends(clerk, "YOSHIN_202610_4010198762_002.csv", content * 1000, go="/intakes/file").status, 413, "without the token of the form")
        right = re.search(r'id="form"[^>]* action="([^"]*)"', clerk.go("/intakes/file").text)[1]
        same(sends(clerk, "YOSHIN_202610_4010198762_002.csv", content, go=right[:-1] + ("b" if right[-1] == "a" else "a")).status, 400, "with another")
        find, origin = re.search(r'class="find"[^>]* action="([^"]+)">\s*<input type="hidden" name="_origin" value="([^"]+)"', clerk.page.text).groups()
        same(sends(clerk, "YOSHIN_202610_4010198762_002.csv", content, go=f"{find}?o={origin}").status, 400, "to a form that takes none")
        deadline = time.monotonic() + 20
        while drafts(town) and time.monotonic() < deadline:
            time.sleep(0.05)
        same(drafts(town), [], "no draft is left")
        same(len(town.sql("SELECT file_no FROM intake_file")), 1, "one file was taken in")
        os.makedirs(os.path.join(town.data, "uploads", "of-a-dead-server"))
        open(os.path.join(town.data, "uploads", "of-a-dead-server", "draft"), "w").close()
        screens.close()
        screens.open()
        same(drafts(town), [], "nor of a server that died")
        assert "YOSHIN_202610" in clerk.go("/intakes").words


def the_register_is_decided_at_its_own_screens_by_two_people(town):
    """C-3.2-14: a held file takes effect, a measure ends and refused rows are decided as by the commands."""
    town.today = TODAY
    for n, name in enumerate("甲乙丙丁"):
        town.moves_in(name, birth="1990-04-11", kana="コウ", house=20 + n)
    town.moves_in("かくれ", birth="2020-06-01", kana="カクレ", protected=True, house=9)
    town.night()
    town.happens("甲", 99, "2026-11-01")
    town.arrives(status=1)
    town.happens("かくれ", 93, "2026-11-20", 支援措置="0")
    town.night()
    half = csv_text(FEED, [{"更新連番": n + 1, **{k: row.get(k, "") for k in FEED if k != "更新連番"}} for n, row in enumerate(list(town.people.values())[:2])])
    name = f"JUKI_401005_ALL_20261124230000_{town.feeds + 1:03d}.csv"
    path = os.path.join(town.folder, name)
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(half)
    same(town.run("addressee", "import", path).returncode, 1, "held")
    for who in ("hanako", "taro"):
        for duty in ("read", "enter", "approve"):
            town.run("grant", who, duty)
        password(town, who, program="addressee")
    with Screens(town, "addressee") as screens:
        importer, second = clerk_at(screens, purpose="取込・照合"), clerk_at(screens, "taro", purpose="取込・照合")

        def person(clerk, name):
            clerk.go("/persons")
            return clerk.send("/persons", text=town.number(name))
        page = person(second, "甲")
        page = second.go(links(page, "住民記録に確かめて決める")[0])
        same(second.send(place(page), reason="").status, 422, "no reason")
        assert "通知を再開します" in second.send(place(page), reason="住民記録の画面で確認").words
        assert "住民記録に確かめて決める" not in person(second, "甲").words
        assert "終了を確かめる" not in person(second, "乙").words, "of nobody about whom nothing was said"
        for clerk, status in ((importer, 422), (second, 200)):
            page = clerk.go(links(person(clerk, "かくれ"), "終了を確かめる")[0])
            answer = clerk.send(place(page), looked="住民記録の画面で、終了を確かめました")
            same(answer.status, status, answer.words)
        assert "住所を伏せるのを終えました" in answer.words and "浅野" in person(second, "かくれ").words, answer.words
        page = second.go(links(second.go("/feeds"), "ファイルを示して承認する")[0])
        for words in (name, "全件にない住民 3人", "hanako"):
            assert words in page.words, (words, page.words)
        for clerk, sent, words in ((importer, half, "反映していません"), (second, half.replace("甲", "申"), "反映していません"), (second, "", "反映していません")):
            no = sends(clerk, name, sent.encode(), at="/feeds/file")
            same(no.status, 422, no.words)
            assert words in no.words, no.words
        done = sends(second, name, half.encode(), at="/feeds/file")
        assert "承認し、反映しました" in done.words and "止めています" not in done.words, done.words
        same(drafts(town), [], "no draft is left")
    same(town.run("ledger", "sync").returncode, 0, "and the ledger takes it")


def main(sesshu):
    return tell([
        what_is_wrong_stands_at_its_field_with_what_was_typed_kept,
        a_form_is_done_once_however_often_it_is_sent,
        what_changed_meanwhile_is_told_and_what_was_typed_is_kept,
        what_was_typed_outlives_a_lock_and_a_server,
        a_full_disk_stops_the_work_and_loses_nothing,
        a_second_person_sees_what_would_change_and_decides,
        a_fact_is_typed_checked_ended_and_withdrawn_as_a_row_of_the_file_is,
        a_row_under_review_is_decided_side_by_side_by_one_person,
        a_row_that_may_mean_anothers_record_is_decided_by_choosing_the_record,
        a_decision_is_taken_back_until_its_file_is_closed,
        the_clinic_is_asked_and_somebody_else_is_found_and_approved,
        a_file_is_sent_taken_in_once_and_its_outcome_told,
        the_register_is_decided_at_its_own_screens_by_two_people,
    ], sesshu, practice=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
