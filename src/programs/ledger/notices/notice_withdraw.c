// SPDX-License-Identifier: Apache-2.0
#include "notice_withdraw.h"

#include "notice_reprint.h"
#include "person_opened.h"

static bool runs_end(Act *act, const LedgerAct *begun, const NoticeSent *sent, int32_t person_id,
                     WithdrawDone *done, Error *err)
{
    RunNos reprints;
    if (!notice_reprints_of(act->store, sent->run_no, act->arena, &reprints, err) ||
        !notice_run_withdraw(act->store, begun, sent->run_no, person_id, &done->letters, err))
        return false;
    VEC_EACH (const int32_t, run_no, reprints) {
        int64_t ended;
        if (!notice_run_withdraw(act->store, begun, *run_no, person_id, &ended, err)) return false;
        done->reprints += ended;
    }
    return true;
}

static bool sent_to(Act *act, const WithdrawAsked *asked, NoticeSent *sent, int32_t *person_id, Error *err)
{
    PersonRow person = {0};
    if (!notice_sent(act->store, asked->batch, act->arena, sent, err)) return false;
    if (asked->who && !person_opened(act, asked->who, KNOWN_NOW, act->arena, &person, err)) return false;
    if (asked->who) notice_sent_to(sent, person.person_id);
    *person_id = person.person_id;
    if (sent->rows.count) return true;
    return FAIL(err, E_NOT_FOUND, .item = S("通知の番号"), .value = asked->batch,
                .words = S("取り下げる通知がありません。もう取り下げられているか、"
                           "この人には送っていません。"));
}

bool notices_withdraw(Act *act, const WithdrawAsked *asked, WithdrawDone *done, Error *err)
{
    LedgerAct begun;
    NoticeSent sent;
    int32_t person_id;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    *done = (WithdrawDone){0};
    if (!sent_to(act, asked, &sent, &person_id, err) || !act_begin(act, err) ||
        !ledger_act_begin(act, ACT_NOTICES, asked->reason, &begun, err) ||
        !runs_end(act, &begun, &sent, person_id, done, err))
        return false;
    leaf.act = AUDIT_CHANGE;
    leaf.rows = leaf.taken = done->letters + done->reprints;
    leaf.detail = asked->batch;
    leaf.whose = asked->who;
    done->repeats = sent.first_run != sent.run_no;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}
