// SPDX-License-Identifier: Apache-2.0
#include "review_undo.h"

#include <assert.h>

#include "claim_rows.h"
#include "judge_anew.h"
#include "person_rows.h"
#include "rule_use_rows.h"

static bool stays(Error *err, Str words)
{
    return FAIL(err, E_CONFLICT, .item = S("決定"), .words = words);
}

// The decision, if it can be taken back; `dose_id` 0: it stored none.
static bool can_go(Store *store, int32_t row_id, Arena *arena, DecidedRow *row, int32_t *dose_id, Error *err)
{
    int64_t others;
    bool found, stands;
    if (!review_decided(store, row_id, arena, row, &found, err)) return false;
    if (!found)
        return FAIL(err, E_NOT_FOUND, .item = S("行"), .words = S("この行の決定はありません。もう元に戻されたか、まだ決めていません。"));
    if (row->file_closed) return stays(err, S("このファイルは締めてあるため、元に戻せません。一人のページで訂正か取消を申請してください。"));
    if (!review_decision_reach(store, row, &others, err) || !review_stored_dose(store, row, dose_id, &stands, err)) return false;
    if (others)
        return stays(err, S("この決定はほかの記録も変えたため、ここでは元に戻せません。一人のページで訂正か取消を申請してください。"));
    return stands || stays(err, S("登録した接種が、そのあとに訂正か取消をされています。元に戻すものはありません。"));
}

// The dose goes with its claim, and may turn the verdicts on the others.
static bool dose_goes(Ledger *ledger, LedgerAct *act, int32_t dose_id, PersonRow *person, Error *err)
{
    Store *store = ledger->act->store;
    Arena scratch = *ledger->act->arena;
    return claims_end(store, act, &dose_id, 1, err) && dose_end(store, dose_id, act, err) &&
           rule_use_note(store, act, ledger->schedule, &ledger->rule_texts, scratch, err) &&
           judge_anew(&ledger->judge, store, act, &(FoundPersons){.at = person, .count = 1}, scratch, err);
}

static bool undone(Ledger *ledger, const DecidedRow *row, int32_t dose_id, Error *err)
{
    LedgerAct begun;
    PersonRow person = {0};
    Act *act = ledger->act;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!ledger_act_begin(act, ACT_ENTRY, S("照合の決定を元に戻した"), &begun, err) ||
        (row->person_id && !person_by_number(act->store, &row->who, KNOWN_NOW, act->arena, &person, err)) ||
        (dose_id && !dose_goes(ledger, &begun, dose_id, &person, err)) || !review_decision_end(act->store, &begun, row, err))
        return false;
    if (row->person_id) leaf.whose = &person.who;
    leaf.rows = 1;
    leaf.detail = str_format(act->arena, "row %d undone", (int)row->row_id);
    return act_record(act, &leaf, err);
}

bool review_undo(Ledger *ledger, int32_t row_id, Error *err)
{
    assert(row_id > 0);
    DecidedRow row;
    int32_t dose_id;
    Act *act = ledger->act;
    return act_begin(act, err) && can_go(act->store, row_id, act->arena, &row, &dose_id, err) &&
           ledger_products_complete(ledger, err) && undone(ledger, &row, dose_id, err) && store_commit(act->store, err);
}

bool review_file_close(Act *act, int32_t file_no, Error *err)
{
    LedgerAct begun;
    FileClosing closing;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.detail = str_format(act->arena, "file %d closed", (int)file_no);
    if (!act_begin(act, err) || !intake_closing_read(act->store, file_no, act->arena, &closing, err)) return false;
    if (closing.closed) return stays(err, S("このファイルは、もう締めてあります。"));
    if (closing.waiting)
        return stays(err, str_format(act->arena, "照合を待つ行が%d行あります。すべて決めてから締めてください。", (int)closing.waiting));
    return ledger_act_begin(act, ACT_ENTRY, S("ファイルを締めた"), &begun, err) &&
           intake_file_closed(act->store, &begun, file_no, err) && act_record(act, &leaf, err) && store_commit(act->store, err);
}
