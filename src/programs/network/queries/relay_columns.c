// SPDX-License-Identifier: Apache-2.0
#include "relay_columns.h"

#include <assert.h>
#include <string.h>

static Bytes blob(const void *at, size_t len)
{
    return (Bytes){at, (ptrdiff_t)len};
}

void relay_columns_bind(Query *q, int place, const OrganisationCode *asker, const Relay *state)
{
    assert(place > 0);
    const Permit *p = &state->permit;
    bind_text(q, place, str_of(asker->digits));
    bind_text(q, place + 1, str_of(p->inquiry.digits));
    bind_int64(q, place + 2, state->state);
    bind_int64(q, place + 3, state->refusal);
    bind_bytes(q, place + 4, blob(p->id.at, sizeof p->id.at));
    bind_int64(q, place + 5, p->question.item);
    bind_text(q, place + 6, str_of(p->question.affair.at));
    bind_text(q, place + 7, str_of(p->question.procedure.at));
    bind_text(q, place + 8, str_of(p->question.dataset.at));
    bind_int64(q, place + 9, p->question.items);
    bind_text(q, place + 10, str_of(p->question.inquirer.digits));
    bind_text(q, place + 11, str_of(p->question.provider.digits));
    bind_bytes(q, place + 12, blob(p->key.at, sizeof p->key.at));
    bind_int64(q, place + 13, p->undisclosed);
    bind_int64(q, place + 14, p->list_version);
    bind_instant(q, place + 15, p->issued_at);
    bind_instant(q, place + 16, p->expires_at);
    bind_int64(q, place + 17, state->reply.kind);
    bind_int64(q, place + 18, state->reply.refusal);
    bind_instant(q, place + 19, state->reply.at);
}

static bool blob_read(Query *q, int column, void *at, size_t len)
{
    char room[128];
    Arena scratch = {room, room + sizeof room};
    Bytes read = column_bytes(q, column, &scratch);
    if (read.len != (ptrdiff_t)len) return false;
    memcpy(at, read.at, len);
    return true;
}

static bool question_read(Query *q, int column, Question *question)
{
    question->item = (int)column_int64(q, column);
    question->items = column_int64(q, column + 4);
    return affair_code_read(column_view(q, column + 1), &question->affair) &&
           procedure_code_read(column_view(q, column + 2), &question->procedure) &&
           dataset_code_read(column_view(q, column + 3), &question->dataset) &&
           organisation_code_read(column_view(q, column + 5), &question->inquirer) &&
           organisation_code_read(column_view(q, column + 6), &question->provider);
}

bool relay_columns_read(Query *q, int column, OrganisationCode *asker, Relay *state)
{
    assert(column >= 0);
    Permit *p = &state->permit;
    int64_t step = column_int64(q, column + 2), refusal = column_int64(q, column + 3);
    *state = (Relay){.state = (RelayState)step, .refusal = (PermitNo)refusal};
    p->undisclosed = column_int64(q, column + 13) == 1;
    p->list_version = column_int64(q, column + 14);
    p->issued_at = column_instant(q, column + 15);
    p->expires_at = column_instant(q, column + 16);
    state->reply.kind = (ReplyKind)column_int64(q, column + 17);
    state->reply.refusal = (LinkageResult)column_int64(q, column + 18);
    state->reply.at = column_instant(q, column + 19);
    bool known = step > RELAY_NONE && step < RELAY_STATE_COUNT && refusal >= PERMIT_YES && refusal < PERMIT_NO_COUNT &&
                 blob_read(q, column + 4, p->id.at, sizeof p->id.at) && question_read(q, column + 5, &p->question) &&
                 blob_read(q, column + 12, p->key.at, sizeof p->key.at) &&
                 organisation_code_read(column_view(q, column), asker) &&
                 inquiry_no_read(column_view(q, column + 1), &p->inquiry);
    if (state->state == RELAY_ENDED) state->reply.permit = p->id;
    return known;
}

bool relay_unreadable(Error *err)
{
    return FAIL(err, E_STORE, .words = S("照会の記録が読めません。控えから戻してください。"));
}
