// SPDX-License-Identifier: Apache-2.0
#include "show_json.h"

#include <assert.h>
#include <jansson.h>
#include <stdio.h>

#include "say.h"

static json_t *text_json(Str text)
{
    return json_item((Str){0}, text);
}

static json_t *day_json(Day day)
{
    char text[DAY_TEXT_SIZE];
    return day == DAY_NONE ? json_null() : json_string(day_text(day, text));
}

static json_t *partial_json(PartialDate date)
{
    char text[DAY_TEXT_SIZE];
    return date.year ? json_string(partial_date_text(date, text)) : json_null();
}

static void put(json_t *object, const char *name, json_t *value)
{
    (void)json_object_set_new(object, name, value);
}

static void put_known(json_t *object, const char *name, Str text)
{
    if (text.len) put(object, name, text_json(text));
}

// ---- doses as stored

static const char *const funding_texts[] = {
    [FUNDING_ROUTINE] = "routine",
    [FUNDING_VOLUNTARY] = "voluntary",
    [FUNDING_INSURANCE] = "insurance",
};

static json_t *stored_json(const PersonShown *shown, const DoseRecord *r)
{
    json_t *o = json_object();
    put(o, "product", text_json(shown->products->code_of[r->dose.product_no]));
    put(o, "date", partial_json(r->dose.given_on));
    put(o, "funding", json_string(funding_texts[r->dose.funding]));
    put(o, "dose_id", json_integer(r->dose.dose_id));
    put(o, "provenance", json_sprintf("P%d", (int)r->dose.provenance));
    put(o, "legal_class", json_integer(r->judgement.legal_class));
    if (r->dose.override == OVERRIDE_COUNTS) put(o, "override", json_string("counts"));
    if (r->dose.override == OVERRIDE_DOES_NOT_COUNT)
        put(o, "override", json_string("does_not_count"));
    put_known(o, "claimed_position", r->claimed_position);
    put_known(o, "clinic", r->clinic_code);
    put_known(o, "clinic_name", r->clinic_name);
    put_known(o, "doctor", r->doctor);
    put_known(o, "maker", r->maker);
    put_known(o, "lot", r->lot);
    if (r->expires_on.year) put(o, "expires_on", partial_json(r->expires_on));
    if (r->volume_ml100)
        put(o, "volume_ml", json_sprintf("%d.%02d", r->volume_ml100 / 100, r->volume_ml100 % 100));
    if (r->replaces) put(o, "replaces", json_integer(r->replaces));
    if (r->origin_id) put(o, "origin_id", json_integer(r->origin_id));
    return o;
}

// ---- vaccinations abroad

static json_t *words_json(Str words)
{
    json_t *list = json_array();
    for (Cut cut = str_cut(words, ' '); cut.head.len; cut = str_cut(cut.tail, ' '))
        (void)json_array_append_new(list, text_json(cut.head));
    return list;
}

static bool of_origin(const PersonShown *shown, const DoseVerdict *v, const OriginRow *origin)
{
    return shown->records->at[case_dose(shown->c, v)].origin_id == origin->origin_id;
}

static bool accepted(const DoseVerdict *v)
{
    return v->status == STATUS_VALID || v->status == STATUS_COUNTED;
}

ForeignStanding origin_standing(const PersonShown *shown, const OriginRow *origin, Arena *arena)
{
    ForeignStanding standing = foreign_standing(shown->foreign, origin, arena);
    bool objected = false;
    if (standing.kind != STANDING_COUNTS) return standing;
    for (int g = 0; g < shown->assessed->group_count; g++) {
        const GroupAssessment *group = &shown->assessed->groups[g];
        for (int i = 0; i < group->dose_count; i++) {
            const DoseVerdict *v = &group->doses[i];
            if (!of_origin(shown, v, origin)) continue;
            if (accepted(v)) return standing;
            objected = objected || v->status == STATUS_INVALID;
        }
    }
    if (!objected) return standing;
    standing.kind = STANDING_WAITS;
    standing.why = str_format(arena, "%.*s としては規則に合いません", STR(standing.products));
    return standing;
}

static json_t *origin_json(const PersonShown *shown, const OriginRow *origin, Arena scratch)
{
    ForeignStanding standing = origin_standing(shown, origin, &scratch);
    json_t *o = json_object();
    put(o, "origin_id", json_integer(origin->origin_id));
    put(o, "cvx", text_json(origin->cvx));
    put(o, "name", text_json(standing.name));
    put(o, "date", partial_json(origin->given_on));
    put(o, "country", text_json(origin->country));
    put_known(o, "product_name", origin->product_name);
    put(o, "source", json_string(origin_source_text(origin->source)));
    put(o, "standing", json_string(standing_text(standing.kind)));
    put(o, "counts_as", words_json(standing.products));
    put_known(o, "why", standing.why);
    if (origin->replaces) put(o, "replaces", json_integer(origin->replaces));
    return o;
}

// ---- what the office knows beside doses

