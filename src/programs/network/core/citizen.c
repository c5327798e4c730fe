// SPDX-License-Identifier: Apache-2.0
#include "citizen.h"

#include "core_shield_rows.h"
#include "told_record_rows.h"

#include <assert.h>

bool citizen_link(Act *act, const CoreKeys *keys, int64_t resident_no, Arena scratch, PersonLink *link, Error *err)
{
    ResidentRecordCode record;
    if (!jlis_record_code(act->store, act->office->keys, resident_no, scratch, &record, err)) return false;
    bool meant = person_meant(act, keys, &record, scratch, link, err);
    bytes_wipe(&record, sizeof record);
    return meant;
}

bool citizen_person(Act *act, const IndividualNo *number, Arena scratch, Citizen *citizen, Error *err)
{
    CORE_KEYS(keys);
    assert(individual_no_present(number));
    bool found;
    JlisRow resident;
    PersonLink link;
    Sha256 index = resident_number_index(act->office->keys, number);
    if (!jlis_by_number(act->store, &index, &resident, &found, err)) return false;
    if (!found) return FAIL(err, E_NOT_FOUND, .item = S("個人番号"), .words = S("この個人番号の人はいません。番号を確かめてください。"));
    if (!core_keys_open(act, &keys, err) || !citizen_link(act, &keys, resident.no, scratch, &link, err)) return false;
    *citizen = (Citizen){link_index(act->office->keys, &link), resident.no};
    bytes_wipe(&link, sizeof link);
    return true;
}

// ---- the three records of one access

static bool same_access(const Permit *a, const Permit *b)
{
    return organisation_same(&a->question.inquirer, &b->question.inquirer) && inquiry_no_same(&a->inquiry, &b->inquiry);
}

static const ToldRow *told_of(const ToldRows *told, const Permit *permit, RecordRole role)
{
    VEC_EACH (const ToldRow, row, *told)
        if (row->record.role == role && same_access(&row->record.permit, permit)) return row;
    return NULL;
}

static RecordsStand stand_of(const ToldRows *told, const Permit *permit, const ProvisionRecord *core)
{
    const ToldRow *asked = told_of(told, permit, RECORD_INQUIRER), *provided = told_of(told, permit, RECORD_PROVIDER);
    return records_stand(asked ? &asked->record : NULL, provided ? &provided->record : NULL, core);
}

// What the core has no record of is shown by the inquirer's, or else by the provider's.
static bool core_lacks(const RecordLineRows *lines, const ToldRows *told, const ToldRow *row)
{
    const Permit *permit = &row->record.permit;
    VEC_EACH (const RecordLine, line, *lines)
        if (same_access(&line->relay.permit, permit)) return false;
    return row->record.role == RECORD_INQUIRER || !told_of(told, permit, RECORD_INQUIRER);
}

static bool shown(const Permit *permit, const ShieldSaidRows *said)
{
    VEC_EACH (const ShieldSaid, one, *said)
        if (shield_hides_record(one, &permit->question)) return false;
    return !permit->undisclosed;
}

// Newest first.
static void access_add(Accesses *rows, const Access *access, Arena *arena)
{
    *accesses_push(rows, arena) = *access;
    for (ptrdiff_t i = rows->count - 1; i > 0 && rows->at[i - 1].asked_at < access->asked_at; i--) {
        rows->at[i] = rows->at[i - 1];
        rows->at[i - 1] = *access;
    }
}

static void merged(const RecordLineRows *lines, const ToldRows *told, Accesses *rows, Arena *arena)
{
    VEC_EACH (const RecordLine, line, *lines) {
        ProvisionRecord core = record_of_relay(&line->relay);
        access_add(rows, &(Access){line->asked_at, line->asker, core, stand_of(told, &core.permit, &core)}, arena);
    }
    VEC_EACH (const ToldRow, row, *told) {
        const Permit *permit = &row->record.permit;
        Instant at = permit->issued_at ? permit->issued_at : row->told_at;
        if (core_lacks(lines, told, row))
            access_add(rows, &(Access){at, permit->question.inquirer, row->record, stand_of(told, permit, NULL)}, arena);
    }
}

bool citizen_accesses(Act *act, const Sha256 *person, Arena *arena, Accesses *rows, Error *err)
{
    RecordLineRows lines;
    ToldRows told;
    ShieldSaidRows said;
    Accesses all = {0};
    *rows = (Accesses){0};
    if (!core_records_of_person(act->store, person, arena, &lines, err) ||
        !told_records_of_person(act->store, person, arena, &told, err) || !core_shields_of(act->store, person, arena, &said, err))
        return false;
    merged(&lines, &told, &all, arena);
    VEC_EACH (const Access, access, all)
        if (shown(&access->record.permit, &said)) *accesses_push(rows, arena) = *access;
    return true;
}
