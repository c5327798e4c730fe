// What the rules say about one person: a verdict on every dose, and what comes next.
//
// A Schedule is every rule of a country in one immutable block of tables, built by a loader
// (adapters/rules). Nothing here knows a vaccine, a country or a product: those are rows. The words
// used below are those of docs/rule-language.md.
//
// Law     none of its own. Every verdict names the rows that objected; a row carries its citation.
// Units   Day; spans include both ends; DAY_NONE is "no such day". Texts, statuses, reasons, rows,
//         products, groups, series and facts are small numbers into the schedule's tables.
// Memory  results live in the arena that is given and point into the schedule and the history, which
//         must live as long. No clock, no state; one Schedule may be read by any number of threads.
// Errors  none: input was made sound by the loader and by the caller's parsers (asserted).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "arena.h"
#include "day.h"
#include "str.h"

typedef struct Schedule Schedule;

// ---- What goes in -------------------------------------------------------------------------------

typedef enum SubjectSex { SUBJECT_SEX_UNKNOWN, SUBJECT_MALE, SUBJECT_FEMALE } SubjectSex;

// What is known of a person beside birth and sex: `fact` from fact_find; `value` by the fact's kind.
typedef struct SubjectFact {
    int32_t fact;
    int64_t
        value;  // FACT_FLAG 1 · FACT_DATE a Day · FACT_NUMBER the number · FACT_LIST bits, bit n =
                // the n-th declared value (fact_value_bit). 0 in a flag or list means "not so"
} SubjectFact;

// A fact of kind FACT_SPAN: it holds for one group and no other, and has a beginning. Several may stand,
// also for one group. What it opens is said by the rules of that group: span_opens.
typedef struct SubjectSpan {
    int32_t fact, group;
    Day began;  // who does not know it leaves the span out
    Day ended;  // the day on which it was over; DAY_NONE: it still holds
} SubjectSpan;

typedef struct Subject {
    Day birth;
    SubjectSex sex;
    const SubjectFact *facts;  // each fact at most once; absent = not known, not so
    int fact_count;
    const SubjectSpan *spans;  // in any order
    int span_count;
} Subject;

typedef enum Funding { FUNDING_ROUTINE, FUNDING_VOLUNTARY, FUNDING_INSURANCE } Funding;

// An officer's decision on one dose: taken as received without being examined, or left out altogether.
typedef enum DoseOverride { OVERRIDE_NONE, OVERRIDE_COUNTS, OVERRIDE_DOES_NOT_COUNT } DoseOverride;

typedef struct HistoryEntry {
    Day given_on;
    int32_t product;  // product_find or product_by_id; never PRODUCT_NONE
    Funding funding;
    DoseOverride override;
    int64_t reference;  // the caller's own (a dose id); never looked at
    // Groups (1 << group) for which a physician accepts the dose: it belongs there and counts as received,
    // whatever its product and its day. In other groups it is what it is.
    uint64_t accepted_for;
    // What the vial said, where it is known; make_find. 0: not known.
    int32_t maker, trade_name;
    Day lot_expires;   // last day of use (lot_expiry); 0: not known
    bool substandard;  // recalled, half a dose, spoilt: it cannot count
} HistoryEntry;

// All doses of one person, of every product, oldest first; doses of one day keep the caller's order.
// Entries after the assessment day are ignored.
typedef struct History {
    const HistoryEntry *at;
    int count;
} History;

// Brings entries into the order that History asks for; doses of one day keep their order.
void history_sort(HistoryEntry *entries, int count);

// ---- What comes out -----------------------------------------------------------------------------

