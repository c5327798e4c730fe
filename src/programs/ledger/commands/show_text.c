// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "dates.h"
#include "masked.h"
#include "show_json.h"

static void say_reasons(const Schedule *schedule, const DoseVerdict *v)
{
    for (int i = 0; i < v->reason_count; i++) {
        Str label = reason_label(schedule, v->reasons[i].code);
        Str words = reason_words(schedule, v->reasons[i]);
        Str law = row_law(schedule, v->reasons[i].row);
        (void)printf("      %.*s: %.*s（%.*s）\n", STR(label), STR(words), STR(law));
    }
}

static void say_dose(const PersonShown *shown, const DoseVerdict *v)
{
    const DoseRecord *r = &shown->records->at[case_dose(shown->c, v)];
    Str product = shown->products->code_of[r->dose.product_no];
    Str position = schedule_text(shown->schedule, v->position);
    Str status = status_label(shown->schedule, v->status);
    char day[DAY_TEXT_SIZE];
    (void)printf("    %s %.*s %.*s %.*s\n", partial_date_text(r->dose.given_on, day), STR(product),
                 STR(position), STR(status));
    say_reasons(shown->schedule, v);
}

static void say_day(const char *words, Day day, Arena scratch)
{
    if (day == DAY_NONE) return;
    Str text = date_both_text(&scratch, day);
    (void)printf("    %s %.*s\n", words, STR(text));
}

static void say_next(const PersonShown *shown, const GroupAssessment *group, Arena scratch)
{
    const NextDose *next = &group->next;
    Str position = schedule_text(shown->schedule, next->position);
    (void)printf("    次回 %.*s\n", STR(position));
    say_day("最短日", next->earliest, scratch);
    say_day("標準 初め", next->standard_from, scratch);
    say_day("標準 終わり", next->standard_to, scratch);
    say_day("接種期限", next->last, scratch);
    Day safe = case_last_safe(shown->c, group, shown->as_of, scratch);
    say_day("最終安全日", safe, scratch);
    if (safe != DAY_NONE && safe < shown->as_of) (void)puts("    最後まで定期で終えられません。");
}

void show_text(const PersonShown *shown, Arena scratch)
{
    const PersonRow *person = shown->person;
    Str name = masked(person->is_protected, person->name), number = addressee_text(&person->who);
    char day[DAY_TEXT_SIZE];
    (void)printf("%.*s %.*s %s\n", STR(number), STR(name), partial_date_text(person->birth, day));
    for (int g = 0; g < shown->assessed->group_count; g++) {
        const GroupAssessment *group = &shown->assessed->groups[g];
        if (group->status == STATUS_NOT_TARGET && !group->dose_count) continue;
        Str title = group_name(shown->schedule, group->group);
        Str status = status_label(shown->schedule, group->status);
        (void)printf("  %.*s: %.*s\n", STR(title), STR(status));
        for (int i = 0; i < group->dose_count; i++) say_dose(shown, &group->doses[i]);
        if (group->has_next) say_next(shown, group, scratch);
    }
}
