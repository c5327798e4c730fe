// A decision of a review taken back, and a file closed when nothing of it waits.
// SPDX-License-Identifier: Apache-2.0
#include "form.h"
#include "intake_rows.h"
#include "review_drawing.h"
#include "review_undone.h"

Str decided_said(const DecidedRow *row, Arena *arena)
{
    return str_format(arena, "行%.*s を「%.*s」にしました（%.*s）", STR(row->label), STR(intake_outcome_words(row->outcome)), STR(row->by));
}

bool undo_offer_of(Visit *visit, int32_t file_no, const DecidedRow *row, UndoOffer *offer, Error *err)
{
    *offer = (UndoOffer){.said = decided_said(row, visit->arena), .origin = S(""), .once = S("")};
    if (row->file_closed) return true;
    offer->go = review_path(visit, &route_send_undo, file_no, row->row_id);
    offer->origin = visit_origin(visit, offer->go);
    return form_number(visit, &offer->once, err);
}

bool undo_offered(Visit *visit, int32_t file_no, UndoOffer *offer, Error *err)
{
    DecidedRows rows;
    *offer = (UndoOffer){.origin = S(""), .once = S("")};
    if (!review_decided_of_file(visit->act->store, file_no, actor_name(visit->act->actor), 1, visit->arena, &rows, err)) return false;
    bool any = rows.count && !rows.at[0].file_closed;
    return !any || undo_offer_of(visit, file_no, &rows.at[0], offer, err);
}

bool send_undo(Visit *visit, Error *err)
{
    Ledger ledger;
    DecidedRow row;
    bool found;
    int32_t file_no, row_id;
    if (!review_row_meant(visit, &file_no, &row_id, err) || !visit_ledger(visit, &ledger, err) ||
        !review_decided(visit->act->store, row_id, visit->arena, &row, &found, err))
        return false;
    if (found && file_no && row.file_no != file_no) return review_no_such_row(err);
    if (!review_undo(&ledger, row_id, err)) return false;
    Str said = str_format(visit->arena, "行%.*sの決定を元に戻しました。もう一度決めてください。", STR(row.label));
    return visit_go(visit, review_path(visit, &route_page_review, file_no, row_id), said, err);
}

bool send_close(Visit *visit, Error *err)
{
    bool found = false;
    int32_t file_no;
    IntakeTaken file;
    if (review_number(visit->variables[0], &file_no) &&
        !intake_file_taken(visit->act->store, file_no, visit->arena, &file, &found, err))
        return false;
    if (!found) return FAIL(err, E_NOT_FOUND, .words = S("このファイルは取り込まれていません。取込・照合の画面から開き直してください。"));
    return review_file_close(visit->act, file_no, err) &&
           visit_go(visit, visit_path(visit, &route_page_taken, visit->variables, 1), S("このファイルを締めました。"), err);
}
