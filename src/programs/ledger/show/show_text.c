// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "dates.h"

#include <assert.h>
#include "say.h"
#include "show_json.h"

enum { FAR_DAYS = 20 * 366 };  // a child's page does not speak of the days of its old age

static void say_reasons(const PersonShown *shown, const DoseVerdict *v)
{
    const Schedule *schedule = shown->schedule;
    for (int i = 0; i < v->reason_count; i++) {
        Str label = reason_label(schedule, v->reasons[i].code);
        Str words = reason_words(schedule, v->reasons[i]);
        Str law = row_law(schedule, v->reasons[i].row);
        say(shown->to, "      %.*s: %.*s", STR(label), STR(words));
        if (law.len) say(shown->to, "（%.*s）", STR(law));
        (void)fputs("\n", shown->to);
    }
}

static void say_dose(const PersonShown *shown, const DoseVerdict *v)
{
    const DoseRecord *r = &shown->records->at[case_dose(shown->c, v)];
    Str product = shown->products->code_of[r->dose.product_no];
    Str position = schedule_text(shown->schedule, v->position);
    Str status = status_label(shown->schedule, v->status);
    char day[DAY_TEXT_SIZE];
    say(shown->to, "    %s %.*s %.*s %.*s\n", partial_date_text(r->dose.given_on, day), STR(product),
        STR(position), STR(status));
    say_reasons(shown, v);
}

static void say_span(const PersonShown *shown, const char *words, Day first, Day last, Arena scratch)
{
    if (first == DAY_NONE && last == DAY_NONE) return;
    Str from = first == DAY_NONE ? S("") : date_both_text(&scratch, first);
    Str until = last == DAY_NONE ? S("") : date_both_text(&scratch, last);
    say(shown->to, "      %s %.*s から %.*s%s\n", words, STR(from), STR(until),
        until.len ? " まで" : "");
}

// Where products differ (immunization.md 4.6); the day of the best one stands above.
static void say_safe_by_product(const PersonShown *shown, const GroupAssessment *group,
                                Arena scratch)
{
    ProductDay days[SAFE_PRODUCTS_MAX];
    int count = case_safe_by_product(shown->c, group, shown->as_of, days, scratch);
    if (!safe_days_differ(days, count)) return;
    for (int i = 0; i < count; i++) {
        Arena line = scratch;
        Str name = product_name(shown->schedule, days[i].product);
        Str day = days[i].day == DAY_NONE ? S("最後まで定期で終えられません")
                                          : date_both_text(&line, days[i].day);
        say(shown->to, "        %.*s %.*s\n", STR(name), STR(day));
    }
}

static void say_next(const PersonShown *shown, const GroupAssessment *group, Arena scratch)
{
    const NextDose *next = &group->next;
    Str position = schedule_text(shown->schedule, next->position);
    say(shown->to, "    次回 %.*s\n", STR(position));
    say_span(shown, "受けられる期間", next->earliest, next->last, scratch);
    // Nobody is told to come before the law lets him.
    Day standard = next->standard_from == DAY_NONE || next->standard_from > next->earliest ? next->standard_from : next->earliest;
    say_span(shown, "標準の期間　　", standard, next->standard_to, scratch);
    Day safe = case_last_safe(shown->c, group, shown->as_of, scratch);
    if (safe == DAY_NONE) return;
    Str text = date_both_text(&scratch, safe);
    say(shown->to, "      最終安全日　　 %.*s%s\n", STR(text),
        safe < shown->as_of ? " 最後まで定期で終えられません" : "");
    say_safe_by_product(shown, group, scratch);
}

// A dose is told once, in the series to which it belongs; JSON tells what every series made of it.
static bool at_home(const PersonShown *shown, const GroupAssessment *group, const DoseVerdict *v)
{
    return dose_home(shown->assessed, v->entry).group == group;
}

static int doses_at_home(const PersonShown *shown, const GroupAssessment *group)
{
    int count = 0;
    for (int i = 0; i < group->dose_count; i++) count += at_home(shown, group, &group->doses[i]);
    return count;
}

// Which day is meant decides: both answers, and a person chooses (2.7).
static void say_readings(const PersonShown *shown, int group, DaySpan born, Arena scratch)
{
    const Day days[] = {born.first, born.last};
    for (int i = 0; i < countof(days); i++) {
        Arena line = scratch;
        Case one = case_if_born(shown->c, days[i]);
        PersonShown then = *shown;
        then.c = &one;
        Assessment answers = case_assess_some(&one, (uint64_t)1 << group, shown->as_of, &line);
        Str day = date_both_text(&line, days[i]);
        Str status = status_label(shown->schedule, answers.groups[0].status);
        say(shown->to, "    %.*s生まれなら: %.*s\n", STR(day), STR(status));
        if (answers.groups[0].has_next) say_next(&then, &answers.groups[0], line);
    }
}

