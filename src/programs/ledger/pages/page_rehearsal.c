// One rehearsal of a rule set: how far it is, how many answers change by vaccine and kind of change, whose.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "jobs_shown.h"
#include "life_series.h"
#include "list_file.h"
#include "order_shown.h"
#include "rehearsal_html.h"
#include "rehearsal_kept.h"
#include "rehearsal_order.h"
#include "visit_person.h"

enum { PAGE_ROWS = 50 };

static const char *const change_words[REHEARSAL_CHANGES] = {"状態が変わる人", "次の回が変わる人", "日付が変わる人",
                                                            "接種の判定が変わる人"};

typedef struct Drawing {
    Visit *visit;
    Ledger ledger;
    OrderRow order;
    RehearsalHead head;
    bool of_kind;         // lines of one vaccine and kind of change are asked for
    RehearsalPage asked;  // which
    int64_t page_no;
    RehearsalCounts counts;
    RehearsalPageShown page;
} Drawing;

static bool order_of(Visit *visit, OrderRow *row, Error *err)
{
    return order_asked(visit->act, &order_rehearsal, visit->variables[0], S("この番号の予行はありません。「規則の予行」から開き直してください。"), visit->arena, row,
                       err);
}

// "3.1.0": the place of the series, the kind of change, the page.
static bool kind_read(Str text, Drawing *d, Error *err)
{
    int64_t series, change;
    Cut first = str_cut(text, '.'), second = str_cut(first.tail, '.');
    d->of_kind = str_int64(first.head, &series) && str_int64(second.head, &change) && str_int64(second.tail, &d->page_no) &&
                 series >= 0 && series <= INT32_MAX && change >= 0 && change < REHEARSAL_CHANGES && d->page_no >= 0 &&
                 d->page_no < REHEARSAL_EXPORT_MOST;
    if (!d->of_kind) return FAIL(err, E_NOT_FOUND, .words = S("この一覧はありません。予行の結果から選び直してください。"));
    d->asked = (RehearsalPage){(int32_t)series, (RehearsalChange)change, d->page_no * PAGE_ROWS, PAGE_ROWS};
    return true;
}

static Path kind_path(const Drawing *d, int32_t series, RehearsalChange change, int64_t page)
{
    Str variables[2] = {d->visit->variables[0],
                        str_format(d->visit->arena, "%d.%d.%lld", (int)series, (int)change, (long long)page)};
    return visit_path(d->visit, &route_page_rehearsal_kind, variables, 2);
}

// ---- how far it is

static bool order_told(Drawing *d, Error *err)
{
    OrderShown shown;
    char at[INSTANT_TEXT_SIZE];
    Visit *visit = d->visit;
    const OrderRow *order = &d->order;
    if (!order_shown(visit->act, order, &shown, err)) return false;
    d->page = (RehearsalPageShown){.words = order->words,
                                   .who = order->asked_by,
                                   .since = str_copy(visit->arena, str_of(instant_in_japan(order->asked_at, at))),
                                   .works = shown.waits || shown.works,
                                   .back = visit_path(visit, &route_page_rehearsals, NULL, 0)};
    if (order->state == ORDER_FAILED) d->page.failed = order->said;
    if (order->state == ORDER_DONE) d->page.said = order->said;
    if (shown.died) d->page.failed = S("途中で止まりました。もう一度行ってください。");
    if (!shown.works) return true;
    d->page.stage = shown.way.words;
    d->page.at = shown.way.done;
    d->page.total = shown.way.total;
    d->page.counted = shown.way.total > 0;
    d->page.left = job_left_words(&shown.way, visit->act->now, visit->arena);
    return true;
}

// ---- how many

static bool is_here(const Drawing *d, const RehearsalCount *count)
{
    return d->of_kind && d->asked.series_place == count->series_place && d->asked.change == count->change;
}

static void vaccines_told(Drawing *d)
{
    Arena *arena = d->visit->arena;
    for (ptrdiff_t i = 0; i < d->counts.count;) {
        int32_t series = d->counts.at[i].series_place;
        RehearsalCell cells[REHEARSAL_CHANGES] = {0};
        RehearsalVaccine vaccine = {.name = d->counts.at[i].vaccine};
        for (; i < d->counts.count && d->counts.at[i].series_place == series; i++) {
            const RehearsalCount *count = &d->counts.at[i];
            cells[count->change] =
                (RehearsalCell){kind_path(d, series, count->change, 0), count->persons, is_here(d, count)};
        }
        for (int change = 0; change < REHEARSAL_CHANGES; change++)
            *rehearsal_cell_rows_push(&vaccine.cells, arena) = cells[change];
        *rehearsal_vaccine_rows_push(&d->page.vaccines, arena) = vaccine;
    }
}

// ---- whose

static void day_add(Text *text, Day day, const char *behind, Arena *arena)
{
    if (day == DAY_NONE) return;
    Str words = date_era_text(arena, day);
    text_addf(text, arena, "%.*s%s", STR(words), behind);
}

// "　標準 ...から...まで", or what of it there is.
static void days_add(Text *text, const char *before, Day first, Day last, Arena *arena)
{
    if (first == DAY_NONE && last == DAY_NONE) return;
    text_addf(text, arena, "　%s", before);
    day_add(text, first, "から", arena);
    day_add(text, last, "まで", arena);
}

