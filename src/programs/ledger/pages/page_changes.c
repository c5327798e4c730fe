// What changed between two days: who came onto the due list, who left it, and why.
//
// A list that is kept is read (changes_kept.h). One of few people is judged as it is asked for; any other is an order,
// and the page says how far it is.
// SPDX-License-Identifier: Apache-2.0
#include "changes_html.h"
#include "changes_kept.h"
#include "changes_order.h"
#include "dates.h"
#include "form.h"
#include "jobs_shown.h"
#include "life_series.h"
#include "order_shown.h"
#include "visit_person.h"

#define ASKED S("changes")

enum { PAGE_ROWS = 50 };

static const char *const way_words[] = {
    [CHANGE_CAME] = "新しく対象",   [CHANGE_LATE] = "標準の時期を過ぎた", [CHANGE_DONE] = "終わった",
    [CHANGE_LEFT] = "対象から外れた", [CHANGE_OTHER] = "ほか",
};

// Which days and which lines; as text "2026-10-24|2026-11-24|0|0".
typedef struct ChangesAsked {
    Day from, to;
    int64_t way, page;
} ChangesAsked;

// ---- what was asked

static bool asked_sealed(const Visit *visit, const ChangesAsked *asked, Str *sealed, Error *err)
{
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    Str text = str_format(visit->arena, "%s|%s|%lld|%lld", day_text(asked->from, from),
                          day_text(asked->to, to), (long long)asked->way, (long long)asked->page);
    return visit_seal(visit, ASKED, text, sealed, err);
}

static bool asked_path(const Visit *visit, const ChangesAsked *asked, Path *path, Error *err)
{
    Str sealed;
    if (!asked_sealed(visit, asked, &sealed, err)) return false;
    *path = visit_path(visit, &route_page_changes_asked, &sealed, 1);
    return true;
}

static bool asked_read(Str text, ChangesAsked *asked, Error *err)
{
    Cut from = str_cut(text, '|'), to = str_cut(from.tail, '|'), way = str_cut(to.tail, '|');
    if (way.found && day_read(from.head.at, (int)from.head.len, &asked->from) &&
        day_read(to.head.at, (int)to.head.len, &asked->to) && str_int64(way.head, &asked->way) &&
        str_int64(way.tail, &asked->page) && asked->way >= 0 && asked->way < CHANGE_WAYS && asked->page >= 0)
        return true;
    return FAIL(err, E_NOT_FOUND, .words = S("この差分の条件を読み取れません。日を選び直してください。"));
}

bool send_changes(Visit *visit, Error *err)
{
    ChangesAsked asked = {0};
    WebPairs form = visit->request->form;
    if (!date_parse_day(str_trim(web_value(form, "from")), &asked.from, NULL, err) ||
        !date_parse_day(str_trim(web_value(form, "to")), &asked.to, NULL, err))
        return false;
    if (asked.from >= asked.to || asked.to > visit->act->business_day)
        return FAIL(err, E_MISSING,
                    .words = S("はじめの日は終わりの日より前、終わりの日は今日までにしてください。"));
    return asked_path(visit, &asked, &visit->go, err);
}

// ---- lines

typedef struct Drawing {
    Visit *visit;
    Ledger ledger;
    const Schedule *schedule;
    ChangesAsked asked;
    ChangesKept kept;
    bool judged;      // as it was asked for; else the list that is kept is read
    ChangeRows rows;  // judged: all of them; kept: those of the page
    ChangesPage page;
} Drawing;

static Str place_words(const Drawing *d, int group, int32_t status, Str position)
{
    Arena *arena = d->visit->arena;
    Str label = status_label(d->schedule, (Status)status);
    if (!position.len) return label;
    Str dose = life_position_words(d->schedule, group, schedule_text_find(d->schedule, position), arena);
    return dose.len ? str_format(arena, "%.*s %.*s", STR(dose), STR(label)) : label;
}

static Str time_words(Str detail, Arena *arena)
{
    static const struct {
        const char *code, *words;
    } days[] = {{"last ", "受けられる最後の日が過ぎました"},
                {"standard_to ", "標準の時期が終わりました"},
                {"earliest ", "受けられる日になりました"}};
    for (ptrdiff_t i = 0; i < countof(days); i++)
        if (str_starts(detail, str_of(days[i].code)))
            return str_format(arena, "%s（%.*s）", days[i].words,
                              STR(str_from(detail, str_of(days[i].code).len)));
    return S("日がたちました");
}

static Str why_words(const ChangeRow *row, Arena *arena)
{
    switch ((ChangeCause)row->cause) {
    case CHANGE_TIME: return time_words(row->detail, arena);
    case CHANGE_DOSE: return S("接種の記録が加わったか、変わりました");
    case CHANGE_PERSON: return row->detail;
    case CHANGE_FACT: return S("登録した事情が変わりました");
    case CHANGE_RULE: return S("規則が変わりました");
    case CHANGE_CAUSES: break;
    }
    return S("");
}

