// Inside the loader: where we are in which file, what was found wrong, and typed looks into JSON.
//
// Nothing stops at the first fault: a reader that finds one notes it and hands on a harmless value, so
// that one run tells the author everything.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <jansson.h>

#include "rules.h"
#include "schedule_builder.h"

// A step on the way to a value; chained on the stack, written out only when something is wrong.
typedef struct Place {
    const struct Place *up;
    const char *key;  // NULL: index
    int index;
} Place;

enum { NAMES_DEEP = 16 };  // names may stand for names, but not without end

typedef struct Reader {
    ScheduleBuilder builder;
    Arena *arena;
    RuleFaults faults;
    Str file;
    const json_t *city;  // a city's own rows; NULL: none
    Str city_file;
    const json_t *common;       // the tables that all share
    const json_t *group_terms;  // names in scope; NULL outside
    const json_t *series_terms;
    const char *names[NAMES_DEEP];  // being resolved
    int name_count;
    int terms_read;
    MonthRule birth_rule;
    MonthRule *fact_rules;      // by fact
    int32_t codes[CODE_COUNT];  // of the group or series being read
    Range serves;               // components of the group being read: serve_rows
    ProductSet watched;         // others' products that conditions of this group ask about
    bool law_required;
    bool statuses_open;  // no table of words: any status may be named
} Reader;

// "groups[0].series[1].gap" within the file.
Str place_text(Arena *arena, const Place *place);

// The note of a row: file and place, citation, words for people.
int32_t note_read(Reader *r, const Place *at, Str law, Str words);

__attribute__((format(printf, 4, 5))) void fault(Reader *r, const Place *at, const char *code,
                                                 const char *words, ...);

static inline Place inside(const Place *up, const char *key)
{
    return (Place){.up = up, .key = key};
}
static inline Place element(const Place *up, int index)
{
    return (Place){.up = up, .index = index};
}

// K1 for each key that is not among `known`, which is one text: "first last in_force". `notes` and
// `term_notes` are for readers only and always allowed.
void keys_check(Reader *r, const Place *at, const json_t *object, const char *known);

// Absent or null: the harmless value. Of another kind: J1 and the harmless value.
Str string_of(Reader *r, const Place *at, const json_t *object, const char *key);
bool bool_of(Reader *r, const Place *at, const json_t *object, const char *key, bool fallback);
int32_t int_of(Reader *r, const Place *at, const json_t *object, const char *key, int32_t fallback);
const json_t *object_of(Reader *r, const Place *at, const json_t *object, const char *key);
const json_t *array_of(Reader *r, const Place *at, const json_t *object, const char *key);
bool text_equal(const json_t *value, const char *text);
int32_t text_of(Reader *r, const Place *at, const json_t *object, const char *key);
// A text that was read before; it moves with the next one that is.
Str text_read(const Reader *r, int32_t text);
// K3 when the value is none of the words; then 0.
int32_t word_index(Reader *r, const Place *at, const json_t *value, const char *const *words,
                   int count, const char *what);
// `law`: a text or a list of texts, joined; {0} when there is none.
Str law_of(Reader *r, const Place *at, const json_t *object);

// ---- rules_terms.c
int32_t term_read(Reader *r, const Place *at, const json_t *value);  // string or null
int32_t term_of(Reader *r, const Place *at, const json_t *object, const char *key);
int32_t term_from_text(Reader *r, const Place *at, Str text);
void terms_check(Reader *r, const Place *at, const json_t *terms);  // T4, T5, T6 of a table

// ---- rules_conditions.c
int32_t condition_read(Reader *r, const Place *at, const json_t *value);  // 0 when absent: true
int32_t condition_of(Reader *r, const Place *at, const json_t *object, const char *key);

// ---- rules_tables.c
void tables_read(Reader *r, const json_t *common);
int32_t product_named(Reader *r, const Place *at, Str id);                  // P1
int32_t product_set_read(Reader *r, const Place *at, const json_t *value);  // ids, a kind or a set
int32_t fact_named(Reader *r, const Place *at, Str id);                     // F1
int32_t span_fact_read(Reader *r, const Place *at, const json_t *value);    // F1, F3
int32_t reason_named(Reader *r, const Place *at, Str id);                   // R1; -1
int32_t status_named(Reader *r, const Place *at, Str id);                   // K3
GroupRule *group_named(Reader *r, Str id);                                  // NULL
int32_t year_named(const Reader *r, Str id);                                // -1
void reason_codes_read(Reader *r, const Place *at, const json_t *codes, int32_t into[CODE_COUNT]);
void conflicts_read(Reader *r, const json_t *common);
void periods_read(Reader *r, const json_t *common);  // G3; after the groups
void effect_read(Reader *r, const Place *at, const json_t *row, Effect *effect);

// ---- rules_products.c
void components_read(Reader *r, const Place *up);
int32_t component_named(Reader *r, const Place *at, const json_t *id);  // P3
void products_table_read(Reader *r, const Place *up);                   // P3, P4
void amounts_bind(Reader *r);                                           // P4; after the groups

// ---- rules_names.c
void names_try(Reader *r, const Schedule *schedule);  // P5

// ---- rules_rows.c
#define HEAD_KEYS "in_force use when law text "
// Where the row has no citation, that of the rule around it counts.
RowHead head_read(Reader *r, const Place *at, const json_t *row, Str law_around);
// `more`: rows that lie before those of the file.
int32_t window_read(Reader *r, const Place *at, const json_t *window, const WindowRows *more);
Range offers_read(Reader *r, const Place *at, const json_t *rows);
Range ends_read(Reader *r, const Place *at, const json_t *rows);
Range targets_read(Reader *r, const Place *at, const json_t *rows);
Range products_read(Reader *r, const Place *at, const json_t *rows, ProductSet *set);
Range gaps_read(Reader *r, const Place *at, const json_t *value, Str law_around);
Range conditions_read(Reader *r, const Place *at, const json_t *rows, Str law_around);
Range shows_read(Reader *r, const Place *at, const json_t *texts, const json_t *days);
void law_check(Reader *r, const Place *at, Str law, const char *what);  // L1
// V2, V3: rows without a condition that are in force together, or leave days between them.
void spans_check(Reader *r, const Place *at, const json_t *rows, bool gaps_matter);
bool fixed_span(const json_t *row, DaySpan *span);  // in_force in dates; false when it is not

// ---- rules_judging.c: keys of a group by which doses are listed, counted and checked
Range serves_read(Reader *r, const Place *up, const json_t *group);
void listed_read(Reader *r, const Place *up, const json_t *group, GroupRule *into);
Range counted_read(Reader *r, const Place *up, const json_t *group);
Range checks_read(Reader *r, const Place *up, const json_t *object);
void beside_read(Reader *r, const Place *up, const json_t *group, GroupRule *into);
Range mixes_read(Reader *r, const Place *up, const json_t *group);

// ---- rules_series.c
void group_read(Reader *r, const Place *at, const json_t *group, Str class_name);

// ---- rules_city.c
bool is_city_file(const json_t *root);
// The city's rows of the season of a group, C1, C2; and the season that they lie before, a new value.
WindowRows city_season_read(Reader *r, const Place *at, Str group, const json_t *season);
json_t *city_season_laid(const Reader *r, Str group, const json_t *season);
void city_try(Reader *r, const Schedule *schedule);  // C1, C3

// ---- rules_windows.c
// W1, W2: what can be tried is tried for births on awkward days of a century.
void days_try(Reader *r, const Schedule *schedule);