static void put_recognition(json_t *o, const PersonShown *shown, const FactRow *fact, Arena scratch)
{
    DaySpan opens;
    if (fact->recognised_on != DAY_NONE) put(o, "recognised_on", day_json(fact->recognised_on));
    put_known(o, "recognised_by", fact->recognised_by);
    if (fact->began == DAY_NONE || fact_accepts(fact)) return;
    put(o, "began", day_json(fact->began));
    if (fact->ended != DAY_NONE) put(o, "ended", day_json(fact->ended));
    if (!case_opens(shown->c, fact, shown->as_of, &opens, scratch)) return;
    json_t *days = json_object();
    put(days, "first", day_json(opens.first));
    put(days, "last", day_json(opens.last));
    put(o, "opens", days);
}

static json_t *fact_json(const PersonShown *shown, const FactRow *fact, Arena scratch)
{
    json_t *o = json_object();
    put(o, "kind", text_json(fact->kind));
    put(o, "name", text_json(fact_kind_words(shown->schedule, fact->kind)));
    put_known(o, "subject", fact->subject);
    put(o, "value", text_json(fact->value));
    put(o, "since", day_json(fact->since));
    if (fact->until != DAY_NONE) put(o, "until", day_json(fact->until));
    put(o, "source", text_json(fact->source));
    put_recognition(o, shown, fact, scratch);
    return o;
}

// ---- verdicts

static json_t *reason_json(const Schedule *schedule, DoseReason reason)
{
    json_t *o = json_object();
    put(o, "code", text_json(reason_text(schedule, reason.code)));
    put(o, "label", text_json(reason_label(schedule, reason.code)));
    put(o, "words", text_json(reason_words(schedule, reason)));
    put(o, "law", text_json(row_law(schedule, reason.row)));
    return o;
}

static json_t *verdict_json(const PersonShown *shown, const DoseVerdict *v)
{
    const Schedule *schedule = shown->schedule;
    json_t *o = json_object(), *codes = json_array(), *whys = json_array();
    put(o, "i", json_integer((json_int_t)case_dose(shown->c, v)));
    put(o, "position", text_json(schedule_text(schedule, v->position)));
    put(o, "status", text_json(status_text(schedule, v->status)));
    for (int i = 0; i < v->reason_count; i++) {
        (void)json_array_append_new(codes, text_json(reason_text(schedule, v->reasons[i].code)));
        (void)json_array_append_new(whys, reason_json(schedule, v->reasons[i]));
    }
    put(o, "reasons", codes);
    if (v->reason_count)
        put(o, "explained", whys);
    else
        json_decref(whys);
    return o;
}

static json_t *by_product_json(const Schedule *schedule, const NextDose *next)
{
    json_t *o = json_object();
    for (int i = 0; i < next->last_by_product_count; i++) {
        Str id = product_id(schedule, next->last_by_product[i].product);
        (void)json_object_setn_new(o, id.at, (size_t)id.len,
                                   day_json(next->last_by_product[i].day));
    }
    return o;
}

static void put_safe_by_product(json_t *o, const PersonShown *shown, const GroupAssessment *group,
                                Arena scratch)
{
    ProductDay days[SAFE_PRODUCTS_MAX];
    int count = case_safe_by_product(shown->c, group, shown->as_of, days, scratch);
    if (!safe_days_differ(days, count)) return;
    json_t *by_product = json_object();
    for (int i = 0; i < count; i++) {
        Str id = product_id(shown->schedule, days[i].product);
        (void)json_object_setn_new(by_product, id.at, (size_t)id.len, day_json(days[i].day));
    }
    put(o, "last_safe_by_product", by_product);
}

static json_t *offer_json(const Schedule *schedule, const NextDose *next)
{
    json_t *list = json_array();
    for (int i = 0; i < next->offer_count; i++)
        (void)json_array_append_new(list, text_json(product_id(schedule, next->offer[i])));
    return list;
}

// Optional fields are absent, not null (4.5).
static json_t *next_json(const PersonShown *shown, const GroupAssessment *group, Arena scratch)
{
    const Schedule *schedule = shown->schedule;
    const NextDose *next = &group->next;
    if (!group->has_next) return json_null();
    json_t *o = json_object();
    put(o, "position", text_json(schedule_text(schedule, next->position)));
    put(o, "earliest", day_json(next->earliest));
    put(o, "standard_from", day_json(next->standard_from));
    put(o, "standard_to", day_json(next->standard_to));
    put(o, "last", day_json(next->last));
    put(o, "last_safe", day_json(case_last_safe(shown->c, group, shown->as_of, scratch)));
    if (next->last_by_product_count) put(o, "last_by_product", by_product_json(schedule, next));
    if (next->offer_count) put(o, "product_constraint", offer_json(schedule, next));
    for (int i = 0; i < next->shown_count; i++) {
        const Shown *s = &next->shown[i];
        Str name = schedule_text(schedule, s->name);
        json_t *value =
            s->text != TEXT_NONE ? text_json(schedule_text(schedule, s->text)) : day_json(s->day);
        (void)json_object_setn_new(o, name.at, (size_t)name.len, value);
    }
    return o;
}

