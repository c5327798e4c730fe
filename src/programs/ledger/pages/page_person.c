// One person's page: what is due, the life-line, and the same in tables.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "dose_effect.h"
#include "known_day_rows.h"
#include "life_picture.h"
#include "person_html.h"
#include "person_state.h"
#include "rule_lines.h"
#include "visit_person.h"

#include <stdlib.h>

typedef struct Drawing {
    const PersonShown *shown;
    const LifeSeriesRows *rows;
    Arena *arena;
    PersonPage page;
} Drawing;

// ---- what is needed now

static bool is_open(const LifeNext *next)
{
    return next->group->status == STATUS_DUE || next->group->status == STATUS_LATE;
}

static Day until_of(const LifeNext *next)
{
    return next->safe != DAY_NONE ? next->safe : next->group->next.last;
}

static void need_add(Drawing *d, const LifeSeries *series, const LifeNext *next)
{
    enum { SOON_DAYS = 60 };
    bool check = next->group->status == STATUS_REVIEW;
    if (!check && !is_open(next)) return;
    Need need = {.check = check,
                 .what = str_format(d->arena, "%.*s %.*s", STR(series->name), STR(next->position))};
    Day until = check ? DAY_NONE : until_of(next);
    if (check) need.until = S("確認が必要です");
    if (until != DAY_NONE) {
        need.left = until - d->shown->as_of;
        need.has_left = need.left >= 0;
        need.soon = need.has_left && need.left < SOON_DAYS;
        need.until = need.has_left
                         ? str_format(d->arena, "%.*sまで", STR(date_era_text(d->arena, until)))
                         : S("最後まで定期で終えられません");
    }
    *need_rows_push(&d->page.needs, d->arena) = need;
}

// The nearest end first; what asks for a person last.
static int by_end(const void *a, const void *b)
{
    const Need *one = a, *other = b;
    if (one->check != other->check) return one->check - other->check;
    if (one->has_left != other->has_left) return other->has_left - one->has_left;
    return (one->left > other->left) - (one->left < other->left);
}

static void needs(Drawing *d)
{
    VEC_EACH (const LifeSeries, s, *d->rows)
        VEC_EACH (const LifeNext, next, s->nexts) need_add(d, s, next);
    NeedRows *rows = &d->page.needs;
    if (rows->count) qsort(rows->at, (size_t)rows->count, sizeof *rows->at, by_end);
    const PersonRow *person = d->shown->person;
    bool resident = person->status == STATUS_RESIDENT && !person->withdrawn;
    d->page.calm = resident ? S("いま受ける定期接種はありません。")
                            : S("この人はいま定期接種の対象ではありません。");
}

// ---- what comes next

static Str era_or_none(Day day, Arena *arena)
{
    return day == DAY_NONE ? (Str){0} : date_era_text(arena, day);
}

static Str span_words(Day from, Day to, Arena *arena)
{
    if (from == DAY_NONE && to == DAY_NONE) return (Str){0};
    Str first = era_or_none(from, arena), last = era_or_none(to, arena);
    return str_format(arena, "%.*s〜%.*s", STR(first), STR(last));
}

static void next_add(Drawing *d, const LifeSeries *series, const LifeNext *next)
{
    enum { URGENT_DAYS = 60 };
    const NextDose *dose = &next->group->next;
    NextLine line = {.no = next->group->group,
                     .act = is_open(next),
                     .what =
                         str_format(d->arena, "%.*s　%.*s", STR(series->name), STR(next->position)),
                     .status = status_label(d->shown->schedule, next->group->status)};
    if (next->group->has_next) {
        int left = next->safe == DAY_NONE ? 0 : next->safe - d->shown->as_of;
        line.from = era_or_none(dose->earliest, d->arena);
        line.standard = span_words(dose->standard_from, dose->standard_to, d->arena);
        line.safe = era_or_none(next->safe, d->arena);
        line.law = rule_law_of_dose(d->shown->schedule, next->group->group, dose->row,
                                    d->shown->as_of, *d->arena);
        line.urgent = line.safe.len && left < URGENT_DAYS;
        if (line.safe.len && line.act)
            line.left = left < 0 ? S("（過ぎました）") : str_format(d->arena, "（あと%d日）", left);
    }
    *next_line_rows_push(&d->page.nexts, d->arena) = line;
}

// What may be given now before what comes later.
static void nexts(Drawing *d)
{
    for (int later = 0; later < 2; later++)
        VEC_EACH (const LifeSeries, s, *d->rows)
            VEC_EACH (const LifeNext, next, s->nexts)
                if (is_open(next) != (later == 1)) next_add(d, s, next);
}

// ---- doses

static const char *sign_of(const LifeDose *dose)
{
    Status status = dose->verdict ? dose->verdict->status : STATUS_NONE;
    if (status == STATUS_VALID) return "●";
    if (status == STATUS_INVALID) return "☒";
    if (status == STATUS_COUNTED) return "◇";
    if (status == STATUS_REVIEW) return "△";
    return "○";
}

