// What rows of the file in hand, up to the one that is asked for, do to the doses of a person: later rows and the
// judgement see them beside what is stored, though nothing is written before the file is published.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "map.h"
#include "staged_row.h"

VEC(StagedLists, StagedRows, staged_lists);

typedef struct IntakeOverlay {
    Map persons;  // person_id -> index in lists, plus 1
    StagedLists lists;
    Arena *arena;
} IntakeOverlay;

// Of a row that is linked to its person.
void overlay_add(IntakeOverlay *overlay, StagedRow *row);
// The rows of one person, in the order of the file; empty: none.
StagedRows overlay_rows(const IntakeOverlay *overlay, int32_t person_id);
void overlay_forget(IntakeOverlay *overlay, int32_t person_id);
// The one of these rows that ends this dose (or, below zero, examination); NULL: it stands.
const StagedRow *overlay_ends(const StagedRows *rows, int64_t ref);
// The version that stands of a dose which later rows have filled; 0: a later row corrects it.
int32_t overlay_version(const StagedRows *rows, const StagedRow *row);

// What stands of one person with the file, in the order in which the store gives it.
DoseRows overlay_doses(const StagedRows *rows, const DoseRow *stored, ptrdiff_t count,
                       Arena *arena);
NotGivenRows overlay_not_given(const StagedRows *rows, const NotGivenRow *stored, ptrdiff_t count,
                               Arena *arena);
FactRows overlay_facts(const StagedRows *rows, const FactRow *stored, ptrdiff_t count,
                       Arena *arena);
