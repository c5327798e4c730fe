// SPDX-License-Identifier: Apache-2.0
#include "notice_rule.h"

Str notice_verdict_words(NoticeVerdict verdict)
{
    switch (verdict) {
    case NOTICE_CONTRAINDICATED: return S("接種不適当の登録があります。");
    case NOTICE_REFUSED: return S("希望しない旨の申し出があります。");
    case NOTICE_MAIL_RETURNED:
        return S("前回の郵便が宛所不明で戻っています。送付先を確かめてください。");
    case NOTICE_WRITTEN: return S("同じ接種について3か月以内に通知しています。");
    case NOTICE_CAPPED: return S("30日以内に2回通知しています。");
    case NOTICE_SEND: break;
    }
    return (Str){0};
}

static bool fact_runs(const FactRows *facts, Str kind, Str series, Day day)
{
    VEC_EACH (const FactRow, f, *facts) {
        bool runs = f->since <= day && (f->until == DAY_NONE || day <= f->until);
        bool of_series = !f->subject.len || str_equal(f->subject, series);
        if (runs && of_series && str_equal(f->kind, kind)) return true;
    }
    return false;
}

static bool written(const NoticeRows *history, Str series, Str position)
{
    VEC_EACH (const NoticeRow, n, *history)
        if (str_equal(n->series, series) && str_equal(n->position, position)) return true;
    return false;
}

// Letters of one day are one letter.
static int letters_since(const NoticeRows *history, Day since)
{
    int letters = 0;
    Day day = DAY_NONE;
    VEC_EACH (const NoticeRow, n, *history) {
        if (n->mailed_on < since || n->mailed_on == day) continue;
        day = n->mailed_on;
        letters++;
    }
    return letters;
}

NoticeVerdict notice_verdict(const DueRow *row, Str series, Str position, const FactRows *facts,
                             const NoticeRows *history, Day as_of)
{
    if (row->contraindicated) return NOTICE_CONTRAINDICATED;
    if (row->status == STATUS_LATE && fact_runs(facts, S("refusal"), series, as_of))
        return NOTICE_REFUSED;
    if (fact_runs(facts, S("mail_returned"), series, as_of)) return NOTICE_MAIL_RETURNED;
    if (written(history, series, position)) return NOTICE_WRITTEN;
    if (letters_since(history, as_of - NOTICE_CAP_DAYS + 1) >= NOTICE_CAP) return NOTICE_CAPPED;
    return NOTICE_SEND;
}
