// SPDX-License-Identifier: Apache-2.0
#include "life_picture.h"

#include "dates.h"
#include "life_axis.h"

#include <assert.h>
#include <stdlib.h>

enum {
    ROWS_TOP = 740,
    ROW = 320,
    BAND_TOP = 60,      // of a row
    BAND_BOTTOM = 260,  // of a row
    MIDDLE = 160,
    NEAR = 176,          // two marks may not be nearer
    BEFORE_TODAY = 130,  // the pentagon before today's line
    TEXT_ROOM = 600,
};

// ---- marks

typedef struct Placed {
    Mark mark;
    int true_x;
} Placed;
VEC(PlacedRows, Placed, placed);

static bool elsewhere(const LifeDose *d)
{
    return d->record->kind == GIVEN_ELSEWHERE || d->record->origin_id;
}

static void shape_of(const LifeDose *d, Mark *mark)
{
    Status status = d->verdict ? d->verdict->status : STATUS_NONE;
    bool asks = !d->record->dose.given_on.day || status == STATUS_REVIEW;
    if (!d->verdict)
        mark->voluntary = true;
    else if (status == STATUS_INVALID)
        mark->invalid = true;
    else if (asks)
        mark->asks = true;
    else if (status == STATUS_COUNTED)
        mark->counted = true;
    else if (status == STATUS_VALID)
        mark->valid = true;
    else
        mark->voluntary = true;
}

static Str mark_title(const PersonShown *shown, const LifeSeries *series, const LifeDose *d,
                      Arena *arena)
{
    Str when = date_partial_era_text(arena, d->record->dose.given_on);
    Str status = d->verdict ? status_label(shown->schedule, d->verdict->status)
                            : S("定期の回数には数えません");
    Text out = {0};
    text_addf(&out, arena, "%.*s %.*s %.*s %.*s", STR(series->name), STR(d->position), STR(when),
              STR(status));
    for (int i = 0; d->verdict && i < d->verdict->reason_count; i++) {
        Str words = reason_words(shown->schedule, d->verdict->reasons[i]);
        text_addf(&out, arena, "。%.*s", STR(words));
    }
    return text_str(&out);
}

static void dose_mark(const PersonShown *shown, const LifeScale *scale, const LifeSeries *series,
                      const LifeDose *d, int chosen, LifeRow *row, PlacedRows *placed, Arena *arena)
{
    DaySpan span;
    PartialDate given = d->record->dose.given_on;
    if (!partial_date_span(given, &span)) return;
    Placed p = {.mark = {.target = str_format(arena, "d%d", d->no),
                         .y = row->middle,
                         .title = mark_title(shown, series, d, arena),
                         .chosen = d->no == chosen,
                         .abroad = elsewhere(d),
                         .text = d->label}};
    int from = life_x(scale, span.first), to = life_x(scale, span.last);
    p.true_x = (from + to) / 2;
    shape_of(d, &p.mark);
    if (!partial_date_whole(given))
        *whisker_rows_push(&row->whiskers, arena) =
            (Whisker){from, to, row->middle, row->middle - 60, row->middle + 60};
    *placed_push(placed, arena) = p;
}

static int by_place(const void *a, const void *b)
{
    const Placed *one = a, *other = b;
    return one->true_x - other->true_x;
}

// A mark too near to its left neighbour moves right; none lies under what stands before today.
static void spread(PlacedRows *placed, int limit)
{
    if (!placed->count) return;
    qsort(placed->at, (size_t)placed->count, sizeof *placed->at, by_place);
    int free_from = 0;
    VEC_EACH (Placed, p, *placed) {
        p->mark.x = p->true_x < free_from ? free_from : p->true_x;
        free_from = p->mark.x + NEAR;
    }
    for (ptrdiff_t i = placed->count - 1; i >= 0 && limit; i--) {
        if (placed->at[i].mark.x <= limit) break;
        placed->at[i].mark.x = limit;
        limit -= NEAR;
    }
}

static void bend_add(LifeRow *row, const Placed *p, Arena *arena)
{
    int away = p->mark.x - p->true_x;
    if (away < 15 && away > -15) return;
    *bend_rows_push(&row->bends, arena) =
        (Bend){p->true_x, p->mark.x, row->middle + 10, row->middle - 125, row->middle - 80};
}

// ---- what comes next

