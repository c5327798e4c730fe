// An office carried from one database to another, whole or not at all.
//
// The source is closed to all others while it is read. The target holds everything, is read back and says
// that it is still arriving; then the source says that it has moved; then the target has arrived. Killed in
// between, at most one of the two can be opened, and the same command again ends the move.
// SPDX-License-Identifier: Apache-2.0
#include "audit_rows.h"
#include "office_main.h"
#include "say.h"
#include "staff_rows.h"
#include "store_copy.h"

#include <stdio.h>

typedef struct Move {
    Act *act;
    Str base_url, url;  // of the target: as typed, and this program's own
    OfficeRows to;
    TablesHeld carried;
    Arena *arena;
} Move;

static bool same_place(const Move *m, Error *err)
{
    return !str_equal(m->url, m->act->office->store_url) ||
           FAIL(err, E_USAGE, .item = S("--to"),
                .words = S("いまのデータベースと同じ場所です。移す先を指定してください。"));
}

static bool setting_there(const Move *m, Store *store, const char *name, bool *there, Error *err)
{
    Str value;
    if (!office_setting_read(store, str_of(name), m->arena, &value, err)) return false;
    *there = str_present(value);
    return true;
}

static bool target_free(const Move *m, Error *err)
{
    bool keys, arriving, looked;
    if (!setting_there(m, m->to.rows, "keys", &keys, err) ||
        !setting_there(m, m->to.rows, OFFICE_ARRIVING, &arriving, err) ||
        !office_rows_looked(&m->to, &looked, err))
        return false;
    if (!keys && !looked) return true;
    arriving |= !keys;
    return FAIL(err, E_CONFLICT, .item = S("--to"),
                .words = arriving ? S("移す先のデータベースに、途中で終わった写しがあります。その"
                                      "データベースを消してから、もう一度実行してください。")
                                  : S("移す先のデータベースには、すでに業務のデータがあります。要ら"
                                      "ないものであることを確かめて消してから、もう一度実行して"
                                      "ください。"));
}

static bool proven(const Move *m, Error *err)
{
    TablesHeld there;
    if (!office_rows_held(&m->to, m->arena, &there, err)) return false;
    Str differs = tables_differ(&m->carried, &there);
    return !str_present(differs) ||
           FAIL(err, E_STORE, .item = differs,
                .words = S("移した先の内容が元と同じになりません。元のデータベースはそのままです。"
                           "管理者に知らせてください。"));
}

// In both writing turns of the source, so that no look is recorded where nobody will read it.
static bool carry(Move *m, Error *err)
{
    Act *act = m->act;
    const OfficeRows from = {act->store, act->office->looks->store};
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.detail = store_is_postgresql(m->to.rows) ? S("postgresql") : S("sqlite");
    bool carried =
        act_begin(act, err) && office_setting_add(from.rows, S(OFFICE_MOVED), leaf.detail, err) &&
        act_record(act, &leaf, err) && store_begin(from.looks, err) &&
        office_rows_begin(&m->to, err) && target_free(m, err) &&
        office_rows_copy(&from, &m->to, m->arena, &m->carried, err) && proven(m, err) &&
        office_setting_remove(m->to.rows, S(OFFICE_MOVED), err) &&
        office_setting_add(m->to.rows, S(OFFICE_ARRIVING), S("move"), err) &&
        office_rows_commit(&m->to, err) && office_rows_commit(&from, err);
    if (!carried) office_rows_rollback(&from);
    return carried;
}

static bool arrived(const Move *m, Error *err)
{
    Str program = str_of(m->act->office->program->name);
    Store *to = m->to.rows;
    if (!store_begin(to, err) || !office_setting_remove(to, S(OFFICE_ARRIVING), err) ||
        !store_commit(to, err))
        return false;
    office_trail_keep(m->base_url, program, *m->arena);  // audit verify tells
    return true;
}

static void told(const Move *m)
{
    int64_t rows = 0;
    const Office *office = m->act->office;
    if (!m->carried.count) {
        say(stdout, "%s: データはもう移してあります。--store に移した先を指定してください。\n",
            office->program->name);
        return;
    }
    VEC_EACH (const TableHeld, table, m->carried) rows += table->rows;
    say(stdout,
        "%s: %td の表の %lld 行を %s に移し、元と同じであることを確かめました。これからは --store "
        "(または SESSHU_STORE) に移した先を指定してください。元のデータベースはもう開けません。"
        "控えを取ってから消してください。\n",
        office->program->name, m->carried.count, (long long)rows,
        store_is_postgresql(m->to.rows) ? "PostgreSQL" : "SQLite");
}

// A store calls the option that names it --store; here it was --to.
static bool place_opened(Move *m, Error *err)
{
    const OfficePlace there = {m->act->office->data_dir, m->base_url};
    if (office_rows_place(&there, m->act->office->program, m->arena, &m->to, err)) return true;
    error_set_item(err, S("--to"));
    return false;
}

static bool move(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Str program = str_of(act->office->program->name), base_url = option_text(line, "to");
    Move m = {.act = act,
              .base_url = base_url,
              .url = store_url_for(act->office->data_dir, base_url, program, arena),
              .arena = arena};
    (void)status;
    bool gone = false;
    bool done = same_place(&m, err) && setting_there(&m, act->store, OFFICE_MOVED, &gone, err) &&
                place_opened(&m, err) && (gone || carry(&m, err)) && arrived(&m, err);
    if (done) told(&m);
    office_rows_close(&m.to);
    return done;
}

static const Option options[] = {
    {OPTION_PLACE, "to", "URL", "移す先: postgresql://管理者@ホスト/データベース か sqlite", false,
     true},
    {.kind = OPTION_END},
};

const Door office_move = COMMAND(
    "move", "office", DUTY_ADMIN, AUDIT_CHANGE, ALONE, move, .arguments = "", .options = options,
    .words = "データをほかのデータベース (PostgreSQL、SQLite) に移します");
