// SPDX-License-Identifier: Apache-2.0
#include "self_looking.h"

#include "copy_layout.h"
#include "core_shield_rows.h"
#include "hpke.h"
#include "letter_rows.h"

#include <assert.h>
#include <string.h>
#include <sys/random.h>

static bool hidden_by(const ShieldSaidRows *said, const OrganisationCode *whose)
{
    VEC_EACH (const ShieldSaid, one, *said)
        if (organisation_same(&one->whose, whose) && one->hides & SHIELD_SELF_VIEW) return true;
    return false;
}

bool self_holders(Act *act, const Sha256 *person, Arena *arena, Holders *rows, Error *err)
{
    Holders all;
    ShieldSaidRows said;
    *rows = (Holders){0};
    if (!holders_of_person(act->store, person, arena, &all, err) || !core_shields_of(act->store, person, arena, &said, err))
        return false;
    VEC_EACH (const OrganisationCode, code, all)
        if (!hidden_by(&said, code)) *holders_push(rows, arena) = *code;
    return true;
}

static bool may_ask(Act *act, const Sha256 *person, const OrganisationCode *whose, Arena scratch, bool *may, Error *err)
{
    Holders rows;
    *may = false;
    if (!self_holders(act, person, &scratch, &rows, err)) return false;
    VEC_EACH (const OrganisationCode, code, rows) *may |= organisation_same(code, whose);
    return true;
}

// ---- asking

static bool chance(void *at, size_t len, Error *err)
{
    return getrandom(at, len, 0) == (ssize_t)len ||
           FAIL(err, E_INTERNAL, .words = S("乱数が得られません。計算機の状態を確かめてください。"));
}

static bool key_made(Secret *key, HpkePublic *public_key, Error *err)
{
    unsigned char seed[HPKE_SEED_BYTES];
    bool made = chance(seed, sizeof seed, err) && hpke_keys_made((Bytes){seed, sizeof seed}, key, public_key, err);
    bytes_wipe(seed, sizeof seed);
    return made;
}

static bool code_of(Act *act, int64_t resident_no, const OrganisationCode *whose, Arena scratch, PairwiseCode *code, Error *err)
{
    CORE_KEYS(keys);
    PersonLink link;
    if (!core_keys_open(act, &keys, err) || !citizen_link(act, &keys, resident_no, scratch, &link, err)) return false;
    PairwiseKeys pairwise = core_pairwise(&keys);
    PairwiseOwner owner = core_owner(whose);
    *code = pairwise_made(&pairwise, &owner, &link);
    bytes_wipe(&link, sizeof link);
    return true;
}

bool self_look(Act *act, const Citizen *citizen, const OrganisationCode *whose, Arena scratch, Error *err)
{
    assert(!store_is_idle(act->store));
    bool may;
    SelfAsk ask;
    HpkePublic public_key;
    SECRET(key);
    SelfViewRow row = {.person = citizen->person, .organisation = *whose, .asked_at = act->now};
    if (!may_ask(act, &citizen->person, whose, scratch, &may, err)) return false;
    if (!may) return FAIL(err, E_NOT_FOUND, .words = S("この機関から示せる情報はありません。"));
    if (!chance(row.view.at, sizeof row.view.at, err) || !key_made(&key, &public_key, err) ||
        !code_of(act, citizen->resident_no, whose, scratch, &ask.code, err) || !dataset_code_read(DOSE_DATASET, &ask.dataset) ||
        !self_view_add(act->store, act->office->keys, &row, &key, scratch, err))
        return false;
    ask.view = row.view;
    memcpy(ask.key, public_key.at, sizeof ask.key);
    return letter_add(act, whose, LETTER_SELF_ASK, self_ask_encode(&ask, &scratch), scratch, err);
}

// ---- reading

static bool opened(const SelfViewRow *row, const Secret *key, Arena *arena, SelfSight *sight)
{
    Str data, use = SELF_USE;
    Bytes plain;
    Error unread = {0};
    const HpkeUse how = {{(const unsigned char *)use.at, use.len}, {row->view.at, sizeof row->view.at}};
    if (!hpke_open(key, how, row->envelope, arena, &plain, &unread) ||
        !self_body_decode((Str){(const char *)plain.at, plain.len}, &data, &unread))
        return false;
    return data.len && copy_answer_decode(data, arena, &sight->answer, &unread);
}

bool self_seen(Act *act, const Sha256 *person, const OrganisationCode *whose, Arena *arena, SelfSight *sight, Error *err)
{
    SelfViewRow row;
    SECRET(key);
    *sight = (SelfSight){0};
    if (!self_view_newest(act->store, act->office->keys, person, whose, arena, &row, &key, err)) return false;
    if (!row.view_no) return true;
    sight->asked_at = row.asked_at;
    sight->stand = !row.envelope.len ? SELF_UNDER_WAY : opened(&row, &key, arena, sight) ? SELF_SEEN : SELF_NOTHING;
    return true;
}