// Of doses and of groups. Rules may declare further ones (a season set aside, a suspension): they
// follow STATUS_DECLARED and are told apart by status_text only.
typedef enum Status {
    STATUS_NONE,
    STATUS_VALID,            // dose: every rule of its day is met
    STATUS_INVALID,          // dose: at least one reason
    STATUS_COUNTED,          // dose: accepted as received, not examined
    STATUS_NOT_TARGET,       // group: never, or not now; dose: listed but judged by nobody
    STATUS_NOT_YET,          // group: the next dose lies in the future
    STATUS_DUE,              // group: the next dose may be given
    STATUS_LATE,             // group: may be given, past the standard period
    STATUS_COMPLETE,         // group: finished
    STATUS_CLOSED,           // group: can no longer be finished inside the rules
    STATUS_REVIEW,           // group: a person must decide
    STATUS_IMMUNE,           // group: protected without further doses
    STATUS_CONTRAINDICATED,  // group: must not be given
    STATUS_DECLARED
} Status;

#define TEXT_NONE    0  // no text (positions that are null)
#define ROW_NONE     0  // no rule row
#define PRODUCT_NONE (-1)
#define GROUP_NONE   (-1)
#define SERIES_NONE  (-1)
#define FACT_NONE    (-1)

enum { VERDICT_REASONS_MAX = 12 };

// A code and the row that objected: row_law and row_words explain it.
typedef struct DoseReason {
    int16_t code;
    int16_t row;
} DoseReason;

typedef struct DoseVerdict {
    int32_t entry;     // index into the History
    int32_t position;  // text, TEXT_NONE where the dose has no place in the series
    Status status;
    // Of a judged dose: when the window in force on its day began, the latest where rows overlap; DAY_NONE where
    // none had begun.
    Day window_first;
    int32_t reason_count;  // 0 exactly when the dose is valid, counted or set aside
    DoseReason reasons[VERDICT_REASONS_MAX];  // in the order in which the rules ask
} DoseVerdict;

typedef struct ProductDay {
    int32_t product;
    Day day;
} ProductDay;

// An extra field that the rules want shown with the next dose: a constant text or a day.
typedef struct Shown {
    int32_t name;  // text
    int32_t text;  // text, TEXT_NONE when it is a day
    Day day;
} Shown;

typedef struct NextDose {
    int32_t position;  // text
    int32_t number;    // one more than the target doses satisfied (in the running season)
    Day earliest;      // first day inside the rules; may lie in the past, is not moved; DAY_NONE
                       // where the rules leave it undated
    Day standard_from, standard_to;  // as the rules write it, not moved to fit `earliest`
    Day last;                        // last day of this dose in this position
    const ProductDay
        *last_by_product;  // where products have ends of their own and several are open
    int last_by_product_count;
    const int32_t *offer;  // products in order of preference; none = no constraint
    int offer_count;
    const Shown *shown;
    int shown_count;
    int row;        // the rule row of the dose: its citation
    bool priority;  // its gaps go before the days of other groups when groups are merged
} NextDose;

// What a series is for, where several compete.
typedef enum SeriesKind {
    SERIES_ONLY,      // nothing competes
    SERIES_STANDARD,  // for everybody
    SERIES_RISK,      // for whom an indication holds
    SERIES_RECORD     // judges what was given; never begun
} SeriesKind;

typedef struct GroupAssessment {
    int32_t group;
    int32_t series;  // SERIES_NONE when no series was chosen
    Status status;
    int32_t row;  // the row that decided the status, where one did ("covered by another")
    // A vague date could tip the verdict: status is STATUS_REVIEW (DATE_PARTIAL).
    bool date_partial;
    bool has_next;  // false in complete, closed, not_target, review
    // The row by which nobody is written to about `next` by itself, else ROW_NONE.
    int32_t no_letter;
    int dose_count;
    const DoseVerdict *doses;  // of this group's products, in history order
    NextDose next;
    // Where series compete by score: the best ones, one of a rank at most, best-ranked first. What
    // stands above is then the first of them that still asks for a dose, else the first.
    SeriesKind kind;
    const struct GroupAssessment *best;
    int best_count;
    // As long as nothing new is known of the person, the answer is the same on every day from the assessment day to
    // the one before this. DAY_MAX: for ever. It may still be the same on this day: ask again. Of vague dates the
    // day after. Promised by assess, assess_group, assess_partial, city_assess and city_due, by nothing else.
    Day may_turn;
} GroupAssessment;

