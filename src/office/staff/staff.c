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

Str duty_refusal(Duty duty)
{
    assert(duty >= 0 && duty < DUTY_COUNT);
    return str_of(refusals[duty]);
}

bool staff_holds_duty(Store *store, Str name, const char *programme, Duty duty, bool *holds,
                      Error *err)
{
    return staff_holds(store, name, str_of(programme), str_of(duty_text(duty)), holds, err);
}

static bool staff_known(Store *store, const DutyChange *c, int64_t *staff_no, Error *err)
{
    if (!staff_no_of(store, c->name, staff_no, err)) return false;
    return *staff_no || staff_add(store, c->name, c->by, c->now, staff_no, err);
}

static bool give(Store *store, Programmes programmes, int64_t staff_no, const DutyChange *c,
                 bool *changed, Error *err)
{
    for (int i = 0; i < programmes.count; i++) {
        bool holds;
        Str programme = str_of(programmes.names[i]), duty = str_of(duty_text(c->duty));
        if (!staff_holds(store, c->name, programme, duty, &holds, err)) return false;
        if (holds) continue;
        if (!staff_duty_add(store, staff_no, programme, duty, c->by, c->now, err)) return false;
        *changed = true;
    }
    return true;
}

static bool take_away(Store *store, const DutyChange *c, bool *changed, Error *err)
{
    int64_t staff_no, ended;
    if (!staff_no_of(store, c->name, &staff_no, err)) return false;
    if (!staff_no)
        return FAIL(err, E_NOT_FOUND, .item = S("職員"), .value = c->name,
                    .words = S("この職員は登録されていません。"));
    if (!staff_duty_end(store, staff_no, str_of(duty_text(c->duty)), c->by, c->now, &ended, err))
        return false;
    *changed = ended > 0;
    return true;
}

bool staff_register_first(Store *store, Programmes programmes, Str operator_name, Instant now,
                          bool *first, Error *err)
{
    int64_t count, staff_no;
    bool changed = false;
    if (!staff_count(store, &count, err)) return false;
    *first = count == 0;
    if (count) return true;
    if (!staff_add(store, operator_name, operator_name, now, &staff_no, err)) return false;
    for (Duty d = DUTY_NONE + 1; d < DUTY_COUNT; d++) {
        const DutyChange all = {operator_name, d, true, operator_name, now};
        if (!give(store, programmes, staff_no, &all, &changed, err)) return false;
    }
    return true;
}

bool staff_change_duty(Store *store, Programmes programmes, const DutyChange *change, bool *changed,
                       Error *err)
{
    int64_t staff_no;
    *changed = false;
    if (!change->given) return take_away(store, change, changed, err);
    return staff_known(store, change, &staff_no, err) &&
           give(store, programmes, staff_no, change, changed, err);
}
