// SPDX-License-Identifier: Apache-2.0
#include "trail_shown.h"

#include "guarded_rows.h"
#include "numbers.h"

// ---- sentences

static const char *const did[AUDIT_ACT_COUNT] = {
    "",         [AUDIT_LOOK] = "を見た",       [AUDIT_CHANGE] = "で変えた", [AUDIT_PRINT] = "を印刷した",
    [AUDIT_EXPORT] = "を出力した", [AUDIT_INQUIRY] = "を照会した", [AUDIT_IMPORT] = "を取り込んだ",
    [AUDIT_REFUSAL] = "を開こうとした", [AUDIT_SIGN_IN] = ""};

static const struct {
    const char *command, *words;
} sign_ins[] = {{"signin", "サインインした"},   {"signout", "サインアウトした"}, {"lock", "画面をロックした"},
                {"unlock", "ロックを解除した"}, {"purpose", "目的を変えた"},     {"password", "パスワードを変えた"}};

static Str what_of(const Visit *visit, const AuditRow *row)
{
    Str title = visit_title_of(visit, row->command);
    for (ptrdiff_t i = 0; i < countof(sign_ins); i++)
        if (row->act == AUDIT_SIGN_IN && str_equal(row->command, str_of(sign_ins[i].command)))
            return str_of(sign_ins[i].words);
    // A command without its options: which day, which file stand in the list of `audit read`.
    ptrdiff_t options = str_find(row->command, S(" --"));
    Str command = options < 0 ? row->command : str_first(row->command, options);
    return str_format(visit->arena, "「%.*s」%s", STR(title.len ? title : command), did[row->act]);
}

// "immunization 窓口対応": what the person chose.
static Str purpose_of(Str purpose)
{
    Cut cut = str_cut(purpose, ' ');
    return cut.found ? cut.tail : purpose;
}

static Str sign_of(Bytes index, Arena *arena)
{
    enum { SHOWN = 6 };
    Text text = {0};
    for (ptrdiff_t i = 0; i < index.len && i < SHOWN; i++) text_addf(&text, arena, "%02x", index.at[i]);
    return text_str(&text);
}

static TrailLine line_of(const Visit *visit, const AuditRow *row)
{
    static const char *const results[] = {"", "できた", "申請した", "断った", "できなかった"};
    char at[INSTANT_TEXT_SIZE];
    Arena *arena = visit->arena;
    // Of what was done the detail may hold what somebody typed, and with it a name: it stays with the record.
    bool told = row->act == AUDIT_SIGN_IN || row->act == AUDIT_REFUSAL;
    Str detail = told ? row->detail : (Str){0};
    return (TrailLine){.number = str_format(arena, "%lld", (long long)row->leaf_no),
                       .when = str_copy(arena, str_of(instant_in_japan(row->at, at))),
                       .who = str_copy(arena, row->operator_name),
                       .what = str_copy(arena, what_of(visit, row)),
                       .whose = row->whose_index.len ? sign_of(row->whose_index, arena) : (Str){0},
                       .purpose = str_copy(arena, purpose_of(row->purpose)),
                       .good = row->result == AUDIT_DONE || row->result == AUDIT_HELD,
                       .result = str_of(results[row->result]),
                       .detail = str_copy(arena, detail)};
}

// ---- walks

typedef void TrailRow(void *context, const AuditRow *row, Arena scratch);

static bool walked(Visit *visit, const TrailAsked *asked, TrailRow *row, void *context, Error *err)
{
    Store *looks;  // of its own: others write their looks meanwhile
    const Office *office = visit->act->office;
    if (!store_open(store_looks_url(office->store_url, visit->arena), visit->arena, &looks, err)) return false;
    const OfficeRows both = {visit->act->store, looks};
    const AuditSide sides[2] = {{visit->act->store, &office->trail}, {looks, &office->looks->trail}};
    const AuditSpan span = {instant_day_begins(asked->first), instant_day_begins(asked->last + 1) - 1};
    bool read = office_rows_begin_read(&both, err) &&
                (asked->about_person ? audit_read(sides, &asked->person, row, context, err)
                                     : audit_read_between(sides, &span, row, context, err)) &&
                office_rows_commit(&both, err);
    if (!read) office_rows_rollback(&both);
    store_close(looks);
    return read;
}

