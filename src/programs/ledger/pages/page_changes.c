// What changed between two days: who came onto the due list, who left it, and why (changes_list.h).
// SPDX-License-Identifier: Apache-2.0
#include "calendar.h"
#include "changes_html.h"
#include "changes_list.h"
#include "dates.h"
#include "life_series.h"
#include "visit_person.h"

#define ASKED S("changes")

enum { PAGE_ROWS = 50 };

// How a line is counted, the first that fits.
typedef enum ChangeWay { WAY_NEW, WAY_LATE, WAY_DONE, WAY_LEFT, WAY_OTHER, WAYS } ChangeWay;

static const char *const way_words[] = {
    [WAY_NEW] = "新しく対象",   [WAY_LATE] = "標準の時期を過ぎた", [WAY_DONE] = "終わった",
    [WAY_LEFT] = "対象から外れた", [WAY_OTHER] = "ほか",
};

// Which days and which lines; as text "2026-10-24|2026-11-24|0|0".
typedef struct ChangesAsked {
    Day from, to;
    int64_t way, page;
} ChangesAsked;

static bool asks(int32_t status)
{
    return status == STATUS_DUE || status == STATUS_LATE;
}

static ChangeWay way_of(const ChangeRow *row)
{
    if (asks(row->to_status) && !asks(row->from_status)) return WAY_NEW;
    if (row->to_status == STATUS_LATE && row->from_status == STATUS_DUE) return WAY_LATE;
    if (row->to_status == STATUS_COMPLETE) return WAY_DONE;
    return asks(row->from_status) && !asks(row->to_status) ? WAY_LEFT : WAY_OTHER;
}

// ---- what was asked

static bool asked_path(const Visit *visit, const ChangesAsked *asked, Path *path, Error *err)
{
    Str sealed;
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    Str text = str_format(visit->arena, "%s|%s|%lld|%lld", day_text(asked->from, from),
                          day_text(asked->to, to), (long long)asked->way, (long long)asked->page);
    if (!visit_seal(visit, ASKED, text, &sealed, err)) return false;
    *path = visit_path(visit, &route_page_changes_asked, &sealed, 1);
    return true;
}

static bool asked_read(Str text, ChangesAsked *asked, Error *err)
{
    Cut from = str_cut(text, '|'), to = str_cut(from.tail, '|'), way = str_cut(to.tail, '|');
    if (way.found && day_read(from.head.at, (int)from.head.len, &asked->from) &&
        day_read(to.head.at, (int)to.head.len, &asked->to) && str_int64(way.head, &asked->way) &&
        str_int64(way.tail, &asked->page) && asked->way >= 0 && asked->way < WAYS && asked->page >= 0)
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
    const Schedule *schedule;
    ChangesAsked asked;
    ChangeRows rows;
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

static bool tiles(Drawing *d, Error *err)
{
    int64_t counts[WAYS] = {0};
    VEC_EACH (const ChangeRow, row, d->rows) counts[way_of(row)]++;
    for (int way = 0; way < WAYS; way++) {
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

static bool lines(Drawing *d, Error *err)
{
    int64_t nth = 0, first = d->asked.page * PAGE_ROWS;
    VEC_EACH (const ChangeRow, row, d->rows) {
        if ((int64_t)way_of(row) != d->asked.way) continue;
        if (nth >= first && nth < first + PAGE_ROWS && !line_add(d, row, err)) return false;
        nth++;
    }
    d->page.first = first + 1;
    d->page.last = first + d->page.lines.count;
    ChangesAsked next = d->asked, begin = d->asked;
    next.page++;
    begin.page = 0;
    return (d->page.last >= nth || asked_path(d->visit, &next, &d->page.next, err)) &&
           (!d->asked.page || asked_path(d->visit, &begin, &d->page.begin, err));
}

static bool changes_draw(Visit *visit, const ChangesAsked *asked, Error *err)
{
    Ledger ledger;
    Arena *arena = visit->arena;
    Drawing d = {.visit = visit, .asked = *asked};
    if (!visit_ledger(visit, &ledger, err) ||
        !changes_list(&ledger, asked->from, asked->to, &d.rows, &d.schedule, err) ||
        !tiles(&d, err) || !lines(&d, err))
        return false;
    visit->rows = d.page.lines.count;
    d.page.go = visit_path(visit, &route_send_changes, NULL, 0);
    d.page.origin = visit_origin(visit, d.page.go);
    d.page.from = date_era_text(arena, asked->from);
    d.page.to = date_era_text(arena, asked->to);
    d.page.asked = str_format(arena, "%.*s→%.*s　%s", STR(d.page.from), STR(d.page.to),
                              way_words[asked->way]);
    visit->prints = true;
    changes_page_write(visit->page, &d.page);
    return true;
}

bool page_changes(Visit *visit, Error *err)
{
    Day today = visit->act->business_day;
    const ChangesAsked asked = {month_add(today, -1, MONTHS_OVERFLOW), today, WAY_NEW, 0};
    return changes_draw(visit, &asked, err);
}

bool page_changes_asked(Visit *visit, Error *err)
{
    Str text;
    ChangesAsked asked;
    return visit_unseal(visit, ASKED, visit->variables[0], &text, err) &&
           asked_read(text, &asked, err) && changes_draw(visit, &asked, err);
}
