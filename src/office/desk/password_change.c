// SPDX-License-Identifier: Apache-2.0
#include "password_change.h"

#include "entry_proof.h"
#include "password_broken.h"
#include "secret.h"
#include "utf8.h"

int64_t password_days_left(const PasswordRow *row, Instant now, int64_t days)
{
    Instant left = row->set_at + days * INSTANT_DAY - now;
    return left > 0 ? (left + INSTANT_DAY - 1) / INSTANT_DAY : 0;
}

PasswordStanding password_standing(const PasswordRow *row, Instant now, int64_t days, bool practice)
{
    if (!practice && !str_equal(row->set_by, row->name)) return PASSWORD_OF_ANOTHER;
    return password_days_left(row, now, days) ? PASSWORD_HOLDS : PASSWORD_OVER_AGE;
}

static int characters_in(Str text)
{
    int count = 0;
    for (ptrdiff_t at = 0; at < text.len; count++)
        if (utf8_next(text, &at) < ' ') return -1;
    return count;
}

bool password_fit(Store *store, const StaffRow *staff, Str typed, Arena *arena, Error *err)
{
    PasswordRows before;
    bool again = str_find(typed, staff->name) >= 0;
    if (characters_in(typed) < PASSWORD_LEAST || typed.len > PASSWORD_MOST)
        return FAIL(err, E_LENGTH, .item = S("パスワード"),
                    .words = S("12文字以上、200バイト以下で、改行や制御文字を含まないものに"
                               "してください。長い文でもかまいません。"));
    if (password_broken(typed))
        return FAIL(err, E_CONFLICT, .item = S("パスワード"),
                    .words = S("よく使われる語や並びだけでできているため、すぐに見つかります。"
                               "自分だけの文や、関係のない語をいくつか並べたものにしてください。"));
    if (!passwords_of(store, staff->staff_no, SESSION_PASSWORDS_KEPT, arena, &before, err)) return false;
    VEC_EACH (const PasswordRow, row, before) again |= password_is(typed, &row->kept);
    if (!again) return true;
    return FAIL(err, E_CONFLICT, .item = S("パスワード"),
                .words = S("名前を含むもの、最近の12回に使ったものは使えません。"
                           "ほかのものにしてください。"));
}

bool password_begin(Store *store, const Keys *keys, const PasswordNew *fresh, Arena scratch, Error *err)
{
    PasswordRow row = {.staff_no = fresh->staff->staff_no,
                       .name = fresh->staff->name,
                       .kept = *fresh->kept,
                       .set_at = fresh->now,
                       .set_by = fresh->by,
                       .record_no = fresh->record_no};
    bool added = password_next_no(store, &row.password_no, err);
    Sha256 proof = password_proof(keys, &row, scratch);
    row.proof = sha256_bytes(&proof);
    added = added && password_add(store, &row, err);
    bytes_wipe(&row.kept, sizeof row.kept);
    return added && session_tries_open(store, keys, row.name, err);
}
