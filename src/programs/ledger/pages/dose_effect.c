// SPDX-License-Identifier: Apache-2.0
#include "dose_effect.h"

#include <assert.h>

#include "dates.h"
#include "masked.h"

// ---- what a change does to a dose

// What is not typed in a correction stays as it is.
static void line_add(CheckLineRows *lines, const char *item, Str was, Str now, bool stays,
                     Arena *arena)
{
    Str then = stays ? was : now;
    *check_line_rows_push(lines, arena) = (CheckLine){.item = str_of(item),
                                                      .was = was,
                                                      .now = then,
                                                      .changed = !str_equal(was, then)};
}

static Str day_words(PartialDate date, Arena *arena)
{
    return date.year ? date_partial_era_text(arena, date) : (Str){0};
}

CheckLineRows dose_lines(const Ledger *ledger, const DoseChange *change, const DoseRecord *old,
                         bool hide, Arena *arena)
{
    CheckLineRows lines = {0};
    bool cancels = change->kind == DOSE_CANCEL, enters = change->kind == DOSE_ENTER;
    Str product = {0}, source = {0};
    if (change->product.len)
        product = product_name(ledger->schedule, product_by_id(ledger->schedule, change->product));
    if (enters) {
        DoseRecord made = {.dose = {.provenance = change->provenance}};
        source = dose_source_words(&made);
    }
    const DoseRecord none = {0};
    const DoseRecord *was = old ? old : &none;
    int32_t rule = old ? ledger->products.rule_of[old->dose.product_no] : PRODUCT_NONE;
    Str old_product = rule == PRODUCT_NONE ? (Str){0} : product_name(ledger->schedule, rule);
    if (old && rule == PRODUCT_NONE) old_product = ledger->products.code_of[old->dose.product_no];
    Str clinic = was->clinic_name.len ? was->clinic_name : was->clinic_code;
    bool keep = !cancels && !enters;
    line_add(&lines, "ワクチン", old_product, product, keep && !product.len, arena);
    line_add(&lines, "接種日", day_words(was->dose.given_on, arena),
             day_words(change->given_on, arena), keep && !change->given_on.year, arena);
    line_add(&lines, "ロット", was->lot, change->lot, keep && !change->lot.len, arena);
    line_add(&lines, "医療機関", masked(hide, clinic), masked(hide, change->clinic_code),
             keep && !change->clinic_code.len, arena);
    line_add(&lines, "根拠", old ? dose_source_words(old) : (Str){0}, source, keep, arena);
    return lines;
}

// ---- what turns

static const LifeDose *dose_of(const LifeSeriesRows *rows, int32_t dose_id, const LifeSeries **series)
{
    VEC_EACH (const LifeSeries, s, *rows)
        VEC_EACH (const LifeDose, dose, s->doses)
            if (dose->record->dose.dose_id == dose_id) {
                *series = s;
                return dose;
            }
    return NULL;
}

static Status status_of(const LifeDose *dose)
{
    return dose && dose->verdict ? dose->verdict->status : STATUS_NONE;
}

static Str dose_said(const Schedule *schedule, const LifeDose *dose, Arena *arena)
{
    if (!dose) return S("なし");
    if (!dose->verdict) return S("定期の回数に数えません");
    Str label = status_label(schedule, status_of(dose));
    if (!dose->position.len) return label;
    return str_format(arena, "%.*s　%.*s", STR(dose->position), STR(label));
}

static void effect_add(DoseEffect *effect, Str what, Str was, Str now, Arena *arena)
{
    if (str_equal(was, now)) return;
    *effect_rows_push(&effect->effects, arena) = (Effect){what, was, now};
}

