"""What the browser's tests share: what must be installed, a life to show, passwords, an open desk, a browser that walks through it.

SPDX-License-Identifier: Apache-2.0
"""
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "stories"))

PASSWORD = "correct horse battery"
SKIPPED = 77


def missing():
    if not shutil.which("node"):
        return "node"
    if not shutil.which("chromium"):
        return "chromium"
    if not (HERE / "node_modules/playwright-core").is_dir():
        return "tests/browser/node_modules"
    return None


# A life as a clerk meets it: complete series, one dose too early, a booster whose time runs out, a record of another city.
LIFE = [
    ("ロタリックス", "2022-02-21", "1"), ("ロタリックス", "2022-03-28", "2"),
    ("ビームゲン", "2022-02-21", "1"), ("ビームゲン", "2022-03-28", "2"), ("ビームゲン", "2022-08-06", "3"),
    ("アクトヒブ", "2022-02-21", "1"), ("アクトヒブ", "2022-03-28", "2"), ("アクトヒブ", "2022-04-25", "3"), ("アクトヒブ", "2023-03-04", "追加"),
    ("プレベナー13", "2022-02-21", "1"), ("プレベナー13", "2022-03-28", "2"), ("プレベナー13", "2022-04-25", "3"),
    ("クアトロバック", "2022-03-28", "1"), ("クアトロバック", "2022-04-25", "2"), ("クアトロバック", "2022-05-23", "3"), ("クアトロバック", "2023-06-17", "追加"),
    ("BCG", "2022-06-13", "1"),
    ("MR", "2022-10-29", "1"), ("MR", "2023-02-04", "1"),
    ("水痘", "2023-02-04", "1"),
    ("ジェービックV", "2025-01-18", "1"), ("ジェービックV", "2025-02-15", "2"),
]


def password_given(sesshu, program, data, name, operator="hanako"):
    by = ["--operator", operator] if operator else []
    given = subprocess.run([sesshu, program, "password", name, "--data", data, *by], input=PASSWORD + "\n", capture_output=True, text=True)
    assert given.returncode == 0, given.stderr


def passwords_given(town, *whose):
    """`whose`: (program, name)."""
    for program, name in whose:
        password_given(town.sesshu, program, town.data, name)


def desk_opened(sesshu, program, data, *more):
    """The process, and where it is."""
    desk = subprocess.Popen([sesshu, program, "desk", "--port", "0", "--data", data, *more], stdout=subprocess.PIPE, text=True,
                            restore_signals=False)  # a full disk sends none
    return desk, desk.stdout.readline().strip()


def walked(made, story, programs, *words, beside=(), timeout=600):
    """Opens these programs' desks in the town that `made` makes, and those of the places that `beside` makes, and lets the
    browser tell its story; the status of the test."""
    lacks = missing()
    if lacks:
        print(f"skipped: {lacks} is not there (make setup)")
        return SKIPPED
    places, desks = [made()], {}
    town = places[0]
    try:
        for make in beside:
            places.append(make())
        for program in programs:
            desks[program] = desk_opened(town.sesshu, program, town.data, "--as-of", town.today, "--operator", "hanako")
        for place in places[1:]:
            desks.update(place.desks())
        process, base = desks["ledger"]
        command = ["node", str(HERE / story), base, "hanako", PASSWORD, shutil.which("chromium"), *words]
        where = {program.upper(): place for program, (_, place) in desks.items()}
        return subprocess.run(command, timeout=timeout, env={**os.environ, **where, "HOME": town.folder, "DESK": str(process.pid),
                                                             "SESSHU": town.sesshu, "TOWN": town.data, "TODAY": town.today}).returncode
    finally:
        for process, _ in desks.values():
            process.terminate()
            process.wait()
        for place in places:
            place.close()
