// SPDX-License-Identifier: Apache-2.0
#include "work_found.h"

#include <assert.h>

#include "calendar.h"
#include "certificate_rows.h"
#include "envelope_rows.h"
#include "fact_row.h"
#include "inquiry_words.h"
#include "review_rows.h"
#include "undecided_rows.h"
#include "work_count.h"

enum { YEARS_PROPOSED = 5 };

static bool wanted(Str kind, WorkKind is)
{
    return !kind.len || str_equal(kind, work_row_of(is).kind);
}

static WorkRow *work_add(WorkRows *rows, WorkKind kind, const UndecidedRow *found, Arena *arena)
{
    WorkRow *row = work_rows_push(rows, arena);
    *row = work_row_of(kind);
    row->who = found->person.who;
    row->name = found->person.name;
    row->is_protected = found->person.is_protected;
    row->since = found->since;
    return row;
}

static bool person_case(const Ledger *ledger, const PersonRow *person, Day as_of, Arena *arena,
                        Case *c, Error *err)
{
    DoseRows doses;
    FactRows facts;
    Store *store = ledger->act->store;
    if (!doses_of_person(store, person->person_id, KNOWN_NOW, arena, &doses, err)) return false;
    if (!facts_of_person(store, person->person_id, KNOWN_NOW, arena, &facts, err)) return false;
    PersonRows rows = {person->birth, person->sex, doses.at, doses.count, facts.at, facts.count};
    *c = case_of(&ledger->judge, &rows, as_of, arena);
    return true;
}

// ---- days of no vaccine

// Whatever the old row may have meant: a window that was open in these years, or closed in them.
static Str proposed_series(const Ledger *ledger, const Case *c, int fact, Day ended, Arena *arena)
{
    const Schedule *schedule = ledger->schedule;
    DaySpan years = {month_add(ended, -12 * YEARS_PROPOSED, MONTHS_OVERFLOW), ended};
    Text text = {0};
    for (int g = 0; g < group_count(schedule); g++)
        if (group_span_fact(schedule, g) == fact &&
            case_last_target(c, g, years, *arena) != DAY_NONE)
            text_addf(&text, arena, "%s%.*s", text.len ? "、" : "", STR(group_id(schedule, g)));
    return text.len ? text_str(&text) : S("なし");
}

static bool old_circumstances(const Ledger *ledger, int old, Day as_of, Arena *arena,
                              WorkRows *rows, Error *err)
{
    const Schedule *schedule = ledger->schedule;
    int now = fact_replaced_by(schedule, old);
    UndecidedRows found = {0};
    if (!facts_replaced(ledger->act->store, fact_id(schedule, old), fact_id(schedule, now), arena,
                        &found, err))
        return false;
    VEC_EACH (const UndecidedRow, f, found) {
        Case c;
        Day ended = DAY_NONE;
        if (!person_case(ledger, &f->person, as_of, arena, &c, err)) return false;
        bool dated = day_read(f->value.at, (int)f->value.len, &ended);
        Str series = dated ? proposed_series(ledger, &c, now, ended, arena) : S("なし");
        Str source = fact_source_words(f->source);
        work_add(rows, WORK_OLD_CIRCUMSTANCE, f, arena)->words = str_format(
            arena, "%.*s %.*s（%.*s、登録者 %.*s） 候補: %.*s", STR(fact_name(schedule, old)),
            STR(f->value), STR(source), STR(f->who), STR(series));
    }
    return true;
}

// ---- birth dates without a day

// What one reading of the birth date gives for a series.
typedef struct Reading {
    Day born;
    GroupAssessment answer;
} Reading;

static Reading reading_of(const Case *c, int group, Day born, Day as_of, Arena *arena)
{
    Case one = case_if_born(c, born);
    return (Reading){born, case_assess_some(&one, (uint64_t)1 << group, as_of, arena).groups[0]};
}

static void add_span(Text *text, Arena *arena, const char *word, Day first, Day last)
{
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    if (first == DAY_NONE && last == DAY_NONE) return;
    text_addf(text, arena, " %s%s%s", word, day_text(first, from), first == DAY_NONE ? "" : "から");
    text_addf(text, arena, "%s%s", day_text(last, to), last == DAY_NONE ? "" : "まで");
}

static bool next_same(const NextDose *a, const NextDose *b)
{
    return a->position == b->position && a->earliest == b->earliest && a->last == b->last &&
           a->standard_from == b->standard_from && a->standard_to == b->standard_to;
}