static void flag_add(LifeRow *row, const LifeScale *scale, Day until, Day as_of,
                     const LifeVerdict *v, Arena *arena)
{
    if (until == DAY_NONE || until < as_of || until > life_end(scale)) return;
    int x = life_x(scale, until), today = life_x(scale, as_of);
    CivilDate day = civil_of(until);
    Flag flag = {.x = x + 20,
                 .y = row->middle,
                 .from = today + 40,
                 .text_x = x + 190,
                 .text_y = row->middle + 45,
                 .dots = x - today > 200};
    if (v->urgent && x + 190 + TEXT_ROOM < LIFE_RIGHT)
        flag.text = str_format(arena, "%d月%d日まで あと%d日", day.month, day.day, until - as_of);
    *flag_rows_push(&row->flags, arena) = flag;
}

static void next_mark(const PersonShown *shown, const LifeScale *scale, const LifeSeries *series,
                      const LifeNext *next, const LifeVerdict *v, LifeRow *row, Arena *arena)
{
    if (!next->group->has_next) return;
    int today = life_x(scale, shown->as_of);
    Day from = next->group->next.earliest;
    bool now = next->group->status == STATUS_DUE || next->group->status == STATUS_LATE;
    if (!now && (from == DAY_NONE || from > life_end(scale))) return;
    int tip = now ? today : life_x(scale, from);
    bool near = !now && tip - 220 < today + 30;
    // Of a newborn the label stands where the pentagon would.
    int before = today - BEFORE_TODAY - 120 < LIFE_LEFT ? -BEFORE_TODAY : BEFORE_TODAY;
    Mark mark = {.target = str_format(arena, "n%d", next->group->group),
                 .x = now    ? today - before
                      : near ? tip + 110
                             : tip - 110,
                 .y = row->middle,
                 .title =
                     str_format(arena, "%.*s 次回 %.*s", STR(series->name), STR(next->position)),
                 .next = now,
                 .later = !now,
                 .text = next->label};
    *mark_rows_push(&row->marks, arena) = mark;
    if (now) flag_add(row, scale, next->safe, shown->as_of, v, arena);
}

// ---- bands

static void band_add(LifeRow *row, const LifeScale *scale, DaySpan days, bool past, Arena *arena)
{
    if (days.last < scale->birth || days.first > life_end(scale)) return;
    *band_rows_push(&row->legal, arena) =
        (Band){life_x(scale, days.first), life_x(scale, days.last + 1), row->top + BAND_TOP,
               row->top + BAND_BOTTOM, past};
}

static Day last_good_dose(const LifeSeries *series, int group)
{
    Day last = DAY_NONE;
    VEC_EACH (const LifeDose, d, series->doses) {
        DaySpan span;
        bool good = d->verdict && d->group->group == group && d->verdict->status == STATUS_VALID;
        if (good && partial_date_span(d->record->dose.given_on, &span)) last = span.last;
    }
    return last;
}

static bool is_closed(const PersonShown *shown, int group)
{
    for (int g = 0; g < shown->assessed->group_count; g++)
        if (shown->assessed->groups[g].group == group)
            return shown->assessed->groups[g].status == STATUS_CLOSED;
    return false;
}

static void bands(const PersonShown *shown, const LifeScale *scale, const LifeSeries *series,
                  LifeRow *row, Arena *arena)
{
    VEC_EACH (const LifeWindow, w, series->legal) {
        band_add(row, scale, w->days, false, arena);
        Day good = last_good_dose(series, w->group);
        DaySpan missed = {good == DAY_NONE || good < w->days.first ? w->days.first : good,
                          w->days.last};
        bool over = is_closed(shown, w->group) && w->days.last < shown->as_of;
        if (over && missed.first < missed.last) band_add(row, scale, missed, true, arena);
    }
    VEC_EACH (const LifeWindow, w, series->standard) {
        if (w->days.last < scale->birth || w->days.first > life_end(scale)) continue;
        *standard_rows_push(&row->standard, arena) = (Standard){
            life_x(scale, w->days.first), life_x(scale, w->days.last + 1), row->top + BAND_TOP + 5,
            row->top + BAND_BOTTOM - 35, row->top + BAND_BOTTOM};
    }
}

static void period_names(const PersonShown *shown, const LifeScale *scale, const LifeSeries *series,
                         LifeRow *row, Arena *arena)
{
    VEC_EACH (const LifeWindow, w, series->legal) {
        int period = group_period(shown->schedule, w->group);
        int from = life_x(scale, w->days.first), to = life_x(scale, w->days.last);
        if (period < 2 || to - from < 500 || w->days.first < shown->as_of) continue;
        *period_name_rows_push(&row->periods, arena) =
            (PeriodName){(from + to) / 2 + 60, row->middle + 40, str_format(arena, "%d期", period)};
    }
}

// ---- a row