// What the answer would be for one of the days that a vague birth date may mean (2.7).
static json_t *if_born_json(const PersonShown *shown, int group, Day birth, Arena scratch)
{
    Case one = case_if_born(shown->c, birth);
    PersonShown then = *shown;
    then.c = &one;
    Assessment answers = case_assess_some(&one, (uint64_t)1 << group, shown->as_of, &scratch);
    json_t *o = json_object();
    put(o, "birth_date", day_json(birth));
    put(o, "series_status", text_json(status_text(shown->schedule, answers.groups[0].status)));
    put(o, "next", next_json(&then, &answers.groups[0], scratch));
    return o;
}

static json_t *either_json(const PersonShown *shown, int group, DaySpan born, Arena scratch)
{
    json_t *both = json_array();
    (void)json_array_append_new(both, if_born_json(shown, group, born.first, scratch));
    (void)json_array_append_new(both, if_born_json(shown, group, born.last, scratch));
    return both;
}

bool two_readings(const PersonShown *shown, const GroupAssessment *group, DaySpan *born)
{
    if (!group->date_partial || !shown->c->birth.month || !partial_date_span(shown->c->birth, born))
        return false;
    if (born->last > shown->as_of) born->last = shown->as_of;
    return born->first < born->last;
}

static json_t *group_json(const PersonShown *shown, const GroupAssessment *group, Arena scratch)
{
    const Schedule *schedule = shown->schedule;
    json_t *o = json_object(), *doses = json_array();
    put(o, "series", text_json(group_id(schedule, group->group)));
    put(o, "name", text_json(group_name(schedule, group->group)));
    for (int i = 0; i < group->dose_count; i++)
        (void)json_array_append_new(doses, verdict_json(shown, &group->doses[i]));
    put(o, "doses", doses);
    put(o, "series_status", text_json(status_text(schedule, group->status)));
    if (group->date_partial) put(o, "note", json_string("DATE_PARTIAL"));
    DaySpan born;
    if (two_readings(shown, group, &born))
        put(o, "either", either_json(shown, group->group, born, scratch));
    put(o, "next", next_json(shown, group, scratch));
    // Beside `next`, which bears the names of 4.5 and no other.
    if (!group->has_next) return o;
    put_known(o, "held", group_held(shown, group->group));
    put_known(o, "next_law", row_law(schedule, group->next.row));
    put_safe_by_product(o, shown, group, scratch);
    return o;
}

bool show_json(const PersonShown *shown, Arena scratch, Error *err)
{
    assert(shown->person->person_id > 0);
    const PersonRow *person = shown->person;
    json_t *root = json_object(), *doses = json_array(), *series = json_array();
    put(root, "宛名番号", json_item(S("宛名番号"), addressee_text(&person->who)));
    put(root, "氏名", text_json(person->name));
    put(root, "生年月日", partial_json(person->birth));
    put(root, "住民状態", json_integer(person->status));
    if (person->withdrawn) put(root, "withdrawn", json_true());
    put_known(root, "held", shown->held);
    put(root, "as_of", day_json(shown->as_of));
    if (shown->known_on != DAY_NONE) put(root, "known_on", day_json(shown->known_on));
    Str version = schedule_version(shown->schedule);
    put(root, "rules", json_stringn(version.at, (size_t)version.len));  // a digest, digits and all
    for (ptrdiff_t i = 0; i < shown->records->count; i++) {
        json_t *dose = stored_json(shown, &shown->records->at[i]);
        DoseHome home = dose_home(shown->assessed, case_entry(shown->c, i));
        put(dose, "series",
            home.group ? text_json(group_id(shown->schedule, home.group->group)) : json_null());
        (void)json_array_append_new(doses, dose);
    }
    put(root, "doses", doses);
    if (shown->origins->count) {
        json_t *abroad = json_array();
        VEC_EACH (const OriginRow, origin, *shown->origins)
            (void)json_array_append_new(abroad, origin_json(shown, origin, scratch));
        put(root, "abroad", abroad);
    }
    if (shown->facts->count) {
        json_t *facts = json_array();
        VEC_EACH (const FactRow, fact, *shown->facts)
            (void)json_array_append_new(facts, fact_json(shown, fact, scratch));
        put(root, "facts", facts);
    }
    for (int g = 0; g < shown->assessed->group_count; g++)
        (void)json_array_append_new(series,
                                    group_json(shown, &shown->assessed->groups[g], scratch));
    put(root, "series", series);
    char record[RECORDED_TEXT_SIZE];
    if (shown->filed) put(root, "証跡番号", json_string(recorded_text(shown->record, record)));
    bool told = say_json(shown->to, root, JSON_INDENT(1));
    json_decref(root);
    if (!told || fputc('\n', shown->to) == EOF)
        return FAIL(err, E_FILE_WRITE,
                    .words = S("結果を書き出せませんでした。出力先を確かめてください。"));
    return true;
}
