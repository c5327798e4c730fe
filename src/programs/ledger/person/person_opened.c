// SPDX-License-Identifier: Apache-2.0
#include "person_opened.h"

#include "person_ward_rows.h"
#include "ward_scope.h"

bool person_reached(const Act *act, int32_t person_id, bool *reached, Error *err)
{
    *reached = true;
    if (!act->wards.len) return true;
    PersonWard ward;
    if (!person_ward_read(act->store, person_id, &ward, err)) return false;
    *reached = ward_scope_covers(act->wards, str_of(ward.code));
    return true;
}

bool person_opened(Act *act, const AddresseeNo *who, KnownAt known, Arena *arena, PersonRow *person, Error *err)
{
    bool reached;
    if (!person_by_number(act->store, who, known, arena, person, err)) return false;
    if (!person->person_id) return true;
    if (!person_reached(act, person->person_id, &reached, err)) return false;
    if (reached) return true;
    *person = (PersonRow){.who = *who};
    return act_refuses(act, who, S("担当区の外の人か、区の分からない人です。全市を担当する職員に頼んでください。"), err);
}

bool person_subject(const Act *act, const AddresseeNo *who, Arena *arena, PersonRow *person, Error *err)
{
    bool reached = true;
    if (!person_by_number(act->store, who, KNOWN_NOW, arena, person, err)) return false;
    if (person->person_id && !person_reached(act, person->person_id, &reached, err)) return false;
    person->is_protected |= !reached;
    return true;
}

bool ward_opened(const Act *act, Str *ward, Error *err)
{
    if (!act->wards.len) return true;
    if (!ward->len) *ward = str_cut(act->wards, ' ').head;
    return ward_scope_covers(act->wards, *ward) ||
           FAIL(err, E_RIGHT, .item = S("区"), .value = *ward,
                .words = S("担当区の外の区の一覧は開けません。全市を担当する職員に頼んでください。"));
}
