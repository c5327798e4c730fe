// SPDX-License-Identifier: Apache-2.0
#include "audit_rows.h"

#include <assert.h>

#define LEAF_COLUMNS                                                                                \
    "leaf_no, at, business_day, operator_name, terminal, program, act, purpose, command,"           \
    " whose_index, result, rows_seen, rows_taken, rows_refused, content, detail, leaf_hash, chain," \
    " proven, tallies, other_no, other_chain"

static const char head_sql[] =
    "SELECT leaf_no, chain FROM audit_leaf ORDER BY leaf_no DESC LIMIT 1";
#define EPOCH_COLUMNS "epoch_no, begins_on, public_key, after_leaf, after_chain, signature"
static const char epoch_last_sql[] =
    "SELECT " EPOCH_COLUMNS " FROM audit_epoch ORDER BY epoch_no DESC LIMIT 1";
static const char epoch_of_sql[] =
    "SELECT coalesce(max(epoch_no), 0) FROM audit_epoch WHERE after_leaf < $1";
static const char epochs_sql[] = "SELECT " EPOCH_COLUMNS " FROM audit_epoch ORDER BY epoch_no";
static const char epoch_write_sql[] =
    "INSERT INTO audit_epoch (" EPOCH_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6)";
static const char write_sql[] = "INSERT INTO audit_leaf (" LEAF_COLUMNS
                                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
                                " $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";
static const char all_sql[] = "SELECT " LEAF_COLUMNS " FROM audit_leaf ORDER BY leaf_no";
static const char after_sql[] =
    "SELECT " LEAF_COLUMNS " FROM audit_leaf WHERE leaf_no > $1 ORDER BY leaf_no LIMIT 500";
static const char between_sql[] =
    "SELECT " LEAF_COLUMNS " FROM audit_leaf WHERE leaf_no >= $1 AND leaf_no < $2 ORDER BY leaf_no";
static const char time_sql[] = "SELECT at FROM audit_leaf WHERE leaf_no = $1";
static const char person_sql[] =
    "SELECT " LEAF_COLUMNS " FROM audit_leaf WHERE leaf_no IN"
    " (SELECT leaf_no FROM audit_leaf WHERE whose_index = $1"
    " UNION SELECT leaf_no FROM audit_shown WHERE sign = $2) ORDER BY leaf_no";
static const char shown_sql[] = "SELECT leaf_no, sign FROM audit_shown ORDER BY leaf_no, sign";
static const char shown_write_sql[] = "INSERT INTO audit_shown (leaf_no, sign) VALUES ($1, $2)";
static const char content_sql[] =
    "SELECT " LEAF_COLUMNS " FROM audit_leaf WHERE content = $1 ORDER BY leaf_no LIMIT 1";
static const char last_sql[] =
    "SELECT " LEAF_COLUMNS " FROM audit_leaf ORDER BY leaf_no DESC LIMIT $1";

static const char *const table_names[] = {"audit_leaf", "audit_epoch", "audit_tally", "audit_shown", NULL};
const KeptTables audit_tables = {table_names, "append_only", NULL};
const KeptTables looks_tables = {table_names, "append_only", "looks"};

bool audit_head_read(Store *store, AuditHead *head, Error *err)
{
    Query *q = query_begin(store, head_sql, err);
    if (!q) return false;
    AuditHead read = {0};
    bool whole = true;
    if (query_next(q)) {
        Str chain = column_view(q, 1);
        read.leaf_no = column_int64(q, 0);
        whole = sha256_from((Bytes){(const unsigned char *)chain.at, chain.len}, &read.chain);
    }
    if (!query_end(q, err)) return false;
    if (!whole)
        return FAIL(err, E_STORE,
                    .words = S("証跡の末尾の記録が壊れています。管理者に知らせてください。"));
    *head = read;
    return true;
}

