// SPDX-License-Identifier: Apache-2.0
#include "notice_rule.h"

#include <assert.h>

static bool fact_runs(const FactRows *facts, Str kind, Str series, Day day)
{
    VEC_EACH (const FactRow, f, *facts) {
        bool runs = f->since <= day && (f->until == DAY_NONE || day <= f->until);
        bool of_series = !f->subject.len || str_equal(f->subject, series);
        if (runs && of_series && str_equal(f->kind, kind)) return true;
    }
    return false;
}

static bool invited(const NoticeRows *history, Str series, Str position)
{
    VEC_EACH (const NoticeRow, n, *history)
        if (str_equal(n->series, series) && str_equal(n->position, position)) return true;
    return false;
}

// About this dose, or a reminder about any dose of its series.
static bool written_since(const NoticeRows *history, Str series, Str position, Day since)
{
    VEC_EACH (const NoticeRow, n, *history) {
        if (n->mailed_on < since || !str_equal(n->series, series)) continue;
        if (str_equal(n->position, position) || str_equal(n->kind, S("reminder"))) return true;
    }
    return false;
}

static bool within(Day day, Day as_of, int days)
{
    return day != DAY_NONE && day - as_of <= days;
}

static bool pressing(const DueRow *row, Day as_of)
{
    return row->status == STATUS_LATE || within(row->last_safe, as_of, NOTICE_SAFE_DAYS) ||
           within(row->last, as_of, NOTICE_LAST_DAYS);
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
    assert(as_of != DAY_NONE);
    if (row->no_letter) return NOTICE_BY_RULE;
    if (row->contraindicated) return NOTICE_CONTRAINDICATED;
    if (fact_runs(facts, S("mail_returned"), series, as_of)) return NOTICE_MAIL_RETURNED;
    bool again = invited(history, series, position);
    if (again && fact_runs(facts, S("refusal"), series, as_of)) return NOTICE_REFUSED;
    if (again && !pressing(row, as_of)) return NOTICE_WRITTEN;
    if (again && written_since(history, series, position, as_of - NOTICE_REPEAT_DAYS))
        return NOTICE_WRITTEN;
    if (letters_since(history, as_of - NOTICE_CAP_DAYS + 1) >= NOTICE_CAP) return NOTICE_CAPPED;
    return again ? NOTICE_REMIND : NOTICE_SEND;
}

// By when to come: so that the series still finishes, or if that is past, so that this dose is not lost.
static Day deadline(const DueRow *row, Day as_of)
{
    if (row->last_safe != DAY_NONE && row->last_safe >= as_of) return row->last_safe;
    return row->last == DAY_NONE ? DAY_MAX : row->last;
}

bool notice_presses_more(const DueRow *a, const DueRow *b, Day as_of)
{
    return deadline(a, as_of) < deadline(b, as_of);
}

Str notice_verdict_words(NoticeVerdict verdict)
{
    assert(verdict < NOTICE_VERDICTS);
    static const Str words[NOTICE_VERDICTS] = {
        [NOTICE_SEND] = S("通知する人"),
        [NOTICE_REMIND] = S("再勧奨する人"),
        [NOTICE_BY_RULE] = S("お知らせしない決まりのワクチン（ほかのワクチンで受けられる）"),
        [NOTICE_CONTRAINDICATED] = S("接種不適当と認定されている人"),
        [NOTICE_REFUSED] = S("接種しない旨の届けがあり、再勧奨しない人"),
        [NOTICE_MAIL_RETURNED] = S("郵便が宛所不明で戻っている人"),
        [NOTICE_WRITTEN] = S("すでにお知らせした人"),
        [NOTICE_CAPPED] = S("30日のうちに2通お送りした人"),
        [NOTICE_WAITS] = S("届いた接種の報告が確認待ちの人"),
        [NOTICE_LATER] = S("ほかの回を先にお知らせする人"),
    };
    return words[verdict];
}
