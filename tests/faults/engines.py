"""Where the office under test keeps its rows: copies of it, and what a reader sees of them.

SPDX-License-Identifier: Apache-2.0
"""
import re
import shutil
import sqlite3
import subprocess

PROGRAMS = ("ledger", "addressee")
# Bookkeeping that honestly differs between a run and a repeated run.
OWN_TABLES = re.compile(r"^(audit|job|schema_migration|sqlite_|standing)")  # standing: may be thrown away (0080)
OWN_COLUMNS = re.compile(r"(_at$|^known_from$|^known_to$|^hash$|^audit|leaf|^job|sealed|nonce|^individual_no|^epoch$|_record$|^record_no$|^page_id$)")


def shown(columns):
    return ", ".join(f'"{c}"' for c in columns if not OWN_COLUMNS.search(c)) or "1"


class Sqlite:
    """An office is its folder."""
    store, shim = [], {}
    kinds = ("kill", "full", "read")
    letter_points = 24  # from the last draft to the last name

    def copy(self, source, target, program=None):
        shutil.copytree(source, target)

    def keep(self, data):
        pass

    def forget(self):
        pass

    def settled(self, program):
        pass

    def settings(self, data, program):
        """The names of what a founded office knows of itself; none where there is no office yet."""
        try:
            return {name for (name,) in self.rows(data, program, "SELECT name FROM office_setting")}
        except sqlite3.OperationalError:
            return set()

    def rows(self, data, program, sql):
        db = sqlite3.connect(f"file:{data}/{program}.db?mode=ro", uri=True)
        try:
            return db.execute(sql).fetchall()
        finally:
            db.close()

    def picture(self, data, ignored):
        seen = {}
        for path in sorted(data.glob("*.db")):
            db = sqlite3.connect(path)
            for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
                if OWN_TABLES.match(table) or ignored and ignored.match(table):
                    continue
                columns = shown(c[1] for c in db.execute(f'PRAGMA table_info("{table}")'))
                seen[path.name, table] = sorted(map(repr, db.execute(f'SELECT {columns} FROM "{table}"')))
            if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                seen[path.name, "integrity"] = ["broken"]
            db.close()
        return seen


class Postgresql:
    """An office is its folder and two databases, which have one name wherever the folder lies: a copy of them is
    kept under the folder's name, and taken out for whoever is at work."""
    kinds = ("kill", "lost", "full")
    letter_points = 4
    ended = ("DO $$ BEGIN WHILE EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND"
             " pid <> pg_backend_pid() AND backend_type = 'client backend') LOOP PERFORM pg_sleep(0.005);"
             " PERFORM pg_stat_clear_snapshot(); END LOOP; END $$;\n")

    def __init__(self, url):
        self.url = url
        self.store = ["--store", url]
        self.shim = {"SESSHU_FAULT_SERVER": re.search(r":(\d+)/", url).group(1)}
        self.tables, self.kept = {}, set()

    def psql(self, database, script):
        done = subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", self.url.rsplit("/", 1)[0] + "/" + database],
                              input=script, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def made(self, source, target, program):
        self.psql("postgres", f"DROP DATABASE IF EXISTS {target}_{program} WITH (FORCE);\n"
                              f"CREATE DATABASE {target}_{program} TEMPLATE {source}_{program};\n"
                              f"REVOKE ALL ON DATABASE {target}_{program} FROM PUBLIC;\n"
                              f"GRANT CONNECT ON DATABASE {target}_{program} TO sesshu_{program};\n")

    def is_there(self, name, program):
        return self.psql("postgres", f"SELECT 1 FROM pg_database WHERE datname = '{name}_{program}'") != ""

    def copy(self, source, target, program=None):
        """`program`: only this one works on the copy; the other may be at work."""
        shutil.copytree(source, target)
        for name in [program] if program else PROGRAMS:
            if self.is_there(source.name, name):
                self.made(source.name, "sesshu", name)
            else:
                self.dropped("sesshu", name)

    def dropped(self, name, program):
        self.psql("postgres", f"DROP DATABASE IF EXISTS {name}_{program} WITH (FORCE);\n"
                              + (f"DROP ROLE IF EXISTS sesshu_{program};\n" if name == "sesshu" else ""))

    def keep(self, data):
        """What was done to it since it was copied."""
        self.kept.add(data.name)
        for program in PROGRAMS:
            self.settled(program)
            self.made("sesshu", data.name, program)

    def forget(self):
        for program in PROGRAMS:
            for name in sorted(self.kept) + ["sesshu"]:
                self.dropped(name, program)
        self.kept.clear()

    def settled(self, program):
        """The server has noticed who is gone."""
        if self.is_there("sesshu", program):
            self.psql(f"sesshu_{program}", self.ended)

    def settings(self, data, program):
        asked = "SELECT to_regclass('public.office_setting') IS NOT NULL AS there \\gset\n\\if :there\nSELECT name FROM office_setting;\n\\endif\n"
        return set(self.psql(f"sesshu_{program}", asked).splitlines()) if self.is_there("sesshu", program) else set()

    def rows(self, data, program, sql):
        return [tuple(line.split("|")) for line in self.psql(f"sesshu_{program}", sql).splitlines()]

    def tables_of(self, program):
        if program not in self.tables:
            columns = {}
            for table, column in self.rows(None, program, "SELECT table_name, column_name FROM information_schema.columns"
                                           " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"):
                columns.setdefault(table, []).append(column)
            self.tables[program] = columns
        return self.tables[program]

    def picture(self, data, ignored):
        seen = {}
        for program in PROGRAMS:
            if not self.is_there("sesshu", program):
                continue
            asked = {t: c for t, c in self.tables_of(program).items() if not OWN_TABLES.match(t) and not (ignored and ignored.match(t))}
            said = self.psql(f"sesshu_{program}", "".join(f'\\echo @@{t}\nSELECT {shown(c)} FROM "{t}";\n' for t, c in asked.items()))
            for part in said.split("@@")[1:]:
                table, _, rows = part.partition("\n")
                seen[program, table] = sorted(rows.splitlines())
        return seen
