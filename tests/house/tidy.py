#!/usr/bin/env python3
"""The house is tidy: floors, names, sizes, forbidden calls, dead files, words of the law.

One rule, one function; each yields (path, line, words). Exceptions stand in exceptions.txt in the
open, one a line: `rule path reason`. An exception that no longer excuses anything is an error too.
"""
# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1])
MAX_LINES = 600
FORBIDDEN = {
    r"\b(strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|gets|alloca|setjmp|longjmp)\s*\(": "forbidden call",
    r"\b(system|popen)\s*\(": "a shell is started",
    r"\b(TODO|FIXME|XXX)\b": "left open",
}
ALLOCATORS = re.compile(r"(?<![\w>.])(malloc|calloc|realloc|free)\s*\(")
# What a pure floor may ask of libc: types, limits, memory and text, nothing that touches the world.
PURE_LIBC = {"assert.h", "limits.h", "stdatomic.h", "stdbool.h", "stddef.h", "stdint.h", "string.h"}
BAD_FOLDERS = {"util", "utils", "common", "misc", "helpers", "include"}
OFFICES = {"addressee", "intermediate", "ledger", "network", "unified"}  # programs with an office
FLOORS = ["base", "domain", "contract", "adapters", "office", "programs"]


def tracked():
    out = subprocess.run(["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard"], capture_output=True,
                         text=True, check=True).stdout
    return [pathlib.PurePath(p) for p in out.splitlines() if (ROOT / p).is_file()]


def lines_of(path):
    return (ROOT / path).read_text(encoding="utf-8").splitlines()


def floor_of(path):
    parts = path.parts
    return FLOORS.index(parts[1]) if parts[0] == "src" and len(parts) > 1 and parts[1] in FLOORS else None


def is_test(path):
    return re.search(r"_(test|fuzz|bench)\.[ch]$", path.name) or path.parts[0] in ("tests", "tools")


def licence(sources, _):
    for path in sources:
        if "SPDX-License-Identifier: Apache-2.0" not in (ROOT / path).read_text(encoding="utf-8"):
            yield path, 1, "no licence line"


def calls(sources, _):
    for path in sources:
        for number, line in enumerate(lines_of(path), 1):
            for pattern, words in FORBIDDEN.items():
                if re.search(pattern, line):
                    yield path, number, words
            if re.search(r"(?<!_)\baccess\s*\(.*_OK\)", line) and not is_test(path):
                yield path, number, "access asks for the real user, not for the one whose rights we have: stat"
            if ALLOCATORS.search(line) and path.parts[:2] != ("src", "base") and not is_test(path):
                code = line.split("//")[0]
                if ALLOCATORS.search(code):
                    yield path, number, "memory belongs to an arena"


def sizes(sources, _):
    for path in sources:
        count = len(lines_of(path))
        if count > MAX_LINES and not is_test(path):
            yield path, count, f"more than {MAX_LINES} lines: look for the second subject"


def names(sources, every):
    seen = {}
    for path in sources:
        if path.suffix == ".h":
            if path.name in seen:
                yield path, 1, f"header name also at {seen[path.name]}"
            seen[path.name] = path
            text = (ROOT / path).read_text(encoding="utf-8")
            if "#pragma once" not in text:
                yield path, 1, "no #pragma once"
            if not text.startswith("//"):
                yield path, 1, "a header begins with its contract"
    for path in every:
        bad = BAD_FOLDERS.intersection(path.parts[:-1])
        if bad:
            yield path, 1, f"folder name says nothing: {', '.join(sorted(bad))}"