// Groups that are given together, as one answer. A merge may have two: for people at risk, and for
// everybody. Days are moved to fit: none is before `earliest`.
typedef struct MergedAssessment {
    int32_t merge;    // merge_id
    SeriesKind kind;  // SERIES_RISK or SERIES_STANDARD
    Status status;
    bool has_next;
    int number;  // of the next dose
    Day earliest, recommended, past_due, last;
    const int32_t *groups;  // those that still ask for a dose
    int group_count;
    const int32_t *offer;  // products to give, without repeats
    int offer_count;
} MergedAssessment;

typedef struct Assessment {
    Day as_of;
    int group_count;
    const GroupAssessment *groups;   // in the order of the rules; index = group
    const MergedAssessment *merged;  // in the order of the rules, those at risk first; none where
    int merged_count;                // the rules merge nothing, and for vague dates
} Assessment;

// ---- Judging ------------------------------------------------------------------------------------

// Everything about one person on `as_of`.
Assessment assess(const Schedule *schedule, const Subject *subject, History history, Day as_of,
                  Arena *arena);
// One group only.
GroupAssessment assess_group(const Schedule *schedule, int group, const Subject *subject,
                             History history, Day as_of, Arena *arena);

// Verdicts once, forecasts for several days: `evaluate` judges the doses known on `as_of`;
// `forecast` answers for any other day as well and judges a group again only where its verdicts
// depend on the assessment day or a dose lies between the two days. forecast(evaluate(D), E) is the
// same as assess(E), always. Both keep what they make in the arena.
typedef struct Evaluation Evaluation;
Evaluation *evaluate(const Schedule *schedule, const Subject *subject, History history, Day as_of,
                     Arena *arena);
Assessment forecast(const Evaluation *evaluation, Day as_of, Arena *arena);
bool group_depends_on_as_of(const Schedule *schedule, int group);

// The latest day on which the next dose may be given so that every dose after it still fits, each on
// its own earliest day and never two on one day; over all products still open. DAY_NONE when there is
// no next dose, no last day at all, no day that lets the series finish, or where series compete. Much dearer than a
// forecast: ask where it is shown.
Day last_safe(const Schedule *schedule, const Subject *subject, History history,
              const GroupAssessment *assessed, Day as_of, Arena scratch);
// The same for one product; for lists that show it by product.
Day last_safe_with(const Schedule *schedule, const Subject *subject, History history,
                   const GroupAssessment *assessed, int product, Day as_of, Arena scratch);

// ---- Spans --------------------------------------------------------------------------------------

// The last day of `within` on which the group's ordinary windows, as in force on that day, hold the
// person as a target; DAY_NONE. A window that a span opened, or a measure for a time, makes no such day.
Day last_target_day(const Schedule *schedule, int group, const Subject *subject, History history,
                    DaySpan within, Arena scratch);
// The days on which a dose of `product` (PRODUCT_NONE: of any) may be given because of this one span of
// `group`. false: it opens nothing, because it still holds, met no target day, or nothing is opened yet
// by the rules in force on `as_of`.
bool span_opens(const Schedule *schedule, const Subject *subject, History history,
                const SubjectSpan *span, int product, Day as_of, DaySpan *opens, Arena scratch);
// A measure for a time (a window row with `"ordinary": false`, or one of the window's `measures`) that holds some day of `within`, by the rules in force
// on `as_of`: its words and its days. false: there is none.
typedef struct Measure {
    Str words;  // the row's `text`: what it is for; {0} where the rules give none
    DaySpan days;
} Measure;
bool measure_holds(const Schedule *schedule, int group, const Subject *subject, History history,
                        DaySpan within, Day as_of, Measure *measure, Arena scratch);
// The kind of span that may open windows of the group; FACT_NONE: none does.
int group_span_fact(const Schedule *schedule, int group);

// ---- Vague dates --------------------------------------------------------------------------------

