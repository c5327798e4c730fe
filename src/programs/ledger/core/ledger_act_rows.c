// SPDX-License-Identifier: Apache-2.0
#include "ledger_act_rows.h"

#include <assert.h>

#include "counter_rows.h"
#include "outlet.h"

enum { REASON_BYTES = 1 << 20 };  // a path, changed a few times

static const char *const kind_texts[ACT_KINDS] = {
    [ACT_SYNC] = "sync",       [ACT_INTAKE] = "intake",   [ACT_CLINICS] = "clinics",
    [ACT_NOTICES] = "notices", [ACT_FOREIGN] = "foreign", [ACT_FACTS] = "facts",
    [ACT_ENTRY] = "entry",     [ACT_CERTIFICATE] = "certificate",
};

static const char act_insert_sql[] =
    "INSERT INTO act (act_no, kind, business_day, done_at, done_by, reason, record_no)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

bool ledger_act_begin(const Act *act, ActKind kind, Str reason, LedgerAct *begun, Error *err)
{
    assert(kind < ACT_KINDS);
    assert(act->business_day != DAY_NONE);
    LedgerAct made = {.done_at = act->now, .business_day = act->business_day};
    int64_t record;
    if (!number_next(act->store, NUMBER_ACT, &made.no, err)) return false;
    if (!audit_next_no(act->store, &record, err)) return false;
    Query *q = query_begin(act->store, act_insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, made.no);
    bind_text(q, 2, str_of(kind_texts[kind]));
    bind_day(q, 3, made.business_day);
    bind_instant(q, 4, made.done_at);
    bind_text(q, 5, actor_name(act->actor));
    Arena whole = arena_reserve(REASON_BYTES), scratch = whole;
    bind_text(q, 6, outlet_text(OUTLET_TRAIL, &scratch, reason));
    bind_int64(q, 7, record);
    bool kept = query_run(q, err);
    arena_release(whole);
    if (!kept) return false;
    *begun = made;
    return true;
}

static const char last_act_sql[] =
    "SELECT a.act_no, a.done_at, a.done_by FROM person_last_act l JOIN act a ON a.act_no = l.act_no"
    " WHERE l.person_id = $1";

bool last_act_of_person(Store *store, int32_t person_id, Arena *arena, LastAct *last, Error *err)
{
    assert(person_id > 0);
    Query *q = query_begin(store, last_act_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    *last = (LastAct){0};
    if (query_next(q))
        *last = (LastAct){(int32_t)column_int64(q, 0), column_instant(q, 1),
                          column_text(q, 2, arena)};
    return query_end(q, err);
}

static ActKind kind_of(Str text)
{
    for (ActKind k = 0; k < ACT_KINDS; k++)
        if (str_equal(text, str_of(kind_texts[k]))) return k;
    return ACT_KINDS;
}

// Whatever recorded the first dose opened the book of doses, and doses may bring facts with them.
static void book_opened(Knowledge *knowledge, ActKind kind, Day day)
{
    if (kind == ACT_FOREIGN || kind == ACT_ENTRY) kind = ACT_INTAKE;
    if (kind != ACT_KINDS && day < knowledge->opened[kind]) knowledge->opened[kind] = day;
    if (kind == ACT_INTAKE && day < knowledge->opened[ACT_FACTS])
        knowledge->opened[ACT_FACTS] = day;
}

void bind_as_known(Query *q, int place, KnownAt known)
{
    assert(known.act >= 0 && known.act < ACT_OPEN);
    bind_int64(q, place, known.act ? known.act : ACT_OPEN - 1);
}

static const char known_sql[] = "SELECT coalesce(max(act_no), 0) FROM act WHERE business_day <= $1";

bool known_by(Store *store, Day day, KnownAt *known, Error *err)
{
    assert(day != DAY_NONE);
    char text[DAY_TEXT_SIZE];
    KnownAt found = KNOWN_NOW;
    Query *q = query_begin(store, known_sql, err);
    if (!q) return false;
    bind_day(q, 1, day);
    if (query_next(q)) found.act = (int32_t)column_int64(q, 0);
    if (!query_end(q, err)) return false;
    if (!found.act)
        return FAIL(err, E_NOT_FOUND, .item = S("--known-on"), .value = str_of(day_text(day, text)),
                    .words = S("この日までに台帳に記録されたことはありません。日付を確かめてください。"));
    *known = found;
    return true;
}

static const char acts_sql[] = "SELECT act_no, kind, business_day FROM act ORDER BY act_no";

bool knowledge_read(Store *store, KnownAt known, Arena *arena, Knowledge *knowledge, Error *err)
{
    int32_t next = 0;
    if (!number_next(store, NUMBER_ACT, &next, err)) return false;
    if (known.act && known.act < next) next = known.act + 1;
    Day *days = NEW(arena, Day, next);
    Knowledge read = {.day_of_act = days, .count = next};
    for (ActKind k = 0; k < ACT_KINDS; k++) read.opened[k] = DAY_MAX;

    Query *q = query_begin(store, acts_sql, err);
    if (!q) return false;
    while (query_next(q)) {
        int64_t no = column_int64(q, 0);
        if (no < 0 || no >= next) continue;  // a writer came in between: not ours to know
        Day day = column_day(q, 2);
        days[no] = day;
        book_opened(&read, kind_of(column_view(q, 1)), day);
    }
    if (!query_end(q, err)) return false;
    *knowledge = read;
    return true;
}

bool known_on(const Knowledge *knowledge, ActKind kind, int32_t from_act, int32_t to_act, Day day)
{
    assert(kind < ACT_KINDS);
    assert(from_act >= 0 && from_act <= to_act);
    assert(day != DAY_NONE);
    Day asked = day < knowledge->opened[kind] ? knowledge->opened[kind] : day;
    if (from_act >= knowledge->count || knowledge->day_of_act[from_act] > asked) return false;
    return to_act >= knowledge->count || knowledge->day_of_act[to_act] > asked;
}

const char acts_last_sql[] = "SELECT coalesce(max(act_no), 0) FROM act";
const char acts_owed_sql[] =
    "SELECT a.act_no FROM act a LEFT JOIN audit_leaf l ON l.leaf_no = a.record_no"
    " AND l.at = a.done_at AND l.operator_name = a.done_by"
    " WHERE l.leaf_no IS NULL AND (a.record_no IS NOT NULL OR a.act_no NOT BETWEEN 1 AND"
    " (SELECT coalesce(max(u.rows_seen), 0) FROM audit_leaf u"
    " WHERE u.command = 'records' AND u.purpose = 'office' AND u.result = 1))"
    " ORDER BY a.act_no LIMIT 1";