def floors(sources, _):
    headers = {p.name: p for p in sources if p.suffix == ".h"}
    for path in sources:
        mine = floor_of(path)
        for number, line in enumerate(lines_of(path), 1):
            found = re.match(r'\s*#include\s+(["<])([^">]+)[">]', line)
            if not found:
                continue
            name = found[2]
            if ".." in name:
                yield path, number, "a path in an include"
            target = headers.get(pathlib.PurePath(name).name)
            theirs = floor_of(target) if target and found[1] == '"' else None
            if mine is not None and theirs is not None:
                if theirs > mine:
                    yield path, number, f"{name} lies on a higher floor"
                if mine == theirs == FLOORS.index("programs") and path.parts[2] != target.parts[2]:
                    yield path, number, f"{name} belongs to another program"
            if mine == FLOORS.index("domain") and found[1] == "<" and not is_test(path) and name not in PURE_LIBC:
                yield path, number, f"<{name}> in a pure floor"
            if mine == FLOORS.index("domain") and name in ("clock.h", "logging.h") and not is_test(path):
                yield path, number, f"{name} in a pure floor"


# The texts of an error are what was read, numbers and escape sequences included.
def error_texts(sources, _):
    may = {"src/base/errors.c", "src/domain/outlet/outlet.c"}
    for path in sources:
        if is_test(path) or str(path) in may:
            continue
        for number, line in enumerate(lines_of(path), 1):
            if '#include "error_texts.h"' in line:
                yield path, number, "the texts of an error leave through outlet.h"


# A name may hold an Individual Number, or signs that move the terminal it is shown on.
def printed(sources, _):
    call = re.compile(r"\b(?:f?printf|f?puts|fwrite|json_dumpfd?)\s*\((?:[^;\"]|\"(?:[^\"\\]|\\.)*\")*;")
    for path in sources:
        if is_test(path) or path.parts[:2] not in {("src", "programs"), ("src", "office")} or path.name == "say.c":
            continue
        text = (ROOT / path).read_text(encoding="utf-8")
        for found in call.finditer(text):
            if re.search(r"%\.\*s|\bstr_z\b|^json_dump", found[0]):
                yield path, text.count("\n", 0, found.start()) + 1, "a text of others is printed: say, say_json"


# Whoever holds a bare digest of what holds an Individual Number tries all of them in a day. Files that may
# hold one are known by csv_index, which is keyed; here is why each of these may hash without a key.
BARE_HASHES = {
    "src/adapters/http/authority.c": "certificates",
    "src/adapters/text/output.c": "papers and lists: no number is printed on one",
    "src/adapters/print/certificate.c": "a paper: no number is printed on one",
    "src/adapters/print/sheet.c": "keyed: HMAC with the seed of a batch",
    "src/adapters/seal/sha256.c": "the digest itself",
    "src/adapters/seal/sign.c": "signatures",
    "src/adapters/store/store_copy.c": "compared in memory, table by table; it leaves under a key alone",
    "src/adapters/store/store_migrate.c": "our own SQL",
    "src/adapters/text/csv_list.c": "stays in memory; a record keeps it keyed (office/act/list_leave.c)",
    "src/adapters/web/web_server.c": "assets, which anybody may fetch",
    "src/programs/addressee/queries/consumer_rows.c": "an epoch, which is random, with names of items",
    "src/adapters/text/csv_source.c": "stays in memory; it leaves as csv_index alone",
    "src/office/act/backup_files.c": "keyed before it is written",
    "src/office/audit/tally.c": "rows, keyed before the digest is kept; and hashes of those digests",
    "src/office/audit/audit.c": "leaves, whose texts are masked; the chain over them is keyed",
    "src/programs/intermediate/jobs/answering.c": "permits and keys of one time, which are random",
    "src/programs/intermediate/jobs/asking.c": "permits and keys of one time, which are random",
    "src/programs/intermediate/jobs/copying.c": "a delivery, compared in memory; no number has a place in a copy",
    "src/programs/intermediate/queries/copy_record_rows.c": "items of copies, for the ledger that laid them down; no number has a place in one",
    "src/programs/ledger/sync/sync.c": "a cursor",
    "src/programs/network/core/core_keys.c": "names a public key",
    "src/programs/network/core/relaying.c": "public halves of one-time keys, as the permit has it",
    "src/programs/ledger/linkage/copies.c": "copies: both sides hash the same items, and neither has the other's key",
}