// Birth and doses as paper gives them. A date is judged by the first and by the last day it may mean. Where the
// answers differ (a status, a position, a verdict, a product, or a day by more than the readings themselves lie
// apart: another school year, another cohort), the group's status is STATUS_REVIEW with `date_partial`; but of a series
// that is over or has no target by all of them nobody is asked why a wrong dose was wrong. Where they
// agree the days of the next dose hold whichever day is meant: no period of it ends before it begins. A birth date
// without a month, or none: every group is in review without a next dose.
// A dose of unknown year counts as any day from birth to `as_of`.
typedef struct PartialSubject {
    PartialDate birth;
    SubjectSex sex;
    const SubjectFact *facts;
    int fact_count;
    const SubjectSpan *spans;
    int span_count;
} PartialSubject;

typedef struct PartialEntry {
    PartialDate given_on;
    int32_t product;
    Funding funding;
    DoseOverride override;
    int64_t reference;
    uint64_t accepted_for;
} PartialEntry;

// Indexes of verdicts are those of `entries`, in the caller's order.
Assessment assess_partial(const Schedule *schedule, const PartialSubject *subject,
                          const PartialEntry *entries, int count, Day as_of, Arena *arena);

// ---- A whole city -------------------------------------------------------------------------------

// What does not depend on the person's doses is kept by birth date and sex, so that most groups of most
// people are answered by a look into a table. A table is of one day and of some groups (a set of group
// numbers), and may be shared by threads, each with a pass of its own: what one of them has worked out
// serves all.
//
// Memory  the table grows in the arenas of the passes with the birth dates that come by (some 70 MiB in
//         all when every one does). They must outlive all passes of the table and their answers. The
//         arena given with a person is another one, which the caller begins anew per person.
typedef struct CityTable CityTable;
typedef struct CityPass CityPass;
CityTable *city_table(const Schedule *schedule, Day as_of, uint64_t groups, Arena *arena);
CityPass *city_pass(CityTable *table, Arena *arena);
// The answer of assess() for the groups of the table, in order; merges only where those are all.
Assessment city_assess(CityPass *pass, const Subject *subject, History history, Arena *arena);
// The same, but groups that ask for no dose now may be absent; no merges.
Assessment city_due(CityPass *pass, const Subject *subject, History history, Arena *arena);
// What last_safe() answers, for an answer of this pass.
Day city_last_safe(CityPass *pass, const Subject *subject, History history,
                   const GroupAssessment *answer, Arena scratch);
// The answers of two passes at once, the same groups in both; a group that is absent has the same status
// and the same next position on both days. No merges. Doses are judged once where they may be.
void city_compare(CityPass *const passes[2], const Subject *subject, History history,
                  Assessment answers[2], Arena *arena);

// ---- Explaining ---------------------------------------------------------------------------------

typedef enum ExplainKind {
    EXPLAIN_SERIES,    // this series was chosen; row
    EXPLAIN_SKIP,      // a target dose was passed over by a skip row
    EXPLAIN_LAPSE,     // … because its last day had gone by; `first` is the day after
    EXPLAIN_DOSE,      // the entry is asked for this position; text = position
    EXPLAIN_ROW,       // a row was asked: [first, last] are the days it allows, `holds` its answer
    EXPLAIN_REASON,    // a reason was given; text = code
    EXPLAIN_STATUS,    // the word of the rules that decided the status; text = word
    EXPLAIN_FLOOR,     // a floor of the next dose; `first` is the day
    EXPLAIN_CEILING,   // an end of the next dose; `last` is the day
    EXPLAIN_LEFT_OUT,  // a competing series may not be begun before `first`; text = series, as below
    EXPLAIN_SCORE,     // a candidate of its rank: `number` points; `holds`: it may be scored
    EXPLAIN_CHOSEN,    // the one of its rank
    EXPLAIN_BEST       // it stays; or, `holds` false, an equivalent one makes it needless
} ExplainKind;

typedef struct ExplainStep {
    ExplainKind kind;
    int32_t group, entry;  // entry -1: the forecast
    int32_t row, text;
    Day first, last;
    int32_t number;
    bool holds;
} ExplainStep;

typedef struct Explanation {
    ExplainStep *at;
    int count, capacity;
} Explanation;

