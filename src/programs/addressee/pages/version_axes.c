// SPDX-License-Identifier: Apache-2.0
#include "version_axes.h"

// Tenths of a unit; the picture is 1118 wide.
enum { LEFT = 1300, RIGHT = 10900, MARK = 190, LABEL = 1250, YEARS_MOST = 12 };

// Where the marks of one axis stand.
typedef struct AxisPlaces {
    int x[AXES_VERSIONS_MOST], count, label;
} AxisPlaces;

typedef struct AxesScale {
    Day from, to;
} AxesScale;

Str event_text(const RegisterVersion *version)
{
    const ResidentEvent *event = resident_event(version->event_reason);
    return event ? str_of(event->words) : S("異動");
}

static int x_of(const AxesScale *scale, Day day)
{
    return LEFT + (int)((int64_t)(RIGHT - LEFT) * (day - scale->from) / (scale->to - scale->from));
}

static void reach(AxesScale *scale, Day day)
{
    if (day == DAY_NONE) return;
    if (day < scale->from) scale->from = day;
    if (day > scale->to) scale->to = day;
}

// Marks keep a distance from each other: a later one moves right, and at the edge all of them move left.
static void spread(AxisPlaces *places)
{
    for (int i = 1; i < places->count; i++)
        if (places->x[i] < places->x[i - 1] + MARK) places->x[i] = places->x[i - 1] + MARK;
    for (int i = places->count - 1, most = RIGHT; i >= 0; i--, most -= MARK)
        if (places->x[i] > most) places->x[i] = most;
}

static Str short_day(Day day, Arena *arena)
{
    char text[DAY_TEXT_SIZE];
    return str_copy(arena, str_of(day_text(day, text)));
}

static void years(VersionAxes *axes, const AxesScale *scale, Arena *arena)
{
    int first = civil_of(scale->from).year + 1, last = civil_of(scale->to).year;
    int step = (last - first) / YEARS_MOST + 1;
    for (int year = first; year <= last; year += step)
        *axes_year_rows_push(&axes->years, arena) =
            (AxesYear){x_of(scale, day_of(year, 1, 1)), str_format(arena, "%d", year)};
}

// A label has room behind the one before it, or is dropped: its words stand in the table.
static void label_add(AxesLabelRows *labels, int x, int *last, Str text, Arena *arena)
{
    if (*last && x < *last + LABEL) return;
    bool at_edge = x > RIGHT - LABEL / 2;
    *last = at_edge ? x - LABEL / 2 : x;
    *axes_label_rows_push(labels, arena) = (AxesLabel){at_edge ? x + 80 : x, at_edge, text};
}

static AxesScale scale_of(const RegisterVersionRows *history, const VersionCames *came, int first,
                          Day as_of)
{
    AxesScale scale = {as_of, as_of};
    for (ptrdiff_t i = first; i < history->count; i++) {
        reach(&scale, history->at[i].occurred_on);
        reach(&scale, instant_day_in_japan(came->at[i].at));
    }
    scale.from -= (scale.to - scale.from) / 40 + 1;
    return scale;
}

VersionAxes version_axes(const RegisterVersionRows *history, const VersionCames *came, Day as_of,
                         Arena *arena)
{
    VersionAxes axes = {0};
    AxisPlaces life = {0}, known = {0};
    int count = (int)history->count;
    int first = count > AXES_VERSIONS_MOST ? count - AXES_VERSIONS_MOST : 0;
    AxesScale scale = scale_of(history, came, first, as_of);
    years(&axes, &scale, arena);
    for (int i = first; i < count; i++) {
        life.x[life.count++] = x_of(&scale, history->at[i].occurred_on);
        known.x[known.count++] = x_of(&scale, instant_day_in_japan(came->at[i].at));
    }
    spread(&life);
    spread(&known);
    for (int i = first; i < count; i++) {
        const RegisterVersion *v = &history->at[i];
        int lived = life.x[i - first], learnt = known.x[i - first];
        Str came_on = short_day(instant_day_in_japan(came->at[i].at), arena);
        Str said = str_format(arena, "%.*s %.*s", STR(event_text(v)),
                              STR(short_day(v->occurred_on, arena)));
        *axes_mark_rows_push(&axes.marks, arena) =
            (AxesMark){lived, learnt, v->version_no, v->withdrawn_by != 0, i == count - 1};
        label_add(&axes.events, lived, &life.label, said, arena);
        label_add(&axes.comings, learnt, &known.label, came_on, arena);
    }
    axes.today = x_of(&scale, as_of);
    axes.said = str_format(
        arena, "版の2つの軸。上は異動日、下は処理日。版は%dつです。同じ内容が下の表にあります。",
        count);
    return axes;
}