static ReasonRows reasons_of(const Drawing *d, const LifeDose *dose)
{
    ReasonRows rows = {0};
    for (int i = 0; dose->verdict && i < dose->verdict->reason_count; i++) {
        DoseReason reason = dose->verdict->reasons[i];
        *reason_rows_push(&rows, d->arena) = (Reason){reason_words(d->shown->schedule, reason),
                                                      row_law(d->shown->schedule, reason.row)};
    }
    return rows;
}

static Str age_at(const Drawing *d, const LifeDose *dose)
{
    DaySpan given;
    Day birth = life_birth(d->shown);
    if (birth == DAY_NONE || !partial_date_span(dose->record->dose.given_on, &given))
        return (Str){0};
    Str first = date_age_text(d->arena, birth, given.first);
    Str last = date_age_text(d->arena, birth, given.last);
    return str_equal(first, last) ? first
                                  : str_format(d->arena, "%.*s〜%.*s", STR(first), STR(last));
}

static DoseLine dose_line(const Drawing *d, const LifeSeries *series, const LifeDose *dose)
{
    char iso[DAY_TEXT_SIZE];
    const DoseRecord *r = dose->record;
    Status status = dose->verdict ? dose->verdict->status : STATUS_NONE;
    DoseLine line = {.no = dose->no,
                     .position = dose->position,
                     .given_era = date_partial_era_text(d->arena, r->dose.given_on),
                     .age = age_at(d, dose),
                     .product = dose_product_words(d->shown->schedule, d->shown->products, r),
                     .lot = r->lot,
                     .place = r->clinic_name,
                     .source = dose_source_words(r),
                     .good = status == STATUS_VALID || status == STATUS_COUNTED,
                     .bad = status == STATUS_INVALID,
                     .asks = status == STATUS_REVIEW,
                     .sign = str_of(sign_of(dose)),
                     .status = dose->verdict ? status_label(d->shown->schedule, status)
                                             : S("定期の回数に数えません"),
                     .reasons = reasons_of(d, dose)};
    if (r->dose.given_on.day)
        line.given_on = str_copy(d->arena, str_of(partial_date_text(r->dose.given_on, iso)));
    line.said = str_format(d->arena, "%.*s　%.*s　%.*s　%.*s", STR(series->name),
                           STR(line.position), STR(line.given_era), STR(line.age));
    return line;
}

// The dose that is told first: what is wrong or waits, else the last one.
static void choose(PersonPage *page, const DoseLine *line, Arena *arena)
{
    const Chosen made = {line->no,   line->said,   line->bad || line->asks,
                         line->sign, line->status, line->reasons};
    bool louder = page->chosen.count && page->chosen.at[0].bad;
    if (louder) return;
    if (!page->chosen.count)
        *chosen_rows_push(&page->chosen, arena) = made;
    else
        page->chosen.at[0] = made;
}

static void doses(Drawing *d)
{
    VEC_EACH (const LifeSeries, s, *d->rows) {
        if (!s->doses.count) continue;
        SeriesPart part = {0};
        VEC_EACH (const LifeDose, dose, s->doses) {
            DoseLine line = dose_line(d, s, dose);
            line.first = part.doses.count == 0;
            line.together = s->doses.count;
            line.series = s->name;
            choose(&d->page, &line, d->arena);
            *dose_line_rows_push(&part.doses, d->arena) = line;
        }
        *series_part_rows_push(&d->page.parts, d->arena) = part;
    }
    d->page.dose_count = d->shown->records->count;
}

// Where a record is corrected and cancelled, for whoever may; not on a day that is past.
static bool changes(const Visit *visit, Drawing *d, Error *err)
{
    bool may;
    if (d->shown->known_on != DAY_NONE) return true;
    if (!visit_may(visit, &route_page_dose, &may, err)) return false;
    VEC_EACH (SeriesPart, part, d->page.parts)
        VEC_EACH (DoseLine, line, part->doses) {
            int32_t dose_id = d->shown->records->at[line->no - 1].dose.dose_id;
            if (may && (!dose_path(visit, DOSE_CORRECT, dose_id, &line->correct, err) ||
                        !dose_path(visit, DOSE_CANCEL, dose_id, &line->cancel, err)))
                return false;
        }
    return true;
}

// ---- facts

static Str opens_words(const Drawing *d, const FactRow *f)
{
    DaySpan opens;
    Arena *arena = d->arena;
    if (fact_shape(f) != FACT_CIRCUMSTANCE) return (Str){0};
    if (f->ended == DAY_NONE) return S("続いているため、まだ何も延長されません");
    if (!case_opens(d->shown->c, f, d->shown->as_of, &opens, *arena)) return S("延長される期間はありません");
    return str_format(arena, "受けられる期間 %.*s", STR(span_words(opens.first, opens.last, arena)));
}