// assess_group() that writes down every row it asked. The answer is the same.
GroupAssessment assess_explained(const Schedule *schedule, int group, const Subject *subject,
                                 History history, Day as_of, Explanation *explanation,
                                 Arena *arena);

// ---- Names and words ----------------------------------------------------------------------------

typedef enum FactKind {
    FACT_FLAG,
    FACT_DATE,
    FACT_NUMBER,
    FACT_LIST,
    FACT_SPAN  // never among SubjectFact: SubjectSpan
} FactKind;

// Which rules judged: 32 lower-case hexadecimal digits over the compiled tables.
Str schedule_version(const Schedule *schedule);
Day schedule_law_as_of(const Schedule *schedule);  // the day whose law the rules hold; or DAY_NONE
Str schedule_text(const Schedule *schedule, int text);  // "" for TEXT_NONE
int schedule_text_find(const Schedule *schedule, Str text);  // TEXT_NONE for "", and when there is none

int group_count(const Schedule *schedule);
uint64_t groups_all(const Schedule *schedule);     // as a set of group numbers; at most 64
int group_find(const Schedule *schedule, Str id);  // GROUP_NONE when there is none
// By id or name as people write them, folded like names of products.
int group_by_name(const Schedule *schedule, Str written, Arena scratch);
Str group_id(const Schedule *schedule, int group);     // as files and commands write it
Str group_name(const Schedule *schedule, int group);   // as people read it
Str group_class(const Schedule *schedule, int group);  // class of its rule file, "" where none
// Of a later period: the fact that says how many of the first doses were of the one before, and what holds
// without it. FACT_NONE where a group is no such period.
int group_prior_fact(const Schedule *schedule, int group, int *without);
int group_period(const Schedule *schedule, int group);  // 第N期 as clinics write it; 0: it has none
bool period_known(const Schedule *schedule, int period);       // some group is of it
bool group_has_occasion(const Schedule *schedule, int group);  // once a season, once a pregnancy
bool group_asks_once(const Schedule *schedule, int group);     // one dose, once in life
bool group_lists(const Schedule *schedule, int group, int product);  // the product belongs to it
// One of its series has this id, or one of its doses shows this text.
bool group_has_course(const Schedule *schedule, int group, Str course);
DaySpan group_in_force(const Schedule *schedule, int group);  // the time the group exists
Str series_id(const Schedule *schedule, int series);

int product_count(const Schedule *schedule);
int product_by_id(const Schedule *schedule, Str id);  // exact; PRODUCT_NONE when there is none
// What the name means at every age and on every day; PRODUCT_NONE where it means nothing, or that hangs on them.
int product_by_name(const Schedule *schedule, Str written, Arena scratch);
// The groups that a name of a group or of products means, whatever the day: those that all products of that name
// have in common, else all of them. 0: nobody is called so.
uint64_t groups_by_name(const Schedule *schedule, Str written, Arena scratch);
// What may be written for them, for people: each id, with the name in brackets where that is another.
Str groups_text(const Schedule *schedule, uint64_t groups, Arena *arena);
// By id, name or brand as clinics write them: width, case, spaces, brackets, dashes, signs of a trade mark and
// the way a numeral is written do not matter. A brand that two products share is told apart by the day and the
// age on it. PRODUCT_NONE when nothing fits.
int product_find(const Schedule *schedule, Str written, Day birth, Day given_on, Arena scratch);
Str product_id(const Schedule *schedule, int product);
Str product_name(const Schedule *schedule, int product);
int product_brand_count(const Schedule *schedule, int product);
Str product_brand(const Schedule *schedule, int product, int nth);
Str product_label(const Schedule *schedule,
                  int product);  // behind a box to tick; the name where none
Str product_printed(const Schedule *schedule, int product);  // as printed; the name where none
// A set of what it protects against; 0 only where the rules do not speak of components.
uint64_t product_components(const Schedule *schedule, int product);
// A fact that must be asked with it; FACT_NONE past the last.
int product_wants(const Schedule *schedule, int product, int nth);

