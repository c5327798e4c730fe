// A city's own rows: the days of a season that the law leaves to it.
//
// The city writes them in one file of its own; they lie before the country's row, which then speaks for the
// days that the city says nothing about.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <string.h>

#include "rules_reader.h"
#include "schedule_walk.h"

#define CITY_FORMAT "schedule-city/1"

bool is_city_file(const json_t *root)
{
    return text_equal(json_object_get(root, "format"), CITY_FORMAT);
}

static const json_t *rows_of(const Reader *r, const char *group)
{
    return json_object_get(json_object_get(r->city, "season"), group);
}

static void city_keys_check(Reader *r)
{
    const char *id;
    json_t *rows;
    Place at = {.key = "season"};
    keys_check(r, NULL, r->city, "format name season");
    const json_t *season = object_of(r, NULL, r->city, "season");
    json_object_foreach((json_t *)(uintptr_t)season, id, rows)
    {
        Place here = inside(&at, id);
        bool known = false;
        for (int g = 0; g < r->builder.rules.groups.count; g++)
            known = known || str_equal(text_read(r, r->builder.rules.groups.at[g].id), str_of(id));
        if (!known) fault(r, &here, "C1", "規則にない種類です。種類の番号を確かめてください。");
        if (!json_is_array(rows)) fault(r, &here, "J1", "[ ] の中に行を並べて書いてください。");
    }
}

// Days, not terms: the city decides year by year.
static bool city_row_read(Reader *r, const Place *at, const json_t *row, WindowRow *made)
{
    static const char *const keys[] = {"first", "last"};
    DaySpan force, days;
    Day *const bounds[] = {&days.first, &days.last};
    keys_check(r, at, row, "in_force first last law");
    law_check(r, at, law_of(r, at, row), "市の行");
    for (int i = 0; i < 2; i++) {
        Str text = string_of(r, at, row, keys[i]);
        if (day_read(text.at, (int)text.len, bounds[i])) continue;
        fault(r, at, "C2", "%s は 2026-10-01 のような日付で書いてください。", keys[i]);
        return false;
    }
    if (!fixed_span(row, &force) || force.first == DAY_MIN || force.last == DAY_MAX ||
        days.first > days.last || days.first < force.first || days.last > force.last) {
        fault(
            r, at, "C2",
            "in_force には年度の初日と末日を書き、first から last までがその中に入るようにしてください。");
        return false;
    }
    *made = (WindowRow){.head = head_read(r, at, row, (Str){0}),
                        .first = term_of(r, at, row, "first"),
                        .last = term_of(r, at, row, "last"),
                        .of_city = true};
    return true;
}

WindowRows city_season_read(Reader *r, const Place *at, Str group, const json_t *season)
{
    WindowRows made = {0};
    const char *id = str_z(r->arena, group);
    const json_t *rows = rows_of(r, id);
    Str file = r->file;
    if (!rows) return made;
    Place up = {.key = "season"}, list_at = inside(&up, id);
    r->file = r->city_file;
    if (!season || !bool_of(r, at, season, "city", false))
        fault(r, &list_at, "C1", "この種類の実施期間は、市が定めるものではありません。");
    spans_check(r, &list_at, rows, false);
    for (int i = 0; i < (int)json_array_size(rows); i++) {
        Place here = element(&list_at, i);
        WindowRow row;
        if (city_row_read(r, &here, json_array_get(rows, (size_t)i), &row))
            *window_rows_push(&made, r->arena) = row;
    }
    r->file = file;
    return made;
}

// The season with every row of the country silent where the city speaks.
json_t *city_season_laid(const Reader *r, Str group, const json_t *season)
{
    assert(group.len > 0);
    const json_t *city = rows_of(r, str_z(r->arena, group));
    json_t *laid = json_deep_copy(season), *row;
    size_t i, k;
    json_t *of_city;
    json_array_foreach(json_object_get(laid, "rows"), i, row)
    {
        json_t *all = json_array();
        if (json_object_get(row, "when"))
            (void)json_array_append(all, json_object_get(row, "when"));
        json_array_foreach((json_t *)(uintptr_t)city, k, of_city)
        {
            json_t *day = json_incref(json_object_get(of_city, "in_force"));
            (void)json_array_append_new(all, json_pack("{s:{s:o}}", "not", "day", day));
        }
        if (json_array_size(all))
            (void)json_object_set_new(row, "when", json_pack("{s:o}", "all", all));
        else
            json_decref(all);
    }
    return laid;
}

// ---- Inside what the country allows --------------------------------------------------------------

static bool of_day_alone(const Schedule *s, const WindowRow *row)
{
    assert(row->first >= 0 && row->first < s->terms.count && row->last < s->terms.count);
    return !((s->terms.at[row->first].needs | s->terms.at[row->last].needs) & ~NEEDS_ON);
}

static bool country_allows(const Walk *day, const Schedule *s, Range rows)
{
    for (int i = rows.first; i < rows.first + rows.count; i++) {
        const WindowRow *row = &s->window_rows.at[i];
        if (row->of_city || !of_day_alone(s, row)) continue;
        Day first = term_day(day, row->first), last = term_day(day, row->last);
        if (day->on >= first && (last == DAY_NONE || day->on <= last)) return true;
    }
    return false;
}

void city_try(Reader *r, const Schedule *schedule)
{
    Person person;
    Subject subject = {.birth = DAY_MIN};
    if (!r->city) return;
    city_keys_check(r);
    person_room(&person, schedule, r->arena);
    person_meet(&person, &subject);
    person_known(&person, (History){0}, DAY_MIN);
    Walk day = {.person = &person, .use = USE_JUDGE, .product = PRODUCT_NONE};
    for (int g = 0; g < schedule->groups.count; g++) {
        Range rows = schedule->windows.at[schedule->groups.at[g].season].rows;
        for (int i = rows.first; i < rows.first + rows.count; i++) {
            const WindowRow *row = &schedule->window_rows.at[i];
            const Day ends[] = {term_day(&day, row->first), term_day(&day, row->last)};
            for (int k = 0; row->of_city && k < 2; k++) {
                day.on = ends[k];
                Place at = {.key = row_place(schedule, row->head.note).at};
                if (!country_allows(&day, schedule, rows))
                    fault(r, &at, "C3", "国の定める期間の外の日です。実施期間を確かめてください。");
            }
        }
    }
}
