// SPDX-License-Identifier: Apache-2.0
#include "self_view.h"

#include "answering.h"
#include "code_hold_rows.h"
#include "hpke.h"
#include "result_seal.h"
#include "self_answer_rows.h"
#include "shield_rows.h"

#include <assert.h>
#include <string.h>

// Whose link is doubted sees nothing: it may be a stranger's.
static bool may_see(const LinkageHome *home, const SelfAsk *ask, const CodeRow *who, bool *may, Error *err)
{
    static const ProcedureCode every;
    int hides;
    *may = code_answers(&who->hold, &ask->code, home->act->now);
    if (!*may) return true;
    if (!shield_hides(home->act->store, &who->person, &every, &hides, err)) return false;
    *may = !(hides & SHIELD_SELF_VIEW);
    return true;
}

static bool seen(const LinkageHome *home, const SelfAsk *ask, Arena *arena, Str *data, Error *err)
{
    bool known, may;
    CodeRow who = {0};
    *data = (Str){0};
    if (!code_of(home->act->store, &ask->code, home->act->now, *arena, &who, &known, err) ||
        !may_see(home, ask, &who, &may, err))
        return false;
    return !may || answer_data(home, &who.person, &ask->dataset, INT64_MAX, arena, data, err);
}

bool self_view_asked(const LinkageHome *home, Str letter, Arena *arena, Error *err)
{
    assert(!store_is_idle(home->act->store));
    Str data;
    SelfAsk ask;
    HpkePublic key;
    Error unread;
    SECRET(seed);
    if (!self_ask_decode(letter, &ask, &unread) || !hpke_public_valid((Bytes){ask.key, sizeof ask.key})) return true;
    memcpy(key.at, ask.key, sizeof key.at);
    SelfTold told = {.view = ask.view};
    const HpkeUse use = {bytes_of_text(SELF_USE), {ask.view.at, sizeof ask.view.at}};
    return seen(home, &ask, arena, &data, err) && seed_made(&seed, err) &&
           hpke_seal(&key, use, secret_bytes(&seed), bytes_of_text(self_body_encode(data, arena)), arena, &told.envelope, err) &&
           self_answer_add(home->act->store, &told, err);
}