static AuditEpoch epoch_here(Query *q, Arena *arena)
{
    return (AuditEpoch){
        .epoch_no = column_int64(q, 0),
        .begins_on = column_day(q, 1),
        .public_key = column_bytes(q, 2, arena),
        .after_leaf = column_int64(q, 3),
        .after_chain = column_bytes(q, 4, arena),
        .signature = column_bytes(q, 5, arena),
    };
}

bool audit_epoch_last(Store *store, Arena *arena, AuditEpoch *epoch, Error *err)
{
    Query *q = query_begin(store, epoch_last_sql, err);
    if (!q) return false;
    AuditEpoch read = query_next(q) ? epoch_here(q, arena) : (AuditEpoch){0};
    if (!query_end(q, err)) return false;
    *epoch = read;
    return true;
}

bool audit_epoch_of(Store *store, int64_t leaf_no, int64_t *epoch_no, Error *err)
{
    Query *q = query_begin(store, epoch_of_sql, err);
    if (!q) return false;
    bind_int64(q, 1, leaf_no);
    int64_t read = query_next(q) ? column_int64(q, 0) : 0;
    if (!query_end(q, err)) return false;
    *epoch_no = read;
    return true;
}

bool audit_epochs_read(Store *store, Arena *arena, AuditEpochs *epochs, Error *err)
{
    AuditEpochs read = {0};
    Query *q = query_begin(store, epochs_sql, err);
    if (!q) return false;
    while (query_next(q)) *audit_epochs_push(&read, arena) = epoch_here(q, arena);
    if (!query_end(q, err)) return false;
    *epochs = read;
    return true;
}

bool audit_epoch_write(Store *store, const AuditEpoch *epoch, Error *err)
{
    assert(epoch->epoch_no > 0);
    assert(epoch->public_key.len > 0);
    Query *q = query_begin(store, epoch_write_sql, err);
    if (!q) return false;
    bind_int64(q, 1, epoch->epoch_no);
    bind_day(q, 2, epoch->begins_on);
    bind_bytes(q, 3, epoch->public_key);
    bind_int64(q, 4, epoch->after_leaf);
    bind_bytes(q, 5, epoch->after_chain);
    bind_bytes(q, 6, epoch->signature);
    return query_run(q, err);
}

bool audit_leaf_write(Store *store, const StoredLeaf *leaf, Error *err)
{
    assert(leaf->leaf_no > 0);
    assert(leaf->leaf_hash.len > 0);
    assert(leaf->chain.len > 0);
    assert((leaf->other_no > 0) == (leaf->other_chain.len > 0));
    Query *q = query_begin(store, write_sql, err);
    if (!q) return false;
    bind_int64(q, 1, leaf->leaf_no);
    bind_instant(q, 2, leaf->at);
    bind_day(q, 3, leaf->business_day);
    bind_text(q, 4, leaf->operator_name);
    bind_text(q, 5, leaf->terminal);
    bind_text(q, 6, leaf->program);
    bind_int64(q, 7, leaf->act);
    bind_text(q, 8, leaf->purpose);
    bind_text(q, 9, leaf->command);
    bind_bytes(q, 10, leaf->whose_index);
    bind_int64(q, 11, leaf->result);
    bind_int64(q, 12, leaf->rows);
    bind_int64(q, 13, leaf->taken);
    bind_int64(q, 14, leaf->refused);
    bind_bytes(q, 15, leaf->content);
    bind_text(q, 16, leaf->detail);
    bind_bytes(q, 17, leaf->leaf_hash);
    bind_bytes(q, 18, leaf->chain);
    bind_text(q, 19, leaf->proven);
    bind_bytes(q, 20, leaf->tallies);
    if (leaf->other_no)
        bind_int64(q, 21, leaf->other_no);
    else
        bind_null(q, 21);
    bind_bytes(q, 22, leaf->other_chain);
    return query_run(q, err);
}

static const char said_sql[] =
    "SELECT DISTINCT other_no, other_chain FROM audit_leaf WHERE other_no IS NOT NULL"
    " ORDER BY other_no, other_chain";

