// The compiled rules: flat tables of 32-bit numbers, read-only once a loader has finished them.
//
// Rows point to each other by index. Index 0 of terms, conditions, sets, windows, texts and notes
// means "none", so that a zeroed row has no bounds, no condition and no words. A Range is a run of
// rows in the table that its field names. There are no pointers inside and no padding, so the bytes
// of the tables are the rules: their hash is the rule version.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "calendar.h"
#include "schedule.h"
#include "vec.h"

enum {
    TEXT_NUMBER_0 = 1,  // texts of the numbers 0 to NUMBERS_MAX follow each other
    NUMBERS_MAX = 255,
    PRODUCTS_MAX = 256,   // a product set is one bit set
    GROUPS_MAX = 64,      // groups of a product are one word
    COMPONENTS_MAX = 64,  // components of a product are one word
    REASONS_MAX = 64,     // sets of codes are one word
    STATUSES_MAX = 31,    // sets of statuses are one word
    DOSES_MAX = 32,       // target doses of one series
    MAKE_UNNAMED = -1,    // a maker or trade name that no rule names
    FACTS_MAX = 512,      // a fact set is one bit set
    RIVALS_MAX = 32,      // series of one group that compete
    RANKS_MAX = 31,       // sets of ranks are one word
    LIST_VALUES_MAX = 31
};

typedef struct Range {
    int32_t first, count;
} Range;

typedef struct ProductSet {
    uint64_t words[PRODUCTS_MAX / 64];
} ProductSet;

static inline bool set_has(const ProductSet *set, int product)
{
    return set->words[product >> 6] >> (product & 63) & 1;
}

static inline bool sets_meet(const ProductSet *a, const ProductSet *b)
{
    uint64_t common = 0;
    for (ptrdiff_t i = 0; i < countof(a->words); i++) common |= a->words[i] & b->words[i];
    return common != 0;
}

typedef struct FactSet {
    uint64_t words[FACTS_MAX / 64];
} FactSet;

static inline bool facts_meet(const FactSet *a, const FactSet *b)
{
    uint64_t common = 0;
    for (int i = 0; i < FACTS_MAX / 64; i++) common |= a->words[i] & b->words[i];
    return common != 0;
}

// ---- Terms: how a day is said -------------------------------------------------------------------

typedef enum TermOp {
    TERM_NONE,        // absent
    TERM_DAY,         // the day `days`
    TERM_ANCHOR,      // anchor + span
    TERM_SUM,         // term `first` + span
    TERM_MAX,         // latest of term_parts [first, count]; absent ones are left out
    TERM_MIN,         // soonest; absent if one is absent
    TERM_YEAR_START,  // of term `first` in calendar `argument`
    TERM_YEAR_END,
    TERM_YEAR_NEXT,
    TERM_ROWS  // the first of term_rows [first, count] that applies
} TermOp;

typedef enum Anchor {
    ANCHOR_BIRTH,
    ANCHOR_ON,
    ANCHOR_AS_OF,
    ANCHOR_PREVIOUS,
    ANCHOR_DOSE,    // argument: its number; "first" is dose 1
    ANCHOR_TARGET,  // argument: its number
    ANCHOR_RECENT,  // argument: product set
    ANCHOR_PRIOR,
    ANCHOR_LAST_ENTRY,
    ANCHOR_FACT,   // argument: fact
    ANCHOR_BEGAN,  // of the span that is looked at; argument: its fact
    ANCHOR_ENDED
} Anchor;

// What a term or condition must know before it can be worked out.
enum {
    NEEDS_BIRTH = 1,
    NEEDS_FACT = 2,
    NEEDS_ON = 4,
    NEEDS_AS_OF = 8,
    NEEDS_DOSES = 16,     // doses of this group so far
    NEEDS_HISTORY = 32,   // other doses of the person
    NEEDS_WHOLE = 64,     // also doses that come later
    NEEDS_SPAN = 128,     // the span that is looked at
    NEEDS_OPENINGS = 256  // what spans have met and opened
};