static void say_group(const PersonShown *shown, const GroupAssessment *group, Arena scratch)
{
    if (group->status == STATUS_NOT_TARGET && !doses_at_home(shown, group)) return;
    Str title = group_name(shown->schedule, group->group);
    Str status = status_label(shown->schedule, group->status);
    say(shown->to, "  %.*s: %.*s\n", STR(title), STR(status));
    for (int i = 0; i < group->dose_count; i++)
        if (at_home(shown, group, &group->doses[i])) say_dose(shown, &group->doses[i]);
    bool far = group->status == STATUS_NOT_YET && group->next.earliest > shown->as_of + FAR_DAYS;
    if (group->has_next && !far) say_next(shown, group, scratch);
    if (group->has_next && !shown->held.len && group_held(shown, group->group).len)
        (void)fputs("      届いた接種が要確認で待っているため、通知を止めています: sesshu ledger work --kind review で確かめてください\n",
                    shown->to);
    DaySpan born;
    if (two_readings(shown, group, &born)) say_readings(shown, group->group, born, scratch);
}

static void say_origin(const PersonShown *shown, const OriginRow *o, Arena scratch)
{
    ForeignStanding standing = origin_standing(shown, o, &scratch);
    char day[DAY_TEXT_SIZE];
    say(shown->to, "    %s CVX %.*s %.*s %.*s %s\n", partial_date_text(o->given_on, day), STR(o->cvx),
        STR(standing.name), STR(o->country), origin_source_text(o->source));
    switch (standing.kind) {
    case STANDING_COUNTS: say(shown->to, "      %.*s として数えます", STR(standing.products)); break;
    case STANDING_WAITS: (void)fprintf(shown->to, "      医師の判断が必要"); break;
    case STANDING_NOTHING: (void)fprintf(shown->to, "      数えません"); break;
    }
    if (standing.why.len) say(shown->to, "（%.*s）", STR(standing.why));
    (void)fputs("\n", shown->to);
}

static void say_origins(const PersonShown *shown, Arena scratch)
{
    if (!shown->origins->count) return;
    (void)fputs("  国外で受けた接種\n", shown->to);
    VEC_EACH (const OriginRow, o, *shown->origins) say_origin(shown, o, scratch);
}

static void say_opens(const PersonShown *shown, const FactRow *f, Arena scratch)
{
    DaySpan opens;
    if (case_opens(shown->c, f, shown->as_of, &opens, scratch))
        say_span(shown, "この事情で受けられる期間", opens.first, opens.last, scratch);
    else
        (void)fputs(f->ended == DAY_NONE ? "      続いているため、まだ何も延長されません\n"
                                        : "      延長される期間はありません\n",
                    shown->to);
}

static void say_fact(const PersonShown *shown, const FactRow *f, Arena scratch)
{
    Str kind = fact_kind_words(shown->schedule, f->kind), source = fact_source_words(f->source);
    Str subject = fact_subject_words(shown->schedule, f->subject);
    Str value = fact_value_words(shown->schedule, f, &scratch);
    char since[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE];
    say(shown->to, "    %.*s", STR(kind));
    if (subject.len) say(shown->to, " %.*s", STR(subject));
    if (value.len) say(shown->to, ": %.*s", STR(value));
    bool circumstance = f->began != DAY_NONE && !fact_accepts(f);
    Day last = circumstance ? f->ended : f->until;
    (void)fprintf(shown->to, " (%s から", day_text(circumstance ? f->began : f->since, since));
    if (last != DAY_NONE) (void)fprintf(shown->to, " %s まで", day_text(last, until));
    if (f->recognised_on != DAY_NONE) (void)fprintf(shown->to, ", %s 認定", day_text(f->recognised_on, since));
    if (f->recognised_by.len)
        say(shown->to, " %.*s", STR(f->recognised_by));
    say(shown->to, ", %.*s)\n", STR(source));
    if (circumstance) say_opens(shown, f, scratch);
}

static void say_facts(const PersonShown *shown, Arena scratch)
{
    if (!shown->facts->count) return;
    (void)fputs("  認定・届出\n", shown->to);
    VEC_EACH (const FactRow, f, *shown->facts) say_fact(shown, f, scratch);
}

// Whoever is no resident any more is no target, whatever the rules say of the doses.
static const char *person_state_words(const PersonRow *person)
{
    if (person->withdrawn) return "  登録が取り消されています";
    switch (person->status) {
    case 2: return "  転出しています（定期接種の対象ではありません）";
    case 3: return "  亡くなっています";
    case 9: return "  住民票が消除されています（定期接種の対象ではありません）";
    default: return "";
    }
}

void show_text(const PersonShown *shown, Arena scratch)
{
    assert(shown->person->person_id > 0);
    assert(shown->as_of != DAY_NONE);
    const PersonRow *person = shown->person;
    Str name = person->name;
    char day[DAY_TEXT_SIZE];
    say(shown->to, "%s %.*s %s%s\n", person->who.digits, STR(name),
        partial_date_text(person->birth, day), person_state_words(person));
    if (shown->held.len)
        say(shown->to, "  通知を止めています (%.*s): sesshu ledger work で確かめてください\n", STR(shown->held));
    if (shown->known_on != DAY_NONE)
        (void)fprintf(shown->to, "  %s の終わりまでに記録されたこと、その日の規則による\n",
                      day_text(shown->known_on, day));
    for (int g = 0; g < shown->assessed->group_count; g++)
        say_group(shown, &shown->assessed->groups[g], scratch);
    say_origins(shown, scratch);
    say_facts(shown, scratch);
    char record[RECORDED_TEXT_SIZE];
    if (shown->filed) say(shown->to, "  証跡番号 %s\n", recorded_text(shown->record, record));
}