def bare_hashes(sources, _):
    used = set()
    for path in sources:
        if is_test(path) or path.suffix == ".h":
            continue
        for number, line in enumerate(lines_of(path), 1):
            if re.search(r"\b(sha256_(of|of_text|begin|file)|EVP_sha256)\s*\(", line):
                used.add(str(path))
                if str(path) not in BARE_HASHES:
                    yield path, number, "a bare SHA-256: may what it hashes hold an Individual Number, or a place that is hidden?"
    for path in BARE_HASHES.keys() - used:
        yield path, 1, "hashes nothing: take it off the list"


# A list of people leaves by list_leave.h, which takes its record first; what is written by anything else has none.
def lists(sources, _):
    for path in sources:
        office = path.parts[:2] == ("src", "office") and path.name != "list_leave.c"
        program = path.parts[:2] == ("src", "programs") and path.parts[2] in OFFICES
        if is_test(path) or path.suffix == ".h" or not (office or program):
            continue
        for number, line in enumerate(lines_of(path), 1):
            if re.search(r"\bcsv_(create|on_stream|commit\w*|list_leave)\s*\(", line):
                yield path, number, "a list without a record: list_begin, list_leave"
            if '#include "recorded_made.h"' in line and path.name != "act.c":
                yield path, number, "a record is made by act_record"
# Somebody may have laid a pipe or a device there: it would hold a program for ever.
def opened(sources, _):
    may = {"src/base/regular_file.c", "src/base/beside.c", "src/adapters/text/csv_write.c", "src/adapters/cdsi/cdsi_fixture.c",
           "src/adapters/print/papers_office.c"}  # the writer of lists asks first; fixtures of tests
    for path in sources:
        if is_test(path) or str(path) in may or path.parts[:3] == ("src", "programs", "city"):
            continue
        for number, line in enumerate(lines_of(path), 1):
            found = re.search(r"(?<![\w>.])(open|fopen|openat)\s*\(", line.split("//")[0])
            if found and not re.search(r"O_DIRECTORY|O_TMPFILE|O_NONBLOCK|\"/proc/|dirname\(", line):
                yield path, number, "may wait for ever: regular_file_open, regular_file_read"


def hardened(sources, _):
    """Every program hides its memory first: its main does, or hands over to what does."""
    for path in sources:
        text = (ROOT / path).read_text(encoding="utf-8")
        main = re.search(r"^int main\(.*?^}", text, re.M | re.S)
        if main and path.parts[0] == "src" and not is_test(path) and not re.search(r"\b(process_harden|program_main|office_main)\(", main[0]):
            yield path, text.count("\n", 0, main.start()) + 1, "a program that does not hide itself: process_harden"


def screens(sources, _):
    """Markup comes from compiled templates alone; the person of a session from signing in alone."""
    may = {"page_made.h": {"src/adapters/html/page.c"}, "actor_session.h": {"src/office/act/actor.c", "src/office/desk/session.c",
                                                                          "src/programs/ledger/orders/command_order.c"}}
    for path in sources:
        for number, line in enumerate(lines_of(path), 1):
            for header, files in may.items():
                if f'#include "{header}"' in line and str(path) not in files and not is_test(path):
                    yield path, number, f"{header} is not for everybody: write a template, ask the visit"


def dead_files(sources, every):
    built = "\n".join((ROOT / p).read_text(encoding="utf-8") for p in every if p.name == "meson.build")
    texts = {p: (ROOT / p).read_text(encoding="utf-8") for p in sources}
    for path in sources:
        # A loop in a meson.build names a test by its stem.
        stem = re.sub(r"_(test|fuzz)\.c$", "", path.name)
        if path.suffix == ".c" and path.name not in built and not re.search(rf"[/']{stem}'", built):
            yield path, 1, "no meson.build builds it"
        if path.suffix == ".h" and not any(f'"{path.name}"' in text for text in texts.values()):
            yield path, 1, "nobody includes it"


def empty_folders(_, every):
    for path in every:
        if path.name == "meson.build" and not (ROOT / path).read_text(encoding="utf-8").strip():
            yield path, 1, "an empty meson.build"


