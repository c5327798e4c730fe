// SPDX-License-Identifier: Apache-2.0
#include "tally.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_BYTES = 4096, NAME_MOST = 64, FEW_KEYS = 1000, ONE_TALLY_BYTES = 1 << 16 };

// ---- rows as bytes

// Rows of one set since its last tally.
typedef struct Counted {
    Sha256Run *run;
    int64_t count, last_key;
    ptrdiff_t used;
    unsigned char bytes[ROW_BYTES];  // on their way into the digest
} Counted;

static void put(Counted *c, const void *at, ptrdiff_t len)
{
    if (len > ROW_BYTES - c->used) {
        sha256_add(c->run, (Bytes){c->bytes, c->used});
        c->used = 0;
    }
    if (len > ROW_BYTES) {
        sha256_add(c->run, (Bytes){at, len});
    } else {
        memcpy(c->bytes + c->used, at, (size_t)len);
        c->used += len;
    }
}

// Each value behind its length, so that no two rows are the same bytes; -1 is no value.
static void put_row(Counted *c, Query *q)
{
    int columns = query_columns(q);
    assert(columns > 1);
    for (int i = 0; i < columns; i++) {
        Str value = column_view(q, i);
        int32_t len = str_present(value) ? (int32_t)value.len : -1;
        put(c, &len, sizeof len);
        if (len > 0) put(c, value.at, value.len);
    }
    c->last_key = column_int64(q, 0);
    c->count++;
}

static void counted_begin(Counted *c)
{
    c->run = sha256_begin();
    c->count = c->used = 0;
}

static Sha256 counted_end(Counted *c, const Trail *trail, const char *set_name)
{
    sha256_add(c->run, (Bytes){c->bytes, c->used});
    Sha256 rows = sha256_end(c->run);
    unsigned char named[NAME_MOST + sizeof rows.at] = {0};
    assert(strlen(set_name) < NAME_MOST);
    memcpy(named, set_name, strlen(set_name));
    memcpy(named + NAME_MOST, rows.at, sizeof rows.at);
    return keys_index(trail->keys, S("audit.tally"), (Bytes){named, sizeof named});
}

// ---- the tallies of one record as bytes

static void hash_row(Sha256Run *run, const TallyRow *row)
{
    const int64_t numbers[] = {row->set_name.len, row->any, row->last_key, row->row_count,
                               row->digest.len};
    sha256_add(run, (Bytes){(const unsigned char *)numbers, sizeof numbers});
    sha256_add(run, (Bytes){(const unsigned char *)row->set_name.at, row->set_name.len});
    sha256_add(run, row->digest);
}

// ---- taking

static bool rows_counted(Store *store, const TalliedRows *set, const TallyEnd *end, Counted *c,
                         Error *err)
{
    // A cursor costs more than it saves where a clerk changed a row or two.
    bool few = end->any && end->highest_key - end->last_key < FEW_KEYS;
    const char *sql = end->any ? set->after_sql : set->all_sql;
    Query *q = few ? query_begin(store, sql, err) : query_stream(store, sql, err);
    if (!q) return false;
    if (end->any) bind_int64(q, 1, end->last_key);
    c->last_key = end->last_key;
    while (query_next(q)) put_row(c, q);
    return query_end(q, err);
}

static bool set_taken(Store *store, const Trail *trail, const TalliedRows *set, const TallyEnd *end,
                      int64_t leaf_no, Sha256Run *all, Error *err)
{
    Counted c;
    counted_begin(&c);
    bool counted = rows_counted(store, set, end, &c, err);
    Sha256 digest = counted_end(&c, trail, set->name);
    const TallyRow row = {.leaf_no = leaf_no,
                          .set_name = str_of(set->name),
                          .any = end->any || c.count > 0,
                          .last_key = c.last_key,
                          .row_count = c.count,
                          .digest = sha256_bytes(&digest)};
    assert(!end->any || c.last_key >= end->last_key);  // keys only go up
    if (!counted || !tally_write(store, &row, err)) return false;
    hash_row(all, &row);
    return true;
}