// Twice: to count, and to show the newest of them alone.
typedef struct TrailFinding {
    const Visit *visit;
    const TrailAsked *asked;
    int64_t found, from;
    TrailLineRows *lines;  // NULL: only counted
} TrailFinding;

static bool fits(const TrailAsked *asked, const AuditRow *row)
{
    Day on = instant_day_in_japan(row->at);
    return on >= asked->first && on <= asked->last && (!asked->act || (int)row->act == asked->act) &&
           (!asked->result || (int)row->result == asked->result) &&
           (!asked->staff.len || str_equal(row->operator_name, asked->staff) || str_ends(row->proven, asked->staff));
}

static void row_counted(void *context, const AuditRow *row, Arena scratch)
{
    TrailFinding *f = context;
    (void)scratch;
    if (!fits(f->asked, row)) return;
    if (f->lines && f->found >= f->from) *trail_line_rows_push(f->lines, f->visit->arena) = line_of(f->visit, row);
    f->found++;
}

bool trail_searched(Visit *visit, const TrailAsked *asked, TrailLineRows *lines, int64_t *found, Error *err)
{
    TrailLineRows oldest_first = {0};
    TrailFinding finding = {visit, asked, 0, 0, NULL};
    if (!walked(visit, asked, row_counted, &finding, err)) return false;
    *found = finding.found;
    finding = (TrailFinding){visit, asked, 0, *found > TRAIL_SHOWN_MOST ? *found - TRAIL_SHOWN_MOST : 0, &oldest_first};
    if (!walked(visit, asked, row_counted, &finding, err)) return false;
    for (ptrdiff_t i = oldest_first.count - 1; i >= 0; i--)
        *trail_line_rows_push(lines, visit->arena) = oldest_first.at[i];
    return true;
}

// ---- days that stand out

// The records hold no number: each is compared by its index.
static bool guarded_found(const Visit *visit, MarkLimits *limits, Error *err)
{
    AddresseeNos who;
    const Office *office = visit->act->office;
    if (!guarded_read(visit->act->store, office->program->guarded_sql, visit->arena, &who, err)) return false;
    Sha256 *indexes = NEW(visit->arena, Sha256, who.count + 1);
    for (ptrdiff_t i = 0; i < who.count; i++) indexes[i] = audit_person_index(office->keys, &who.at[i]);
    guarded_sort(indexes, who.count);
    limits->guarded = indexes;
    limits->guarded_count = who.count;
    return true;
}

bool trail_limits(const Visit *visit, MarkLimits *limits, Error *err)
{
    OfficeNumbers numbers;
    if (!office_numbers(visit->act->store, *visit->arena, &numbers, err)) return false;
    *limits = (MarkLimits){.begins_hour = numbers.at[NUMBER_WORK_BEGINS],
                           .ends_hour = numbers.at[NUMBER_WORK_ENDS],
                           .many = numbers.at[NUMBER_MANY_LOOKS],
                           .refusals = numbers.at[NUMBER_MANY_REFUSALS]};
    return guarded_found(visit, limits, err);
}

typedef struct DayCounting {
    Arena *arena;
    const MarkLimits *limits;
    StaffDays *days;
    TrailProof *proof;
} DayCounting;

static void proof_taken(TrailProof *proof, const AuditRow *row)
{
    bool whole = str_equal(row->detail, S("whole"));
    if (row->result == AUDIT_DONE && str_equal(row->command, S("audit")) && (whole || str_equal(row->detail, S("not whole"))))
        *proof = (TrailProof){row->at, row->rows, whole};
}

static void day_counted(void *context, const AuditRow *row, Arena scratch)
{
    const DayCounting *c = context;
    (void)scratch;
    staff_days_add(c->days, c->limits, row, c->arena);
    proof_taken(c->proof, row);
}

bool trail_days(Visit *visit, const MarkLimits *limits, Day first, Day last, StaffDays *days, TrailProof *proof,
                Error *err)
{
    DayCounting counting = {visit->arena, limits, days, proof};
    const TrailAsked asked = {.first = first, .last = last};
    *days = (StaffDays){0};
    *proof = (TrailProof){0};
    return walked(visit, &asked, day_counted, &counting, err);
}
