// All vaccines as somebody invented meets them: the life-line of nobody, judged by the engine.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "invented.h"
#include "life_picture.h"
#include "outlet.h"
#include "rule_lines.h"
#include "rules_asked.h"
#include "rules_html.h"
#include "vaccine_names.h"

// ---- the picture and its table

static bool picture(const PersonShown *shown, const LifeSeriesRows *rows, Arena *arena,
                    Markup *markup, Error *err)
{
    const ResidenceSpanRows nowhere = {0};
    LifeLine line = life_picture(shown, rows, &nowhere, 0, arena);
    Page *page = page_begin(arena);
    life_line_write(page, &line);
    return page_end(page, markup, err);
}

static Str era_or_none(Day day, Arena *arena)
{
    return day == DAY_NONE ? (Str){0} : date_era_text(arena, day);
}

static Str standard_of(const NextDose *next, Arena *arena)
{
    DaySpan standard = life_standard(next);
    if (standard.first == DAY_NONE && standard.last == DAY_NONE) return (Str){0};
    Str from = era_or_none(standard.first, arena), to = era_or_none(standard.last, arena);
    return str_format(arena, "%.*s〜%.*s", STR(from), STR(to));
}

static void next_add(const Visit *visit, const PersonShown *shown, const LifeSeries *series,
                     const LifeNext *next, RulesPage *page)
{
    Arena *arena = visit->arena;
    const NextDose *dose = &next->group->next;
    Str id = group_id(shown->schedule, next->group->group);
    RulesNext line = {.no = next->group->group,
                      .open = visit_path(visit, &route_page_vaccine, &id, 1),
                      .vaccine = series->name,
                      .position = next->position,
                      .status = status_label(shown->schedule, next->group->status)};
    if (next->group->has_next) {
        line.from = era_or_none(dose->earliest, arena);
        line.standard = standard_of(dose, arena);
        line.last = era_or_none(dose->last, arena);
        line.law =
            rule_law_of_dose(shown->schedule, next->group->group, dose->row, shown->as_of, *arena);
    }
    *rules_next_rows_push(&page->nexts, arena) = line;
}

static Str said_of(const RulesAsked *asked, const PersonShown *shown, Arena *arena)
{
    Str on = date_era_text(arena, asked->on), birth = date_era_text(arena, life_birth(shown));
    if (asked->birth == DAY_NONE) return str_format(arena, "%.*sに生まれた子の期間", STR(on));
    return str_format(arena, "%.*sに生まれた人（%s）の、%.*sの期間", STR(birth),
                      asked->sex == 1 ? "男" : "女", STR(on));
}

static void others(const Visit *visit, const Schedule *schedule, RulesPage *page)
{
    VEC_EACH (const VaccineName, v, vaccine_names(schedule, visit->arena))
        *rules_choice_rows_push(&page->others, visit->arena) =
            (RulesChoice){visit_path(visit, &route_page_vaccine, &v->id, 1), v->name};
}

// ---- the page

bool rules_draw(Visit *visit, const RulesAsked *asked, Str refused, Error *err)
{
    bool may;
    Ledger ledger;
    Arena *arena = visit->arena;
    RulesPage page = {.sub = S("一人ひとりの判定と同じ規則と計算で、架空の人を判定します。")};
    if (!visit_ledger(visit, &ledger, err) || !visit_may(visit, &route_page_rehearsals, &may, err)) return false;
    if (may) page.rehearsals = visit_path(visit, &route_page_rehearsals, NULL, 0);
    Day birth = asked->birth == DAY_NONE ? asked->on : asked->birth;
    PersonShown shown = invented_person(&ledger, birth, asked->sex, asked->on, arena);
    LifeSeriesRows rows = life_series_of(&shown, arena);
    if (!rules_form(visit, RULES_ALL, asked, refused, &page.form, err) ||
        (rows.count && !picture(&shown, &rows, arena, &page.picture, err)))
        return false;
    page.said = said_of(asked, &shown, arena);
    VEC_EACH (const LifeSeries, s, rows)
        VEC_EACH (const LifeNext, next, s->nexts) next_add(visit, &shown, s, next, &page);
    others(visit, ledger.schedule, &page);
    visit->narrow = visit->prints = true;
    rules_page_write(visit->page, &page);
    return true;
}

bool page_rules(Visit *visit, Error *err)
{
    RulesAsked asked;
    return rules_asked(visit, -1, &asked, err) && rules_draw(visit, &asked, (Str){0}, err);
}

// ---- what is asked of them

static bool asked_draw(Visit *visit, const RulesAsked *asked, Str refused, Error *err)
{
    return str_equal(visit->variables[0], RULES_ALL) ? rules_draw(visit, asked, refused, err)
                                                     : vaccine_draw(visit, asked, refused, err);
}

bool page_rules_asked(Visit *visit, Error *err)
{
    RulesAsked asked;
    return rules_asked(visit, 1, &asked, err) && asked_draw(visit, &asked, (Str){0}, err);
}

bool send_rules(Visit *visit, Error *err)
{
    RulesAsked asked;
    Error why = {0};
    Str place[2] = {visit->variables[0]};
    if (!rules_typed(visit, &asked, &why)) {
        visit->status = 422;
        Str refused = outlet_error(OUTLET_PAGE, visit->arena, &why);
        return rules_asked(visit, -1, &asked, err) && asked_draw(visit, &asked, refused, err);
    }
    if (!rules_sealed(visit, &asked, &place[1], err)) return false;
    visit->go = visit_path(visit, &route_page_rules_asked, place, 2);
    return true;
}