enum { SLOT_NONE = -1, SLOT_ON = -2, SLOT_AS_OF = -3 };

typedef struct Term {
    int32_t op;
    int32_t anchor, argument;
    int32_t months, half, days, month_rule;  // months first, then half a month, then days
    int32_t first, count;
    int32_t needs;
    int32_t slot;  // place in the person's own table for terms of birth and facts alone; else SLOT_
} Term;
VEC(Terms, Term, terms);
VEC(Numbers32, int32_t, numbers32);

// ---- Conditions: prefix code --------------------------------------------------------------------
// {op, length in words, operands…}. An index into `conditions` is the place of an op.

typedef enum ConditionOp {
    COND_TRUE,  // at index 0
    COND_ALL,   // conditions follow, to the end of this one
    COND_ANY,
    COND_NOT,           // of one condition that follows
    COND_FACT,          // fact
    COND_FACT_VALUE,    // fact, bits
    COND_SEX,           // bits by SubjectSex
    COND_BETWEEN,       // term, least term, most term; 0 = not written
    COND_ATTAINS,       // calendar, ages in years…
    COND_PRODUCTS,      // set
    COND_LAST_PRODUCT,  // set
    COND_USED,          // set
    COND_GIVEN,         // set
    COND_STARTED_WITH,  // set
    COND_PLACED,        // least, most
    COND_ACCEPTED,      // number (0 any), set (0 any)
    COND_COUNT,         // set (0 all), least, most, from term, to term, COUNT_ bits
    COND_LAPSED,
    COND_OWED,     // components, as bits of two words: exactly these are still owed
    COND_MET,      // fact: one of its spans met a target day
    COND_OPENING,  // term: an opening holds that day
    COND_OPENED,   // term: an opening ends on that day or later
    COND_COMPLETE  // bits by rank: a competing series of one of these ranks is complete
} ConditionOp;

enum { COUNT_ACCEPTED = 1, COUNT_WHOLE = 2 };

// ---- Rows ---------------------------------------------------------------------------------------

enum { USE_JUDGE = 1, USE_FORECAST = 2, HEAD_FROM_TERM = 4, HEAD_TO_TERM = 8 };

typedef struct RowHead {
    int32_t from, to;  // days on which the row exists; term indexes with the HEAD_ bits
    int32_t uses;      // USE_ and HEAD_ bits
    int32_t when;      // condition
    int32_t note;
} RowHead;

typedef struct Note {
    int32_t place, law, words;  // texts
} Note;
VEC(Notes, Note, notes);

typedef struct TermRow {
    RowHead head;
    int32_t term;
} TermRow;
VEC(TermRows, TermRow, term_rows);

typedef struct WindowRow {
    RowHead head;
    int32_t first, last;    // terms
    int32_t extraordinary;  // its days make nobody a target whom a span may have hindered
    int32_t of_city;        // the city's own
} WindowRow;
VEC(WindowRows, WindowRow, window_rows);

// Days that are open after a span that met a target day.
typedef struct OpeningRow {
    RowHead head;
    int32_t products;     // set: for doses of these alone; 0: of any
    int32_t first, last;  // terms, with the span that is looked at
} OpeningRow;
VEC(OpeningRows, OpeningRow, opening_rows);

typedef struct Window {
    Range rows;
    Range measures;            // window_rows that only name what lengthened the rows for a time
    Range openings;            // opening_rows
    int32_t opened_by;         // fact; FACT_NONE: no span opens it
    int32_t met_from, met_to;  // terms: only on these days may a span have met a target
    int32_t code_before, code_after, code_none, code_started;  // reason codes; started -1: none
    int32_t binds_first_dose;  // its first day binds only while no dose has a place
    int32_t last_is_latest;    // the forecast runs to the end of the last row
} Window;
VEC(Windows, Window, windows);

