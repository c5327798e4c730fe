// SPDX-License-Identifier: Apache-2.0
#include "resident_plan.h"

#include <assert.h>

#include "partial_number.h"
#include "place_key_rows.h"

// ---- the residents of the page

static Resident *resident_of(ResidentPlan *plan, Str addressee_no)
{
    bool made;
    int64_t *place = map_place(&plan->at, plan->arena, addressee_no, &made);
    if (!made) return plan->residents.at[*place - 1];
    Resident *fresh = NEW(plan->arena, Resident, 1);
    fresh->addressee_no = addressee_no;
    *resident_refs_push(&plan->residents, plan->arena) = fresh;
    *place = plan->residents.count;
    return fresh;
}

void resident_plan_know(ResidentPlan *plan, Residents *known)
{
    VEC_EACH (Resident, resident, *known) {
        *resident_refs_push(&plan->residents, plan->arena) = resident;
        *map_place(&plan->at, plan->arena, resident->addressee_no, NULL) = plan->residents.count;
    }
}

// ---- versions

// What was told last of it counts: under another right than now it says other items.
static bool version_stored(const Resident *resident, const PersonChange *change)
{
    bool stored = false;
    VEC_EACH (const KnownVersion, version, resident->versions)
        if (version->version_no == change->version_no && version->recorded_at == change->recorded_at)
            stored = version->withheld == change->withheld;
    return stored;
}

static PlannedVersion *planned(const ResidentPlan *plan, int32_t version_id)
{
    return version_id < plan->first.version ? NULL : &plan->versions.at[version_id - plan->first.version];
}

static void version_end(ResidentPlan *plan, Resident *resident, int32_t version_no)
{
    bool stored = false;
    VEC_EACH (KnownVersion, version, resident->versions) {
        if (version->version_no != version_no || !version->stands) continue;
        version->stands = false;
        PlannedVersion *fresh = planned(plan, version->version_id);
        if (fresh) fresh->ended = true;
        stored |= !fresh;
    }
    if (stored) *planned_ends_push(&plan->ends, plan->arena) = (PlannedEnd){resident->person_id, version_no};
}

// As it stands in clear: what is hidden is not there.
static KnownVersion version_of(const PersonChange *change, int32_t version_id)
{
    const PersonState state = person_state_told(&change->state);
    return (KnownVersion){.version_id = version_id,
                          .version_no = change->version_no,
                          .recorded_at = change->recorded_at,
                          .withheld = change->withheld,
                          .stands = true,
                          .occurred_on = change->occurred_on,
                          .birth = partial_number(state.birth),
                          .sex = state.sex,
                          .status = state.status,
                          .printed_name = state.printed_name,
                          .protection = state.protection,
                          .name = state.name,
                          .name_kana = state.name_kana,
                          .name_roman = state.name_roman,
                          .alias = state.alias,
                          .alias_kana = state.alias_kana,
                          .household_no = state.household_no,
                          .address = state.address,
                          .building = state.building};
}

// In order of version_no and version_id, as they are read.
static void version_put(Resident *resident, const KnownVersion *fresh, Arena *arena)
{
    (void)known_versions_push(&resident->versions, arena);
    ptrdiff_t at = resident->versions.count - 1;
    for (; at > 0 && resident->versions.at[at - 1].version_no > fresh->version_no; at--)
        resident->versions.at[at] = resident->versions.at[at - 1];
    resident->versions.at[at] = *fresh;
}

static void version_plan(ResidentPlan *plan, Resident *resident, const PersonChange *change)
{
    const KnownVersion fresh = version_of(change, plan->next.version);
    *planned_versions_push(&plan->versions, plan->arena) =
        (PlannedVersion){plan->next.version++, resident->person_id, change, false};
    version_put(resident, &fresh, plan->arena);
}

// Where the person was before is where he or she is, as often as not: every version forgets its place and takes the
// protection on.
static void place_forget(ResidentPlan *plan, Resident *resident, int32_t protection)
{
    bool any = false;
    VEC_EACH (KnownVersion, version, resident->versions) {
        if (person_protected(version->protection)) continue;
        any = true;
        version->protection = protection;
        version->household_no = household_token(plan->keys, version->household_no, plan->arena);
        version->address = version->building = (Str){0};
    }
    if (any)
        *planned_forgets_push(&plan->forgets, plan->arena) =
            (PlannedForget){resident->person_id, protection, plan->next.version};
}

