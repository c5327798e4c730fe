// Many rows on their way at once. Rows of alternating statements go in a pipeline; a run of rows of one
// plain INSERT goes by COPY. Both keep the order of the calls.
// SPDX-License-Identifier: Apache-2.0
#include "store_postgresql.h"

#include <assert.h>
#include <endian.h>
#include <string.h>

static bool result_fine(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN ||
           status == PGRES_PIPELINE_SYNC;
}

static bool note(PgStore *pg, PGresult *result)
{
    bool fine = result_fine(result);
    // After the first failure the server skips the rest of the pipeline; that says nothing new.
    if (!fine && PQresultStatus(result) != PGRES_PIPELINE_ABORTED)
        (void)store_failed(&pg->store, pg_failure(pg, result));
    PQclear(result);
    return fine;
}

// Reads answers up to the next sync point.
static bool answers_taken(PgStore *pg)
{
    bool fine = true;
    int nothing = 0;
    pg->store.round_trips++;
    for (;;) {
        PGresult *result = PQgetResult(pg->link);
        if (!result) {
            // A NULL ends each statement's answers; two in a row mean that the link is gone.
            if (++nothing < 2) continue;
            pg->syncs = 0;
            return store_failed(&pg->store, pg_failure(pg, NULL));
        }
        nothing = 0;
        bool sync = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        fine = note(pg, result) && fine;
        if (sync) break;
    }
    pg->syncs--;
    return fine;
}

static bool sync_sent(PgStore *pg)
{
    pg->unanswered = 0;
    if (PQpipelineSync(pg->link) != 1) return store_failed(&pg->store, pg_failure(pg, NULL));
    pg->syncs++;
    return true;
}

static bool pipeline_ended(PgStore *pg)
{
    bool fine = sync_sent(pg);
    while (pg->syncs > 0) fine = answers_taken(pg) && fine;
    pg->traffic = TRAFFIC_NONE;
    if (PQexitPipelineMode(pg->link) != 1) return store_failed(&pg->store, pg_failure(pg, NULL));
    return fine;
}

static bool copy_flushed(PgStore *pg)
{
    int len = pg->copy_len;
    pg->copy_len = 0;
    if (!len || PQputCopyData(pg->link, pg->copy, len) == 1) return true;
    return store_failed(&pg->store, pg_failure(pg, NULL));
}

static bool copy_put(PgStore *pg, const void *bytes, int len)
{
    if (len > COPY_BUFFER_BYTES - pg->copy_len && !copy_flushed(pg)) return false;
    if (len > COPY_BUFFER_BYTES) {
        if (PQputCopyData(pg->link, bytes, len) == 1) return true;
        return store_failed(&pg->store, pg_failure(pg, NULL));
    }
    memcpy(pg->copy + pg->copy_len, bytes, (size_t)len);
    pg->copy_len += len;
    return true;
}

static bool copy_put16(PgStore *pg, int value)
{
    uint16_t big = htobe16((uint16_t)value);
    return copy_put(pg, &big, sizeof big);
}

static bool copy_put32(PgStore *pg, int value)
{
    uint32_t big = htobe32((uint32_t)value);
    return copy_put(pg, &big, sizeof big);
}

static bool link_emptied(PgStore *pg)
{
    bool fine = true;
    for (PGresult *result; (result = PQgetResult(pg->link));) fine = note(pg, result) && fine;
    return fine;
}

// `refusal` not NULL: the server is to throw the rows away.
static bool copy_ended(PgStore *pg, const char *refusal)
{
    pg->traffic = TRAFFIC_NONE;
    pg->store.round_trips++;
    bool put = !refusal && copy_put16(pg, -1) && copy_flushed(pg);
    if (PQputCopyEnd(pg->link, put ? NULL : "abandoned") != 1)
        (void)store_failed(&pg->store, pg_failure(pg, NULL));
    return link_emptied(pg) && put;
}

static bool copy_begun(PgStore *pg, const PgQuery *q)
{
    // PostgreSQL manual, COPY, binary format: signature, no flags, no extension.
    static const char header[19] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
    pg->store.round_trips++;
    if (!note(pg, PQexec(pg->link, q->copy_sql))) return false;
    pg->traffic = TRAFFIC_COPY;
    if (!pg->copy) pg->copy = NEW(&pg->store.own, char, COPY_BUFFER_BYTES);
    return copy_put(pg, header, sizeof header);
}

static ErrorParts number_too_big(void)
{
    return (ErrorParts){.code = E_STORE,
                   .words = S("数が大きすぎて保存できません。管理者に知らせてください。"),
                   .at = ERROR_PLACE(__FILE__, __LINE__)};
}

static bool copy_row(PgStore *pg, PgQuery *q)
{
    if (!copy_put16(pg, q->query.places)) return false;
    for (int i = 0; i < q->query.places; i++) {
        Wire wire;
        if (!pg_wire(q->place_types[i], &q->binds[i], &wire))
            return query_failed(&q->query, number_too_big());
        if (!copy_put32(pg, wire.at ? wire.len : -1)) return false;
        if (wire.at && !copy_put(pg, wire.at, wire.len)) return false;
    }
    return true;
}

static bool pipeline_row(PgStore *pg, PgQuery *q)
{
    if (pg->traffic == TRAFFIC_NONE) {
        if (PQenterPipelineMode(pg->link) != 1)
            return store_failed(&pg->store, pg_failure(pg, NULL));
        pg->traffic = TRAFFIC_PIPELINE;
    }
    if (!pg_wires(q)) return query_failed(&q->query, number_too_big());
    if (PQsendQueryPrepared(pg->link, q->name, q->query.places, q->values, q->lengths, q->formats,
                            1) != 1)
        return query_failed(&q->query, pg_failure(pg, NULL));
    if (++pg->unanswered < PIPELINE_ROWS) return true;
    // One portion stays on its way while the answers to the one before it are read.
    return sync_sent(pg) && (pg->syncs < 2 || answers_taken(pg));
}

bool pg_settle(PgStore *pg)
{
    bool fine = true;
    if (pg->fetching) {
        PgQuery *q = pg->fetching;
        pg->fetching = NULL;
        q->ahead = PQgetResult(pg->link);
        fine = link_emptied(pg);
        if (PQresultStatus(q->ahead) != PGRES_TUPLES_OK)
            fine = query_failed(&q->query, pg_failure(pg, q->ahead));
    }
    if (pg->traffic == TRAFFIC_PIPELINE) fine = pipeline_ended(pg);
    if (pg->traffic == TRAFFIC_COPY) fine = copy_ended(pg, NULL);
    pg->last_again = NULL;
    return fine;
}

void pg_abandon(PgStore *pg)
{
    if (pg->traffic == TRAFFIC_COPY) (void)copy_ended(pg, "abandoned");
    (void)pg_settle(pg);
}

bool pg_again(PgStore *pg, PgQuery *q)
{
    bool same = pg->last_again == q;
    if ((pg->fetching || (pg->traffic == TRAFFIC_COPY && !same)) && !pg_settle(pg)) return false;
    pg->in_a_row = same ? pg->in_a_row + 1 : 1;
    pg->last_again = q;
    if (pg->in_a_row == COPY_AFTER_ROWS && q->copy_sql) {
        if (!pg_settle(pg) || !copy_begun(pg, q)) return false;
        pg->last_again = q;
    }
    return pg->traffic == TRAFFIC_COPY ? copy_row(pg, q) : pipeline_row(pg, q);
}