typedef struct ProductRow {
    RowHead head;
    int32_t product;
    int32_t first, last;         // terms: ages
    int32_t code, age_code;      // outside in_force, outside first … last
    int32_t maker, trade_name;   // texts: a dose of another make is not meant; TEXT_NONE: any
    int32_t preferred, offered;  // wished for, not merely accepted; named to people in the forecast
} ProductRow;
VEC(ProductRows, ProductRow, product_rows);

typedef struct GapRow {
    RowHead head;
    int32_t term, grace;  // forecast; judging
    int32_t standard_from, standard_to;
    int32_t priority;  // goes before the dates of other groups when groups are merged
} GapRow;
VEC(GapRows, GapRow, gap_rows);

typedef struct PlainRow {
    RowHead head;
    int32_t wants;  // product set: never applies before one of them was given; 0: may
} PlainRow;
VEC(PlainRows, PlainRow, plain_rows);

typedef struct CaseRow {
    RowHead head;
    int32_t dose;  // the dose with this case laid over it
} CaseRow;
VEC(CaseRows, CaseRow, case_rows);

typedef struct OfferRow {
    RowHead head;
    Range products;  // numbers
} OfferRow;
VEC(OfferRows, OfferRow, offer_rows);

typedef struct EndRow {
    RowHead head;
    int32_t status;
    int32_t wants;  // fact set: never applies without one of them; 0: may
} EndRow;
VEC(EndRows, EndRow, end_rows);

typedef struct BarredRow {
    RowHead head;
    int32_t products;  // set: ruled out; a next dose of which all are out is contraindicated
} BarredRow;
VEC(BarredRows, BarredRow, barred_rows);

typedef struct TargetRow {
    RowHead head;
    int32_t code;      // -1: none
    int32_t judged;    // the doses are judged all the same, the code is a check
    int32_t by_doses;  // asks what was given: who the law means does not hang on it
} TargetRow;
VEC(TargetRows, TargetRow, target_rows);

// A component that the group is to serve: products hold some of them (Product components).
typedef struct ServeRow {
    int32_t component;
    int32_t not_owed;  // condition: it is had without a dose; 0: never
    int32_t note;
} ServeRow;
VEC(ServeRows, ServeRow, serve_rows);

// A dose accepted as received, not examined.
typedef struct CountedRow {
    RowHead head;
    int32_t funding;    // bits
    int32_t products;   // set; 0: all of the group
    int32_t when_full;  // also once nothing further is asked
} CountedRow;
VEC(CountedRows, CountedRow, counted_rows);

// Products that do not go with an earlier one.
typedef struct MixRow {
    RowHead head;
    int32_t products, after;  // sets
} MixRow;
VEC(MixRows, MixRow, mix_rows);

typedef struct ConflictRow {
    RowHead head;
    int32_t earlier, later;    // product sets
    int32_t days, grace_days;  // the later dose is free from earlier + days on
    int32_t other_products_only;
    int32_t code;  // -1: none (forecast rows)
} ConflictRow;
VEC(ConflictRows, ConflictRow, conflict_rows);

typedef struct ShowRow {
    int32_t name, text, term;  // text or term
} ShowRow;
VEC(ShowRows, ShowRow, show_rows);

enum { STANDARD_FROM = 1, STANDARD_TO = 2 };

typedef struct DoseRule {
    int32_t position;            // text; TEXT_NONE: the running number
    int32_t first, last, grace;  // terms
    int32_t lapses, repeats;
    Range gaps, or_gaps;  // gap_rows
    Range skips;          // plain_rows
    Range cases;          // case_rows
    Range products;       // product_rows; used when own_products
    int32_t own_products;
    int32_t offered_rows;  // those to name in the forecast are among the first so many
    int32_t preferred;     // product set: of the rows that wish for one
    int32_t inadvertent;   // product set
    int32_t standard_from, standard_to;
    int32_t standard_written;  // STANDARD_ bits: the dose says it, the gap rows are not asked
    int32_t not_before;        // term
    int32_t season_first, season_last;
    Range shows;  // show_rows
    int32_t note;
} DoseRule;
VEC(DoseRules, DoseRule, dose_rules);

