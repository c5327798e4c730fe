// SPDX-License-Identifier: Apache-2.0
#include "mailing.h"

enum { POSTAL_CODE_DIGITS = 7 };

const char *const mailing_purpose_words[] = {"すべての郵便", "予防接種の通知", "証明書・決定の通知", NULL};

bool mailing_purpose_read(Str words, MailingPurpose *purpose, Error *err)
{
    for (int i = 0; mailing_purpose_words[i]; i++) {
        if (!str_equal(words, str_of(mailing_purpose_words[i]))) continue;
        *purpose = (MailingPurpose)(i + 1);
        return true;
    }
    return FAIL(err, E_CODE_UNKNOWN, .item = S("目的"), .value = words,
                .words = S("すべての郵便、予防接種の通知、証明書・決定の通知のどれかを選んでください。"));
}

Str mailing_purpose_text(MailingPurpose purpose)
{
    return purpose >= MAILING_ALL && purpose <= MAILING_PURPOSES ? str_of(mailing_purpose_words[purpose - 1]) : (Str){0};
}

static bool postal_code_whole(Str code)
{
    if (code.len != POSTAL_CODE_DIGITS) return false;
    for (ptrdiff_t i = 0; i < code.len; i++)
        if (code.at[i] < '0' || code.at[i] > '9') return false;
    return true;
}

bool mailing_possible(const MailingAddress *m, Day today, Error *err)
{
    if (!postal_code_whole(m->postal_code))
        return FAIL(err, m->postal_code.len ? E_CODE_UNKNOWN : E_MISSING, .item = S("郵便番号"),
                    .words = S("7桁の数字で入力してください。例: 8020001"));
    if (!m->address.len)
        return FAIL(err, E_MISSING, .item = S("住所"), .words = S("送付先の住所を入力してください。"));
    if (m->ends_on < m->begins_on)
        return FAIL(err, E_CONFLICT, .item = S("終了日"), .words = S("開始日より前の日です。日付を確かめてください。"));
    if (mailing_over(m, today))
        return FAIL(err, E_CONFLICT, .item = S("終了日"), .words = S("業務日より前の日です。終わった送付先は使われません。"));
    return true;
}

bool mailing_overlaps(const MailingAddress *a, const MailingAddress *b)
{
    return a->purpose == b->purpose && a->begins_on <= b->ends_on && b->begins_on <= a->ends_on;
}

bool mailing_over(const MailingAddress *m, Day today)
{
    return today > m->ends_on;
}

const MailingAddress *mailing_in_force(const MailingAddresses *all, MailingPurpose purpose, Day on)
{
    const MailingAddress *for_all = NULL;
    VEC_EACH (const MailingAddress, m, *all) {
        if (on < m->begins_on || mailing_over(m, on)) continue;
        if (m->purpose == purpose) return m;
        if (m->purpose == MAILING_ALL) for_all = m;
    }
    return for_all;
}