static FactLine fact_line(const Drawing *d, const FactRow *f)
{
    Arena *arena = d->arena;
    bool circumstance = fact_shape(f) == FACT_CIRCUMSTANCE;
    FactLine line = {.kind = fact_kind_words(d->shown->schedule, f->kind),
                     .subject = fact_subject_words(d->shown->schedule, f->subject),
                     .value = fact_value_words(d->shown->schedule, f, arena),
                     .from = era_or_none(circumstance ? f->began : f->since, arena),
                     .until = era_or_none(circumstance ? f->ended : f->until, arena),
                     .opens = opens_words(d, f),
                     .source = fact_source_words(f->source)};
    if (f->recognised_on != DAY_NONE || f->recognised_by.len)
        line.recognised = str_format(arena, "%.*s　%.*s", STR(era_or_none(f->recognised_on, arena)),
                                     STR(f->recognised_by));
    return line;
}

// Where a fact is ended and withdrawn, for whoever may; not on a day that is past.
static bool facts(const Visit *visit, Drawing *d, Error *err)
{
    bool may = false, now = d->shown->known_on == DAY_NONE;
    if (now && !visit_may(visit, &route_page_fact, &may, err)) return false;
    VEC_EACH (const FactRow, f, *d->shown->facts) {
        FactLine *line = fact_line_rows_push(&d->page.facts, d->arena);
        *line = fact_line(d, f);
        if (may && (!fact_path(visit, FACT_AGAIN, f->fact_id, &line->again, err) ||
                    !fact_path(visit, FACT_WITHDRAW, f->fact_id, &line->withdraw, err)))
            return false;
    }
    return !may || fact_path(visit, FACT_ENTER, 0, &d->page.enter_fact, err);
}

// ---- asked elsewhere

static bool inquiries(const Visit *visit, const VisitPerson *person, Drawing *d, Error *err)
{
    bool may;
    InquiryNote note;
    if (d->shown->known_on != DAY_NONE) return true;
    if (!visit_may(visit, &route_page_inquiries, &may, err)) return false;
    if (!may) return true;
    if (!inquiry_note(visit, person, &note, err)) return false;
    d->page.inquiry = note.words;
    d->page.inquiries = note.open;
    return true;
}

// ---- the picture

static bool picture(Drawing *d, const ResidenceSpanRows *residence, Error *err)
{
    Day birth = life_birth(d->shown);
    if (birth == DAY_NONE || birth > d->shown->as_of) return true;
    int chosen = d->page.chosen.count ? (int)d->page.chosen.at[0].no : 0;
    LifeLine line = life_picture(d->shown, d->rows, residence, chosen, d->arena);
    Page *page = page_begin(d->arena);
    life_line_write(page, &line);
    return page_end(page, &d->page.picture, err);
}

// ---- what was known on a day

static bool knowing(Drawing *d, Visit *visit, Error *err)
{
    KnownDays days;
    Str sealed = visit->variables[0];
    const PersonShown *shown = d->shown;
    d->page.go = visit_path(visit, &route_send_person_known, &sealed, 1);
    d->page.origin = visit_origin(visit, d->page.go);
    d->page.asked = date_era_text(d->arena, shown->as_of);
    if (shown->known_on != DAY_NONE) {
        d->page.known = d->page.asked;
        d->page.now = visit_path(visit, &route_page_person, &sealed, 1);
    }
    if (!known_days_of(visit->act->store, shown->person->person_id, &days, err)) return false;
    for (int i = 0; i < days.count; i++) {
        char text[DAY_TEXT_SIZE];
        const Str variables[] = {sealed, str_copy(d->arena, str_of(day_text(days.at[i], text)))};
        *known_stop_rows_push(&d->page.stops, d->arena) =
            (KnownStop){visit_path(visit, &route_page_person_known, variables, 2),
                        date_era_text(d->arena, days.at[i]), days.at[i] == shown->known_on};
    }
    return true;
}

static bool person_draw(Visit *visit, Day known_on, Error *err)
{
    VisitPerson person;
    if (!visit_person_known(visit, known_on, &person, err)) return false;
    LifeSeriesRows rows = life_series_of(&person.shown, visit->arena);
    Drawing d = {.shown = &person.shown, .rows = &rows, .arena = visit->arena};
    needs(&d);
    nexts(&d);
    doses(&d);
    if (!changes(visit, &d, err) || !facts(visit, &d, err) || !inquiries(visit, &person, &d, err) ||
        !picture(&d, &person.residence, err) ||
        !knowing(&d, visit, err))
        return false;
    visit->narrow = visit->prints = true;
    person_page_write(visit->page, &d.page);
    return true;
}

bool page_person(Visit *visit, Error *err)
{
    return person_draw(visit, DAY_NONE, err);
}

bool page_person_known(Visit *visit, Error *err)
{
    Day day;
    return date_parse_day(visit->variables[1], &day, NULL, err) && person_draw(visit, day, err);
}

// A day that is read as people write it goes on as a number; what is not over yet is today.
bool send_person_known(Visit *visit, Error *err)
{
    Day day;
    char text[DAY_TEXT_SIZE];
    Str typed = str_trim(web_value(visit->request->form, "day"));
    if (!date_parse_day(typed, &day, NULL, err)) return false;
    const Str variables[] = {visit->variables[0],
                             str_copy(visit->arena, str_of(day_text(day, text)))};
    visit->go = day >= visit->act->business_day
                    ? visit_path(visit, &route_page_person, variables, 1)
                    : visit_path(visit, &route_page_person_known, variables, 2);
    return true;
}
