// The due list on a screen: conditions, counts by vaccine and ward, a page of the list with why each day is that day.
// What was chosen goes on in the address as a text that only this session can read (page_search.c): the place where
// a page begins names a person.
// SPDX-License-Identifier: Apache-2.0
#include "city_place_rows.h"
#include "dates.h"
#include "due_asked.h"
#include "due_html.h"
#include "due_words.h"
#include "key_set.h"
#include "life_series.h"
#include "notice_rows.h"
#include "person_opened.h"
#include "visit_person.h"
#include "ward_scope.h"

enum { PAGE_ROWS = 50, WITHIN_FIRST = 60, HOT_DAYS = 14 };

static bool asked_path(const Visit *visit, const DueAsked *asked, Path *path, Error *err)
{
    return due_asked_path(visit, &route_page_due_asked, asked, path, err);
}

bool due_soon_path(const Visit *visit, int days, Path *path, Error *err)
{
    const DueAsked asked = {.within = days, .after = {.last_safe = DAY_NONE}};
    return asked_path(visit, &asked, path, err);
}

bool send_due(Visit *visit, Error *err)
{
    DueAsked asked;
    WebPairs form = visit->request->form;
    Str text = str_format(visit->arena, "%.*s|%.*s|%.*s|", STR(web_value(form, "series")),
                          STR(web_value(form, "ward")), STR(web_value(form, "within")));
    return due_asked_read(text, &asked, err) && asked_path(visit, &asked, &visit->go, err);
}

// ---- what may be chosen

typedef struct Drawing {
    Visit *visit;
    const Ledger *ledger;
    DueAsked asked;
    CityWards wards;
    DuePage found;
    DueListPage page;
    bool fresh;  // nobody asked for anything yet: the conditions have the focus
} Drawing;

static void choice(ChoiceRows *rows, Arena *arena, Str value, Str words, Str chosen)
{
    *choice_rows_push(rows, arena) = (Choice){value, words, str_equal(value, chosen)};
}

static const struct {
    const char *value, *words;
} within_choices[] = {{"14", "14日以内"},   {"30", "30日以内"},   {"60", "60日以内"},
                      {"90", "90日以内"}, {"180", "180日以内"}, {"-1", "日数を問わない"}};

static bool counted(const Drawing *d, int group)
{
    VEC_EACH (const DueCount, c, d->found.counts)
        if (c->group == group) return true;
    return false;
}

// In front stands what a keyboard types into a folded list: it takes no 漢字.
static Str keyed_words(Str key, Str words, Arena *arena)
{
    return str_format(arena, "%.*s %.*s", STR(key), STR(words));
}

// "106" of "401064": without prefecture and check digit, as offices call a ward.
static Str ward_number(Str code)
{
    enum { PREFECTURE = 2, NUMBER = 3 };
    return code.len < PREFECTURE + NUMBER ? code : str_first(str_from(code, PREFECTURE), NUMBER);
}

// Vaccines of which there is somebody; the one that was chosen in any case.
static void choices(Drawing *d)
{
    Arena *arena = d->visit->arena;
    const Schedule *schedule = d->ledger->schedule;
    choice(&d->page.series, arena, S(""), S("すべて"), d->asked.series);
    for (int g = 0; g < group_count(schedule); g++)
        if (counted(d, g) || str_equal(group_id(schedule, g), d->asked.series))
            choice(&d->page.series, arena, group_id(schedule, g), keyed_words(group_id(schedule, g), group_name(schedule, g), arena),
                   d->asked.series);
    if (!d->visit->act->wards.len) choice(&d->page.wards, arena, S(""), S("すべて"), d->asked.ward);
    VEC_EACH (const CityWard, w, d->wards)
        choice(&d->page.wards, arena, w->code, keyed_words(ward_number(w->code), w->name, arena), d->asked.ward);
    Str within = str_format(arena, "%lld", (long long)d->asked.within);
    for (int i = 0; i < countof(within_choices); i++)
        choice(&d->page.days, arena, str_of(within_choices[i].value),
               str_of(within_choices[i].words), within);
}

// ---- counts by vaccine and ward

