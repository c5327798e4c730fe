// SPDX-License-Identifier: Apache-2.0
#include "letter_rows.h"

#include <assert.h>

#include "given_number_rows.h"

static SealPlace letter_place(int64_t letter_no, Arena *arena)
{
    return (SealPlace){S("letter"), S("sealed"), str_format(arena, "%lld", (long long)letter_no)};
}

// ---- laid in

static Sha256 content_of(const Keys *keys, LetterKind kind, Str body, Arena *arena)
{
    Str content = str_format(arena, "%d ", kind);
    content = str_join(arena, content, body);
    return keys_index(keys, S("letter"), (Bytes){(const unsigned char *)content.at, content.len});
}

static const char there_sql[] = "SELECT 1 FROM letter WHERE organisation = $1 AND content_index = $2";

static bool letter_there(Store *store, const OrganisationCode *to, const Sha256 *content, bool *there, Error *err)
{
    Query *q = query_begin(store, there_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(to->digits));
    bind_bytes(q, 2, sha256_bytes(content));
    *there = query_next(q);
    return query_end(q, err);
}

static const char add_sql[] = "INSERT INTO letter (letter_no, organisation, kind, content_index, size, sealed)"
                              " VALUES ($1, $2, $3, $4, $5, $6)";

bool letter_add(Act *act, const OrganisationCode *to, LetterKind kind, Str body, Arena scratch, Error *err)
{
    assert(to->digits[0]);
    assert(kind >= LETTER_CODE_ARRIVED && kind <= LETTER_SELF_ASK);
    assert(body.len > 0);
    Store *store = act->store;
    Keys *keys = act->office->keys;
    bool there;
    int64_t no;
    Bytes sealed, plain = {(const unsigned char *)body.at, body.len};
    Sha256 content = content_of(keys, kind, body, &scratch);
    if (!letter_there(store, to, &content, &there, err)) return false;
    if (there) return true;
    if (!given_number_next(store, S("letter"), act->now, &no, err) ||
        !seal_value(keys, letter_place(no, &scratch), plain, &scratch, &sealed, err))
        return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, no);
    bind_text(q, 2, str_of(to->digits));
    bind_int64(q, 3, kind);
    bind_bytes(q, 4, sha256_bytes(&content));
    bind_int64(q, 5, sealed.len);
    bind_bytes(q, 6, sealed);
    return query_run(q, err);
}

// ---- taken out

static const char forget_sql[] = "DELETE FROM letter WHERE organisation = $1 AND letter_no <= $2";

bool letters_forget(Store *store, const OrganisationCode *whose, int64_t after, Error *err)
{
    assert(whose->digits[0]);
    Query *q = query_begin(store, forget_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(whose->digits));
    bind_int64(q, 2, after);
    return query_run(q, err);
}

static const char sizes_sql[] = "SELECT letter_no, size FROM letter WHERE organisation = $1 AND letter_no > $2"
                                " AND kind < $4 ORDER BY letter_no LIMIT $3";

// Below which kind letters are given.
static LetterKind kind_end(bool suspended)
{
    return suspended ? LETTER_INQUIRY : LETTER_SELF_ASK + 1;
}

// Up to which letter one answer goes; whether more lies behind it. Nothing is read of those that stay.
static bool last_fitting(Store *store, const LetterBox *box, const MailAsk *ask, int64_t *last, bool *more, Error *err)
{
    int64_t bytes = 0;
    int count = 0;
    Query *q = query_begin(store, sizes_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(box->whose.digits));
    bind_int64(q, 2, ask->after);
    bind_int64(q, 3, ask->most + 1);
    bind_int64(q, 4, kind_end(box->suspended));
    *last = ask->after;
    *more = false;
    while (query_next(q)) {
        bytes += column_int64(q, 1);
        *more |= count == ask->most || (count > 0 && bytes > LETTERS_BYTES_MOST);
        if (*more) continue;
        *last = column_int64(q, 0);
        count++;
    }
    return query_end(q, err);
}

static const char read_sql[] = "SELECT letter_no, kind, sealed FROM letter"
                               " WHERE organisation = $1 AND letter_no > $2 AND letter_no <= $3 AND kind < $4"
                               " ORDER BY letter_no";

bool letters_after(Store *store, Keys *keys, const LetterBox *box, const MailAsk *ask, Arena *arena, MailAnswer *answer,
                   Error *err)
{
    int64_t last;
    bool opened = true;
    *answer = (MailAnswer){0};
    if (!last_fitting(store, box, ask, &last, &answer->more, err)) return false;
    Query *q = query_begin(store, read_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(box->whose.digits));
    bind_int64(q, 2, ask->after);
    bind_int64(q, 3, last);
    bind_int64(q, 4, kind_end(box->suspended));
    while (opened && query_next(q)) {
        Letter letter = {.no = column_int64(q, 0), .kind = (LetterKind)column_int64(q, 1)};
        opened = seal_open_long(keys, letter_place(letter.no, arena), column_bytes(q, 2, arena), arena, &letter.body, err);
        if (opened) *letters_push(&answer->letters, arena) = letter;
    }
    Error later = {0};
    return query_end(q, opened ? err : &later) && opened;
}

// ---- under a newer key

static bool letter_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    Bytes plain;
    SealPlace place = letter_place(row, arena);
    return seal_open_long(keys, place, sealed, arena, &plain, err) && seal_value(keys, place, plain, arena, again, err);
}

const SealedColumn letter_sealed = {
    .words = "機関あての文",
    .read = "SELECT letter_no, sealed FROM letter WHERE letter_no > $1 ORDER BY letter_no LIMIT 500",
    .write = "UPDATE letter SET sealed = $2 WHERE letter_no = $1",
    .reseal = letter_reseal,
};