// What a reason does in a group: the group's exception laid over the reason's own row.
typedef struct Effect {
    int32_t status;
    int32_t no_place;     // no position, not counted
    int32_t no_previous;  // never the previous dose
    int32_t blocks;       // the forecast may not precede its day
} Effect;
VEC(Effects, Effect, effects);

// The named codes of checks: which reason a check gives.
#define CHECK_CODES(X) \
    X(programme)       \
    X(before)          \
    X(after)           \
    X(dose_before)     \
    X(dose_after)      \
    X(product)         \
    X(product_age) X(mix) X(gap) X(conflict) X(excess) X(target) X(inadvertent) X(condition)
typedef enum CheckCode {
#define X(name) CODE_##name,
    CHECK_CODES(X)
#undef X
        CODE_COUNT
} CheckCode;

#define CHECKS(X) \
    X(programme)  \
    X(target)     \
    X(condition) X(inadvertent) X(product) X(season) X(window) X(dose) X(conflict) X(gap) X(mix)
typedef enum Check {
#define X(name) CHECK_##name,
    CHECKS(X)
#undef X
        CHECK_COUNT
} Check;

typedef struct CheckStep {
    int32_t check;
    int32_t alone;  // > 0: of the steps with this number only the first to object speaks
    int32_t stops;  // when it objects, no later step is asked
} CheckStep;
VEC(CheckSteps, CheckStep, check_steps);

#define DECIDE_WORDS(X) X(ends) X(review) X(complete) X(closing) X(not_target) X(full)
typedef enum DecideWord {
#define X(name) DECIDE_##name,
    DECIDE_WORDS(X)
#undef X
        DECIDE_COUNT
} DecideWord;

typedef enum CompleteWhen {
    COMPLETE_LAST,  // full, and the last placed dose accepted
    COMPLETE_ALL,
    COMPLETE_ANY,
    COMPLETE_CONDITION  // the condition, which also makes the series full
} CompleteWhen;

// Series that compete by score (schedule_score.c); elsewhere the kind is none and the rest unused.
typedef struct Rivalry {
    int32_t kind;        // SeriesKind
    int32_t rank;        // series of one rank compete for one place, 1 … RANKS_MAX
    int32_t equivalent;  // bits by rank: a finished series there makes this one needless
    int32_t priority;    // of risk series: 0 before 1
    int32_t preference;  // settles a tie; the smallest wins
    int32_t is_default, product_path;
    int32_t start_from;  // term: before this day it is not begun
} Rivalry;

typedef struct SeriesRule {
    int32_t id, name;  // texts
    int32_t group;
    int32_t entry;      // condition
    int32_t wants;      // fact set: the entry never holds without one of them; 0: may
    Rivalry rivalry;    // beside `entry`: the two are asked of every series of everybody
    int32_t undecided;  // entry asks for the first product, so it stays open without a dose
    int32_t start_by;   // term
    int32_t products;   // set; 0: all of the group
    Range doses;        // dose_rules
    int32_t window;
    Range offers;     // offer_rows
    int32_t further;  // dose_rules; -1: none
    int32_t complete_when, complete_condition;
    int32_t codes[CODE_COUNT];  // reason codes; -1: none
    int32_t note;
} SeriesRule;
VEC(SeriesRules, SeriesRule, series_rules);

enum { BEFORE_JUDGED = 1, BEFORE_BLOCKING = 2 };  // not_before_entries

typedef enum ExcessPosition { EXCESS_NOWHERE, EXCESS_NUMBER, EXCESS_TEXT } ExcessPosition;

