// One vaccine: how its doses go by the rules of a day and of another, and every rule that says so, with its law.
// SPDX-License-Identifier: Apache-2.0
#include "course_picture.h"
#include "dates.h"
#include "life_picture.h"
#include "person_state.h"
#include "rule_lines.h"
#include "rules_asked.h"
#include "vaccine_html.h"
#include "vaccine_names.h"

#include <stdlib.h>

static const char *const kind_words[RULE_KINDS] = {
    [RULE_PROGRAMME] = "定期接種の期間",
    [RULE_TARGET] = "対象になる人",
    [RULE_SERVES] = "何のための接種か",
    [RULE_WINDOW] = "接種できる期間",
    [RULE_OPENING] = "特別の事情のあとの期間",
    [RULE_PRODUCT] = "使える製品",
    [RULE_SERIES] = "回数",
    [RULE_DOSE] = "それぞれの回",
    [RULE_GAP] = "前の回との間隔",
    [RULE_CONFLICT] = "ほかのワクチンとの間隔",
    [RULE_COUNTED] = "受けたものとして数えるもの",
    [RULE_EXCESS] = "必要な回数を超えたとき",
    [RULE_END] = "対象でなくなるとき",
    [RULE_LETTER] = "お知らせを送らないとき",
};

VEC(Days, Day, days);

typedef struct VaccineDraw {
    Visit *visit;
    const Schedule *schedule;
    const VaccineName *vaccine;
    const RulesAsked *asked;
    VaccinePage page;
    CourseSteps now;
    Days turns;  // days on which some rule of it begins, or is no more; in order
} VaccineDraw;

static Arena *arena_of(const VaccineDraw *d)
{
    return d->visit->arena;
}

static bool belongs(const VaccineDraw *d, int group)
{
    return d->vaccine->groups >> group & 1;
}

static bool holds(DaySpan span, Day day)
{
    return day != DAY_NONE && span.first <= day && day <= span.last;
}

// ---- the days on which the law changed

static int by_day(const void *a, const void *b)
{
    Day one = *(const Day *)a, other = *(const Day *)b;
    return (one > other) - (one < other);
}

static void turn_add(VaccineDraw *d, Day day)
{
    if (day == DAY_MIN || day > DAY_MAX) return;
    VEC_EACH (const Day, known, d->turns)
        if (*known == day) return;
    *days_push(&d->turns, arena_of(d)) = day;
}

static void turns(VaccineDraw *d)
{
    for (int g = 0; g < group_count(d->schedule); g++) {
        if (!belongs(d, g)) continue;
        VEC_EACH (const RuleLine, line, rule_lines_of(d->schedule, g, arena_of(d))) {
            turn_add(d, line->in_force.first);
            if (line->in_force.last < DAY_MAX) turn_add(d, line->in_force.last + 1);
        }
    }
    if (d->turns.count) qsort(d->turns.at, (size_t)d->turns.count, sizeof(Day), by_day);
}

// What the first rule that begins or ends on the day is about.
static Str about(const VaccineDraw *d, Day day)
{
    for (int g = 0; g < group_count(d->schedule); g++) {
        if (!belongs(d, g)) continue;
        VEC_EACH (const RuleLine, line, rule_lines_of(d->schedule, g, arena_of(d)))
            if (line->in_force.first == day || line->in_force.last + 1 == day)
                return str_of(kind_words[line->kind]);
    }
    return S("");
}

static bool law_days(VaccineDraw *d, Error *err)
{
    Day here = DAY_MIN;
    VEC_EACH (const Day, day, d->turns)
        if (*day <= d->asked->on) here = *day;
    VEC_EACH (const Day, day, d->turns) {
        Str place[2] = {d->vaccine->id};
        const RulesAsked then = {*day, *day - 1, DAY_NONE, d->asked->sex};
        if (!rules_sealed(d->visit, &then, &place[1], err)) return false;
        *law_day_rows_push(&d->page.days, arena_of(d)) =
            (LawDay){visit_path(d->visit, &route_page_rules_asked, place, 2),
                     date_era_text(arena_of(d), *day), about(d, *day), *day == here};
    }
    return true;
}

// ---- how its doses go

