// Is the trail still what was written, as long as it was, and is nothing there that has no record?
// SPDX-License-Identifier: Apache-2.0
#include "audit_proof.h"
#include "shown.h"
#include "tally.h"

#include <assert.h>

enum { LEAF_BYTES = 1 << 20, HEADS_BYTES = 1 << 30 };

// What is compared while the leaves are walked once, in order.
typedef struct Walk {
    const Trail *trail;
    TrailHeads heads;
    AuditEpochs epochs;
    ptrdiff_t next_head, next_epoch;
    TallyWalk tallies;
    ShownWalk shown;
    AuditHead stands;  // the last leaf that stands
    bool heads_there, heads_forged;
    int64_t broken;       // number of the first leaf that is not what was written
    int64_t tally_wrong;  // number of the first leaf whose tallies are not those it was written with
    int64_t shown_wrong;  // number of the first leaf of which the index says otherwise whom it showed
    Text strangers;       // records of rows that had none
    Str rows;             // rows that disagree with their tallies
    Arena *arena;         // of the texts
    AuditSaids said;      // what the other trail says of this one
    ptrdiff_t next_said;
    int64_t said_wrong;   // number of the first record of which the other trail says otherwise
    int64_t head_wrong;   // number of the first head that says otherwise
    int64_t epoch_gone;   // number of the first epoch that a head knows and the rows do not
    int64_t epoch_wrong;  // number of the first epoch that does not follow
} Walk;

// ---- in order with the leaves

// The epoch of the leaf that stands: epochs that begin after it are not reached yet.
static int64_t epoch_now(const Walk *w)
{
    return w->next_epoch ? w->epochs.at[w->next_epoch - 1].epoch_no : 0;
}

static void heads_compare(Walk *w)
{
    while (w->next_head < w->heads.count &&
           w->heads.at[w->next_head].head.leaf_no <= w->stands.leaf_no) {
        const TrailHead *line = &w->heads.at[w->next_head++];
        const AuditHead *said = &line->head;
        bool same =
            said->leaf_no == w->stands.leaf_no && sha256_equal(&said->chain, &w->stands.chain);
        if (!same && !w->head_wrong) w->head_wrong = said->leaf_no;
        if (same && line->epoch_no != epoch_now(w) && !w->epoch_gone)
            w->epoch_gone = line->epoch_no;
    }
}

static void said_compare(Walk *w)
{
    for (; w->next_said < w->said.count &&
           w->said.at[w->next_said].head.leaf_no <= w->stands.leaf_no;
         w->next_said++) {
        const AuditHead *said = &w->said.at[w->next_said].head;
        bool same =
            said->leaf_no == w->stands.leaf_no && sha256_equal(&said->chain, &w->stands.chain);
        if (!same && !w->said_wrong) w->said_wrong = said->leaf_no;
    }
}

static bool chain_is(const AuditEpoch *epoch, const AuditHead *head)
{
    Sha256 chain;
    if (!epoch->after_leaf) return epoch->after_chain.len == 0;
    return sha256_from(epoch->after_chain, &chain) && sha256_equal(&chain, &head->chain);
}

// Epochs that began after the leaf that stands now.
static void epochs_compare(Walk *w, Arena scratch)
{
    while (w->next_epoch < w->epochs.count &&
           w->epochs.at[w->next_epoch].after_leaf == w->stands.leaf_no) {
        const AuditEpoch *epoch = &w->epochs.at[w->next_epoch],
                         *before = w->next_epoch ? epoch - 1 : NULL;
        bool follows =
            chain_is(epoch, &w->stands) && trail_epoch_follows(w->trail, epoch, before, scratch);
        if (!follows && !w->epoch_wrong) w->epoch_wrong = epoch->epoch_no;
        w->next_epoch++;
    }
}

static void leaf_compare(Walk *w, const StoredLeaf *row, Arena scratch)
{
    if (!audit_leaf_stands(row, w->trail->keys, &w->stands, scratch)) {
        w->broken = w->stands.leaf_no + 1;
        return;
    }
    w->stands.leaf_no = row->leaf_no;
    (void)sha256_from(row->chain, &w->stands.chain);
    heads_compare(w);
    said_compare(w);
    epochs_compare(w, scratch);
    if (!w->tally_wrong && !tally_walk_stands(&w->tallies, row)) w->tally_wrong = row->leaf_no;
    if (!w->shown_wrong && !shown_walk_stands(&w->shown, row, scratch)) w->shown_wrong = row->leaf_no;
    if (str_equal(row->command, S(AUDIT_STRANGERS)))
        text_addf(&w->strangers, w->arena,
                  "証跡の%lld件目で、どの証跡にも記録のない行が見つかっています (%.*s)。",
                  (long long)row->leaf_no, STR(row->detail));
}

