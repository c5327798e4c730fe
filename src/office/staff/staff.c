// SPDX-License-Identifier: Apache-2.0
#include "staff.h"

#include "staff_rows.h"
#include "staff_term_rows.h"
#include "ward_scope.h"

#include <assert.h>

static const char *const duty_texts[] = {"none",
#define X(name, text, words) text,
                                         DUTIES(X)
#undef X
};
static const char *const duty_word_texts[] = {"",
#define X(name, text, words) words,
                                              DUTIES(X)
#undef X
};
static const char *const refusals[] = {"この操作は権限表にないため行えません。",
#define X(name, text, words)          \
    "この操作には「" words "」(" text \
    ") の権限が必要です。権限を管理する職員に付与を依頼してください。",
                                       DUTIES(X)
#undef X
};
_Static_assert(countof(duty_texts) == DUTY_COUNT, "every duty has a text");
_Static_assert(countof(refusals) == DUTY_COUNT, "every duty has words for its refusal");

const char *duty_text(Duty duty)
{
    assert(duty >= 0 && duty < DUTY_COUNT);
    return duty_texts[duty];
}

const char *duty_words(Duty duty)
{
    assert(duty >= 0 && duty < DUTY_COUNT);
    return duty_word_texts[duty];
}

bool duty_named(Str text, Duty *duty)
{
    for (Duty d = DUTY_NONE + 1; d < DUTY_COUNT; d++) {
        if (!str_equal(text, str_of(duty_texts[d])) && !str_equal(text, str_of(duty_word_texts[d])))
            continue;
        *duty = d;
        return true;
    }
    return false;
}

Str duty_refusal(Duty duty)
{
    assert(duty >= 0 && duty < DUTY_COUNT);
    return str_of(refusals[duty]);
}

bool duty_wards_read(Duty duty, Str typed, Arena *arena, Str *wards, Error *err)
{
    if (!ward_scope_read(typed, arena, wards, err)) return false;
    return duty != DUTY_ADMIN || !wards->len ||
           FAIL(err, E_CONFLICT, .value = typed,
                .words = S("「職員と権限の管理」は、区を限って与えられません。空けて、全市にしてください。"));
}

bool staff_duty_held(Store *store, Str name, const char *programme, Duty duty, Instant now, Arena *arena,
                     StaffHeld *held, Error *err)
{
    return staff_holds(store, name, str_of(programme), str_of(duty_text(duty)), instant_day_in_japan(now), arena, held,
                       err);
}

bool staff_holds_duty(Store *store, Str name, const char *programme, Duty duty, Instant now, bool *holds,
                      Error *err)
{
    enum { WARDS_BYTES = 64 << 10 };
    StaffHeld held;
    Arena scratch = arena_reserve(WARDS_BYTES);
    bool read = staff_duty_held(store, name, programme, duty, now, &scratch, &held, err);
    arena_release(scratch);
    *holds = read && held.holds && !held.wards.len;
    return read;
}

static bool staff_new(Store *store, const DutyChange *c, Arena *scratch, int64_t *staff_no,
                      bool *bound, Error *err)
{
    StaffRow other;
    bool taken = c->account == NO_ACCOUNT;
    if (!taken && !staff_by_account(store, c->account, scratch, &other, &taken, err)) return false;
    *bound = !taken;
    return staff_add(store, c->name, c->by, c->now, staff_no, err) &&
           (taken || staff_bind(store, *staff_no, c->account, c->record_no + 1, err));
}

static bool staff_known(Store *store, const DutyChange *c, Arena scratch, int64_t *staff_no,
                        bool *bound, Error *err)
{
    StaffRow row;
    bool found;
    if (!staff_by_name(store, c->name, &scratch, &row, &found, err)) return false;
    *staff_no = found ? row.staff_no : 0;
    return found || staff_new(store, c, &scratch, staff_no, bound, err);
}

static bool not_registered(Str name, Error *err)
{
    return FAIL(err, E_NOT_FOUND, .item = S("職員"), .value = name,
                .words = S("この職員は登録されていません。"));
}