// How one dose is given in a group (GROUP_NONE: in every other) to who is younger than `below_years` (0: to
// everybody else); the first row that fits is meant.
enum { AMOUNTS_MAX = 4 };
typedef struct DoseAmount {
    int group;
    int below_years;
    Str text;       // "0.25", "皮下"
    int32_t ml100;  // hundredths of a millilitre; 0: a route
} DoseAmount;
// The nth row; false past the last. None: it depends on the brand.
bool product_volume_row(const Schedule *schedule, int product, int nth, DoseAmount *volume);
bool product_route_row(const Schedule *schedule, int product, int nth, DoseAmount *route);
// Hundredths of a millilitre for somebody born on `birth`, given on `day` as a dose of this group. 0: no single
// volume, also where nobody knows the group (GROUP_NONE) and it hangs on it.
int32_t product_volume_ml100(const Schedule *schedule, int product, int group, Day birth, Day day);

// A maker or trade name as the rules write it, for HistoryEntry; one that no rule names is told apart
// from one that is not known.
int make_find(const Schedule *schedule, Str written);
// The last day of use of a lot: a month without a day means its last day. 0 when it is not known.
Day lot_expiry(PartialDate written);

Str merge_id(const Schedule *schedule, int merge);
int merge_find(const Schedule *schedule, Str id);  // -1 when there is none
bool merge_lists(const Schedule *schedule, int merge, int group);

int fact_count(const Schedule *schedule);
int fact_find(const Schedule *schedule, Str id);  // FACT_NONE when there is none
Str fact_id(const Schedule *schedule, int fact);
Str fact_name(const Schedule *schedule, int fact);
FactKind fact_kind(const Schedule *schedule, int fact);
// A date that ends a time of so many days (分娩予定日, a pregnancy); 0: any other fact.
int fact_span_days(const Schedule *schedule, int fact);
// Two such dates speak of one time, so that the later word corrects the earlier: they lie less than half of
// it apart.
bool fact_same_span(const Schedule *schedule, int fact, Day a, Day b);
// May it be said of somebody born on one of these days? A register may lag behind in the sex; nobody's age does.
typedef enum FactFit { FACT_FITS, FACT_OF_NO_SUCH_AGE, FACT_OF_ANOTHER_SEX } FactFit;
typedef struct FactWhose {
    int age_first, age_last;  // in years, both included
    Str words;                // 妊娠している方
} FactWhose;
FactFit fact_fit(const Schedule *schedule, int fact, DaySpan birth, SubjectSex sex, Day date);
FactWhose fact_whose(const Schedule *schedule, int fact);
// Of a fact that is no longer taken and bears on nothing: the one to record instead. FACT_NONE elsewhere.
int fact_replaced_by(const Schedule *schedule, int fact);
// As people call it; the value itself where the rules have no other word.
Str fact_value_label(const Schedule *schedule, int fact, int nth);
int64_t fact_value_bit(const Schedule *schedule, int fact, Str value);  // 0 when it is not declared
Str fact_value(const Schedule *schedule, int fact, int nth);            // "" past the last

int status_count(const Schedule *schedule);  // those that the rules add to STATUS_DECLARED among them
Str status_text(const Schedule *schedule, Status status);   // "valid", "due"
Str status_label(const Schedule *schedule, Status status);  // for people
int reason_find(const Schedule *schedule, Str code);        // -1 when there is none
Str reason_text(const Schedule *schedule, int code);        // "INTERVAL_SHORT"
Str reason_label(const Schedule *schedule, int code);       // short words for people
// What becomes of the clinic's claim for a dose with this reason.
typedef enum ReasonClaim {
    REASON_HOLDS,    // until the error report is settled; also where the rules do not say
    REASON_RETURNS,  // it was no routine dose
} ReasonClaim;
ReasonClaim reason_claim(const Schedule *schedule, int code);
// Why, as a sentence for people: the row's own words, else the reason's.
Str reason_words(const Schedule *schedule, DoseReason reason);
Str row_text(const Schedule *schedule, int row);   // its own words for people, "" where none
Str row_law(const Schedule *schedule, int row);    // citation, "" where none
Str row_place(const Schedule *schedule, int row);  // "file.json groups[0].series[1].doses[2].gap"