// How the doses that were given are judged: where nothing else differs, that does.
static void add_verdicts(Text *text, const Schedule *schedule, const GroupAssessment *answer,
                         Arena *arena)
{
    for (int i = 0; i < answer->dose_count; i++)
        text_addf(text, arena, "%s%d回目の接種%.*s", i ? "・" : " ", i + 1,
                  STR(status_label(schedule, answer->doses[i].status)));
}

// Only what the other reading does not say too: the word, the dose, its days.
static void add_reading(Text *text, const Schedule *schedule, const Reading *reading,
                        const Reading *other, Arena *arena)
{
    char born[DAY_TEXT_SIZE];
    const GroupAssessment *is = &reading->answer, *was = &other->answer;
    const NextDose *a = &is->next, *b = &was->next;
    bool both = is->has_next && was->has_next;
    text_addf(text, arena, "%s生まれなら", day_text(reading->born, born));
    if (is->status != was->status)
        text_addf(text, arena, "「%.*s」", STR(status_label(schedule, is->status)));
    if (is->status == was->status && (!both || next_same(a, b)))
        add_verdicts(text, schedule, is, arena);
    if (!is->has_next) return;
    if (!both || a->position != b->position)
        text_addf(text, arena, " 次回 %.*s", STR(schedule_text(schedule, a->position)));
    if (!both || a->earliest != b->earliest || a->last != b->last)
        add_span(text, arena, "", a->earliest, a->last);
    if (!both || a->standard_from != b->standard_from || a->standard_to != b->standard_to)
        add_span(text, arena, "標準 ", a->standard_from, a->standard_to);
}

static void add_doubt(Text *text, const Ledger *ledger, const Case *c, int group, DaySpan born,
                      Day as_of, Arena *arena)
{
    const Schedule *schedule = ledger->schedule;
    const Reading first = reading_of(c, group, born.first, as_of, arena),
                  last = reading_of(c, group, born.last, as_of, arena);
    text_addf(text, arena, "%s%.*s", text->len ? "、" : "", STR(group_name(schedule, group)));
    if (first.answer.status == last.answer.status)
        text_addf(text, arena, "「%.*s」", STR(status_label(schedule, first.answer.status)));
    text_add(text, arena, S("（"));
    add_reading(text, schedule, &first, &last, arena);
    text_add(text, arena, S("、"));
    add_reading(text, schedule, &last, &first, arena);
    text_add(text, arena, S("）"));
}

// The series of which nobody can say without the day, each with both answers.
static Str series_in_doubt(const Ledger *ledger, const Case *c, Day as_of, Arena *arena)
{
    Assessment all = case_assess(c, as_of, arena);
    Text text = {0};
    DaySpan born;
    if (!partial_date_span(c->birth, &born)) return (Str){0};
    for (int g = 0; g < all.group_count; g++)
        if (all.groups[g].date_partial) add_doubt(&text, ledger, c, g, born, as_of, arena);
    return text_str(&text);
}

static bool vague_births(const Ledger *ledger, Day as_of, Arena *arena, WorkRows *rows, Error *err)
{
    UndecidedRows found = {0};
    if (!births_vague(ledger->act->store, arena, &found, err)) return false;
    VEC_EACH (const UndecidedRow, f, found) {
        Case c;
        char birth[DAY_TEXT_SIZE];
        Str written = str_of(partial_date_text(f->person.birth, birth));
        if (!f->person.birth.month) {
            work_add(rows, WORK_BIRTH_YEAR, f, arena)->words =
                str_format(arena, "生年月日 %.*s", STR(written));
            continue;
        }
        if (!person_case(ledger, &f->person, as_of, arena, &c, err)) return false;
        Str doubt = series_in_doubt(ledger, &c, as_of, arena);
        if (doubt.len)
            work_add(rows, WORK_BIRTH_MONTH, f, arena)->words =
                str_format(arena, "生年月日 %.*s: %.*s", STR(written), STR(doubt));
    }
    return true;
}

// ---- rows under review

static Str review_words(const ReviewRow *r, ptrdiff_t nth, ptrdiff_t count, Arena *arena)
{
    Str words =
        str_format(arena, "%.*s %.*s 根拠: %.*s", STR(r->codes), STR(r->message), STR(r->evidence));
    if (count < 2) return words;
    return str_format(arena, "候補 %td人のうち%td番目 %.*s", count, nth, STR(words));
}

static WorkRow review_line(const ReviewRow *r)
{
    WorkRow row = work_row_of(WORK_REVIEW);
    row.work_id = r->row_id;
    row.file = r->file;
    row.label = r->label;
    row.since = r->since;
    return row;
}

