// For tests of the loader: made-up diseases from cdsi_corpus/, with one element changed, and people
// who are asked about them. Whatever fails, fails the running test.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cdsi.h"

typedef struct Change {
    const char *after, *from, *to;   // the first `from` behind `after`
    const struct Change *before_it;  // made first; NULL: none
} Change;

typedef struct Given {
    const char *on, *cvx, *maker, *trade_name;
    PartialDate lot;
    bool substandard;
} Given;

typedef struct Patient {
    const char *birth, *as_of;
    SubjectSex sex;
    const char *observed[3];
    const char *country;
    Given given[5];
} Patient;

void fixture_begin(const char *folder);  // where the files lie
Arena *arena_emptied(void);              // every story begins with an empty one
Str file_read(const char *name, Arena *arena);
bool loaded(const char *name, Change change, Arena *arena, const Schedule **schedule, Error *err);
const Schedule *rules_with(const char *name, Change change);
const Schedule *two_antigens(void);

const GroupAssessment *group_of(const Schedule *s, const Patient *p, const char *antigen);
const MergedAssessment *merged_of(const Schedule *s, const Patient *p, const char *name,
                                  SeriesKind kind);  // NULL: there is none
// `reason` NULL: none at all.
void expect_dose(const Schedule *s, const Patient *p, const char *antigen, int nth,
                 const char *status, const char *reason);
void expect_status(const Schedule *s, const Patient *p, const char *name, Status status);
void expect_next(const Schedule *s, const Patient *p, const char *name, int number,
                 const char *earliest, const char *recommended, const char *past_due);
