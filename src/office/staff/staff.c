// SPDX-License-Identifier: Apache-2.0
#include "staff.h"

#include "staff_rows.h"

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

const Right *right_for(RightTable table, Str route)
{
    for (int i = 0; i < table.count; i++)
        if (str_equal(str_of(table.rows[i].route), route)) return &table.rows[i];
    return NULL;
}

// Is this the first row of the table with its programme? So each programme comes once.
static bool first_of_programme(RightTable table, int i)
{
    for (int earlier = 0; earlier < i; earlier++)
        if (str_equal(str_of(table.rows[earlier].programme), str_of(table.rows[i].programme)))
            return false;
    return true;
}

static bool refuse(Store *store, const Keys *keys, const Right *right, const StaffAct *act,
                   Error *err)
{
    Duty duty = right ? right->duty : DUTY_NONE;
    AuditLeaf leaf = {.business_day = act->business_day,
                      .operator_name = act->operator_name,
                      .terminal = act->terminal,
                      .program = act->program,
                      .act = AUDIT_REFUSAL,
                      .purpose = right ? str_of(right->programme) : S("none"),
                      .command = act->command,
                      .result = AUDIT_REFUSED,
                      .detail = str_of(duty_texts[duty])};
    if (!store_begin(store, err)) return false;
    if (!audit_append(store, keys, &leaf, NULL, err)) {
        store_rollback(store);
        return false;
    }
    if (!store_commit(store, err)) return false;
    return FAIL(err, E_RIGHT, .value = act->operator_name, .words = str_of(refusals[duty]));
}

bool staff_authorise(Store *store, const Keys *keys, RightTable table, Str route,
                     const StaffAct *act, Error *err)
{
    const Right *right = right_for(table, route);
    bool holds = false;
    if (right && !staff_holds(store, act->operator_name, str_of(right->programme),
                              str_of(duty_text(right->duty)), &holds, err))
        return false;
    return holds || refuse(store, keys, right, act, err);
}

static bool staff_known(Store *store, Str name, Str by, int64_t *staff_no, Error *err)
{
    if (!staff_no_of(store, name, staff_no, err)) return false;
    return *staff_no || staff_add(store, name, by, staff_no, err);
}

static bool give(Store *store, RightTable table, Str name, int64_t staff_no, Duty duty, Str by,
                 bool *changed, Error *err)
{
    for (int i = 0; i < table.count; i++) {
        Str programme = str_of(table.rows[i].programme), text = str_of(duty_text(duty));
        bool holds;
        if (!first_of_programme(table, i)) continue;
        if (!staff_holds(store, name, programme, text, &holds, err)) return false;
        if (holds) continue;
        if (!staff_duty_add(store, staff_no, programme, text, by, err)) return false;
        *changed = true;
    }
    return true;
}

bool staff_register_first(Store *store, RightTable table, Str operator_name, bool *first,
                          Error *err)
{
    int64_t count, staff_no;
    bool changed = false;
    if (!staff_count(store, &count, err)) return false;
    *first = count == 0;
    if (count) return true;
    if (!staff_add(store, operator_name, operator_name, &staff_no, err)) return false;
    for (Duty d = DUTY_NONE + 1; d < DUTY_COUNT; d++)
        if (!give(store, table, operator_name, staff_no, d, operator_name, &changed, err))
            return false;
    return true;
}

bool staff_grant(Store *store, RightTable table, Str name, Duty duty, Str granted_by, bool *changed,
                 Error *err)
{
    int64_t staff_no;
    *changed = false;
    return staff_known(store, name, granted_by, &staff_no, err) &&
           give(store, table, name, staff_no, duty, granted_by, changed, err);
}

bool staff_revoke(Store *store, Str name, Duty duty, Str revoked_by, bool *changed, Error *err)
{
    int64_t staff_no, ended;
    if (!staff_no_of(store, name, &staff_no, err)) return false;
    if (!staff_no)
        return FAIL(err, E_NOT_FOUND, .item = S("職員"), .value = name,
                    .words = S("この職員は登録されていません。"));
    if (!staff_duty_end(store, staff_no, str_of(duty_text(duty)), revoked_by, &ended, err))
        return false;
    *changed = ended > 0;
    return true;
}