def own_words(_, every):
    for path in every:
        if path.suffix in (".c", ".h", ".sh", ".py", ".md", ".build", ".sql", ".json") and path.name != "tidy.py":
            for number, line in enumerate(lines_of(path), 1):
                if re.search(r"(?<![\w.])/(work|root|home)/\w", line):
                    yield path, number, "a path of one machine"


def doors(sources, _):
    """A door is made by the macros that prove its right; nothing below one sees a command line or the clock."""
    for path in sources:
        if is_test(path):
            continue
        program = path.parts[:2] == ("src", "programs") and path.parts[2] in OFFICES
        below = program and path.parts[3] not in ("commands", "jobs", "sync") and not path.name.startswith("command_")
        office = path.parts[:3] in {("src", "office", f) for f in ("audit", "queries", "staff")}
        for number, line in enumerate(lines_of(path), 1):
            if re.search(r"\bconst Door \w+ =\s*\{", line):
                yield path, number, "a door without the macro that proves its right"
            if (below or office) and re.search(r"\bCommandLine\b", line):
                yield path, number, "a command line below a door"
            if (program or office) and re.search(r"\bclock_(now|today_in_japan)\s*\(", line):
                yield path, number, "the clock is an argument: act->now"


def sql(sources, _):
    """A program's SQL stands in its *_rows.c, or in a folder of queries."""
    for path in sources:
        if is_test(path) or path.suffix != ".c" or path.parts[:2] != ("src", "programs"):
            continue
        if path.stem.endswith("_rows") or path.parts[3] == "queries":
            continue
        for number, line in enumerate(lines_of(path), 1):
            if re.search(r'"\s*(INSERT INTO|SELECT|UPDATE|DELETE FROM) ', line):
                yield path, number, "SQL outside *_rows.c"


def cited_pages(every):
    """Name of a page -> numbers of its sections; the rows of the controls."""
    pages, rows = {}, set()
    for path in every:
        if path.suffix != ".md" or path.parts[0] != "docs" or path.parts[1] == "decisions":
            continue
        text = (ROOT / path).read_text(encoding="utf-8")
        pages[path.name] = set(re.findall(r"^#{2,3} (\d+(?:\.\d+[a-z]?)?)\b", text, re.M))
        if path.name == "controls.md":
            rows = set(re.findall(r"^\| ([A-Z]-[\d.]+(?:-\d+)?[a-z]?) \|", text, re.M))
    return pages, rows


def citations(_, every):
    """A comment that cites a page of ours cites one that is there, and a section of it."""
    pages, rows = cited_pages(every)
    kinds = (".c", ".h", ".py", ".sql", ".sh", ".md", ".json")
    for path in every:
        if path.suffix not in kinds or path.name == "tidy.py" or path.parts[:2] == ("docs", "law"):
            continue
        for number, line in enumerate(lines_of(path), 1):
            for page, section in re.findall(r"(?<![\w./-])([a-z-]+\.md)(?: (\d+(?:\.\d+[a-z]?)?))?(?![\w.]*\.md)", line):
                if page not in pages:
                    yield path, number, f"{page} is no page of docs"
                elif section and section not in pages[page]:
                    yield path, number, f"{page} has no section {section}"
            for row in re.findall(r"(?<![\w-])([CFLVD]-\d(?:\.\d)?-\d+)(?![\w-])", line):
                if row not in rows:
                    yield path, number, f"{row} is no row of controls.md"


def codes_of(page):
    """The codes that stand at the head of a page's rows; R101-R106 are six."""
    codes = set()
    for line in lines_of(pathlib.Path(page)):
        head = line.split("|")[1] if line.startswith("| ") else ""
        codes |= set(re.findall(r"`(E_[A-Z_]+)`", head))
        for first, last in re.findall(r"([RVWDP]\d{3})(?:-[RVWDP](\d{3}))?", head):
            codes |= {f"{first[0]}{n:03d}" for n in range(int(first[1:]), int(last or first[1:]) + 1)}
    return codes


def error_pages(*_):
    """A code is explained in both languages."""
    english, japanese = codes_of("docs/errors.md"), codes_of("docs/ja/errors.md")
    for code in sorted(english ^ japanese):
        yield pathlib.Path("docs/ja/errors.md" if code in english else "docs/errors.md"), 1, f"{code} is not explained here"