static bool leaves_walk(Walk *w, Store *store, Arena scratch, Error *err)
{
    bool rest = false, shown_rest = false;
    Query *q = audit_walk_all(store, err);
    if (!q || !tally_walk_begin(store, &w->tallies, err) || !shown_walk_begin(store, &w->shown, err)) return false;
    epochs_compare(w, scratch);
    while (!w->broken && query_next(q)) {
        Arena one = scratch;
        StoredLeaf row = audit_leaf_here(q, &one);
        leaf_compare(w, &row, one);
    }
    if (!tally_walk_end(&w->tallies, &rest, err) || !shown_walk_end(&w->shown, &shown_rest, err)) return false;
    if (rest && !w->tally_wrong) w->tally_wrong = w->stands.leaf_no + 1;
    if (shown_rest && !w->shown_wrong) w->shown_wrong = w->stands.leaf_no + 1;
    return query_end(q, err);
}

// What no leaf was there for.
static void rest_compare(Walk *w, Arena scratch)
{
    if (w->next_epoch < w->epochs.count && !w->epoch_wrong)
        w->epoch_wrong = w->epochs.at[w->next_epoch].epoch_no;
    if (!w->epochs.count) return;
    const AuditEpoch *last = &w->epochs.at[w->epochs.count - 1];
    // An epoch that was over comes back as the last one where those after it were taken away.
    if (!w->epoch_wrong && !epoch_key_there(&w->trail->epochs, last->public_key, scratch))
        w->epoch_wrong = last->epoch_no + 1;
}

// ---- rows that owe a record

static bool owed_find(Store *store, const AuditOwed *owed, int count, const AuditOwed **wrong,
                      int64_t *number, Error *err)
{
    *wrong = NULL;
    for (int i = 0; i < count && !*wrong; i++) {
        Query *q = query_begin(store, owed[i].sql, err);
        if (!q) return false;
        if (query_next(q)) {
            *wrong = &owed[i];
            *number = column_int64(q, 0);
        }
        if (!query_end(q, err)) return false;
    }
    return true;
}

// ---- words

static int64_t heads_end(const Walk *w)
{
    return w->heads.count ? w->heads.at[w->heads.count - 1].head.leaf_no : 0;
}

static int64_t said_end(const Walk *w)
{
    return w->said.count ? w->said.at[w->said.count - 1].head.leaf_no : 0;
}

static Str trouble_of(const Walk *w, const AuditOwed *owed, int64_t number, Arena *arena)
{
    const char *words = w->trail->words;
    if (w->broken)
        return str_format(arena, "%sの%lld件目が、書かれたときのものと違います。", words,
                          (long long)w->broken);
    if (!w->heads_there)
        return str_format(arena, "%sの控え (データの置き場所の .trail) がありません。控えから"
                                 "戻してください。", words);
    if (w->heads_forged)
        return str_format(arena, "%sの控えの%lld行目が、書かれたときのものと違います。", words,
                          (long long)w->heads.count + 1);
    if (heads_end(w) > w->stands.leaf_no)
        return str_format(arena, "%sの末尾が切り取られています。控えによれば%lld件ありました。",
                          words, (long long)heads_end(w));
    if (said_end(w) > w->stands.leaf_no)
        return str_format(arena,
                          "%sの末尾が控えとともに切り取られています。もう一方の証跡によれば%lld件"
                          "ありました。",
                          words, (long long)said_end(w));
    if (w->said_wrong)
        return str_format(arena,
                          "%sの%lld件目がもう一方の証跡と違います。切り取って書き直したものです。",
                          words, (long long)w->said_wrong);
    if (w->head_wrong)
        return str_format(arena, "%sの%lld件目が控えと違います。切り取って書き直したものです。", words,
                          (long long)w->head_wrong);
    if (w->epoch_gone)
        return str_format(arena,
                          "%sの%lld日目の鍵の記録が、控えにありますがデータベースにありません。",
                          words, (long long)w->epoch_gone);
    if (w->epoch_wrong)
        return str_format(arena, "%sの%lld日目の署名が合いません。", words,
                          (long long)w->epoch_wrong);
    if (w->tally_wrong)
        return str_format(arena, "%sの%lld件目の行数の記録が、書かれたときのものと違います。", words,
                          (long long)w->tally_wrong);
    if (w->shown_wrong)
        return str_format(arena, "%sの%lld件目で一覧に載った人の索引が、記録と違います。", words,
                          (long long)w->shown_wrong);
    Str rows = str_join(arena, text_str(&w->strangers), w->rows);
    if (owed)
        return str_format(arena, "%s (番号 %lld) に対応する証跡がありません。%.*s", owed->words,
                          (long long)number, STR(rows));
    return rows;
}

// ---- the whole

