// The axes of the picture: ages above, years below, where the person lived, today and school.
// SPDX-License-Identifier: Apache-2.0
#include "life_axis.h"

#include <assert.h>

#include "calendar.h"
#include "dates.h"

enum {
    PILL_HALF = 390,
    AIR = 60,
    YEAR_WIDE = 900,
    YEAR_NARROW = 320,
    TODAY_PILL = 1220,
    SCHOOL_PILL = 1500
};

static int text_width(Str text)
{
    int width = 0;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte < 0x80) width += 66;
        if (byte >= 0xC0) width += 120;
    }
    return width;
}

// ---- ages

static Str age_label(int months, bool first_of_segment, Arena *arena)
{
    if (months >= 24 || months % 12 == 0)
        return months ? str_format(arena, "%d歳", months / 12) : S("出生");
    bool unit = first_of_segment || months == 15;
    return str_format(arena, unit ? "%dか月" : "%d", months);
}

// Bold ones stand; a label that has no air, or would lie under the pill of today, is dropped.
static void label_add(LifeLine *line, const LifeScale *scale, int months, bool bold, bool first,
                      Arena *arena)
{
    AxisLabel label = {.x = life_x(scale, month_add(scale->birth, months, MONTHS_CLIP)),
                       .text = age_label(months, first, arena),
                       .bold = bold};
    int half = text_width(label.text) / 2;
    bool under = label.x + half > line->age_x - PILL_HALF - AIR &&
                 label.x - half < line->age_x + PILL_HALF + AIR;
    if (under) return;
    if (line->ages.count) {
        AxisLabel *before = &line->ages.at[line->ages.count - 1];
        int end = before->x + text_width(before->text) / 2;
        if (label.x - half < end + AIR && !bold) return;
        if (label.x - half < end + AIR && !before->bold) line->ages.count--;
    }
    *axis_label_rows_push(&line->ages, arena) = label;
}

static void segment_labels(LifeLine *line, const LifeScale *scale, int nth, Arena *arena)
{
    const LifeSegment *s = &scale->segments[nth];
    int from = nth ? scale->segments[nth - 1].to_months : 0, months = from;
    while (months < s->to_months) {
        bool begins = months == from && (nth > 0 || months == 0);
        int x = life_x(scale, month_add(scale->birth, months, MONTHS_CLIP));
        if (!begins) *axis_tick_rows_push(&line->hairs, arena) = (AxisTick){x};
        label_add(line, scale, months, months && (begins || months == 12),
                  months - from <= (s->fine_step ? s->fine_step : s->step), arena);
        months += months < s->fine_until ? s->fine_step : s->step;
    }
}

static void unit_add(LifeLine *line, const LifeScale *scale, int nth, Arena *arena)
{
    Str words = str_of(scale->segments[nth].words);
    int from = life_segment_x(scale, nth), to = life_segment_x(scale, nth + 1);
    int middle = (from + to) / 2, half = text_width(words) / 2 + 40;
    bool lies_under = to - from < 2 * half + 80;
    if (lies_under) return;
    *unit_bracket_rows_push(&line->units, arena) =
        (UnitBracket){from + 20, to - 20, middle, middle - half, middle + half, words};
}

static void ages(LifeLine *line, const LifeScale *scale, Arena *arena)
{
    for (int i = 0; i <= scale->count; i++)
        *axis_tick_rows_push(&line->rules, arena) = (AxisTick){life_segment_x(scale, i)};
    for (int i = 0; i < scale->count; i++) {
        if (i)
            *axis_tick_rows_push(&line->zigzags, arena) = (AxisTick){life_segment_x(scale, i) - 30};
        segment_labels(line, scale, i, arena);
        unit_add(line, scale, i, arena);
    }
}

// ---- years

static Str year_text(int year, bool wide, Arena *arena)
{
    Str era = date_era_text(arena, day_of(year, 12, 31));
    ptrdiff_t end = str_find(era, S("年"));
    return wide && end > 0 ? str_format(arena, "%d年（%.*s）", year, (int)end, era.at)
                           : str_format(arena, "%d", year);
}

