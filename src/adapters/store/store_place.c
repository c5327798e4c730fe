// Where a program keeps its rows, and making that place on PostgreSQL.
// SPDX-License-Identifier: Apache-2.0
#include "store_postgresql.h"

#include "logging.h"
#include "regular_file.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PASSWORD_BYTES = 24, PASSWORD_SIZE = 2 * PASSWORD_BYTES + 1 };

bool pg_is_url(Str base_url)
{
    return str_starts(base_url, S("postgresql://")) || str_starts(base_url, S("postgres://"));
}

const char *pg_place_name(Str program, Arena *arena)
{
    for (ptrdiff_t i = 0; i < program.len; i++)
        assert((program.at[i] >= 'a' && program.at[i] <= 'z') || program.at[i] == '_');
    return str_z(arena, str_join(arena, S("sesshu_"), program));
}

static const char *pgpass_path(Str data_dir, Str program, Arena *arena)
{
    return str_z(arena, str_format(arena, "%.*s/keys/%.*s.pgpass", STR(data_dir), STR(program)));
}

bool store_password_there(Str data_dir, Str program, Arena scratch)
{
    struct stat about;
    return stat(pgpass_path(data_dir, program, &scratch), &about) == 0;
}

static void add_option(Text *url, Arena *arena, const char *name, const char *value)
{
    text_addf(url, arena, "%c%s=", str_find(text_str(url), S("?")) < 0 ? '?' : '&', name);
    for (const char *c = value; *c; c++) {
        if (isalnum((unsigned char)*c) || strchr("-_.~", *c))
            text_add_byte(url, arena, *c);
        else
            text_addf(url, arena, "%%%02X", (unsigned char)*c);
    }
}

static bool is_replaced(const char *name)
{
    return !strcmp(name, "user") || !strcmp(name, "password") || !strcmp(name, "dbname") ||
           !strcmp(name, "passfile");
}

static Str postgresql_url(Str data_dir, Str base_url, Str program, Arena *arena)
{
    PQconninfoOption *options = PQconninfoParse(str_z(arena, base_url), NULL);
    if (!options) return base_url;  // store_open will say that it cannot be read
    Text url = {0};
    text_add(&url, arena, S("postgresql://"));
    for (const PQconninfoOption *o = options; o->keyword; o++)
        if (o->val && !is_replaced(o->keyword)) add_option(&url, arena, o->keyword, o->val);
    PQconninfoFree(options);
    const char *name = pg_place_name(program, arena);
    add_option(&url, arena, "user", name);
    add_option(&url, arena, "dbname", name);
    add_option(&url, arena, "passfile", pgpass_path(data_dir, program, arena));
    return text_str(&url);
}

static const char *option_of(const PQconninfoOption *options, const char *name)
{
    for (const PQconninfoOption *o = options; o->keyword; o++)
        if (!strcmp(o->keyword, name)) return o->val ? o->val : "";
    return "";
}

// A socket of this machine, or its loopback. Of several hosts each must be.
static bool is_near(Str hosts)
{
    for (Cut cut = {.tail = hosts, .found = true}; cut.found;) {
        cut = str_cut(cut.tail, ',');
        bool near = !cut.head.len || cut.head.at[0] == '/' || str_starts(cut.head, S("127.")) ||
                    str_equal(cut.head, S("::1")) || str_equal(cut.head, S("localhost"));
        if (!near) return false;
    }
    return true;
}

static bool options_check(const PQconninfoOption *options, Error *err)
{
    if (*option_of(options, "password"))
        return FAIL(
            err, E_USAGE, .item = S("--store"),
            .words =
                S("データベースの指定に合言葉 (パスワード) を書かないでください。ほかの利用者に"
                  "見えます。PGPASSFILE のファイルか、ソケットを使ってください。"));
    if (*option_of(options, "service"))
        return FAIL(
            err, E_USAGE, .item = S("--store"),
            .words = S("データベースの指定に service を書かないでください。どのサーバーにつなぐかが"
                       "見えません。ホストとデータベースの名前で指定してください。"));
    Str host = str_of(option_of(options, "host")), address = str_of(option_of(options, "hostaddr"));
    bool near = is_near(host) && is_near(address);
    if (near || !strcmp(option_of(options, "sslmode"), "verify-full")) return true;
    return FAIL(err, E_USAGE, .item = S("--store"),
                .words = S("ほかの計算機の PostgreSQL には sslmode=verify-full を指定してください "
                           "(postgresql://…?sslmode=verify-full&sslrootcert=…)。"));
}

bool store_url_check(Str base_url, Arena scratch, Error *err)
{
    if (!pg_is_url(base_url)) return true;
    PQconninfoOption *options = PQconninfoParse(str_z(&scratch, base_url), NULL);
    if (!options)
        return FAIL(err, E_USAGE, .item = S("--store"),
                    .words = S("データベースの場所として読めません。"
                               "postgresql://役割@ホスト/データベース の形で指定してください。"));
    bool good = options_check(options, err);
    PQconninfoFree(options);
    return good;
}