// ---- where the person lived

static bool spans_same(const ResidenceSpanRows *a, const ResidenceSpanRows *b)
{
    bool same = a->count == b->count;
    for (ptrdiff_t i = 0; same && i < a->count; i++)
        same = a->at[i].first == b->at[i].first && a->at[i].last == b->at[i].last && a->at[i].end == b->at[i].end &&
               a->at[i].vague_days == b->at[i].vague_days;
    return same;
}

static void spans_end(ResidentPlan *plan, int32_t person_id)
{
    VEC_EACH (PlannedSpan, span, plan->spans)
        if (span->person_id == person_id) span->ended = true;
    *resident_ids_push(&plan->span_ends, plan->arena) = person_id;
}

static void spans_plan(ResidentPlan *plan, Resident *resident, const ResidenceSpanRows *spans)
{
    if (spans_same(&resident->spans, spans)) return;
    if (resident->spans.count) spans_end(plan, resident->person_id);
    VEC_EACH (const ResidenceSpan, span, *spans)
        *planned_spans_push(&plan->spans, plan->arena) =
            (PlannedSpan){plan->next.span++, resident->person_id, *span, false};
    resident->spans = *spans;
}

// ---- the pictures

static const KnownVersion *newest(const Resident *resident)
{
    for (ptrdiff_t i = resident->versions.count - 1; i >= 0; i--)
        if (resident->versions.at[i].stands) return &resident->versions.at[i];
    return NULL;
}

static PersonPicture picture_of(const Resident *resident, const PersonChange *change)
{
    const KnownVersion *now = newest(resident);
    PersonPicture picture = {.person_id = resident->person_id,
                             .addressee_no = resident->addressee_no,
                             .withdrawn = change->withdrawn_person};
    if (!now) return picture;
    bool alias = now->printed_name == PRINT_ALIAS && str_present(now->alias);
    picture.name = alias ? now->alias : now->name;
    picture.birth = now->birth;
    picture.sex = now->sex;
    picture.status = now->status;
    picture.is_protected = person_protected(now->protection);
    return picture;
}

static void picture_plan(ResidentPlan *plan, Resident *resident, const PersonChange *change, bool known)
{
    PersonPicture now = picture_of(resident, change);
    if (known) {
        PlannedBefore before = {plan->next.before++, resident->person_id, resident->birth, resident->sex};
        if (before.birth != now.birth || before.sex != now.sex)
            *planned_befores_push(&plan->befores, plan->arena) = before;
    }
    *person_pictures_push(known ? &plan->pictures : &plan->fresh, plan->arena) = now;
    resident->birth = now.birth;
    resident->sex = now.sex;
}

// The keys of matching are made anew from what stands; only those of the last change of a page are written.
static void keys_plan(ResidentPlan *plan, Resident *resident)
{
    resident->first_match = plan->next.match;
    VEC_EACH (const KnownVersion, version, resident->versions) plan->next.match += version->stands;
}

bool resident_plan_change(ResidentPlan *plan, const PersonChange *change)
{
    assert(change->addressee_no.len > 0);
    Resident *resident = resident_of(plan, change->addressee_no);
    bool known = resident->person_id != 0;
    if (change->hold != HOLD_NONE) {
        plan->parked += change->hold == HOLD_UNTELLABLE;
        *planned_holds_push(&plan->holds, plan->arena) = (PlannedHold){resident->person_id, change, false};
        return true;
    }
    if (change->subject == SUBJECT_MAILINGS) {
        if (known) *planned_mailings_push(&plan->mailings, plan->arena) = (PlannedMailings){resident->person_id, change};
        return known;
    }
    if (version_stored(resident, change)) return false;
    if (!known) resident->person_id = plan->next.person++;
    if (plan->parked)
        *planned_holds_push(&plan->holds, plan->arena) = (PlannedHold){resident->person_id, change, true};

    VEC_EACH (const int32_t, version_no, change->withdraws) version_end(plan, resident, *version_no);
    // After a full copy the same number may carry another state, or other items: the old one ends here.
    if (known) version_end(plan, resident, change->version_no);
    version_plan(plan, resident, change);
    if (person_protected(change->state.protection) && known)
        place_forget(plan, resident, change->state.protection);
    spans_plan(plan, resident, &change->residence);
    picture_plan(plan, resident, change, known);
    keys_plan(plan, resident);
    return true;
}
