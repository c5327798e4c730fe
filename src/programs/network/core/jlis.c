// SPDX-License-Identifier: Apache-2.0
#include "jlis.h"

#include <assert.h>

#include "acquisition_rows.h"
#include "letter_rows.h"

// ---- a code

bool person_meant(Act *act, const CoreKeys *keys, const ResidentRecordCode *code, Arena scratch, PersonLink *link,
                  Error *err)
{
    LinkAliasRows rows = {0};
    PairwiseKeys pairwise = core_pairwise(keys);
    PersonLink made = person_link(&pairwise, code);
    if (!link_alias_read(act->store, act->office->keys, &made, &scratch, &rows, err)) return false;
    *link = link_meant(&rows, &made);
    return true;
}

static Sha256 wish_index(const Keys *keys, const CodeWish *wish, const Sha256 *number, Arena scratch)
{
    const ResidentFacts facts = {wish->kana, wish->address, wish->birth, wish->sex};
    Sha256 told = resident_facts_index(keys, &facts, scratch);
    unsigned char both[2 * sizeof told.at];
    for (size_t i = 0; i < sizeof told.at; i++) {
        both[i] = number->at[i];
        both[sizeof told.at + i] = told.at[i];
    }
    return keys_index(keys, S("wish"), (Bytes){both, sizeof both});
}

static bool code_sent(Act *act, const CoreKeys *keys, AcquisitionRow *row, int64_t resident_no, Arena scratch, Error *err)
{
    ResidentRecordCode record;
    PersonLink link;
    PairwiseKeys pairwise = core_pairwise(keys);
    PairwiseOwner owner = core_owner(&row->organisation);
    if (!jlis_record_code(act->store, act->office->keys, resident_no, scratch, &record, err)) return false;
    bool meant = person_meant(act, keys, &record, scratch, &link, err);
    bytes_wipe(&record, sizeof record);
    if (!meant) return false;
    Sha256 person = link_index(act->office->keys, &link);
    CodeArrived arrived = {.acquisition = row->number, .code = pairwise_made(&pairwise, &owner, &link), .epoch = CORE_EPOCH};
    bytes_wipe(&link, sizeof link);
    row->outcome = CODE_WISH_ACCEPTED;
    return acquisition_use(act->store, row, &person, err) &&
           letter_add(act, &row->organisation, LETTER_CODE_ARRIVED, code_arrived_encode(&arrived, &scratch), scratch, err);
}

static bool denial_sent(Act *act, AcquisitionRow *row, CodeOutcome outcome, CodeFailure failure, Arena scratch, Error *err)
{
    CodeDenied denied = {.acquisition = row->number, .failure = failure};
    row->outcome = outcome;
    return acquisition_use(act->store, row, NULL, err) &&
           letter_add(act, &row->organisation, LETTER_CODE_DENIED, code_denied_encode(&denied, &scratch), scratch, err);
}

static bool looked_up(Act *act, const CoreKeys *keys, AcquisitionRow *row, const CodeWish *wish, const Sha256 *number,
                      Arena scratch, Error *err)
{
    bool found;
    JlisRow resident;
    const ResidentFacts facts = {wish->kana, wish->address, wish->birth, wish->sex};
    Sha256 told = resident_facts_index(act->office->keys, &facts, scratch);
    if (!jlis_by_number(act->store, number, &resident, &found, err)) return false;
    if (!found) return denial_sent(act, row, CODE_WISH_E102, CODE_E102_NOBODY, scratch, err);
    if (resident.deleted) return denial_sent(act, row, CODE_WISH_E103, CODE_E103_DELETED, scratch, err);
    row->outcome = CODE_WISH_PERSON_DIFFERS;
    if (!sha256_equal(&told, &resident.facts)) return true;
    return code_sent(act, keys, row, resident.no, scratch, err);
}

