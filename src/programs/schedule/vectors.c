// SPDX-License-Identifier: Apache-2.0
#include "vectors.h"

#include <string.h>

#include "regular_file.h"
#include "rules.h"

#define ACCEPTS "physician_accepts"

VEC(SubjectSpans, SubjectSpan, subject_spans);

static bool wrong(Error *err, Str id, const char *item)
{
    return FAIL(err, E_VECTOR, .item = id, .value = str_of(item),
                .words = S("この項目を読めません。検証データの書き方を確かめてください。"));
}

static Str text_of(const json_t *object, const char *key)
{
    return str_of(json_string_value(json_object_get(object, key)));
}

static bool day_of_json(const json_t *value, Day *day)
{
    const char *text = json_string_value(value);
    return text && day_read(text, (int)strlen(text), day);
}

// ---- Facts and doses ----------------------------------------------------------------------------

static bool fact_read(const Schedule *schedule, const json_t *value, SubjectFact *fact)
{
    Day day;
    switch (fact_kind(schedule, fact->fact)) {
    case FACT_FLAG: fact->value = json_is_true(value); return json_is_boolean(value);
    case FACT_NUMBER: fact->value = json_integer_value(value); return json_is_integer(value);
    case FACT_DATE:
        if (!day_of_json(value, &day)) return false;
        fact->value = day;
        return true;
    case FACT_LIST:
        for (size_t i = 0; i < json_array_size(value); i++) {
            Str name = str_of(json_string_value(json_array_get(value, i)));
            int64_t bit = fact_value_bit(schedule, fact->fact, name);
            if (!bit) return false;
            fact->value |= bit;
        }
        return json_is_array(value);
    case FACT_SPAN: break;
    }
    return false;
}

static bool day_written(const json_t *row, const char *key)
{
    const json_t *value = json_object_get(row, key);
    return value && !json_is_null(value);
}

// [{series, began, ended}]; without `ended` it still holds, without `began` it says nothing.
static bool spans_read(const Schedule *schedule, int fact, const json_t *list, Arena *arena,
                       SubjectSpans *spans)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        SubjectSpan span = {
            .fact = fact, .group = group_find(schedule, text_of(row, "series")), .ended = DAY_NONE};
        if (span.group == GROUP_NONE) return false;
        if (!day_written(row, "began")) continue;
        if (!day_of_json(json_object_get(row, "began"), &span.began)) return false;
        if (day_written(row, "ended") && !day_of_json(json_object_get(row, "ended"), &span.ended))
            return false;
        *subject_spans_push(spans, arena) = span;
    }
    return json_is_array(list);
}

// The day of a fact that spans have replaced is a shorthand: over on that day, for the group that is asked,
// after it had met the last target day up to then.
static void span_of_day(const Schedule *schedule, const Vector *vector, const SubjectFact *fact,
                        Arena *arena, SubjectSpans *spans)
{
    Day ended = (Day)fact->value;
    Day met = last_target_day(schedule, vector->group, &vector->subject, vector->history,
                              (DaySpan){vector->subject.birth, ended}, *arena);
    if (met == DAY_NONE) return;
    *subject_spans_push(spans, arena) =
        (SubjectSpan){fact_replaced_by(schedule, fact->fact), vector->group, met, ended};
}

static bool facts_read(const Schedule *schedule, const json_t *table, Arena *arena, Vector *vector,
                       Error *err)
{
    const char *name;
    json_t *value;
    int count = 0;
    SubjectSpans spans = {0};
    SubjectFact *facts = NEW(arena, SubjectFact, (ptrdiff_t)json_object_size(table));
    const SubjectFact *replaced = NULL;
    json_object_foreach((json_t *)(uintptr_t)table, name, value)
    {
        int fact = fact_find(schedule, str_of(name));
        if (!strcmp(name, ACCEPTS)) continue;  // of doses, not of the person
        if (fact == FACT_NONE) return wrong(err, vector->id, name);
        if (fact_kind(schedule, fact) == FACT_SPAN) {
            if (!spans_read(schedule, fact, value, arena, &spans))
                return wrong(err, vector->id, name);
            continue;
        }
        facts[count].fact = fact;
        if (!fact_read(schedule, value, &facts[count])) return wrong(err, vector->id, name);
        if (fact_replaced_by(schedule, fact) != FACT_NONE) replaced = &facts[count];
        count++;
    }
    vector->subject.facts = facts;
    vector->subject.fact_count = count;
    if (replaced) span_of_day(schedule, vector, replaced, arena, &spans);
    vector->subject.spans = spans.at;
    vector->subject.span_count = (int)spans.count;
    return true;
}

