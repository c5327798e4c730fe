// How a loader makes a Schedule: texts, terms, sets and conditions are kept once each, rows are added
// to their tables in runs, and builder_finish works out what the engine looks up.
//
// Memory  everything lives in the arena of builder_begin; the builder itself may be forgotten after
//         builder_finish.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "map.h"
#include "schedule_model.h"

typedef struct ScheduleBuilder {
    Schedule rules;
    Arena *arena;
    Map texts;
    Text bytes;
} ScheduleBuilder;

void builder_begin(ScheduleBuilder *builder, Arena *arena);

int32_t builder_text(ScheduleBuilder *builder, Str text);  // TEXT_NONE for ""
int32_t builder_note(ScheduleBuilder *builder, Str place, Str law, Str words);
int32_t builder_term(ScheduleBuilder *builder, Term term);  // `needs` and `slot` are filled here
int32_t builder_term_of(ScheduleBuilder *builder, TermOp op, const int32_t *parts, int count);
int32_t builder_term_rows(ScheduleBuilder *builder, const TermRow *rows, int count);
int32_t builder_set(ScheduleBuilder *builder, const ProductSet *set);
// Adds prefix code and says where it begins. Jump lengths inside must be right already.
int32_t builder_condition(ScheduleBuilder *builder, const int32_t *code, int count);
int32_t head_needs(const Schedule *rules, const RowHead *head);
int32_t condition_needs(const Schedule *rules, int32_t condition);

// One for each table: builder_add_gap_rows(builder, rows, count), … gives the run that was added.
#define X(Rows, Row, name) \
    Range builder_add_##name(ScheduleBuilder *builder, const Row *rows, ptrdiff_t count);
SCHEDULE_TABLES(X)
#undef X

// Works out slots, products' groups, conflicts and the version, and packs the tables. The loader has
// checked everything: indexes are asserted, nothing is refused here.
const Schedule *builder_finish(ScheduleBuilder *builder);