Str store_url_for(Str data_dir, Str base_url, Str program, Arena *arena)
{
    if (pg_is_url(base_url)) return postgresql_url(data_dir, base_url, program, arena);
    if (str_present(base_url) && !str_equal(base_url, S("sqlite"))) return base_url;
    return str_format(arena, "sqlite:%.*s/%.*s.db", STR(data_dir), STR(program));
}

Str store_looks_url(Str url, Arena *arena)
{
    Text looks = {0};
    Str end = S(".db");
    if (!pg_is_url(url)) {
        if (str_ends(url, end)) url = str_first(url, url.len - end.len);
        return str_join(arena, url, S("-looks.db"));
    }
    text_add(&looks, arena, url);
    add_option(&looks, arena, "options", "-csearch_path=looks");
    return text_str(&looks);
}

static const char looks_there_sql[] =
    "SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = 'looks'";

bool store_looks_provide(Store *store, Error *err)
{
    if (!store_is_postgresql(store)) return true;
    Query *q = query_begin(store, looks_there_sql, err);
    if (!q) return false;
    bool there = query_next(q) && column_int64(q, 0) == 1;
    if (!query_end(q, err) || there) return there;
    return store_begin(store, err) && store_execute(store, "CREATE SCHEMA looks", err) &&
           store_commit(store, err);
}

bool pg_ran(PGconn *link, Str sql, Arena scratch)
{
    PGresult *result = PQexec(link, str_z(&scratch, sql));
    ExecStatusType status = PQresultStatus(result);
    bool fine = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!fine) {
        const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        log_line(LOG_WARN, "event=store_provide_failed state=%s", state ? state : "none");
    }
    PQclear(result);
    return fine;
}

static bool is_there(PGconn *link, const char *sql, const char *name)
{
    PGresult *result = PQexecParams(link, sql, 1, NULL, &name, NULL, NULL, 0);
    bool there = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1;
    PQclear(result);
    return there;
}

static bool password_made(char password[PASSWORD_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[PASSWORD_BYTES];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) return false;
    for (int i = 0; i < PASSWORD_BYTES; i++) {
        password[2 * i] = digits[bytes[i] >> 4];
        password[2 * i + 1] = digits[bytes[i] & 15];
    }
    password[PASSWORD_SIZE - 1] = '\0';
    explicit_bzero(bytes, sizeof bytes);
    return true;
}

// libpq's own format, so that libpq finds it: host:port:database:user:password.
static bool password_kept(Str data_dir, Str program, const char *name, const char *password,
                          Arena scratch)
{
    const char *folder = str_z(&scratch, str_format(&scratch, "%.*s/keys", STR(data_dir)));
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) return false;
    int file = regular_file_open(pgpass_path(data_dir, program, &scratch),
                                 O_WRONLY | O_CREAT | O_NOFOLLOW, 0600);
    if (file < 0) return false;
    Str line = str_format(&scratch, "*:*:%s:%s:%s\n", name, name, password);
    bool kept = ftruncate(file, 0) == 0 &&
                write(file, line.at, (size_t)line.len) == (ssize_t)line.len && fsync(file) == 0;
    explicit_bzero((void *)(uintptr_t)line.at, (size_t)line.len);
    return close(file) == 0 && kept;
}

// The server gets the password's verifier only; what it logs is worth nothing.
static bool role_made(PGconn *link, const char *how, const char *name, const char *password, Arena scratch)
{
    char *verifier = PQencryptPasswordConn(link, password, name, "scram-sha-256");
    if (!verifier) return false;
    Str sql = str_format(&scratch, "%s ROLE %s LOGIN PASSWORD '%s'", how, name, verifier);
    PQfreemem(verifier);
    return pg_ran(link, sql, scratch);
}

// Text sorts by its bytes, as on SQLite. It belongs to who makes it: the owner of a database can drop
// every table in it.
static bool database_made(PGconn *link, const char *name, Arena scratch)
{
    Str sql = str_format(&scratch,
                         "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'"
                         " LC_COLLATE 'C' LC_CTYPE 'C'",
                         name);
    return pg_ran(link, sql, scratch);
}

// Nobody else's role comes in.
bool pg_place_opened(PGconn *link, Str base_url, const char *name, Arena scratch)
{
    Str database = str_format(&scratch,
                              "REVOKE ALL ON DATABASE %s FROM PUBLIC, %s;"
                              "GRANT CONNECT ON DATABASE %s TO %s",
                              name, name, name, name);
    Str schema = str_format(&scratch,
                            "ALTER SCHEMA public OWNER TO pg_database_owner;"
                            "REVOKE CREATE ON SCHEMA public FROM PUBLIC;"
                            "GRANT USAGE, CREATE ON SCHEMA public TO %s;"
                            "CREATE SCHEMA IF NOT EXISTS looks;"
                            "GRANT USAGE, CREATE ON SCHEMA looks TO %s",
                            name, name);
    PGconn *inside = pg_connected(base_url, name, scratch);
    bool opened = inside && pg_ran(inside, schema, scratch) && pg_ran(link, database, scratch);
    PQfinish(inside);
    return opened;
}