static bool funding_read(const json_t *value, Funding *funding)
{
    static const char *const names[] = {[FUNDING_ROUTINE] = "routine",
                                        [FUNDING_VOLUNTARY] = "voluntary",
                                        [FUNDING_INSURANCE] = "insurance"};
    *funding = FUNDING_ROUTINE;
    for (int i = 0; i < countof(names); i++)
        if (json_is_string(value) && !strcmp(json_string_value(value), names[i])) {
            *funding = (Funding)i;
            return true;
        }
    return !value;
}

static bool override_read(const json_t *value, DoseOverride *override)
{
    const char *text = json_string_value(value);
    *override = OVERRIDE_NONE;
    if (!value) return true;
    if (text && !strcmp(text, "counts")) *override = OVERRIDE_COUNTS;
    if (text && !strcmp(text, "does_not_count")) *override = OVERRIDE_DOES_NOT_COUNT;
    return *override != OVERRIDE_NONE;
}

// [{series, dose}]: a physician accepts the dose of that index for that series.
static bool accepted_read(const Schedule *schedule, const json_t *list, HistoryEntry *entries,
                          int count)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i), *dose = json_object_get(row, "dose");
        int group = group_find(schedule, text_of(row, "series"));
        json_int_t at = json_integer_value(dose);
        if (group == GROUP_NONE || !json_is_integer(dose) || at < 0 || at >= count) return false;
        entries[at].accepted_for |= (uint64_t)1 << group;
    }
    return !list || json_is_array(list);
}

static bool history_read(const Schedule *schedule, const json_t *list, const json_t *accepts,
                         Arena *arena, Vector *vector, Error *err)
{
    int count = (int)json_array_size(list);
    HistoryEntry *entries = NEW(arena, HistoryEntry, count);
    for (int i = 0; i < count; i++) {
        const json_t *row = json_array_get(list, (size_t)i);
        entries[i].reference = i;
        entries[i].product = product_by_id(schedule, text_of(row, "product"));
        if (entries[i].product == PRODUCT_NONE) return wrong(err, vector->id, "product");
        if (!day_of_json(json_object_get(row, "date"), &entries[i].given_on))
            return wrong(err, vector->id, "date");
        if (!funding_read(json_object_get(row, "funding"), &entries[i].funding))
            return wrong(err, vector->id, "funding");
        if (!override_read(json_object_get(row, "override"), &entries[i].override))
            return wrong(err, vector->id, "override");
    }
    if (!accepted_read(schedule, accepts, entries, count)) return wrong(err, vector->id, ACCEPTS);
    history_sort(entries, count);
    vector->history = (History){entries, count};
    return true;
}

static SubjectSex sex_of(Str text)
{
    if (str_equal(text, S("M"))) return SUBJECT_MALE;
    return str_equal(text, S("F")) ? SUBJECT_FEMALE : SUBJECT_SEX_UNKNOWN;
}

static bool vector_read(const Schedule *schedule, const json_t *row, Arena *arena, Vector *vector,
                        Error *err)
{
    *vector = (Vector){
        .id = text_of(row, "id"),
        .title = text_of(row, "title"),
        .rule = text_of(row, "rule"),
        .group = group_find(schedule, text_of(row, "series")),
        .subject.sex = sex_of(text_of(row, "sex")),
        .expect = json_object_get(row, "expect"),
    };
    if (!vector->id.len) return wrong(err, S("vectors"), "id");
    if (vector->group == GROUP_NONE) return wrong(err, vector->id, "series");
    if (!json_is_object(vector->expect)) return wrong(err, vector->id, "expect");
    if (!day_of_json(json_object_get(row, "birth_date"), &vector->subject.birth))
        return wrong(err, vector->id, "birth_date");
    if (!day_of_json(json_object_get(row, "assessment_date"), &vector->as_of))
        return wrong(err, vector->id, "assessment_date");
    const json_t *facts = json_object_get(row, "facts");
    return history_read(schedule, json_object_get(row, "history"), json_object_get(facts, ACCEPTS),
                        arena, vector, err) &&
           facts_read(schedule, facts, arena, vector, err);
}

// ---- Files --------------------------------------------------------------------------------------

static bool own_rules(const json_t *root, Arena *arena, const Schedule **schedule, Error *err)
{
    char *text = json_dumps(root, JSON_COMPACT);
    if (!text) return wrong(err, S("groups"), "groups");
    EmbeddedFile file = {"rules", str_copy(arena, str_of(text))};
    free(text);
    return rules_load(&file, 1, arena, schedule, NULL, err);
}

static bool rules_of_file(const json_t *root, const char *rules, Arena *arena,
                          const Schedule **schedule, RuleFaults *faults, Error *err)
{
    const json_t *city = json_object_get(root, "city");
    if (json_object_get(root, "groups")) return own_rules(root, arena, schedule, err);
    if (!city && rules) return rules_load_folder(rules, NULL, arena, schedule, faults, err);
    if (!city) return rules_embedded(arena, schedule, err);
    char *text = json_dumps(city, JSON_COMPACT);
    if (!text) return wrong(err, S("city"), "city");
    EmbeddedFile file = {"city", str_copy(arena, str_of(text))};
    free(text);
    if (rules) return rules_load_folder(rules, &file, arena, schedule, faults, err);
    return rules_of_city(&file, arena, schedule, NULL, err);
}

