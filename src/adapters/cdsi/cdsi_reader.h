// Inside the loader: one XML element at a time, and the first fault.
//
// The readers below never fail by themselves: a fault is kept once, with file, element and line, and
// reading goes on with harmless values; whoever finishes a file asks `failed`.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cdsi.h"
#include "schedule_builder.h"

#include <libxml/tree.h>

typedef const xmlNode Node;

VEC(Codes, int32_t, codes);

typedef struct CdsiReader {
    ScheduleBuilder builder;
    Arena *arena;
    Str file;
    bool failed;
    Error *err;
    Map products, antigens, observations, dates, countries;  // → product, group, fact, fact, bit
    GroupRule *groups;  // by antigen; id 0: its file has not come yet
    int group_count;
    FactRules facts;
    Numbers32 country_texts;
    bool has_schedule;
} CdsiReader;

typedef struct Span {
    bool present;
    int32_t months, days;
} Span;

__attribute__((format(printf, 3, 4))) void xml_fault(CdsiReader *r, Node *at, const char *words,
                                                     ...);

// ---- Elements -----------------------------------------------------------------------------------
Node *xml_first(Node *of);  // elements only
Node *xml_next(Node *after);
#define EACH_CHILD(child, of) for (Node *child = xml_first(of); child; child = xml_next(child))

bool xml_named(Node *node, const char *name);
// Every child must be one of `names` (blanks between them).
void xml_known(CdsiReader *r, Node *of, const char *names);
Node *xml_child(CdsiReader *r, Node *of, const char *name);  // exactly one; NULL after a fault
Str xml_text(CdsiReader *r, Node *node);                     // trimmed; "" for n/a and nothing
Str xml_text_of(CdsiReader *r, Node *of, const char *name);
bool xml_empty(CdsiReader *r, Node *of, const char *name);

// ---- Values -------------------------------------------------------------------------------------
Span xml_span(CdsiReader *r, Node *of, const char *name);
// Birth plus the age, moved by `days`; 0 when there is none.
int32_t xml_age(CdsiReader *r, Node *of, const char *name, int days);
// Anchor plus the duration, moved by `days`; 0 when there is none.
int32_t xml_term(CdsiReader *r, Anchor anchor, int32_t argument, Span span, int days);
Day xml_day(CdsiReader *r, Node *of, const char *name);        // yyyymmdd; DAY_NONE when absent
Day xml_birth_day(CdsiReader *r, Node *of, const char *name);  // mm/dd/yyyy
bool xml_flag(CdsiReader *r, Node *of, const char *name);
int32_t xml_number(CdsiReader *r, Node *of, const char *name, int least, int most, int absent);
// Index into `words`, letter case aside; 0 after a fault.
int xml_word(CdsiReader *r, Node *of, const char *name, const char *const *words, int count);
bool word_same(Str text, const char *word);
Str list_next(Str *rest);  // the parts of a list with semicolons, trimmed
RowHead xml_head(CdsiReader *r, Node *of, int32_t note);
int32_t xml_ranks(CdsiReader *r, Node *of, const char *name);

// ---- Names --------------------------------------------------------------------------------------
int32_t product_at(CdsiReader *r, Node *node, Str cvx);
int32_t product_made(CdsiReader *r, Str cvx, Str name);
ProductSet xml_products(CdsiReader *r, Node *of, const char *name);
int32_t observation_at(CdsiReader *r, Node *node, Str code);
int32_t observation_date_at(CdsiReader *r, Node *node, Str code);
void set_put(ProductSet *set, int32_t product);

// ---- Conditions in prefix code ------------------------------------------------------------------
ptrdiff_t code_open(CdsiReader *r, Codes *code, ConditionOp op);
void code_close(Codes *code, ptrdiff_t opened);
void code_put(CdsiReader *r, Codes *code, ConditionOp op, const int32_t *operands, int count);
void code_between(CdsiReader *r, Codes *code, int32_t term, int32_t least, int32_t most);
int32_t code_done(CdsiReader *r, const Codes *code);

// ---- Files and their parts ----------------------------------------------------------------------
void schedule_file_read(CdsiReader *r, Node *root);
void antigen_file_read(CdsiReader *r, Node *root);
// What a dose is called where rules are explained: "Varicella / childhood 2-dose series / Dose 1".
typedef struct DosePlace {
    Str series;
    int number;
} DosePlace;
int32_t cdsi_note(CdsiReader *r, const DosePlace *place, const char *part, const char *rule,
                  Str words);
DoseRule cdsi_dose_read(CdsiReader *r, Node *node, const DosePlace *place);
Range cdsi_skips_read(CdsiReader *r, Node *dose, const DosePlace *place);

// The codes and statuses of all groups.
typedef enum CdsiReason {
    REASON_AGE_YOUNG,
    REASON_AGE_OLD,
    REASON_INTERVAL,
    REASON_CONFLICT,
    REASON_VACCINE,
    REASON_INADVERTENT,
    REASON_EXCESS,
    REASON_CONDITION,
    REASON_COUNT
} CdsiReason;
typedef enum CdsiStatus { STATUS_EXTRANEOUS = STATUS_DECLARED, STATUS_SUBSTANDARD } CdsiStatus;