# Every list: which heads it has, which codes stand in it, and what a spreadsheet shows in place of them.
LIST_HEADS = re.compile(r"const char \*const (?:\w*names|heads|intake_outcome_items)\[\] = \{(.*?)\};", re.S)
LIST_WORDS = re.compile(r"const List(?:Column|Code) \w+\[\] = \{(.*?)\};", re.S)


def list_page(sources, _):
    """Every column and every code of a list is explained for clerks, with its words."""
    page = pathlib.Path("docs/ja/lists.md")
    text = (ROOT / page).read_text(encoding="utf-8")
    for path in sources:
        source = (ROOT / path).read_text(encoding="utf-8")
        lists = re.search(r'#include "(list_leave|list_print|list_columns|error_csv|csv_write)\.h"', source)
        if is_test(path) or path.parts[:3] == ("src", "programs", "city") or not lists:
            continue
        for body in LIST_HEADS.findall(source):
            for name in re.findall(r'"([^"]+)"', body):
                if f"`{name}`" not in text:
                    yield page, 1, f"the column {name} of {path} is not explained"
        for body in LIST_WORDS.findall(source):
            for name, words in re.findall(r'\{"([^"]+)",\s*"([^"]+)"', body):
                if name != words and f"| `{name}` | {words} |" not in text and f"`{name}` ({words})" not in text:
                    yield page, 1, f"{name} is shown as {words} by {path}, and not here"
    common = json.loads((ROOT / "rules/jp/_common.json").read_text(encoding="utf-8"))
    shown = {code: reason["label"] for code, reason in common["reasons"].items()}
    for path in (ROOT / "rules/jp").glob("*.json"):
        groups = json.loads(path.read_text(encoding="utf-8")).get("groups", [])
        shown.update((group["group"], group["name"]) for group in groups)
    for code, words in shown.items():
        if f"| `{code}` | {words} |" not in text:
            yield page, 1, f"{code} ({words}) of rules/jp is not explained"


def vaccine_page(*_):
    """Every product and every way to write it that the reader knows is told to senders."""
    page = pathlib.Path("docs/ja/files.md")
    rows = {row.split("`")[1]: row for row in (ROOT / page).read_text(encoding="utf-8").split("\n") if row.startswith("| `")}
    common = json.loads((ROOT / "rules/jp/_common.json").read_text(encoding="utf-8"))
    for product, facts in common["products"].items():
        brands = [b if isinstance(b, str) else b["brand"] for b in facts.get("brands", [])]
        for name in [facts["name"], *brands]:
            if name not in rows.get(product, ""):
                yield page, 1, f"{product} is also written {name}, and senders are not told"


def avoided(sources, every):
    """One thing has one word for people: the table of the glossary."""
    table = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").partition("## Words we avoid")[2]
    words = re.findall(r"^\| (\S+) \| (\S+) \|", table, re.M)
    shown = [p for p in every if p.parts[:2] == ("docs", "ja") or p.suffix == ".html" and p.parts[0] == "src"]
    for path in shown + [p for p in sources if not is_test(p)]:
        text = (ROOT / path).read_text(encoding="utf-8")
        for word, instead in words:
            if word in text:
                yield path, text[:text.index(word)].count("\n") + 1, f"{word}: we say {instead} (docs/glossary.md)"


def proofs(_, every):
    """docs/security.md names tests that are there."""
    page = pathlib.Path("docs/security.md")
    for number, line in enumerate(lines_of(page), 1):
        for found in re.finditer(r"`([\w/.]+): (\w+)`", line):
            path = ROOT / found[1]
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            if not re.search(rf"\b(def {found[2]}\(|static void {found[2]}\()", text):
                yield page, number, f"no such test: {found[1]}: {found[2]}"