static bool file_read(VectorFile *file, const char *rules, Arena *arena, RuleFaults *faults,
                      Error *err)
{
    const json_t *rows = json_object_get(file->root, "vectors");
    if (!json_is_array(rows)) return wrong(err, S("vectors"), "vectors");
    if (!rules_of_file(file->root, rules, arena, &file->schedule, faults, err)) return false;
    for (size_t i = 0; i < json_array_size(rows); i++)
        if (!vector_read(file->schedule, json_array_get(rows, i), arena,
                         vectors_push(&file->vectors, arena), err))
            return false;
    return true;
}

bool vectors_open(const char *path, const char *rules, Arena *arena, VectorFile *file,
                  RuleFaults *faults, Error *err)
{
    json_error_t at = {0};
    FILE *in = regular_file_read(path);
    *file = (VectorFile){.root = in ? json_loadf(in, JSON_REJECT_DUPLICATES, &at) : NULL};
    if (in) (void)fclose(in);
    if (!file->root)
        return FAIL(err, at.line < 1 ? E_FILE_OPEN : E_VECTOR, .row = at.line < 1 ? 0 : at.line,
                    .value = str_of(path),
                    .words = S("検証データを読めません。場所とJSONの書き方を確かめてください。"));
    if (file_read(file, rules, arena, faults, err)) return true;
    vectors_close(file);
    return false;
}

void vectors_close(VectorFile *file)
{
    json_decref(file->root);
    file->root = NULL;
}

// ---- The answer ---------------------------------------------------------------------------------

static json_t *str_json(Str text)
{
    return json_stringn(text.at, (size_t)text.len);
}

static json_t *text_json(const Schedule *schedule, int text)
{
    return text == TEXT_NONE ? json_null() : str_json(schedule_text(schedule, text));
}

static json_t *day_json(Day day)
{
    char text[DAY_TEXT_SIZE];
    return day == DAY_NONE ? json_null() : json_string(day_text(day, text));
}

static json_t *dose_json(const Schedule *schedule, const DoseVerdict *dose)
{
    json_t *reasons = json_array(), *row = json_object();
    for (int i = 0; i < dose->reason_count; i++)
        json_array_append_new(reasons, str_json(reason_text(schedule, dose->reasons[i].code)));
    json_object_set_new(row, "i", json_integer(dose->entry));
    json_object_set_new(row, "position", text_json(schedule, dose->position));
    json_object_set_new(row, "status", str_json(status_text(schedule, dose->status)));
    json_object_set_new(row, "reasons", reasons);
    return row;
}

static void shown_add(const Schedule *schedule, const NextDose *next, json_t *row)
{
    for (int i = 0; i < next->shown_count; i++) {
        const Shown *shown = &next->shown[i];
        Str name = schedule_text(schedule, shown->name);
        json_t *value =
            shown->text == TEXT_NONE ? day_json(shown->day) : text_json(schedule, shown->text);
        json_object_setn_new(row, name.at, (size_t)name.len, value);
    }
}

static json_t *next_json(const Schedule *schedule, const NextDose *next)
{
    json_t *row = json_object(), *ends = json_object(), *offer = json_array();
    json_object_set_new(row, "position", text_json(schedule, next->position));
    json_object_set_new(row, "earliest", day_json(next->earliest));
    json_object_set_new(row, "standard_from", day_json(next->standard_from));
    json_object_set_new(row, "standard_to", day_json(next->standard_to));
    json_object_set_new(row, "last", day_json(next->last));
    for (int i = 0; i < next->last_by_product_count; i++) {
        Str id = product_id(schedule, next->last_by_product[i].product);
        json_object_setn_new(ends, id.at, (size_t)id.len, day_json(next->last_by_product[i].day));
    }
    for (int i = 0; i < next->offer_count; i++)
        json_array_append_new(offer, str_json(product_id(schedule, next->offer[i])));
    if (next->last_by_product_count) json_object_set(row, "last_by_product", ends);
    if (next->offer_count) json_object_set(row, "product_constraint", offer);
    json_decref(ends);
    json_decref(offer);
    shown_add(schedule, next, row);
    return row;
}

json_t *answer_json(const Schedule *schedule, const GroupAssessment *answer)
{
    json_t *doses = json_array(), *row = json_object();
    for (int i = 0; i < answer->dose_count; i++)
        json_array_append_new(doses, dose_json(schedule, &answer->doses[i]));
    json_object_set_new(row, "doses", doses);
    json_object_set_new(row, "series_status", str_json(status_text(schedule, answer->status)));
    json_object_set_new(row, "next",
                        answer->has_next ? next_json(schedule, &answer->next) : json_null());
    return row;
}