static bool cell(const Drawing *d, int group, Str ward, Path *open, bool *here, Error *err)
{
    const DueAsked asked = {group_id(d->ledger->schedule, group), ward, d->asked.within,
                            {.last_safe = DAY_NONE}};
    *here = str_equal(asked.series, d->asked.series) && str_equal(ward, d->asked.ward);
    return asked_path(d->visit, &asked, open, err);
}

static int64_t people_of(const Drawing *d, int group, Str ward)
{
    int64_t people = 0;
    VEC_EACH (const DueCount, c, d->found.counts)
        if (c->group == group && (!ward.len || str_equal(c->ward, ward))) people += c->people;
    return people;
}

static bool count_line(Drawing *d, int group, Error *err)
{
    Arena *arena = d->visit->arena;
    CountLine line = {.words = group_name(d->ledger->schedule, group),
                      .people = people_of(d, group, S(""))};
    if (!cell(d, group, S(""), &line.open, &line.here, err)) return false;
    VEC_EACH (const CityWard, w, d->wards) {
        Cell one = {.people = people_of(d, group, w->code)};
        if (!cell(d, group, w->code, &one.open, &one.here, err)) return false;
        *cell_rows_push(&line.cells, arena) = one;
    }
    *count_line_rows_push(&d->page.counts, arena) = line;
    return true;
}

static bool counts(Drawing *d, Error *err)
{
    VEC_EACH (const CityWard, w, d->wards) *ward_rows_push(&d->page.heads, d->visit->arena) = (Ward){w->name};
    for (int g = 0; g < group_count(d->ledger->schedule); g++)
        if (counted(d, g) && !count_line(d, g, err)) return false;
    return true;
}

// ---- lines

static Str era(Day day, Arena *arena)
{
    return day == DAY_NONE ? (Str){0} : date_era_text(arena, day);
}

static Str why_words(const DueRow *row)
{
    if (row->last == DAY_NONE) return S("法の期限はありません");
    if (row->last_safe == DAY_NONE) return S("最後まで定期で終えられません");
    return row->last_safe == row->last ? S("法の期限と同じ日") : S("残りの回を終えるため");
}

// How often and when last somebody was written to about it.
static Str written_words(const Drawing *d, const NoticeRows *written, const DueRow *row)
{
    int letters = 0;
    Day last = DAY_NONE;
    Str series = group_id(d->ledger->schedule, row->group);
    VEC_EACH (const NoticeRow, n, *written) {
        if (n->person_id != row->person_id || !str_equal(n->series, series)) continue;
        letters++;
        last = n->mailed_on;
    }
    return letters ? str_format(d->visit->arena, "%d回 %.*s", letters,
                                STR(date_era_text(d->visit->arena, last)))
                   : (Str){0};
}

static Str stopped_words(const DueRow *row)
{
    if (row->contraindicated) return S("接種不適当の登録");
    if (row->held.len) return S("止めています");
    return row->no_letter ? S("送りません") : (Str){0};
}

static bool line_add(Drawing *d, const NoticeRows *written, const DueRow *row, Error *err)
{
    Arena *arena = d->visit->arena;
    const Schedule *schedule = d->ledger->schedule;
    Day today = d->visit->act->business_day;
    int left = row->last_safe == DAY_NONE ? 0 : row->last_safe - today;
    DueLine line = {.first = !d->fresh && !d->page.lines.count,
                    .safe = era(row->last_safe, arena),
                    .left = left,
                    .has_left = row->last_safe != DAY_NONE && left >= 0,
                    .soon = row->last_safe != DAY_NONE && left >= 0 && left < HOT_DAYS,
                    .name = row->name,
                    .birth = date_partial_era_text(arena, row->birth),
                    .what = life_dose_words(schedule, row->group, row->position, arena),
                    .why = why_words(row),
                    .from = row->earliest == DAY_NONE ? S("いま") : date_era_text(arena, row->earliest),
                    .may_now = row->earliest <= today,
                    .past = row->standard_to != DAY_NONE && row->standard_to < today,
                    .last = era(row->last, arena),
                    .earlier = row->last_safe != row->last,
                    .written = written_words(d, written, row),
                    .stopped = stopped_words(row)};
    if (row->standard_from != DAY_NONE || row->standard_to != DAY_NONE)
        line.standard = str_format(arena, "%.*s〜%.*s", STR(era(row->standard_from, arena)),
                                   STR(era(row->standard_to, arena)));
    if (!person_path(d->visit, &row->who, &line.open, err)) return false;
    *due_line_rows_push(&d->page.lines, arena) = line;
    return true;
}