typedef struct GroupRule {
    int32_t id, name, class_text;  // texts
    int32_t period;                // 第N期 on the clinics' papers; 0: they name none
    int32_t from, to;              // the time it exists
    int32_t products;              // set
    Range serves;                  // serve_rows
    Range product_rows;
    int32_t product_last_binds;
    int32_t listed_from;  // term
    int32_t listed_after, listed_after_fact, listed_after_default;
    int32_t listed_at_most;  // 0: all
    Range listed_ages;       // product_rows: one of these products belongs at these ages only
    Range barred;            // barred_rows
    int32_t barred_wants;    // fact set: no row applies without one of them; 0: may
    int32_t scored;          // its series compete by score
    int32_t series_want;     // fact set: without one of them no series is meant; 0: may
    Range targets;           // target_rows
    int32_t programme;       // term
    int32_t programme_note;
    int32_t season;  // window
    int32_t occasion, occasion_first, occasion_last, occasion_status;
    Range counted;            // counted_rows
    int32_t beside_when;      // condition: doses judged beside the series; 0: none
    int32_t beside_position;  // text
    int32_t beside_note;
    Range beside_checks;  // check_steps
    Range series;
    int32_t excess_position, excess_text, excess_added, excess_status, excess_note;
    Range checks;  // check_steps
    int32_t asked_again;
    int32_t effects;  // first of `effects`, by reason code
    int32_t one_product;
    Range mixes;                     // mix_rows
    int32_t previous_statuses;       // bits by Status; 0: placed doses
    Range decide;                    // numbers, DecideWord
    uint32_t review[2], closing[2];  // bits by reason code
    int32_t full_not_finished;       // Status
    Range ends;                      // end_rows
    Range no_letter;                 // plain_rows: nobody is written to about the next dose
    int32_t ends_want, ends_always;  // facts that any row wants; a row wants none
    int32_t ends_steady;             // the same whatever the doses
    int32_t early_dose_gap;          // days; 0: none
    int32_t not_before_entries;
    int32_t stays_undated;  // a dose that no row dates has no first day; 0: it is that of birth
    int32_t conflict_floor_any;
    Range status_order;  // numbers, Status
    int32_t needs;       // of everything that judges
    int32_t watches;     // set: others' products that bear on it without an own dose
} GroupRule;
VEC(GroupRules, GroupRule, group_rules);

// Groups that are given as one: their forecasts become one answer (schedule_merge.c).
typedef struct MergeRule {
    int32_t id;          // text
    Range groups;        // numbers
    int32_t products;    // set: of all of them
    int32_t least_next;  // of several next numbers the least is meant, else the greatest
} MergeRule;
VEC(MergeRules, MergeRule, merge_rules);

// ---- Names --------------------------------------------------------------------------------------

typedef struct TextPlace {
    int32_t at, len;  // in text_bytes; a zero byte follows each
} TextPlace;
VEC(TextPlaces, TextPlace, text_places);

typedef struct BrandRule {
    int32_t brand, folded;  // texts
    int32_t first, last;    // terms: ages or days between which the brand means this product
} BrandRule;
VEC(BrandRules, BrandRule, brand_rules);

// How one dose of a product is given in some series or at some age: its volume or its route.
typedef struct AgedRule {
    int32_t series;       // text: a group; TEXT_NONE: every other one
    int32_t below_years;  // ages under this one; 0: every other age
    int32_t text;         // as people read it
    int32_t ml100;        // of a volume: hundredths of a millilitre
} AgedRule;
VEC(AgedRules, AgedRule, aged_rules);

typedef struct ProductRule {
    int32_t id, name, kind;  // texts
    int32_t label, words;    // texts: behind a box to tick; as printed on papers
    int32_t id_folded, name_folded;
    Range brands;           // brand_rules
    Range cvx;              // numbers: texts
    Range components;       // numbers: of `components`
    Range volumes, routes;  // aged_rules
    Range wants;            // numbers: facts
} ProductRule;
VEC(ProductRules, ProductRule, product_rules);