bool code_wish_answered(Act *act, const CoreKeys *keys, const OrganisationCode *whose, const CodeWish *wish,
                        Arena scratch, CodeOutcome *outcome, Error *err)
{
    assert(!store_is_idle(act->store));
    bool found;
    AcquisitionRow row;
    Sha256 number = resident_number_index(act->office->keys, &wish->number);
    Sha256 index = wish_index(act->office->keys, wish, &number, scratch);
    if (!acquisition_find(act->store, &wish->acquisition, &row, &found, err)) return false;
    bool ours = found && organisation_same(&row.organisation, whose);
    bool again = ours && row.used && sha256_equal(&row.wish, &index);
    bool fresh = ours && !row.used && act->now < row.issued_at + ACQUISITION_LIFE;
    *outcome = again ? row.outcome : CODE_WISH_E101;
    if (!fresh) return true;
    row.wish = index;
    if (!looked_up(act, keys, &row, wish, &number, scratch, err)) return false;
    *outcome = row.outcome;
    return true;
}

// ---- residents

void resident_told_wipe(ResidentTold *told)
{
    bytes_wipe(told, sizeof *told);
}

static bool record_code_changed(Act *act, const CoreKeys *keys, const ResidentTold *told, Arena scratch, Error *err)
{
    bool in_use;
    LinkAliasRows rows = {0};
    Keys *ring = act->office->keys;
    PairwiseKeys pairwise = core_pairwise(keys);
    PersonLink before = person_link(&pairwise, &told->before), made = person_link(&pairwise, &told->record);
    Sha256 index = link_index(ring, &made);
    if (!link_alias_read(act->store, ring, &before, &scratch, &rows, err) ||
        !link_alias_read(act->store, ring, &made, &scratch, &rows, err) ||
        !acquisition_of_person(act->store, &index, &in_use, err))
        return false;
    switch (link_alias_add(&rows, &before, &made, in_use, &scratch)) {
    case LINK_ALIAS_YES: return link_alias_keep(act->store, ring, &rows.at[rows.count - 1], scratch, err);
    case LINK_ALIAS_THERE: return true;
    case LINK_ALIAS_CLASHES: break;
    }
    return FAIL(err, E_CONFLICT, .item = S("前の住民票コード"),
                .words = S("新しい住民票コードで、すでに別の人の符号が作られています。住民票コードを確かめてください。"));
}

// Whose row it is: of the record code, else of the one before it. E_CONFLICT where both are there.
static bool row_of(Act *act, const ResidentTold *told, const Sha256 *record, JlisRow *row, Error *err)
{
    bool there, was = false;
    JlisRow earlier = {0};
    if (!jlis_by_record(act->store, record, row, &there, err)) return false;
    if (told->before.digits[0]) {
        Sha256 before = resident_record_index(act->office->keys, &told->before);
        if (!jlis_by_record(act->store, &before, &earlier, &was, err)) return false;
    }
    if (there && was)
        return FAIL(err, E_CONFLICT, .item = S("住民票コード"),
                    .words = S("新しい住民票コードが、すでに別の人のものです。住民票コードを確かめてください。"));
    if (was) *row = earlier;
    return true;
}

static bool number_free(Act *act, const Sha256 *number, int64_t resident_no, Error *err)
{
    bool there;
    JlisRow other;
    if (!jlis_by_number(act->store, number, &other, &there, err)) return false;
    return !there || other.no == resident_no ||
           FAIL(err, E_CONFLICT, .item = S("個人番号"),
                .words = S("この個人番号は、別の住民票コードの人のものです。どちらかを確かめてください。"));
}

bool resident_taken(Act *act, const CoreKeys *keys, const ResidentTold *told, Arena scratch, ResidentTaken *taken,
                    Error *err)
{
    assert(!store_is_idle(act->store));
    JlisRow row;
    Keys *ring = act->office->keys;
    Sha256 record = resident_record_index(ring, &told->record), number = resident_number_index(ring, &told->number),
           facts = resident_facts_index(ring, &told->facts, scratch);
    if (!row_of(act, told, &record, &row, err) || !number_free(act, &number, row.no, err)) return false;
    bool changed = row.no && !sha256_equal(&row.record, &record);
    if (changed && !record_code_changed(act, keys, told, scratch, err)) return false;
    *taken = RESIDENT_SAME;
    if (row.no && !changed && sha256_equal(&row.number, &number) && sha256_equal(&row.facts, &facts) &&
        row.deleted == told->deleted)
        return true;
    *taken = row.no ? RESIDENT_CHANGED : RESIDENT_ADDED;
    row.number = number;
    row.record = record;
    row.facts = facts;
    row.deleted = told->deleted;
    return jlis_keep(act->store, ring, &row, &told->record, scratch, err);
}