static bool refuse(Error *err, Str words)
{
    return FAIL(err, E_STORE, .item = S("--store"), .words = words);
}

static const char no_server[] =
    "PostgreSQL につながりません。--store の指定とサーバーの状態を確かめてください。";

// Somebody's office lies there, or what is left of one.
static Str password_unknown(const char *name, Str data_dir, Str program, Arena *arena)
{
    return str_format(arena,
                      "データベース %s はもうサーバーにありますが、そのパスワード (%s) がここにありません。ほかの置き場所の業務の"
                      "ものでないことを確かめてください。失った業務を控えから戻すときは、DROP DATABASE %s; で消してから、もう一度"
                      "実行してください。",
                      name, pgpass_path(data_dir, program, arena), name);
}

static bool place_made(PGconn *link, Str data_dir, Str base_url, Str program,
                       char password[PASSWORD_SIZE], Arena scratch, Error *err)
{
    const char *name = pg_place_name(program, &scratch);
    // Two programs that begin at once make it once; the lock goes with the connection.
    if (!pg_ran(link, S("SELECT pg_advisory_lock(5310)"), scratch))
        return refuse(err, str_of(no_server));
    bool role = is_there(link, "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = $1", name);
    bool data = is_there(link, "SELECT 1 FROM pg_catalog.pg_database WHERE datname = $1", name);
    bool known = store_password_there(data_dir, program, scratch);
    if (role && data && !known) return refuse(err, password_unknown(name, data_dir, program, &scratch));
    // Written before the role is made: a role whose password nobody knows would be in the way. One without a database
    // is left of an office that is lost.
    bool fresh = !role || !known;
    if (fresh && (!password_made(password) || !password_kept(data_dir, program, name, password, scratch)))
        return refuse(
            err, S("データベースのパスワードを置き場所に書けません。権限を確かめてください。"));
    if (fresh && !role_made(link, role ? "ALTER" : "CREATE", name, password, scratch))
        return refuse(err,
                      S("データベースの役割を作れません。指定した役割に CREATEROLE を与えるか、"
                        "役割 sesshu_… を作ってください。"));
    if (!data && !database_made(link, name, scratch))
        return refuse(err, S("データベースを作れません。指定した役割に CREATEDB を与えるか、"
                             "データベース sesshu_… を作ってください。"));
    // One that was there may be another's, who opened it himself; signing in tells.
    (void)pg_place_opened(link, base_url, name, scratch);
    return true;
}

static bool provided_by(PGconn *link, Str data_dir, Str base_url, Str program, Arena scratch,
                        Error *err)
{
    char password[PASSWORD_SIZE] = "";
    bool made = place_made(link, data_dir, base_url, program, password, scratch, err);
    explicit_bzero(password, sizeof password);
    return made;
}

bool store_there(Str url, Arena scratch)
{
    struct stat status;
    if (!pg_is_url(url))
        return stat(str_z(&scratch, str_from(url, S("sqlite:").len)), &status) == 0 &&
               (!S_ISREG(status.st_mode) || status.st_size > 0);
    PGconn *link = pg_connected(url, NULL, scratch);
    PQfinish(link);
    return link != NULL;
}

Str store_refusal(Str url, Arena *arena)
{
    bool no_database;
    if (!pg_is_url(url) || store_there(url, *arena)) return (Str){0};
    Str words = pg_refusal(url, &no_database, arena);
    return no_database ? (Str){0} : words;
}

bool store_provide(Str data_dir, Str base_url, Str program, Arena scratch, Error *err)
{
    if (!pg_is_url(base_url)) return true;
    Str url = store_url_for(data_dir, base_url, program, &scratch);
    PGconn *link = pg_connected(url, NULL, scratch);
    if (!link) {
        PGconn *base = pg_connected(base_url, NULL, scratch);
        bool no_database;
        if (!base) return refuse(err, pg_refusal(base_url, &no_database, &scratch));
        bool provided = provided_by(base, data_dir, base_url, program, scratch, err);
        PQfinish(base);
        if (!provided) return false;
        link = pg_connected(url, NULL, scratch);
    }
    if (!link)
        return refuse(
            err,
            S("役割 sesshu_… で PostgreSQL に入れません。環境変数 PGPASSWORD があれば外してください。"
              "それでも同じなら、keys の下の .pgpass を控えから戻してください。"));
    PQfinish(link);
    return true;
}