static bool line_add(Drawing *d, const ChangeRow *row, Error *err)
{
    Arena *arena = d->visit->arena;
    ChangeLine line = {.name = row->name,
                       .birth = date_partial_era_text(arena, row->birth),
                       .what = str_cut(group_name(d->schedule, row->group), ' ').head,
                       .from = place_words(d, row->group, row->from_status, row->from_position),
                       .to = place_words(d, row->group, row->to_status, row->to_position),
                       .why = why_words(row, arena)};
    if (!line.why.len) line.why = S("住民の登録が変わりました");
    if (!person_path(d->visit, &row->who, &line.open, err)) return false;
    *change_line_rows_push(&d->page.lines, arena) = line;
    return true;
}

static bool counted(const Drawing *d, int64_t counts[CHANGE_WAYS], Error *err)
{
    if (!d->judged) return change_line_counts(d->visit->act->store, d->kept.list_no, counts, err);
    for (int way = 0; way < CHANGE_WAYS; way++) counts[way] = 0;
    VEC_EACH (const ChangeRow, row, d->rows) counts[change_way(row)]++;
    return true;
}

static bool tiles(Drawing *d, Error *err)
{
    int64_t counts[CHANGE_WAYS];
    if (!counted(d, counts, err)) return false;
    for (int way = 0; way < CHANGE_WAYS; way++) {
        const ChangesAsked asked = {d->asked.from, d->asked.to, way, 0};
        KindTile tile = {.key = way + 1,
                         .words = str_of(way_words[way]),
                         .count = counts[way],
                         .here = way == d->asked.way};
        if (!asked_path(d->visit, &asked, &tile.open, err)) return false;
        *kind_tile_rows_push(&d->page.tiles, d->visit->arena) = tile;
    }
    d->page.found = counts[d->asked.way];
    return true;
}

static bool kept_lines(Drawing *d, int64_t first, Error *err)
{
    if (!changes_kept_read(&d->ledger, &d->kept, (ChangeWay)d->asked.way, first, PAGE_ROWS, &d->rows, err)) return false;
    VEC_EACH (const ChangeRow, row, d->rows)
        if (!line_add(d, row, err)) return false;
    return true;
}

static bool judged_lines(Drawing *d, int64_t first, Error *err)
{
    int64_t nth = 0;
    VEC_EACH (const ChangeRow, row, d->rows) {
        if ((int64_t)change_way(row) != d->asked.way) continue;
        if (nth >= first && nth < first + PAGE_ROWS && !line_add(d, row, err)) return false;
        nth++;
    }
    return true;
}

static bool lines(Drawing *d, Error *err)
{
    int64_t first = d->asked.page * PAGE_ROWS;
    if (d->judged ? !judged_lines(d, first, err) : !kept_lines(d, first, err)) return false;
    d->page.first = first + 1;
    d->page.last = first + d->page.lines.count;
    ChangesAsked next = d->asked, begin = d->asked;
    next.page++;
    begin.page = 0;
    return (d->page.last >= d->page.found || asked_path(d->visit, &next, &d->page.next, err)) &&
           (!d->asked.page || asked_path(d->visit, &begin, &d->page.begin, err));
}

// ---- a list that is to be made

static Str order_words(const Drawing *d)
{
    return str_format(d->visit->arena, "差分 %.*s→%.*s", STR(d->page.from), STR(d->page.to));
}

// The last order of these two days.
static bool order_of_days(const Drawing *d, OrderRow *order, bool *found, Error *err)
{
    enum { LOOKED_AT = 20 };
    OrderRows rows;
    Visit *visit = d->visit;
    Str words = order_words(d);
    *found = false;
    if (!orders_read(visit->act->store, str_of(order_changes.name), LOOKED_AT, visit->arena, &rows, err)) return false;
    for (ptrdiff_t i = 0; i < rows.count && !*found; i++) {
        *found = str_equal(rows.at[i].words, words);
        *order = rows.at[i];
    }
    return true;
}

static bool order_told(Drawing *d, Error *err)
{
    bool found;
    OrderRow order;
    OrderShown shown;
    Visit *visit = d->visit;
    ChangesPage *page = &d->page;
    if (!order_of_days(d, &order, &found, err)) return false;
    if (!found) return true;
    if (!order_shown(visit->act, &order, &shown, err)) return false;
    page->works = shown.waits || shown.works;
    if (order.state == ORDER_FAILED) page->failed = order.said;
    if (shown.died) page->failed = S("途中で止まりました。もう一度作ってください。");
    if (!shown.works) return true;
    page->stage = shown.way.words;
    page->at = shown.way.done;
    page->total = shown.way.total;
    page->counted = shown.way.total > 0;
    page->left = job_left_words(&shown.way, visit->act->now, visit->arena);
    return true;
}