static void year_add(LifeLine *line, const LifeScale *scale, int year, Day end, Arena *arena)
{
    Day first = day_of(year, 1, 1), next = day_of(year + 1, 1, 1);
    int from = life_x(scale, first), to = life_x(scale, next < end ? next : end), width = to - from;
    if (first > scale->birth) *axis_tick_rows_push(&line->years, arena) = (AxisTick){from};
    for (int month = 4; month <= 10 && width > 1000; month += 3)
        if (day_of(year, month, 1) > scale->birth)
            *axis_tick_rows_push(&line->quarters, arena) =
                (AxisTick){life_x(scale, day_of(year, month, 1))};
    bool wide = width >= YEAR_WIDE;
    YearLabel label = {(from + to) / 2, year_text(year, wide, arena)};
    int half = text_width(label.text) / 2;
    if (line->year_labels.count) {
        YearLabel *before = &line->year_labels.at[line->year_labels.count - 1];
        if (label.x - half < before->x + text_width(before->text) / 2 + AIR) return;
    }
    if (width < half) return;
    *year_label_rows_push(&line->year_labels, arena) = label;
}

static void years(LifeLine *line, const LifeScale *scale, Arena *arena)
{
    Day end = life_end(scale);
    for (int year = civil_of(scale->birth).year; day_of(year, 1, 1) < end; year++)
        year_add(line, scale, year, end, arena);
}

// ---- where the person lived

static void homes(LifeLine *line, const LifeScale *scale, const ResidenceSpanRows *residence,
                  Day as_of, Arena *arena)
{
    VEC_EACH (const ResidenceSpan, span, *residence) {
        Day last = span->last == DAY_NONE || span->last > as_of ? as_of : span->last;
        Day first =
            span->first == DAY_NONE || span->first < scale->birth ? scale->birth : span->first;
        if (last < first) continue;
        int from = life_x(scale, first), to = life_x(scale, last), middle = (from + to) / 2;
        bool named = to - from >= 600;
        *home_rows_push(&line->homes, arena) =
            (Home){from, to, middle, middle - 160, middle + 160, named ? S("当市") : (Str){0}};
    }
}

// ---- today and school

static void today(LifeLine *line, const LifeScale *scale, const PersonShown *shown, Arena *arena)
{
    Day as_of = shown->as_of;
    char text[DAY_TEXT_SIZE];
    line->today = life_x(scale, as_of);
    line->age = date_age_text(arena, scale->birth, as_of);
    line->age_x = line->today;
    line->age_pill = line->age_x - PILL_HALF;
    line->today_text = str_format(arena, "%s %s", shown->known_on == DAY_NONE ? "今日" : "時点",
                                  day_text(as_of, text));
    int left = line->today - TODAY_PILL < 0 ? 0 : line->today - TODAY_PILL;
    line->today_pill = left + 40;
    line->today_x = left + TODAY_PILL / 2;
}

// Its pill stands right of its line, that of today left of today's: where both have no room, the line stands alone.
static void school(LifeLine *line, const LifeScale *scale, Day as_of, Arena *arena)
{
    char text[DAY_TEXT_SIZE];
    Day entry = school_entry(scale->birth);
    if (entry >= life_end(scale) || age_completed(scale->birth, as_of) >= 17) return;
    int x = life_x(scale, entry);
    *axis_tick_rows_push(&line->schools, arena) = (AxisTick){x};
    bool meets = x - 10 < line->today && x + SCHOOL_PILL > line->today - TODAY_PILL;
    if (meets) return;
    line->school_text = str_format(arena, "小学校入学 %s", day_text(entry, text));
    line->school_pill = x - 10;
    line->school_x = line->school_pill + SCHOOL_PILL / 2;
}

void life_axis(LifeLine *line, const LifeScale *scale, const ResidenceSpanRows *residence,
               const PersonShown *shown, Arena *arena)
{
    assert(scale->count > 0);
    Day as_of = shown->as_of;
    today(line, scale, shown, arena);
    ages(line, scale, arena);
    years(line, scale, arena);
    homes(line, scale, residence, as_of, arena);
    school(line, scale, as_of, arena);
}
