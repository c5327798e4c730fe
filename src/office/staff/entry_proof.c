// SPDX-License-Identifier: Apache-2.0
#include "entry_proof.h"

// Each part behind its length: no two rows make one text.
static void part(Text *all, Arena *arena, Str text)
{
    text_addf(all, arena, "%td:", text.len);
    text_add(all, arena, text);
}

static void part_bytes(Text *all, Arena *arena, const unsigned char *at, ptrdiff_t len)
{
    part(all, arena, (Str){(const char *)at, len});
}

static void part_number(Text *all, Arena *arena, int64_t number)
{
    text_addf(all, arena, "%lld,", (long long)number);
}

static Sha256 keyed(const Keys *keys, Str purpose, const Text *all)
{
    Str text = text_str(all);
    return keys_index(keys, purpose, (Bytes){(const unsigned char *)text.at, text.len});
}

Sha256 password_proof(const Keys *keys, const PasswordRow *row, Arena scratch)
{
    Text all = {0};
    part_number(&all, &scratch, row->password_no);
    part_number(&all, &scratch, row->staff_no);
    part(&all, &scratch, row->name);
    part_bytes(&all, &scratch, row->kept.salt, PASSWORD_SALT_BYTES);
    part_bytes(&all, &scratch, row->kept.hash, PASSWORD_HASH_BYTES);
    part_number(&all, &scratch, row->kept.rounds);
    part_number(&all, &scratch, row->set_at);
    part(&all, &scratch, row->set_by);
    part_number(&all, &scratch, row->record_no);
    return keyed(keys, S("staff password"), &all);
}

Sha256 card_proof(const Keys *keys, const CardRow *row, Arena scratch)
{
    Text all = {0};
    part_number(&all, &scratch, row->card_no);
    part_number(&all, &scratch, row->staff_no);
    part(&all, &scratch, row->name);
    part(&all, &scratch, row->key);
    part_number(&all, &scratch, row->bound_at);
    part(&all, &scratch, row->bound_by);
    part_number(&all, &scratch, row->record_no);
    part_number(&all, &scratch, row->ended_at);
    return keyed(keys, S("staff card"), &all);
}

Sha256 session_proof(const Keys *keys, const SessionRow *row, Arena scratch)
{
    Text all = {0};
    part_number(&all, &scratch, row->session_no);
    part_number(&all, &scratch, row->staff_no);
    part(&all, &scratch, row->name);
    part_bytes(&all, &scratch, row->cookie.at, sizeof row->cookie.at);
    part(&all, &scratch, row->purpose);
    part_number(&all, &scratch, row->began_at);
    part_number(&all, &scratch, row->seen_at);
    part_number(&all, &scratch, row->locked);
    part_number(&all, &scratch, row->record_no);
    part_number(&all, &scratch, row->ended_at);
    if (row->card.len) part(&all, &scratch, row->card);
    return keyed(keys, S("desk session"), &all);
}

static bool stands(Bytes kept, const Sha256 *made)
{
    Bytes ours = sha256_bytes(made);
    return kept.len == ours.len && bytes_equal_secretly(kept, ours);
}

bool password_proven(const Keys *keys, const PasswordRow *row, Arena scratch)
{
    Sha256 made = password_proof(keys, row, scratch);
    return stands(row->proof, &made);
}

bool card_proven(const Keys *keys, const CardRow *row, Arena scratch)
{
    Sha256 made = card_proof(keys, row, scratch);
    return stands(row->proof, &made);
}

bool session_proven(const Keys *keys, const SessionRow *row, Arena scratch)
{
    Sha256 made = session_proof(keys, row, scratch);
    return stands(row->proof, &made);
}

static bool passwords_verify(Store *store, const Keys *keys, Arena scratch, int64_t *strange,
                             Error *err)
{
    Query *q = passwords_walk(store, err);
    if (!q) return false;
    while (query_next(q)) {
        Arena row_room = scratch;
        PasswordRow row = password_here(q, &row_room);
        if (!*strange && !password_proven(keys, &row, row_room)) *strange = row.password_no;
    }
    return query_end(q, err);
}

static bool cards_verify(Store *store, const Keys *keys, Arena scratch, int64_t *strange,
                         Error *err)
{
    Query *q = cards_walk(store, err);
    if (!q) return false;
    while (query_next(q)) {
        Arena row_room = scratch;
        CardRow row = card_here(q, &row_room);
        if (!*strange && !card_proven(keys, &row, row_room)) *strange = row.card_no;
    }
    return query_end(q, err);
}

static bool sessions_verify(Store *store, const Keys *keys, Arena scratch, int64_t *strange,
                            Error *err)
{
    Query *q = sessions_walk(store, err);
    if (!q) return false;
    while (query_next(q)) {
        Arena row_room = scratch;
        SessionRow row = session_here(q, &row_room);
        if (!*strange && !session_proven(keys, &row, row_room)) *strange = row.session_no;
    }
    return query_end(q, err);
}

bool entry_verify(Store *store, const Keys *keys, Arena *arena, Str *trouble, Error *err)
{
    static const char *const words[] = {"パスワード", "カード", "サインイン"};
    Text told = {0};
    int64_t strange[countof(words)] = {0};
    if (!passwords_verify(store, keys, *arena, &strange[0], err) ||
        !cards_verify(store, keys, *arena, &strange[1], err) ||
        !sessions_verify(store, keys, *arena, &strange[2], err))
        return false;
    for (ptrdiff_t i = 0; i < countof(words); i++)
        if (strange[i])
            text_addf(&told, arena,
                      "画面の%sの行 %lld は、このプログラムが書いたものではありません。", words[i],
                      (long long)strange[i]);
    *trouble = text_str(&told);
    return true;
}