static WorkRow review_nobody(const ReviewRow *r, Arena *arena)
{
    WorkRow row = review_line(r);
    row.words = review_words(r, 0, 0, arena);
    return row;
}

static bool somebody_protected(const ReviewCandidates *all)
{
    VEC_EACH (const ReviewCandidate, c, *all)
        if (c->is_protected) return true;
    return false;
}

// One line for each candidate, the best first. A protected person who is one of several is not named
// (immunization.md 6.2), nor is the clinic of a row that may be his or hers.
static bool review_add(const Ledger *ledger, const ReviewRow *r, Arena *arena, WorkRows *rows,
                       Error *err)
{
    ReviewCandidates all;
    if (!review_candidates_of(ledger->act->store, r->row_id, arena, &all, err)) return false;
    bool hide = somebody_protected(&all);
    if (!all.count) *work_rows_push(rows, arena) = review_nobody(r, arena);
    for (ptrdiff_t i = 0; i < all.count; i++) {
        const ReviewCandidate *c = &all.at[i];
        WorkRow *row = work_rows_push(rows, arena);
        *row = review_line(r);
        row->words = review_words(r, i + 1, all.count, arena);
        row->name = c->name;
        row->is_protected = hide;
        if (all.count == 1 || !c->is_protected) row->who = c->who;
    }
    return true;
}

static bool reviews(const Ledger *ledger, Arena *arena, WorkRows *rows, Error *err)
{
    ReviewRows found;
    if (!review_rows_all(ledger->act->store, arena, &found, err)) return false;
    VEC_EACH (const ReviewRow, r, found)
        if (!review_add(ledger, r, arena, rows, err)) return false;
    return true;
}

// ---- who gets no letter, and why

static Str running_words(const Ledger *ledger, const UndecidedRow *f, Arena *arena)
{
    char from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE];
    Str subject = fact_subject_words(ledger->schedule, f->subject);
    Str source = fact_source_words(f->source);
    bool open = f->until == DAY_NONE;
    return str_format(arena, "%.*s %s から%s%s（%.*s）", STR(subject.len ? subject : S("すべての種類")),
                      day_text(f->from, from), open ? "" : " ",
                      open ? "" : day_text(f->until, until), STR(source));
}

static bool left_out(const Ledger *ledger, Str kind, Day as_of, Arena *arena, WorkRows *rows, Error *err)
{
    static const struct {
        WorkKind kind;
        Str fact;
    } reasons[] = {{WORK_CONTRAINDICATED, S("contraindication")},
                   {WORK_REFUSED, S("refusal")},
                   {WORK_MAIL_RETURNED, S("mail_returned")}};
    for (ptrdiff_t i = 0; i < countof(reasons); i++) {
        UndecidedRows found = {0};
        if (!wanted(kind, reasons[i].kind)) continue;
        if (!facts_running(ledger->act->store, reasons[i].fact, as_of, arena, &found, err))
            return false;
        VEC_EACH (const UndecidedRow, f, found)
            work_add(rows, reasons[i].kind, f, arena)->words = running_words(ledger, f, arena);
    }
    return true;
}

// ---- what has not come, what is judged otherwise

static bool files_expected_found(const Ledger *ledger, Day as_of, Arena *arena, WorkRows *rows,
                                 Error *err)
{
    ExpectedFiles found;
    if (!files_expected(ledger->act->store, as_of, arena, &found, err)) return false;
    VEC_EACH (const ExpectedFile, f, found) {
        WorkRow *row = work_rows_push(rows, arena);
        *row = work_row_of(WORK_FILE_EXPECTED);
        row->words = str_format(arena, "%d年%d月分 %.*s %.*s", f->month / 100, f->month % 100,
                                STR(f->sender), STR(f->name));
    }
    return true;
}

static bool judgements_found(const Ledger *ledger, Day as_of, Arena *arena, WorkRows *rows,
                             Error *err)
{
    CorrectedBirths found;
    if (!births_corrected(ledger->act->store, as_of - CORRECTED_DAYS, arena, &found, err)) return false;
    VEC_EACH (const CorrectedBirth, corrected, found) {
        const UndecidedRow about = {.person = corrected->person, .since = corrected->since};
        work_add(rows, WORK_JUDGEMENT_CHANGED, &about, arena)->words =
            str_format(arena, "訂正で判定が変わった接種 %d件", corrected->doses);
    }
    return true;
}

