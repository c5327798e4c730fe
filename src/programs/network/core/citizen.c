// SPDX-License-Identifier: Apache-2.0
#include "citizen.h"

#include "core_shield_rows.h"

#include <assert.h>

bool citizen_person(Act *act, const IndividualNo *number, Arena scratch, Sha256 *person, Error *err)
{
    CORE_KEYS(keys);
    assert(individual_no_present(number));
    bool found;
    JlisRow resident;
    PersonLink link;
    ResidentRecordCode record;
    Keys *ring = act->office->keys;
    Sha256 index = resident_number_index(ring, number);
    if (!jlis_by_number(act->store, &index, &resident, &found, err)) return false;
    if (!found) return FAIL(err, E_NOT_FOUND, .item = S("個人番号"), .words = S("この個人番号の人はいません。番号を確かめてください。"));
    if (!core_keys_open(act, &keys, err) || !jlis_record_code(act->store, ring, resident.no, scratch, &record, err)) return false;
    bool meant = person_meant(act, &keys, &record, scratch, &link, err);
    bytes_wipe(&record, sizeof record);
    if (!meant) return false;
    *person = link_index(ring, &link);
    bytes_wipe(&link, sizeof link);
    return true;
}

static bool shown(const RecordLine *line, const ShieldSaidRows *said)
{
    const Permit *permit = &line->relay.permit;
    VEC_EACH (const ShieldSaid, one, *said)
        if (shield_hides_record(one, &permit->question)) return false;
    return !permit->undisclosed;
}

bool citizen_records(Act *act, const Sha256 *person, Arena *arena, RecordLineRows *rows, Error *err)
{
    RecordLineRows all;
    ShieldSaidRows said;
    *rows = (RecordLineRows){0};
    if (!core_records_of_person(act->store, person, arena, &all, err) || !core_shields_of(act->store, person, arena, &said, err))
        return false;
    VEC_EACH (RecordLine, line, all)
        if (shown(line, &said)) *record_lines_push(rows, arena) = *line;
    return true;
}