typedef struct FactRule {
    int32_t id, name;     // texts
    int32_t kind;         // FactKind
    int32_t span_days;    // of a date: it ends a time of so many days; 0: a day by itself
    int32_t age_first, age_last;  // whose it may be on that date, in years; both 0: anybody's
    int32_t sex;                  // SubjectSex
    int32_t whose;                // text: what people call them
    Range values;         // numbers: texts
    Range labels;         // likewise, what people call them; none or as many
    int32_t replaced_by;  // fact; FACT_NONE: it is in use
} FactRule;
VEC(FactRules, FactRule, fact_rules);

typedef struct WordRule {      // a status, a reason or a component
    int32_t id, label, words;  // texts
    int32_t claim;             // of a reason: ReasonClaim
} WordRule;
VEC(WordRules, WordRule, word_rules);

typedef struct YearRule {
    int32_t id;          // text
    int32_t month, day;  // first day of the year
} YearRule;
VEC(YearRules, YearRule, year_rules);

VEC(ProductSets, ProductSet, product_sets);
VEC(FactSets, FactSet, fact_sets);

// Every table of the compiled rules, in the order in which they are hashed.
#define SCHEDULE_TABLES(X)                   \
    X(Terms, Term, terms)                    \
    X(Numbers32, int32_t, term_parts)        \
    X(TermRows, TermRow, term_rows)          \
    X(Numbers32, int32_t, conditions)        \
    X(Notes, Note, notes)                    \
    X(WindowRows, WindowRow, window_rows)    \
    X(OpeningRows, OpeningRow, opening_rows) \
    X(Windows, Window, windows)              \
    X(ProductRows, ProductRow, product_rows) \
    X(GapRows, GapRow, gap_rows)             \
    X(PlainRows, PlainRow, plain_rows)       \
    X(CaseRows, CaseRow, case_rows)          \
    X(OfferRows, OfferRow, offer_rows)       \
    X(EndRows, EndRow, end_rows)             \
    X(TargetRows, TargetRow, target_rows)    \
    X(BarredRows, BarredRow, barred_rows)    \
    X(ServeRows, ServeRow, serve_rows)       \
    X(CountedRows, CountedRow, counted_rows) \
    X(MixRows, MixRow, mix_rows)             \
    X(ConflictRows, ConflictRow, conflicts)  \
    X(ShowRows, ShowRow, show_rows)          \
    X(DoseRules, DoseRule, doses)            \
    X(Effects, Effect, effects)              \
    X(CheckSteps, CheckStep, check_steps)    \
    X(Numbers32, int32_t, numbers)           \
    X(SeriesRules, SeriesRule, series)       \
    X(GroupRules, GroupRule, groups)         \
    X(MergeRules, MergeRule, merges)         \
    X(ProductSets, ProductSet, sets)         \
    X(FactSets, FactSet, fact_sets)          \
    X(WordRules, WordRule, components)       \
    X(AgedRules, AgedRule, aged)             \
    X(ProductRules, ProductRule, products)   \
    X(BrandRules, BrandRule, brands)         \
    X(FactRules, FactRule, facts)            \
    X(WordRules, WordRule, statuses)         \
    X(WordRules, WordRule, reasons)          \
    X(YearRules, YearRule, years)            \
    X(TextPlaces, TextPlace, texts)

struct Schedule {
#define X(Rows, Row, name) Rows name;
    SCHEDULE_TABLES(X)
#undef X
    const char *text_bytes;
    int32_t text_byte_count;
    int32_t slot_count;                                   // of a person's own table of terms
    int32_t birth_month_rule;                             // MonthRule of birth: ages
    int32_t conflict_days_judge, conflict_days_forecast;  // the longest of all rows
    Day law_as_of;
    uint64_t product_groups[PRODUCTS_MAX];    // which groups a product belongs to
    ProductSet conflict_judge[PRODUCTS_MAX];  // later product → earlier ones that may hit it
    ProductSet conflict_forecast[PRODUCTS_MAX];
    ProductSet conflict_earlier;  // all that may push a forecast
    const Day *law_days;          // on which some row begins to exist, or no longer does; in order
    int32_t law_day_count;
    char version[33];
};