static void verdict_told(DoseEffect *effect, const Schedule *schedule, const LifeSeries *series,
                         const LifeDose *dose, Arena *arena)
{
    Status status = status_of(dose);
    effect->good = status == STATUS_VALID || status == STATUS_COUNTED;
    effect->bad = status == STATUS_INVALID;
    effect->verdict = str_format(arena, "%.*s　%.*s", STR(series->name),
                                 STR(dose_said(schedule, dose, arena)));
    for (int i = 0; dose->verdict && i < dose->verdict->reason_count; i++) {
        DoseReason reason = dose->verdict->reasons[i];
        *effect_reason_rows_push(&effect->reasons, arena) =
            (EffectReason){reason_words(schedule, reason), row_law(schedule, reason.row)};
    }
}

static void doses_told(DoseEffect *effect, const Schedule *schedule, const LifeSeriesRows *was,
                       const LifeSeriesRows *then, int32_t changed, Arena *arena)
{
    VEC_EACH (const LifeSeries, s, *then)
        VEC_EACH (const LifeDose, dose, s->doses) {
            const LifeSeries *before;
            int32_t dose_id = dose->record->dose.dose_id;
            if (dose_id == changed) {
                verdict_told(effect, schedule, s, dose, arena);
                continue;
            }
            const LifeDose *old = dose_of(was, dose_id, &before);
            Str what = str_format(arena, "%.*s %.*s", STR(s->name),
                                  STR(date_partial_era_text(arena, dose->record->dose.given_on)));
            effect_add(effect, what, dose_said(schedule, old, arena),
                       dose_said(schedule, dose, arena), arena);
        }
}

static Str next_said(const PersonShown *shown, const GroupAssessment *group, Arena *arena)
{
    const NextDose *next = &group->next;
    Str label = status_label(shown->schedule, group->status);
    if (!group->has_next || next->earliest == DAY_NONE) return label;
    return str_format(arena, "%.*s（%.*sから）", STR(label),
                      STR(date_era_text(arena, next->earliest)));
}

static const GroupAssessment *group_in(const PersonShown *shown, int group)
{
    for (int g = 0; g < shown->assessed->group_count; g++)
        if (shown->assessed->groups[g].group == group) return &shown->assessed->groups[g];
    return NULL;
}

static void nexts_told(DoseEffect *effect, const PersonShown *now, const PersonShown *then,
                       Arena *arena)
{
    for (int g = 0; g < then->assessed->group_count; g++) {
        const GroupAssessment *after = &then->assessed->groups[g];
        const GroupAssessment *before = group_in(now, after->group);
        if (!before) continue;
        Str what = str_format(arena, "%.*sの次", STR(group_name(now->schedule, after->group)));
        effect_add(effect, what, next_said(now, before, arena), next_said(then, after, arena),
                   arena);
    }
}

static void turns_told(DoseEffect *effect, const PersonShown *now, const PersonShown *then, int32_t changed,
                       Arena *arena)
{
    LifeSeriesRows was = life_series_of(now, arena), after = life_series_of(then, arena);
    doses_told(effect, now->schedule, &was, &after, changed, arena);
    nexts_told(effect, now, then, arena);
}

DoseEffect dose_effect(const Ledger *ledger, const PersonShown *now, const DoseChange *change,
                       Arena *arena)
{
    assert(now->person->person_id > 0);
    DoseEffect effect = {0};
    Ledger assumed = *ledger;
    product_numbers_assumed(ledger->schedule, arena, &assumed.products);
    assumed.judge = judge_of(ledger->schedule, &assumed.products, &assumed.foreign, arena);
    DoseRecords records =
        dose_change_foreseen(&assumed, change, now->person, now->records, arena);
    PersonShown then = person_shown_with(&assumed, now, &records, now->facts, arena);
    turns_told(&effect, now, &then, change->dose_id, arena);
    return effect;
}

EffectRows facts_effect(const Ledger *ledger, const PersonShown *now, const FactRows *facts, Arena *arena)
{
    enum { NO_DOSE = -1 };
    DoseEffect effect = {0};
    PersonShown then = person_shown_with(ledger, now, now->records, facts, arena);
    turns_told(&effect, now, &then, NO_DOSE, arena);
    return effect.effects;
}