bool audit_said_of_other(Store *store, Arena *arena, AuditSaids *said, Error *err)
{
    AuditSaids read = {0};
    Query *q = query_begin(store, said_sql, err);
    if (!q) return false;
    while (query_next(q)) {
        Str chain = column_view(q, 1);
        AuditSaid *one = audit_saids_push(&read, arena);
        one->head.leaf_no = column_int64(q, 0);
        // Other bytes are no chain, and equal none.
        (void)sha256_from((Bytes){(const unsigned char *)chain.at, chain.len}, &one->head.chain);
    }
    if (!query_end(q, err)) return false;
    *said = read;
    return true;
}

Query *audit_walk_all(Store *store, Error *err)
{
    return query_stream(store, all_sql, err);
}

Query *audit_walk_after(Store *store, int64_t leaf_no, Error *err)
{
    Query *q = query_begin(store, after_sql, err);
    if (q) bind_int64(q, 1, leaf_no);
    return q;
}

Query *audit_walk_between(Store *store, int64_t first, int64_t before, Error *err)
{
    Query *q = query_begin(store, between_sql, err);
    if (!q) return NULL;
    bind_int64(q, 1, first);
    bind_int64(q, 2, before);
    return q;
}

bool audit_leaf_time(Store *store, int64_t leaf_no, Instant *at, Error *err)
{
    Query *q = query_begin(store, time_sql, err);
    if (!q) return false;
    bind_int64(q, 1, leaf_no);
    *at = query_next(q) ? column_instant(q, 0) : 0;
    return query_end(q, err);
}

bool audit_shown_write(Store *store, int64_t leaf_no, const ShownSigns *signs, Error *err)
{
    if (!signs->count) return true;
    Query *q = query_begin(store, shown_write_sql, err);
    if (!q) return false;
    VEC_EACH (const Str, sign, *signs) {
        bind_int64(q, 1, leaf_no);
        bind_text(q, 2, *sign);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

Query *audit_shown_walk(Store *store, Error *err)
{
    return query_stream(store, shown_sql, err);
}

Query *audit_walk_person(Store *store, Bytes whose_index, Str sign, Error *err)
{
    Query *q = query_begin(store, person_sql, err);
    if (!q) return NULL;
    bind_bytes(q, 1, whose_index);
    bind_text(q, 2, sign);
    return q;
}

Query *audit_find_content(Store *store, Bytes content, Error *err)
{
    Query *q = query_begin(store, content_sql, err);
    if (q) bind_bytes(q, 1, content);
    return q;
}

Query *audit_walk_last(Store *store, int most, Error *err)
{
    Query *q = query_begin(store, last_sql, err);
    if (q) bind_int64(q, 1, most);
    return q;
}

StoredLeaf audit_leaf_here(Query *q, Arena *arena)
{
    return (StoredLeaf){
        .leaf_no = column_int64(q, 0),
        .at = column_instant(q, 1),
        .business_day = column_day(q, 2),
        .operator_name = column_text(q, 3, arena),
        .terminal = column_text(q, 4, arena),
        .program = column_text(q, 5, arena),
        .act = column_int64(q, 6),
        .purpose = column_text(q, 7, arena),
        .command = column_text(q, 8, arena),
        .whose_index = column_bytes(q, 9, arena),
        .result = column_int64(q, 10),
        .rows = column_int64(q, 11),
        .taken = column_int64(q, 12),
        .refused = column_int64(q, 13),
        .content = column_bytes(q, 14, arena),
        .detail = column_text(q, 15, arena),
        .leaf_hash = column_bytes(q, 16, arena),
        .chain = column_bytes(q, 17, arena),
        .proven = column_text(q, 18, arena),
        .tallies = column_bytes(q, 19, arena),
        .other_no = column_int64(q, 20),
        .other_chain = column_bytes(q, 21, arena),
    };
}