def sealed(sources, _):
    """What is sealed can be sealed anew: its file also writes the column for `keys reseal`."""
    for path in sources:
        if is_test(path):
            continue
        text = (ROOT / path).read_text(encoding="utf-8")
        for found in re.finditer(r'\(SealPlace\)\{S\("(\w+)"\), S\("(\w+)"\)', text):
            if f"UPDATE {found[1]} SET {found[2]} = $2" not in text or "const SealedColumn " not in text:
                yield path, text.count("\n", 0, found.start()) + 1, f"{found[1]}.{found[2]} is sealed and no SealedColumn"


OFFICE_SCREENS = "src/office/pages/office_routes.h"  # of every program with screens
SCREENS = {"tests/house/screen_rights.txt": "src/programs/ledger/pages/ledger_routes.h",
           "tests/house/screen_rights_addressee.txt": "src/programs/addressee/pages/addressee_routes.h",
           "tests/house/screen_rights_intermediate.txt": "src/programs/intermediate/pages/intermediate_routes.h",
           "tests/house/screen_rights_network.txt": "src/programs/network/pages/network_routes.h",
           "tests/house/screen_rights_unified.txt": "src/programs/unified/pages/unified_routes.h"}


def screen_rights(*_):
    """A page or form of the screens has its line in the table of its program that was written by hand."""
    for page, own in SCREENS.items():
        lines = {tuple(line.split()[:2]) for line in lines_of(pathlib.PurePath(page)) if line and not line.startswith("#")}
        for header in (pathlib.PurePath(OFFICE_SCREENS), pathlib.PurePath(own)):
            text = re.sub(r"\\\n\s*", " ", (ROOT / header).read_text(encoding="utf-8"))
            routes = set(re.findall(r'X\(\w+, (GET|POST),\s+"([^"]+)"', text))
            for method, path in sorted(routes - lines):
                yield header, 1, f"{method} {path} has no line in {page}"


def law_ids():
    """Every product, series and reason of rules/jp. Ids of one letter are letters."""
    ids = {}
    for path in sorted((ROOT / "rules/jp").glob("*.json")):
        rules = json.loads(path.read_text(encoding="utf-8"))
        ids.update(dict.fromkeys(rules.get("products", {}), "product"))
        ids.update(dict.fromkeys(rules.get("reasons", {}), "reason"))
        ids.update((group["group"], "series") for group in rules.get("groups", []))
    return {name: kind for name, kind in ids.items() if len(name) > 1}


def law_words(sources, _):
    """The law is data: no source knows a product, a series or a reason by its name."""
    ids = law_ids()
    for path in sources:
        if path.suffix != ".c" or path.parts[0] != "src" or is_test(path):
            continue
        for number, line in enumerate(lines_of(path), 1):
            for text in re.findall(r'"((?:[^"\\]|\\.)*)"', line.split("//")[0]):
                for word in re.findall(r"[A-Z][A-Z0-9_]*(?:-[A-Z0-9]+)*", text):
                    if word in ids:
                        yield path, number, f"names the {ids[word]} {word} of rules/jp"


RULES = [
    licence,
    calls,
    sizes,
    names,
    floors,
    error_texts,
    printed,
    bare_hashes,
    opened,
    lists,
    hardened,
    screens,
    dead_files,
    empty_folders,
    own_words,
    doors,
    sql,
    error_pages,
    list_page,
    vaccine_page,
    avoided,
    citations,
    proofs,
    sealed,
    screen_rights,
    law_words,
]


def main():
    every = tracked()
    sources = [p for p in every if p.suffix in (".c", ".h")]
    excused = {}
    exceptions = ROOT / "tests/house/exceptions.txt"
    for line in exceptions.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            rule, path, reason = line.split(maxsplit=2)
            excused[rule, path] = reason
    used, bad = set(), 0
    for rule in RULES:
        for path, number, words in rule(sources, every):
            key = (rule.__name__, str(path))
            if key in excused:
                used.add(key)
                continue
            print(f"{path}:{number}: {rule.__name__}: {words}")
            bad += 1
    for rule, path in excused.keys() - used:
        print(f"tests/house/exceptions.txt: {rule} {path}: excuses nothing, delete it")
        bad += 1
    print(f"{len(sources)} sources, {bad} untidy")
    return 1 if bad else 0


sys.exit(main())
