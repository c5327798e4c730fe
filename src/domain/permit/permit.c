// SPDX-License-Identifier: Apache-2.0
#include "permit.h"

#include "permit_checks.h"

#include <assert.h>
#include <string.h>

bool permit_id_same(const PermitId *a, const PermitId *b)
{
    return !memcmp(a->at, b->at, sizeof a->at);
}

bool permit_hash_same(const PermitHash *a, const PermitHash *b)
{
    return !memcmp(a->at, b->at, sizeof a->at);
}

bool permit_asks_the_same(const Permit *a, const Permit *b)
{
    return inquiry_no_same(&a->inquiry, &b->inquiry) && question_same(&a->question, &b->question) &&
           permit_hash_same(&a->key, &b->key) && a->undisclosed == b->undisclosed;
}

// ---- one check, one function

static bool signed_by_core(const PermitSight *s)
{
    return s->signature_valid;
}

static bool for_me(const PermitSight *s)
{
    bool answering = s->stage == STAGE_ANSWERING;
    const Question *q = &s->permit->question;
    if (s->copy && s->copy->holder != (answering ? ROLE_PROVIDER : ROLE_INQUIRER)) return false;
    return s->me && organisation_same(answering ? &q->provider : &q->inquirer, s->me);
}

static bool for_this_key(const PermitSight *s)
{
    return s->key && permit_hash_same(&s->permit->key, s->key);
}

static bool already_valid(const PermitSight *s)
{
    return s->permit->issued_at <= s->now + CLOCKS_APART;
}

static bool still_valid(const PermitSight *s)
{
    return s->now < s->permit->expires_at;
}

static bool as_asked(const PermitSight *s)
{
    return s->asked && permit_asks_the_same(s->permit, s->asked);
}

static bool unused(const PermitSight *s)
{
    return !s->used;
}

static bool list_fresh(const PermitSight *s)
{
    return allow_list_fresh(s->list, s->now);
}

static bool list_not_older(const PermitSight *s)
{
    return s->permit->list_version >= s->list->version;
}

static bool list_not_newer(const PermitSight *s)
{
    return s->permit->list_version <= s->list->version;
}

static bool allowed(const PermitSight *s)
{
    return allow_list_allows(s->list, &s->permit->question, instant_day_in_japan(s->now));
}

static bool registered(const PermitSight *s)
{
    return own_items_hold(s->own, s->stage == STAGE_ASKING ? ROLE_INQUIRER : ROLE_PROVIDER,
                          s->permit->question.item);
}

static bool person_coded(const PermitSight *s)
{
    return s->code_known;
}

static bool running(const PermitSight *s)
{
    return !s->suspended;
}

// In this order: of what is forged nothing is believed; whoever is behind fetches the list before it says no by it.
// clang-format off
const PermitCheck permit_checks[PERMIT_CHECKS] = {
    {PERMIT_FORGED,          STAGE_RECEIVING | STAGE_ANSWERING,                signed_by_core},
    {PERMIT_WRONG_RECIPIENT, STAGE_ASKING | STAGE_ISSUING | STAGE_RECEIVING | STAGE_ANSWERING, for_me},
    {PERMIT_OTHER_KEY,       STAGE_RECEIVING | STAGE_ANSWERING,                for_this_key},
    {PERMIT_OTHER_QUESTION,  STAGE_RECEIVING,                                  as_asked},
    {PERMIT_USED,            STAGE_ANSWERING,                                  unused},
    {PERMIT_NOT_YET,         STAGE_RECEIVING | STAGE_ANSWERING,                already_valid},
    {PERMIT_EXPIRED,         STAGE_RECEIVING | STAGE_ANSWERING,                still_valid},
    {PERMIT_LIST_STALE,      STAGE_ASKING | STAGE_ANSWERING,                   list_fresh},
    {PERMIT_LIST_BEHIND,     STAGE_ANSWERING,                                  list_not_newer},
    {PERMIT_LIST_OLDER,      STAGE_ANSWERING,                                  list_not_older},
    {PERMIT_NOT_ALLOWED,     STAGE_ASKING | STAGE_ISSUING | STAGE_ANSWERING,   allowed},
    {PERMIT_NOT_OURS,        STAGE_ASKING | STAGE_ANSWERING,                   registered},
    {PERMIT_NO_CODE,         STAGE_ASKING | STAGE_ISSUING,                     person_coded},
    {PERMIT_SUSPENDED,       STAGE_ISSUING,                                    running},
};

static const struct { const char *code, *words; } noes[] = {
    [PERMIT_YES]             = {"",     ""},
    [PERMIT_FORGED]          = {"E501", "情報提供許可証の署名が正しくありません。回答せず、管理者に知らせてください。"},
    [PERMIT_WRONG_RECIPIENT] = {"E501", "照会や許可証の機関が、この機関と違います。管理者に知らせてください。"},
    [PERMIT_OTHER_KEY]       = {"E501", "届いた公開鍵が、情報提供許可証のものと違います。管理者に知らせてください。"},
    [PERMIT_NOT_YET]         = {"E401", "情報提供許可証の発行時刻が先の時刻です。サーバーの時計を確かめてください。"},
    [PERMIT_EXPIRED]         = {"E401", "情報提供許可証の期限が過ぎています。もう一度照会してください。"},
    [PERMIT_OTHER_QUESTION]  = {"E501", "情報提供許可証が、照会した内容と違います。管理者に知らせてください。"},
    [PERMIT_USED]            = {"E503", "この情報提供許可証はすでに使われています。もう一度照会してください。"},
    [PERMIT_LIST_STALE]      = {"E301", "照会許可用照合リストが古いため、照会も提供もできません。新しいリストを取り込んでください。"},
    [PERMIT_LIST_OLDER]      = {"E301", "情報提供許可証が古い照合リストで発行されています。もう一度照会してください。"},
    [PERMIT_LIST_BEHIND]     = {"E301", "照会許可用照合リストが、許可証の版より古くなっています。新しいリストを取り込んでから、もう一度確かめます。"},
    [PERMIT_NOT_ALLOWED]     = {"E301", "照会許可用照合リストにない照会です。照会先・事務手続・特定個人情報名を確かめてください。"},
    [PERMIT_NOT_OURS]        = {"E301", "この市の評価書にない情報連携です。事務の項を確かめてください。"},
    [PERMIT_NO_CODE]         = {"E101", "この人の符号がないため、照会できません。先に符号を取得してください。"},
    [PERMIT_SUSPENDED]       = {"E303", "情報連携が停止されています。管理者に確かめてください。"},
};
// clang-format on
_Static_assert(sizeof noes / sizeof *noes == PERMIT_NO_COUNT, "words for each");

PermitNo permit_objection(const PermitSight *sight)
{
    assert(sight->permit && sight->list);
    for (int i = 0; i < PERMIT_CHECKS; i++)
        if ((permit_checks[i].stages & (int)sight->stage) && !permit_checks[i].holds(sight))
            return permit_checks[i].no;
    return PERMIT_YES;
}

const char *permit_no_code(PermitNo no)
{
    assert(no < PERMIT_NO_COUNT);
    return noes[no].code;
}

Str permit_no_words(PermitNo no)
{
    assert(no < PERMIT_NO_COUNT);
    return str_of(noes[no].words);
}