static bool envelopes_found(const Ledger *ledger, Day as_of, Arena *arena, WorkRows *rows, Error *err)
{
    Envelopes found;
    if (!envelopes_to_pull(ledger->act->store, as_of - ENVELOPE_DAYS, arena, &found, err)) return false;
    VEC_EACH (const Envelope, envelope, found) {
        const UndecidedRow about = {.person = envelope->person, .since = envelope->ended};
        work_add(rows, WORK_ENVELOPE, &about, arena)->words = envelope->batch;
    }
    return true;
}

// ---- asked elsewhere

// No city is named: of a protected person it would say where one comes from.
static bool inquiries_found(const Ledger *ledger, Day as_of, Arena *arena, WorkRows *rows, Error *err)
{
    InquiryRows found;
    if (!inquiries_waiting(ledger->act->store, inquiry_late(as_of), arena, &found, err)) return false;
    VEC_EACH (const InquiryRow, inquiry, found) {
        const UndecidedRow about = {.person = {.who = inquiry->who, .name = inquiry->name, .is_protected = inquiry->is_protected},
                                    .since = instant_day_in_japan(inquiry->asked_at)};
        work_add(rows, WORK_INQUIRY, &about, arena)->words =
            str_format(arena, "照会 %lld: %.*s", (long long)inquiry->inquiry_id, STR(inquiry_words(inquiry, arena)));
    }
    return true;
}

// Nobody knows about whom they are.
static bool unread_news_found(const Ledger *ledger, Arena *arena, WorkRows *rows, Error *err)
{
    InquiryNewsUnreads found;
    if (!inquiry_news_unread(ledger->act->store, arena, &found, err)) return false;
    VEC_EACH (const InquiryNewsUnread, news, found) {
        WorkRow *row = work_rows_push(rows, arena);
        *row = work_row_of(WORK_INQUIRY);
        row->since = instant_day_in_japan(news->since);
        row->words = str_format(arena, "読めない%.*s", STR(news->about));
    }
    return true;
}

// ---- what was handed over

static bool certificates_found(const Ledger *ledger, Arena *arena, WorkRows *rows, Error *err)
{
    OvertakenCertificates found;
    if (!certificates_overtaken(ledger->act->store, arena, &found, err)) return false;
    VEC_EACH (const OvertakenCertificate, c, found) {
        const UndecidedRow about = {.person = c->person, .since = c->since};
        work_add(rows, WORK_CERTIFICATE, &about, arena)->words =
            str_format(arena, "第%lld号 変わった接種 %d件", (long long)c->number, (int)c->doses);
    }
    return true;
}

// ---- all of it

static bool births(const Ledger *ledger, Str kind, Day as_of, Arena *arena, WorkRows *rows,
                   Error *err)
{
    if (!wanted(kind, WORK_BIRTH_YEAR) && !wanted(kind, WORK_BIRTH_MONTH)) return true;
    return vague_births(ledger, as_of, arena, rows, err);
}

static bool circumstances(const Ledger *ledger, Str kind, Day as_of, Arena *arena, WorkRows *rows,
                          Error *err)
{
    const Schedule *schedule = ledger->schedule;
    if (!wanted(kind, WORK_OLD_CIRCUMSTANCE)) return true;
    for (int f = 0; f < fact_count(schedule); f++)
        if (fact_replaced_by(schedule, f) != FACT_NONE &&
            !old_circumstances(ledger, f, as_of, arena, rows, err))
            return false;
    return true;
}

bool work_found(const Ledger *ledger, Str kind, Day as_of, Arena *arena, WorkRows *rows, Error *err)
{
    assert(as_of != DAY_NONE);
    return circumstances(ledger, kind, as_of, arena, rows, err) &&
           births(ledger, kind, as_of, arena, rows, err) &&
           (!wanted(kind, WORK_REVIEW) || reviews(ledger, arena, rows, err)) &&
           left_out(ledger, kind, as_of, arena, rows, err) &&
           (!wanted(kind, WORK_FILE_EXPECTED) ||
            files_expected_found(ledger, as_of, arena, rows, err)) &&
           (!wanted(kind, WORK_JUDGEMENT_CHANGED) ||
            judgements_found(ledger, as_of, arena, rows, err)) &&
           (!wanted(kind, WORK_ENVELOPE) || envelopes_found(ledger, as_of, arena, rows, err)) &&
           (!wanted(kind, WORK_INQUIRY) || (inquiries_found(ledger, as_of, arena, rows, err) &&
                                            unread_news_found(ledger, arena, rows, err))) &&
           (!wanted(kind, WORK_CERTIFICATE) || certificates_found(ledger, arena, rows, err));
}