static bool lines(Drawing *d, Error *err)
{
    KeySet persons = {0};
    NoticeRows written;
    Arena *arena = d->visit->arena;
    VEC_EACH (const DueRow, row, d->found.rows) key_set_add_number(&persons, arena, row->person_id);
    if (!notices_of_persons(d->visit->act->store, key_set_text(&persons, arena), INT32_MAX, arena,
                            &written, err))
        return false;
    VEC_EACH (const DueRow, row, d->found.rows)
        if (!line_add(d, &written, row, err)) return false;
    return true;
}

static bool other_pages(Drawing *d, Error *err)
{
    DueAsked next = d->asked, begin = d->asked;
    next.after = d->found.last;
    begin.after = (AskedKey){.last_safe = DAY_NONE};
    return (!d->found.more || asked_path(d->visit, &next, &d->page.next, err)) &&
           (!d->asked.after.person_id || asked_path(d->visit, &begin, &d->page.begin, err));
}

// ---- the page

// Wards and counts that the right does not reach are not drawn.
static void within_wards(Drawing *d)
{
    CityWards wards = {0};
    DueCounts counts = {0};
    Str reach = d->visit->act->wards;
    VEC_EACH (const CityWard, ward, d->wards)
        if (ward_scope_covers(reach, ward->code)) *city_wards_push(&wards, d->visit->arena) = *ward;
    VEC_EACH (const DueCount, count, d->found.counts)
        if (ward_scope_covers(reach, count->ward)) *due_counts_push(&counts, d->visit->arena) = *count;
    d->wards = wards;
    d->found.counts = counts;
}

static bool found(Drawing *d, Error *err)
{
    bool there;
    Visit *visit = d->visit;
    DuePageWanted wanted = due_asked_page(d->ledger, &d->asked, visit->act->business_day, PAGE_ROWS);
    wanted.due.as_kept = true;
    if (!due_page(d->ledger, &wanted, visit->arena, &d->found, &there, err)) return false;
    if (!there)
        return FAIL(err, E_NOT_FOUND,
                    .words = S("今日の対象者がまだ数えられていません。夜間の処理が終わっていないため、"
                               "保守の担当者に知らせてください。"));
    visit->rows = d->found.rows.count;
    within_wards(d);
    return true;
}

static bool due_draw(Visit *visit, const DueAsked *asked, bool fresh, Error *err)
{
    Ledger ledger;
    Drawing d = {.visit = visit, .ledger = &ledger, .asked = *asked, .fresh = fresh};
    if (!visit_ledger(visit, &ledger, err) || !city_wards(visit->act->store, visit->arena, &d.wards, err) ||
        !found(&d, err))
        return false;
    d.page.fresh = fresh;
    d.page.go = visit_path(visit, &route_send_due, NULL, 0);
    d.page.origin = visit_origin(visit, d.page.go);
    d.page.asked = due_asked_words(ledger.schedule, &d.wards, asked, visit->arena);
    d.page.found = d.found.total;
    d.page.behind = d.found.behind;
    d.page.shown = d.found.rows.count;
    choices(&d);
    bool writes, changes;
    if (!visit_may(visit, &route_page_changes, &changes, err)) return false;
    if (changes) d.page.changes = visit_path(visit, &route_page_changes, NULL, 0);
    if (!due_asked_path(visit, &route_page_due_export, asked, &d.page.leave, err) ||
        !visit_may(visit, &route_page_letters, &writes, err) ||
        (writes && !due_asked_path(visit, &route_page_letters, asked, &d.page.letters, err)))
        return false;
    if (!counts(&d, err) || !lines(&d, err) || !other_pages(&d, err)) return false;
    visit->prints = true;
    due_list_page_write(visit->page, &d.page);
    return true;
}

bool page_due(Visit *visit, Error *err)
{
    DueAsked asked = {.within = WITHIN_FIRST, .after = {.last_safe = DAY_NONE}};
    return ward_opened(visit->act, &asked.ward, err) && due_draw(visit, &asked, true, err);
}

bool page_due_asked(Visit *visit, Error *err)
{
    DueAsked asked;
    return due_asked_of(visit, &asked, err) && due_draw(visit, &asked, false, err);
}