static void glyph_of(const LifeVerdict *v, const LifeSeries *series, LifeRow *row)
{
    row->is_voluntary = series->voluntary;
    row->is_due = v->act;
    row->is_check = v->check;
    row->is_complete = v->status == STATUS_COMPLETE || v->status == STATUS_IMMUNE;
    row->is_later = v->status == STATUS_NOT_YET;
    row->is_closed = v->status == STATUS_CLOSED;
}

static int characters(Str text)
{
    int count = 0;
    for (ptrdiff_t i = 0; i < text.len; i++) count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return count;
}

// The label column has room for so many; the name is whole in the table.
static Str short_name(Str name, Arena *arena)
{
    enum { MOST = 11 };
    if (characters(name) <= MOST) return name;
    ptrdiff_t cut = str_find(name, S("・"));
    Str head = cut > 0 ? str_first(name, cut) : name;
    return cut > 0 ? str_format(arena, "%.*s など", STR(head)) : head;
}

static void row_words(const LifeVerdict *v, const LifeSeries *series, LifeRow *row, Arena *arena)
{
    row->label = short_name(series->name, arena);
    row->small = characters(row->label) > 10;
    row->act = v->act;
    row->check = v->check;
    row->bold = v->act || v->check;
    row->urgent = v->urgent;
    row->verdict = v->words;
    row->second = v->second;
    row->said = v->second.len ? str_format(arena, "%.*s：%.*s、%.*s", STR(series->name),
                                           STR(v->words), STR(v->second))
                              : str_format(arena, "%.*s：%.*s", STR(series->name), STR(v->words));
}

static void row_add(LifeLine *line, const PersonShown *shown, const LifeScale *scale,
                    const LifeSeries *series, int chosen, Arena *arena)
{
    LifeRow row = {0};
    PlacedRows placed = {0};
    LifeVerdict v = life_verdict(shown, series, arena);
    row.top = ROWS_TOP + ROW * (int)line->rows.count;
    row.bottom = row.top + ROW;
    row.middle = row.top + MIDDLE;
    row.baseline = row.middle + 50;
    row.first_baseline = row.middle - 25;
    row.second_baseline = row.middle + 120;
    row.open_line = !series->legal.count;
    row.open_to = life_x(scale, shown->as_of);
    glyph_of(&v, series, &row);
    row_words(&v, series, &row, arena);
    bands(shown, scale, series, &row, arena);
    period_names(shown, scale, series, &row, arena);
    VEC_EACH (const LifeDose, d, series->doses)
        dose_mark(shown, scale, series, d, chosen, &row, &placed, arena);
    spread(&placed, v.act ? life_x(scale, shown->as_of) - BEFORE_TODAY - 190 : 0);
    VEC_EACH (const Placed, p, placed) {
        bend_add(&row, p, arena);
        *mark_rows_push(&row.marks, arena) = p->mark;
    }
    VEC_EACH (const LifeNext, next, series->nexts)
        next_mark(shown, scale, series, next, &v, &row, arena);
    *life_row_rows_push(&line->rows, arena) = row;
}

static Str description(const PersonShown *shown, const LifeLine *line, Arena *arena)
{
    Text out = {0};
    text_addf(&out, arena, "%.*s現在、%.*s。", STR(date_era_text(arena, shown->as_of)),
              STR(line->age));
    VEC_EACH (const LifeRow, row, line->rows) text_addf(&out, arena, "%.*s。", STR(row->said));
    text_add(&out, arena, S("同じ内容が下の表にあります。"));
    return text_str(&out);
}

LifeLine life_picture(const PersonShown *shown, const LifeSeriesRows *rows,
                      const ResidenceSpanRows *residence, int chosen, Arena *arena)
{
    LifeLine line = {0};
    Day birth = life_birth(shown);
    assert(birth != DAY_NONE);
    assert(birth <= shown->as_of);
    LifeScale scale = life_scale(birth, shown->as_of);
    life_axis(&line, &scale, residence, shown, arena);
    VEC_EACH (const LifeSeries, s, *rows) row_add(&line, shown, &scale, s, chosen, arena);
    line.rows_end = ROWS_TOP + ROW * (int)line.rows.count;
    line.ticks_end = line.rows_end + 70;
    line.small_ticks_end = line.rows_end + 40;
    line.years_y = line.rows_end + 180;
    line.lines_end = line.rows_end + 320;
    line.pill_top = line.rows_end + 300;
    line.pill_text = line.rows_end + 445;
    line.height = line.rows_end + 520;
    line.desc = description(shown, &line, arena);
    return line;
}