static int by_name(const void *a, const void *b)
{
    const TalliedRows *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

// Sets in the order in which their tallies are read again.
static void named_in_order(const Tallies *tallies, const TalliedRows *sets[TALLIES_MOST])
{
    for (int i = 0; i < tallies->count; i++) sets[i] = &tallies->rows[i];
    qsort(sets, (size_t)tallies->count, sizeof *sets, by_name);
}

bool tally_take(Store *store, const Trail *trail, int64_t leaf_no, bool *any, Sha256 *hash,
                Error *err)
{
    TallyEnd ends[TALLIES_MOST];
    const TalliedRows *sets[TALLIES_MOST];
    const Tallies *tallies = trail->tallies;
    assert(leaf_no > 0);
    assert(!store_is_idle(store));
    *any = false;
    if (!tallies) return true;
    if (!tally_ends_read(store, tallies, ends, err)) return false;
    named_in_order(tallies, sets);
    Sha256Run *all = sha256_begin();
    bool taken = true;
    for (int i = 0; i < tallies->count && taken; i++) {
        const TallyEnd *end = &ends[sets[i] - tallies->rows];
        if (!end->grown) continue;
        *any = true;
        taken = set_taken(store, trail, sets[i], end, leaf_no, all, err);
    }
    *hash = sha256_end(all);
    return taken;
}

bool tally_untold(Store *store, const Trail *trail, Arena *arena, Str *words, Error *err)
{
    Text told = {0};
    TallyEnd ends[TALLIES_MOST];
    const Tallies *tallies = trail->tallies;
    if (tallies && !tally_ends_read(store, tallies, ends, err)) return false;
    for (int i = 0; tallies && i < tallies->count; i++)
        if (ends[i].tallied && ends[i].grown)
            text_addf(&told, arena, "%s%s", told.len ? "、" : "", tallies->rows[i].words);
    *words = text_str(&told);
    return true;
}

bool tally_is_new(Store *store, const Trail *trail, bool *is_new, Error *err)
{
    TallyEnd ends[TALLIES_MOST];
    *is_new = false;
    if (!trail->tallies) return true;
    if (!tally_ends_read(store, trail->tallies, ends, err)) return false;
    for (int i = 0; i < trail->tallies->count; i++) *is_new |= !ends[i].tallied;
    return true;
}

// ---- rows that went by law

bool tally_until(Store *store, const char *set_name, int64_t key, int64_t *record_no, int64_t *last_key, Error *err)
{
    TallyRow row;
    if (!tally_at_most(store, set_name, key, &row, err)) return false;
    *record_no = row.leaf_no;
    *last_key = row.last_key;
    return true;
}

Str tally_erased(const char *set_name, int64_t record_no, Arena *arena)
{
    return str_format(arena, "%s %lld", set_name, (long long)record_no);
}

// ---- beside the leaves

static void walk_on(TallyWalk *walk)
{
    walk->room = walk->own;
    walk->there = query_next(walk->rows);
    if (walk->there) walk->next = tally_here(walk->rows, &walk->room);
}

bool tally_walk_begin(Store *store, TallyWalk *walk, Error *err)
{
    *walk = (TallyWalk){.rows = tallies_walk(store, err)};
    if (!walk->rows) return false;
    walk->own = arena_reserve(ONE_TALLY_BYTES);
    walk_on(walk);
    return true;
}

bool tally_walk_stands(TallyWalk *walk, const StoredLeaf *leaf)
{
    Sha256 said;
    bool any = false;
    Sha256Run *run = sha256_begin();
    bool strange = walk->there && walk->next.leaf_no < leaf->leaf_no;
    for (; !strange && walk->there && walk->next.leaf_no == leaf->leaf_no; walk_on(walk)) {
        hash_row(run, &walk->next);
        any = true;
    }
    Sha256 there = sha256_end(run);
    if (strange || any != (leaf->tallies.len > 0)) return false;
    return !any || (sha256_from(leaf->tallies, &said) && sha256_equal(&said, &there));
}

bool tally_walk_end(TallyWalk *walk, bool *rest, Error *err)
{
    if (!walk->rows) return true;
    *rest = walk->there;
    arena_release(walk->own);
    return query_end(walk->rows, err);
}

// ---- the sets beside their tallies

// One set, read once: `row` true while there is a row that no tally before has counted.
typedef struct SetWalk {
    const Trail *trail;
    const TalliedRows *set;
    Query *rows;
    bool row;
} SetWalk;

static Str disagreement(const SetWalk *w, const TallyRow *tally, int64_t count, Arena *arena)
{
    if (count != tally->row_count)
        return str_format(arena, "%sの行が、証跡の%lld件目では%lld行でしたが、今は%lld行です。",
                          w->set->words, (long long)tally->leaf_no, (long long)tally->row_count,
                          (long long)count);
    return str_format(arena,
                      "%sの行が、証跡の%lld件目で記録されたとき (%lld行) のものと違います。",
                      w->set->words, (long long)tally->leaf_no, (long long)count);
}

static Str tally_compare(SetWalk *w, const TallyRow *tally, Arena *arena)
{
    Counted c;
    Sha256 said;
    counted_begin(&c);
    for (; w->row && tally->any && column_int64(w->rows, 0) <= tally->last_key;
         w->row = query_next(w->rows))
        put_row(&c, w->rows);
    Sha256 there = counted_end(&c, w->trail, w->set->name);
    if (sha256_from(tally->digest, &said) && sha256_equal(&said, &there)) return (Str){0};
    return disagreement(w, tally, c.count, arena);
}

// Of a tally whose rows went by law none may be there.
static Str erased_compare(const SetWalk *w, const TallyRow *tally, Arena *arena)
{
    if (!w->row || !tally->any || column_int64(w->rows, 0) > tally->last_key) return (Str){0};
    return str_format(arena, "%sに、保存期間が過ぎて消去したはずの行があります。", w->set->words);
}

static Str rows_untold(SetWalk *w, Arena *arena)
{
    int64_t count = 0;
    for (; w->row; w->row = query_next(w->rows)) count++;
    if (!count) return (Str){0};
    return str_format(arena, "%sに、どの証跡にも記録のない行が%lld行あります。", w->set->words,
                      (long long)count);
}

static bool set_verify(Store *store, SetWalk *w, Arena *arena, Str *trouble, Error *err)
{
    int64_t erased = 0;
    *trouble = (Str){0};
    if (!tally_erased_until(store, w->set->name, &erased, err)) return false;
    Query *tallies = tallies_walk_set(store, w->set->name, err);
    Arena whole = arena_reserve(ONE_TALLY_BYTES);
    bool walked = tallies && (w->rows = query_stream(store, w->set->all_sql, err)) != NULL;
    if (walked) {
        w->row = query_next(w->rows);
        while (!trouble->len && query_next(tallies)) {
            Arena one = whole;
            TallyRow tally = tally_here(tallies, &one);
            *trouble = tally.leaf_no <= erased ? erased_compare(w, &tally, arena) : tally_compare(w, &tally, arena);
        }
        if (!trouble->len) *trouble = rows_untold(w, arena);
        walked = query_end(w->rows, err);
    }
    arena_release(whole);
    return tallies && query_end(tallies, walked ? err : &(Error){0}) && walked;
}

bool tally_verify(Store *store, const Trail *trail, Arena *arena, Str *trouble, Error *err)
{
    Text all = {0};
    for (int i = 0; trail->tallies && i < trail->tallies->count; i++) {
        Str one;
        SetWalk w = {.trail = trail, .set = &trail->tallies->rows[i]};
        if (!set_verify(store, &w, arena, &one, err)) return false;
        text_add(&all, arena, one);
    }
    *trouble = text_str(&all);
    return true;
}