static bool making_offered(Drawing *d, Error *err)
{
    Str sealed;
    Visit *visit = d->visit;
    ChangesPage *page = &d->page;
    if (!order_told(d, err)) return false;
    visit->renews = page->works;
    if (page->works) return true;
    if (!asked_sealed(visit, &d->asked, &sealed, err)) return false;
    page->make_go = visit_path(visit, &route_send_changes_made, &sealed, 1);
    page->make_origin = visit_origin(visit, page->make_go);
    return form_number(visit, &page->make_once, err);
}

// ---- the page

static bool list_found(Drawing *d, bool *there, Error *err)
{
    Changes changes;
    const ChangesAsked *asked = &d->asked;
    if (!changes_kept_find(&d->ledger, asked->from, asked->to, &d->kept, err)) return false;
    bool fresh = d->kept.list_no && !d->kept.written;
    if (!fresh && !changes_few(&d->ledger, asked->from, asked->to, &d->judged, err)) return false;
    if (d->judged && !changes_list(&d->ledger, asked->from, asked->to, &changes, err)) return false;
    if (d->judged) d->rows = changes.rows;
    d->schedule = d->judged ? changes.schedule : d->kept.schedule;
    *there = d->judged || d->kept.list_no;
    return fresh || d->judged || making_offered(d, err);
}

static bool list_told(Drawing *d, Error *err)
{
    char at[INSTANT_TEXT_SIZE];
    Visit *visit = d->visit;
    if (!tiles(d, err) || !lines(d, err)) return false;
    visit->rows = d->page.lines.count;
    visit->prints = d->page.there = true;
    d->page.asked = str_format(visit->arena, "%.*s→%.*s　%s", STR(d->page.from), STR(d->page.to), way_words[d->asked.way]);
    d->page.written = d->judged ? 0 : d->kept.written;
    if (d->page.written) d->page.made = str_copy(visit->arena, str_of(instant_in_japan(d->kept.made_at, at)));
    return true;
}

static bool drawing_begin(Visit *visit, const ChangesAsked *asked, Drawing *d, Error *err)
{
    *d = (Drawing){.visit = visit, .asked = *asked};
    d->page.from = date_era_text(visit->arena, asked->from);
    d->page.to = date_era_text(visit->arena, asked->to);
    d->page.asked = str_format(visit->arena, "%.*s→%.*s", STR(d->page.from), STR(d->page.to));
    d->page.make_origin = d->page.make_once = S("");
    return visit_ledger(visit, &d->ledger, err);
}

static bool changes_draw(Visit *visit, const ChangesAsked *asked, Error *err)
{
    Drawing d;
    bool there;
    if (!drawing_begin(visit, asked, &d, err) || !list_found(&d, &there, err) || (there && !list_told(&d, err))) return false;
    d.page.go = visit_path(visit, &route_send_changes, NULL, 0);
    d.page.origin = visit_origin(visit, d.page.go);
    changes_page_write(visit->page, &d.page);
    return true;
}

bool page_changes(Visit *visit, Error *err)
{
    Day today = visit->act->business_day;
    const ChangesAsked asked = {changes_usual_from(today), today, CHANGE_CAME, 0};
    return changes_draw(visit, &asked, err);
}

static bool asked_here(Visit *visit, ChangesAsked *asked, Error *err)
{
    Str text;
    return visit_unseal(visit, ASKED, visit->variables[0], &text, err) && asked_read(text, asked, err);
}

bool page_changes_asked(Visit *visit, Error *err)
{
    ChangesAsked asked;
    return asked_here(visit, &asked, err) && changes_draw(visit, &asked, err);
}

// Somebody else may have asked for the same two days meanwhile: then the page tells of that order.
bool send_changes_made(Visit *visit, Error *err)
{
    Drawing d;
    Path path;
    int32_t number;
    ChangesAsked asked;
    if (!asked_here(visit, &asked, err) || !drawing_begin(visit, &asked, &d, err) || !order_told(&d, err) ||
        !asked_path(visit, &asked, &path, err))
        return false;
    const OrderAsked order = {.kind = &order_changes,
                              .words = order_words(&d),
                              .payload = changes_order_text(asked.from, asked.to, visit->arena),
                              .purpose = str_of(purpose_words(visit->session->purpose)),
                              .staff_no = visit->session->row.staff_no};
    if (!d.page.works && (!order_ask(visit->act, &order, &number, err) || !order_start(visit->act, number, err)))
        return false;
    return visit_go(visit, path, (Str){0}, err);
}