static Str step_name(const VaccineDraw *d, const CourseDose *dose)
{
    Str period = str_cut(group_name(d->schedule, dose->group), ' ').tail;
    if (period.len && group_asks_once(d->schedule, dose->group)) return period;
    if (!period.len) return str_format(arena_of(d), "%d回目", dose->number);
    return str_format(arena_of(d), "%.*s %d回目", STR(period), dose->number);
}

// `none`: what the rules say to who is asked for no dose.
static CourseSteps steps_on(const VaccineDraw *d, Day on, Str *none)
{
    Status status;
    CourseSteps steps = {0};
    const Subject subject = {.birth = d->asked->birth == DAY_NONE ? on : d->asked->birth,
                             .sex = d->asked->sex == SEX_MALE ? SUBJECT_MALE : SUBJECT_FEMALE};
    CourseDoses doses =
        course_of(d->schedule, d->vaccine->groups, &subject, on, &status, arena_of(d));
    VEC_EACH (const CourseDose, dose, doses)
        *course_steps_push(&steps, arena_of(d)) =
            (CourseStep){step_name(d, dose), subject.birth, *dose};
    *none = status == STATUS_NONE
                ? S("この日には、まだ定期接種ではありません。")
                : str_format(arena_of(d),
                             "この例の人は「%.*s」です。生年月日と性別だけでは決まらない対象は、"
                             "下の規則を見てください。",
                             STR(status_label(d->schedule, status)));
    return steps;
}

static Str ages_text(const CourseStep *step, Arena *arena)
{
    Str first = date_age_text(arena, step->birth, step->dose.legal.first);
    if (step->dose.legal.last == DAY_NONE) return str_format(arena, "%.*s〜", STR(first));
    Str last = date_age_text(arena, step->birth, step->dose.legal.last);
    return str_format(arena, "%.*s〜%.*s", STR(first), STR(last));
}

static bool same_dose(const CourseStep *a, const CourseStep *b)
{
    return str_equal(a->name, b->name) && a->dose.legal.first == b->dose.legal.first &&
           a->dose.legal.last == b->dose.legal.last &&
           a->dose.standard.first == b->dose.standard.first &&
           a->dose.standard.last == b->dose.standard.last;
}

// Days of one person alone can be compared.
static bool differs(const CourseStep *step, const CourseSteps *other)
{
    if (!other->count || other->at[0].birth != step->birth) return false;
    VEC_EACH (const CourseStep, theirs, *other)
        if (same_dose(step, theirs)) return false;
    return true;
}

static CourseLine course_line(const VaccineDraw *d, const CourseStep *step,
                              const CourseSteps *other)
{
    Arena *arena = arena_of(d);
    const CourseDose *dose = &step->dose;
    return (CourseLine){.name = step->name,
                        .legal = course_span_text(dose->legal, arena),
                        .age = ages_text(step, arena),
                        .standard = course_span_text(dose->standard, arena),
                        .example = date_era_text(arena, dose->given),
                        .law = dose->law,
                        .changed = differs(step, other)};
}

static Str course_title(const VaccineDraw *d, Day on)
{
    Arena *arena = arena_of(d);
    Str day = date_era_text(arena, on);
    if (d->asked->birth == DAY_NONE) return str_format(arena, "%.*sに生まれた子", STR(day));
    return str_format(arena, "%.*sに生まれた人、%.*sの規則",
                      STR(date_era_text(arena, d->asked->birth)), STR(day));
}

static bool course_add(VaccineDraw *d, const char *id, Day on, const CourseSteps *steps, Str none,
                       const CourseSteps *other, Error *err)
{
    Arena *arena = arena_of(d);
    CourseSteps both = {0};
    CourseBlock block = {.id = str_of(id), .title = course_title(d, on), .none = none};
    VEC_EACH (const CourseStep, s, *steps) *course_steps_push(&both, arena) = *s;
    VEC_EACH (const CourseStep, s, *other) *course_steps_push(&both, arena) = *s;
    if (steps->count) {
        CoursePicture picture = course_picture(steps, &both, block.title, arena);
        Page *page = page_begin(arena);
        course_picture_write(page, &picture);
        if (!page_end(page, &block.picture, err)) return false;
    }
    VEC_EACH (const CourseStep, s, *steps)
        *course_line_rows_push(&block.lines, arena) = course_line(d, s, other);
    *course_block_rows_push(&d->page.courses, arena) = block;
    return true;
}

