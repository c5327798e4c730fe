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


def passwords_given(town, *whose):
    """`whose`: (program, name)."""
    for program, name in whose:
        given = subprocess.run([town.sesshu, program, "password", name, "--data", town.data, "--operator", "hanako"], input=PASSWORD + "\n",
                               capture_output=True, text=True)
        assert given.returncode == 0, given.stderr


def desk_opened(town, program):
    """The process, and where it is."""
    command = [town.sesshu, program, "desk", "--port", "0", "--data", town.data, "--as-of", town.today, "--operator", "hanako"]
    desk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, restore_signals=False)  # a full disk sends none
    return desk, desk.stdout.readline().strip()


def walked(made, story, programs, *words, timeout=600):
    """Opens these programs' desks in the town that `made` makes and lets the browser tell its story; the status of the test."""
    lacks = missing()
    if lacks:
        print(f"skipped: {lacks} is not there (make setup)")
        return SKIPPED
    town = made()
    desks = {program: desk_opened(town, program) for program in programs}
    process, base = desks["ledger"]
    try:
        command = ["node", str(HERE / story), base, "hanako", PASSWORD, shutil.which("chromium"), *words]
        addressee = desks["addressee"][1] if "addressee" in desks else base
        return subprocess.run(command, timeout=timeout, env={**os.environ, "HOME": town.folder, "ADDRESSEE": addressee, "DESK": str(process.pid)}).returncode
    finally:
        for process, _ in desks.values():
            process.terminate()
            process.wait()
        town.close()
