// SPDX-License-Identifier: Apache-2.0
#include "intake_overlay.h"

#include "partial_number.h"

#include <assert.h>

static Str key_of(const int32_t *person_id)
{
    return (Str){(const char *)person_id, sizeof *person_id};
}

void overlay_add(IntakeOverlay *overlay, StagedRow *row)
{
    assert(row->person_id > 0);
    Str key = key_of(&row->person_id);
    const int64_t *known = map_find(&overlay->persons, key);
    if (!known) {
        *staged_lists_push(&overlay->lists, overlay->arena) = (StagedRows){0};
        int64_t *place =
            map_place(&overlay->persons, overlay->arena, str_copy(overlay->arena, key), NULL);
        *place = overlay->lists.count;
        known = place;
    }
    *staged_rows_push(&overlay->lists.at[*known - 1], overlay->arena) = row;
}

StagedRows overlay_rows(const IntakeOverlay *overlay, int32_t person_id)
{
    assert(person_id >= 0);  // 0: of nobody yet
    const int64_t *place = map_find(&overlay->persons, key_of(&person_id));
    return place ? overlay->lists.at[*place - 1] : (StagedRows){0};
}

void overlay_forget(IntakeOverlay *overlay, int32_t person_id)
{
    const int64_t *place = map_find(&overlay->persons, key_of(&person_id));
    if (place) overlay->lists.at[*place - 1].count = 0;
}

const StagedRow *overlay_ends(const StagedRows *rows, int64_t ref)
{
    assert(ref);
    VEC_EACH (const StagedRef, row, *rows)
        if ((*row)->ends == ref) return *row;
    return NULL;
}

int32_t overlay_version(const StagedRows *rows, const StagedRow *row)
{
    assert(!row->dose_id || !row->record_id);  // a dose or an examination, not both
    int64_t ref = row->dose_id ? row->dose_id : -(int64_t)row->record_id;
    for (const StagedRow *by; (by = overlay_ends(rows, ref)); ref = by->dose_id)
        if (!by->fills) return 0;
    return (int32_t)ref;
}

// ---- merged: both sides are in order, and the file's own come behind their equals

DoseRows overlay_doses(const StagedRows *rows, const DoseRow *stored, ptrdiff_t count, Arena *arena)
{
    assert(count >= 0);
    DoseRows all = {0};
    for (ptrdiff_t i = 0; i < count; i++)
        if (!overlay_ends(rows, stored[i].dose_id)) *doses_push(&all, arena) = stored[i];
    VEC_EACH (const StagedRef, row, *rows) {
        const DoseRecord *own = (*row)->dose;
        if (!own || overlay_ends(rows, own->dose.dose_id)) continue;
        doses_place(&all, &own->dose, arena);
    }
    return all;
}

NotGivenRows overlay_not_given(const StagedRows *rows, const NotGivenRow *stored, ptrdiff_t count,
                               Arena *arena)
{
    assert(count >= 0);
    NotGivenRows all = {0};
    for (ptrdiff_t i = 0; i < count; i++)
        if (!overlay_ends(rows, -(int64_t)stored[i].record_id))
            *not_given_push(&all, arena) = stored[i];
    VEC_EACH (const StagedRef, row, *rows) {
        const NotGivenRow *own = (*row)->not_given;
        if (!own || overlay_ends(rows, -(int64_t)own->record_id)) continue;
        ptrdiff_t at = all.count;
        (void)not_given_push(&all, arena);
        for (; at > 0 && partial_number(all.at[at - 1].seen_on) > partial_number(own->seen_on);
             at--)
            all.at[at] = all.at[at - 1];
        all.at[at] = *own;
    }
    return all;
}

FactRows overlay_facts(const StagedRows *rows, const FactRow *stored, ptrdiff_t count, Arena *arena)
{
    assert(count >= 0);
    FactRows all = {0};
    for (ptrdiff_t i = 0; i < count; i++) *facts_push(&all, arena) = stored[i];
    VEC_EACH (const StagedRef, row, *rows)
        if ((*row)->fact) facts_place(&all, (*row)->fact, arena);
    return all;
}