static bool courses(VaccineDraw *d, Error *err)
{
    Str none, none_then = {0};
    CourseSteps then = {0};
    d->now = steps_on(d, d->asked->on, &none);
    if (d->asked->against != DAY_NONE) then = steps_on(d, d->asked->against, &none_then);
    return course_add(d, "now", d->asked->on, &d->now, none, &then, err) &&
           (d->asked->against == DAY_NONE ||
            course_add(d, "then", d->asked->against, &then, none_then, &d->now, err));
}

// ---- the rules

static Str since_text(const VaccineDraw *d, const RuleLine *line)
{
    DaySpan days = {line->in_force.first == DAY_MIN ? DAY_NONE : line->in_force.first,
                    line->in_force.last == DAY_MAX ? DAY_NONE : line->in_force.last};
    Str text = course_span_text(days, arena_of(d));
    if (line->by_person) return S("人によって違います");
    return text.len ? text : S("期限の定めなし");
}

static LawLine law_line(const VaccineDraw *d, const RuleLine *line)
{
    Day against = d->asked->against;
    bool now = holds(line->in_force, d->asked->on), then = holds(line->in_force, against);
    return (LawLine){.changed = against != DAY_NONE && now && !then,
                     .gone = against != DAY_NONE && then && !now,
                     .kind = str_of(kind_words[line->kind]),
                     .words = line->words,
                     .law = line->law.len ? line->law : S(""),
                     .since = since_text(d, line),
                     .place = line->place};
}

// A period that is over, and in which nothing changed, is folded.
static bool is_open(const VaccineDraw *d, int group, const LawLineRows *lines)
{
    VEC_EACH (const LawLine, line, *lines)
        if (line->changed || line->gone) return true;
    VEC_EACH (const CourseStep, step, d->now)
        if (step->dose.group == group) return true;
    return d->now.count == 0;
}

static void parts(VaccineDraw *d)
{
    for (int g = 0; g < group_count(d->schedule); g++) {
        LawPart part = {.name = group_name(d->schedule, g)};
        if (!belongs(d, g)) continue;
        VEC_EACH (const RuleLine, line, rule_lines_of(d->schedule, g, arena_of(d)))
            if (holds(line->in_force, d->asked->on) || holds(line->in_force, d->asked->against))
                *law_line_rows_push(&part.lines, arena_of(d)) = law_line(d, line);
        d->page.line_count += part.lines.count;
        part.open = is_open(d, g, &part.lines);
        *law_part_rows_push(&d->page.parts, arena_of(d)) = part;
    }
}

// ---- the page

static void vaccines(VaccineDraw *d, const VaccineNames *names)
{
    VEC_EACH (const VaccineName, v, *names)
        *vaccine_choice_rows_push(&d->page.vaccines, arena_of(d)) = (VaccineChoice){
            visit_path(d->visit, &route_page_vaccine, &v->id, 1), v->name, v == d->vaccine};
}

bool vaccine_draw(Visit *visit, const RulesAsked *asked, Str refused, Error *err)
{
    Ledger ledger;
    if (!visit_ledger(visit, &ledger, err)) return false;
    VaccineNames names = vaccine_names(ledger.schedule, visit->arena);
    VaccineDraw d = {.visit = visit,
                     .schedule = ledger.schedule,
                     .asked = asked,
                     .vaccine = vaccine_named(&names, ledger.schedule, visit->variables[0])};
    if (!d.vaccine) return FAIL(err, E_NOT_FOUND, .words = S("このワクチンの規則はありません。"));
    d.page.name = d.vaccine->name;
    if (asked->against != DAY_NONE) d.page.against = date_era_text(visit->arena, asked->against);
    turns(&d);
    vaccines(&d, &names);
    if (!rules_form(visit, d.vaccine->id, asked, refused, &d.page.form, err) ||
        !law_days(&d, err) || !courses(&d, err))
        return false;
    parts(&d);
    visit->prints = true;
    vaccine_page_write(visit->page, &d.page);
    return true;
}

bool page_vaccine(Visit *visit, Error *err)
{
    RulesAsked asked;
    return rules_asked(visit, -1, &asked, err) && vaccine_draw(visit, &asked, (Str){0}, err);
}