static Str side_words(const Drawing *d, const RehearsalLine *line, int side)
{
    Text text = {0};
    Arena *arena = d->visit->arena;
    const Schedule *schedule = d->ledger.schedule;
    int group = group_find(schedule, line->series);
    Str position = line->position[side];
    Str dose = position.len && group != GROUP_NONE
                   ? life_position_words(schedule, group, schedule_text_find(schedule, position), arena)
                   : position;
    if (dose.len) text_addf(&text, arena, "%.*s ", STR(dose));
    text_add(&text, arena, line->status[side]);
    days_add(&text, "", line->earliest[side], DAY_NONE, arena);
    days_add(&text, "標準 ", line->standard_from[side], line->standard_to[side], arena);
    days_add(&text, "", DAY_NONE, line->last[side], arena);
    if (side == 1 && line->doses.len) text_addf(&text, arena, "　接種の判定 %.*s", STR(line->doses));
    return text_str(&text);
}

static bool persons_told(Drawing *d, Error *err)
{
    RehearsalLines lines;
    Visit *visit = d->visit;
    RehearsalPageShown *page = &d->page;
    VEC_EACH (const RehearsalCount, count, d->counts)
        if (is_here(d, count)) {
            page->found = count->persons;
            page->kind = str_format(visit->arena, "%.*s　%s", STR(count->vaccine), change_words[count->change]);
        }
    if (!rehearsal_lines_read(visit->act->store, d->head.rehearsal_no, &d->asked, visit->arena, &lines, err)) return false;
    VEC_EACH (const RehearsalLine, line, lines) {
        RehearsalPerson person = {.name = line->name,
                                  .birth = date_partial_era_text(visit->arena, line->birth),
                                  .from = side_words(d, line, 0),
                                  .to = side_words(d, line, 1)};
        if (!person_path(visit, &line->who, &person.open, err)) return false;
        *rehearsal_person_rows_push(&page->persons, visit->arena) = person;
    }
    visit->rows = lines.count;
    page->first = d->asked.behind + 1;
    page->last = d->asked.behind + lines.count;
    if (page->last < page->found) page->next = kind_path(d, d->asked.series_place, d->asked.change, d->page_no + 1);
    if (d->page_no) page->begin = kind_path(d, d->asked.series_place, d->asked.change, 0);
    return true;
}

// ---- the page

static bool found_told(Drawing *d, Error *err)
{
    Visit *visit = d->visit;
    int32_t made = rehearsal_order_made(&d->order);
    if (!made || !rehearsal_find(visit->act->store, made, visit->arena, &d->head, err)) return !made;
    if (!d->head.rehearsal_no) {
        d->page.failed = S("この予行の結果は、もうありません。もう一度行ってください。");
        return true;
    }
    if (!visit_ledger(visit, &d->ledger, err) || !rehearsal_counts_read(visit->act->store, made, visit->arena, &d->counts, err))
        return false;
    // As at the foot of every page.
    d->page.versions = str_format(visit->arena, "規則の版 %.8s → %.8s", str_z(visit->arena, d->head.from_version),
                                  str_z(visit->arena, d->head.to_version));
    d->page.unknown = d->head.unknown;
    if (d->head.changed) d->page.file = visit_path(visit, &route_page_rehearsal_file, visit->variables, 1);
    vaccines_told(d);
    return !d->of_kind || persons_told(d, err);
}

static bool rehearsal_draw(Drawing *d, Error *err)
{
    Visit *visit = d->visit;
    if (!order_of(visit, &d->order, err) || !order_told(d, err) || !found_told(d, err)) return false;
    visit->renews = d->page.works;
    visit->prints = true;
    visit->detail = str_format(visit->arena, "%d", (int)d->order.order_no);
    rehearsal_page_shown_write(visit->page, &d->page);
    return true;
}

bool page_rehearsal(Visit *visit, Error *err)
{
    Drawing d = {.visit = visit};
    return rehearsal_draw(&d, err);
}

bool page_rehearsal_kind(Visit *visit, Error *err)
{
    Drawing d = {.visit = visit};
    return kind_read(visit->variables[1], &d, err) && rehearsal_draw(&d, err);
}

// ---- as a file

typedef struct FileAsked {
    RehearsalExport export;
    ListFile file;
} FileAsked;

static bool list_write(const void *list, Str reason, FILE *to, Error *err)
{
    return rehearsal_export_leave(list, reason, to, err);
}

static bool file_asked(Visit *visit, FileAsked *asked, Error *err)
{
    OrderRow order;
    if (!order_of(visit, &order, err) ||
        !rehearsal_export_read(visit->act, rehearsal_order_made(&order), visit->arena, &asked->export, err))
        return false;
    asked->file = (ListFile){.leaves = &asked->export.leaves,
                             .write = list_write,
                             .list = &asked->export,
                             .lines = asked->export.lines.count,
                             .words = str_format(visit->arena, "規則の予行　%.*s", STR(order.words)),
                             .go = visit_path(visit, &route_send_rehearsal_file, visit->variables, 1),
                             .back = visit_path(visit, &route_page_rehearsal, visit->variables, 1),
                             .name = "yokou",
                             .sheet = "規則の予行"};
    return true;
}

bool page_rehearsal_file(Visit *visit, Error *err)
{
    FileAsked asked;
    return file_asked(visit, &asked, err) && list_file_page(visit, &asked.file, err);
}

bool send_rehearsal_file(Visit *visit, Error *err)
{
    FileAsked asked;
    return file_asked(visit, &asked, err) && list_file_sent(visit, &asked.file, err);
}