static bool give(Store *store, Programmes programmes, int64_t staff_no, const DutyChange *c,
                 bool *changed, Error *err)
{
    for (int i = 0; i < programmes.count; i++) {
        bool holds;
        Str programme = str_of(programmes.names[i]), duty = str_of(duty_text(c->duty));
        if (!staff_holds_duty(store, c->name, programmes.names[i], c->duty, c->now, &holds, err)) return false;
        if (holds && !c->department.len) continue;
        if (!staff_duty_add(store, staff_no, programme, duty, c->by, c->now, c->record_no, err)) return false;
        if (c->department.len &&
            !staff_term_add(store, c->department, c->begins_on, c->ends_on, c->wards, err))
            return false;
        *changed = true;
    }
    return true;
}

static bool take_away(Store *store, const DutyChange *c, Arena scratch, bool *changed, Error *err)
{
    int64_t ended;
    StaffRow row;
    bool found;
    if (!staff_by_name(store, c->name, &scratch, &row, &found, err)) return false;
    if (!found) return not_registered(c->name, err);
    if (!staff_duty_end(store, row.staff_no, str_of(duty_text(c->duty)), c->by, c->now,
                        c->record_no, &ended, err))
        return false;
    *changed = ended > 0;
    return true;
}

bool staff_register_first(Store *store, Programmes programmes, Str operator_name, int64_t account,
                          Instant now, int64_t record_no, bool *first, Error *err)
{
    int64_t count, bound, staff_no;
    bool changed = false;
    if (!staff_count(store, &count, &bound, err)) return false;
    *first = count == 0;
    if (count) return true;
    if (!staff_add(store, operator_name, operator_name, now, &staff_no, err) ||
        !staff_bind(store, staff_no, account, record_no, err))
        return false;
    for (Duty d = DUTY_NONE + 1; d < DUTY_COUNT; d++) {
        const DutyChange all = {operator_name, d, true, operator_name, now, account, record_no};
        if (!give(store, programmes, staff_no, &all, &changed, err)) return false;
    }
    return true;
}

bool staff_change_duty(Store *store, Programmes programmes, const DutyChange *change, Arena scratch,
                       DutyChanged *changed, Error *err)
{
    int64_t staff_no;
    *changed = (DutyChanged){0};
    if (!change->given) return take_away(store, change, scratch, &changed->duty, err);
    return staff_known(store, change, scratch, &staff_no, &changed->bound, err) &&
           give(store, programmes, staff_no, change, &changed->duty, err);
}

bool staff_adopt_founder(Store *store, Programmes programmes, int64_t account, Instant now,
                         int64_t record_no, Arena *arena, Str *founder, Error *err)
{
    enum { FOUNDER = 1 };
    int64_t count, bound;
    StaffRow row;
    bool found = false, changed = false;
    *founder = (Str){0};
    if (!staff_count(store, &count, &bound, err)) return false;
    if (bound || !count) return true;
    if (!staff_by_number(store, FOUNDER, arena, &row, &found, err)) return false;
    if (!found) return true;
    const DutyChange represent = {row.name, DUTY_REPRESENT, true,     row.name,
                                  now,      account,        record_no};
    if (!staff_bind(store, row.staff_no, account, record_no, err) ||
        !give(store, programmes, row.staff_no, &represent, &changed, err))
        return false;
    *founder = row.name;
    return true;
}

bool staff_bind_account(Store *store, Str name, int64_t account, int64_t record_no, Arena scratch,
                        Error *err)
{
    StaffRow row, other;
    bool found, taken;
    if (!staff_by_name(store, name, &scratch, &row, &found, err)) return false;
    if (!found) return not_registered(name, err);
    if (!staff_by_account(store, account, &scratch, &other, &taken, err)) return false;
    if (taken && other.staff_no != row.staff_no)
        return FAIL(err, E_CONFLICT, .item = S("職員"), .value = other.name,
                    .words = S("このログインはほかの職員のものです。"));
    return staff_bind(store, row.staff_no, account, record_no, err);
}
