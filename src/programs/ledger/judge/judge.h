// Rows of the ledger as the engine wants them, and its answer as the office needs it.
//
// Here and nowhere else is decided which rows the engine sees: the guardian's word (P6) is kept and
// never judged (immunization.md 5.4), of several facts of one kind the one that began last counts,
// vague dates go the engine's own way (2.7).
// Memory  results live in the arena given and point into the rows given.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_rows.h"
#include "foreign_codes.h"
#include "intake.h"
#include "person_fact_rows.h"
#include "product_rows.h"
#include "schedule.h"

// What intake and duplicates ask of a product, by ledger number.
typedef struct ProductView {
    int32_t rule;  // PRODUCT_NONE: the rules do not know it any more, or it is foreign
    // What the engine is told of one dose: its rule, or of a foreign one all that it counts for.
    int32_t parts[FOREIGN_PARTS_MAX];
    int part_count;
    bool is_foreign;             // known by a CVX code only
    const ForeignCode *foreign;  // NULL: the table does not know the code
    uint64_t series;             // set of the groups that list it
    uint64_t components;
    bool seasonal;  // the same day a year later is honest
    int32_t wants;  // the fact that must be known with it (分娩予定日); FACT_NONE: none
    LegalClass legal_class;  // until the dose is judged: of the first series that lists it
} ProductView;

typedef struct Judge {
    const Schedule *schedule;
    const Products *products;
    const ForeignCodes *foreign;
    const ProductView *views;
} Judge;

Judge judge_of(const Schedule *schedule, const Products *products, const ForeignCodes *foreign,
               Arena *arena);

// As which kind of vaccination a series gives its doses.
LegalClass legal_class_of(const Schedule *schedule, int group);

// The code under which the ledger keeps a product that is known by its CVX code: "CVX 03".
Str foreign_product_code(Str cvx, Arena *arena);

// One person's rows, all of them standing on the day that is asked about.
typedef struct PersonRows {
    PartialDate birth;
    int32_t sex;  // as registered: 1, 2, 9
    const DoseRow *doses;
    ptrdiff_t dose_count;
    const FactRow *facts;
    ptrdiff_t fact_count;
} PersonRows;

// What the engine is given. `reference` of an entry is the place of its dose in the rows.
typedef struct Case {
    const Schedule *schedule;
    bool vague;  // birth or a dose is not known to the day
    Subject subject;
    History history;
    PartialDate birth;
    const PartialEntry *partial;  // the same entries, as written
} Case;

Case case_of(const Judge *judge, const PersonRows *rows, Day as_of, Arena *arena);
Assessment case_assess(const Case *c, Day as_of, Arena *arena);
// The same for some groups only (a set of group numbers); the others are absent.
Assessment case_assess_some(const Case *c, uint64_t groups, Day as_of, Arena *arena);
// The same person born on one of the days that a vague birth date may mean.
Case case_if_born(const Case *c, Day birth);
// As the register writes it: 1 男, 2 女.
SubjectSex subject_sex(int32_t registered);
// The last day of `within` on which the person was a target of the group in the ordinary way, born on any of the
// days meant; DAY_NONE: none (schedule.h, last_target_day).
Day case_last_target(const Case *c, int group, DaySpan within, Arena scratch);
// The days on which the circumstance opens a window of its series again, by the rules in force on `as_of`. Of a
// vague birth date the days that hold for both ends. false: it opens nothing, or still runs.
bool case_opens(const Case *c, const FactRow *circumstance, Day as_of, DaySpan *opens,
                Arena scratch);
// The same of a span of the case, for doses of one product; PRODUCT_NONE: of any.
bool case_span_opens(const Case *c, const SubjectSpan *span, int product, Day as_of, DaySpan *opens,
                     Arena scratch);
// A measure for a time that holds some of these days (schedule.h); of a vague birth date for the last day meant.
bool case_measure(const Case *c, int group, DaySpan within, Day as_of, Measure *measure,
                  Arena scratch);
// Of vague dates the earlier answer: safe for either.
Day case_last_safe(const Case *c, const GroupAssessment *assessed, Day as_of, Arena scratch);
// With one product.
Day case_last_safe_with(const Case *c, const GroupAssessment *assessed, int product, Day as_of,
                        Arena scratch);
// The same for each product that may be given next, in the order of the rules; DAY_NONE: with it the series
// cannot be finished any more. How many were written; 0 where there is no choice or no last safe date.
enum { SAFE_PRODUCTS_MAX = 8 };
int case_safe_by_product(const Case *c, const GroupAssessment *assessed, Day as_of,
                         ProductDay days[SAFE_PRODUCTS_MAX], Arena scratch);
bool safe_days_differ(const ProductDay *days, int count);
// The place in the rows of the dose that a verdict speaks of; and the first entry that the engine was
// given of a dose, -1: none. A dose from abroad may be several entries.
ptrdiff_t case_dose(const Case *c, const DoseVerdict *verdict);
int32_t case_entry(const Case *c, ptrdiff_t dose);
// The groups for which a physician accepts this dose, whatever its product.
uint64_t case_accepted_for(const Case *c, ptrdiff_t dose);

// The series to which an entry belongs: where several list its product, the one that finds it valid,
// else the one whose window began last on or before its day (immunization.md 6.1).
typedef struct DoseHome {
    const GroupAssessment *group;  // NULL: no series judges it
    const DoseVerdict *verdict;
    int ordinal;  // the how-manieth judged dose of its series
} DoseHome;

DoseHome dose_home(const Assessment *assessment, int32_t entry);
// Some series lists it for this person, be it for another season or pregnancy than the one asked about.
bool dose_is_routine(const Assessment *assessment, int32_t entry);