static bool verify(Store *store, Walk *w, const AuditOwed *owed, int owed_count, Arena *arena,
                   AuditVerdict *verdict, Error *err)
{
    int64_t number = 0;
    const AuditOwed *wrong;
    Arena whole = arena_reserve(LEAF_BYTES);
    bool walked = audit_epochs_read(store, arena, &w->epochs, err) &&
                  leaves_walk(w, store, whole, err) &&
                  tally_verify(store, w->trail, arena, &w->rows, err) &&
                  owed_find(store, owed, owed_count, &wrong, &number, err);
    if (walked) {
        rest_compare(w, whole);
        *verdict = (AuditVerdict){
            .leaves = w->stands.leaf_no, .first_broken = w->broken, .chain = w->stands.chain};
        verdict->words = trouble_of(w, wrong, number, arena);
        verdict->whole = !verdict->words.len;
    }
    arena_release(whole);
    return walked;
}

bool audit_verify(Store *store, const Trail *trail, Store *other, const AuditOwed *owed,
                  int owed_count, Arena *arena, AuditVerdict *verdict, Error *err)
{
    Walk w = {.trail = trail, .arena = arena};
    Arena heads = arena_reserve(HEADS_BYTES), room = heads;
    // The file and the other trail first: what they say meanwhile is in the picture that comes after.
    bool walked = trail_heads_read(trail, &room, &w.heads, &w.heads_there, &w.heads_forged, err) &&
                  (!other || audit_said_of_other(other, &room, &w.said, err)) &&
                  store_begin_read(store, err) &&
                  verify(store, &w, owed, owed_count, arena, verdict, err);
    if (walked)
        walked = store_commit(store, err);
    else
        store_rollback(store);
    arena_release(heads);
    return walked;
}

// ---- what others saw

static Str seen_trouble(const Trail *trail, const AuditHead *seen, Arena *arena)
{
    return str_format(arena,
                      "%sの%lld件目は、外に残された控えのものと違うか、なくなっています。データベースと"
                      "データの置き場所がともに古いものに戻されています。",
                      trail->words, (long long)seen->leaf_no);
}

// The first of them that the leaves do not bear out; NULL: they bear out all.
static bool borne_out(Store *store, const AuditSaids *said, Arena scratch, const AuditHead **seen,
                      Error *err)
{
    ptrdiff_t next = 0;
    bool same = true;
    Query *q = audit_walk_all(store, err);
    if (!q) return false;
    while (same && next < said->count && query_next(q)) {
        Arena one = scratch;
        Sha256 chain;
        StoredLeaf row = audit_leaf_here(q, &one);
        for (; same && next < said->count && said->at[next].head.leaf_no == row.leaf_no; next += same)
            same = sha256_from(row.chain, &chain) &&
                   sha256_equal(&chain, &said->at[next].head.chain);
    }
    *seen = next < said->count ? &said->at[next].head : NULL;
    return query_end(q, err);
}

bool audit_bears_out(Store *store, const Trail *trail, const AuditSaids *said, Arena *arena,
                     Str *trouble, Error *err)
{
    const AuditHead *seen;
    Arena scratch = arena_reserve(LEAF_BYTES);
    bool walked = store_begin_read(store, err) && borne_out(store, said, scratch, &seen, err) &&
                  store_commit(store, err);
    arena_release(scratch);
    if (walked) *trouble = seen ? seen_trouble(trail, seen, arena) : (Str){0};
    return walked;
}

// ---- catching up

// The next leaves after `to`, proven one by one; it moves to the last that stands. `stands` false: one does not, or
// there is none.
static bool prove_next(Store *store, const Trail *trail, AuditHead *to, Arena scratch, bool *stands, Error *err)
{
    Query *q = audit_walk_after(store, to->leaf_no, err);
    *stands = q && query_next(q);
    for (bool there = *stands; there && *stands; there = query_next(q)) {
        Arena one = scratch;
        StoredLeaf row = audit_leaf_here(q, &one);
        *stands = audit_leaf_stands(&row, trail->keys, to, one);
        if (!*stands) break;
        to->leaf_no = row.leaf_no;
        (void)sha256_from(row.chain, &to->chain);
    }
    return q && query_end(q, err);
}

// The leaves after `from`, portion by portion; `to` is the last that stands.
static bool prove_from(Store *store, const Trail *trail, const AuditHead *from, AuditHead *to,
                       Error *err)
{
    *to = *from;
    bool stands = true, proven = true;
    Arena scratch = arena_reserve(LEAF_BYTES);
    while (proven && stands) proven = prove_next(store, trail, to, scratch, &stands, err);
    arena_release(scratch);
    return proven;
}

bool audit_catch_up(Store *store, const Trail *trail, Error *err)
{
    TrailHead from;
    AuditHead end, to;
    int64_t epoch_no;
    if (!trail_head_last(trail, &from)) return true;
    if (!audit_head_read(store, &end, err)) return false;
    if (end.leaf_no <= from.head.leaf_no) return true;
    if (!prove_from(store, trail, &from.head, &to, err)) return false;
    if (!audit_epoch_of(store, to.leaf_no, &epoch_no, err)) return false;
    const TrailHead head = {to, epoch_no};
    if (to.leaf_no == end.leaf_no) trail_head_append(trail, &head);
    return true;
}
