// SPDX-License-Identifier: Apache-2.0
#include "jlis_rows.h"

#include "fold.h"
#include "given_number_rows.h"

#include <assert.h>
#include <string.h>

static Bytes text_bytes(Str text)
{
    return (Bytes){(const unsigned char *)text.at, text.len};
}

static Str folded(Str text, Arena *arena)
{
    return fold_blanks_away(arena, fold_width(arena, text, NULL));
}

Sha256 resident_facts_index(const Keys *keys, const ResidentFacts *facts, Arena scratch)
{
    char birth[DAY_TEXT_SIZE];
    Str kana = folded(facts->kana, &scratch), address = folded(facts->address, &scratch);
    Str all = str_format(&scratch, "%.*s\n%s\n%d\n%.*s", STR(kana), partial_date_text(facts->birth, birth), facts->sex,
                         STR(address));
    return keys_index(keys, S("resident.facts"), text_bytes(all));
}

Sha256 resident_number_index(const Keys *keys, const IndividualNo *number)
{
    return keys_index(keys, S("resident.number"), text_bytes(str_of(number->digits)));
}

Sha256 resident_record_index(const Keys *keys, const ResidentRecordCode *code)
{
    return keys_index(keys, S("resident.record"), text_bytes(str_of(code->digits)));
}

Sha256 link_index(const Keys *keys, const PersonLink *link)
{
    return keys_index(keys, S("link"), (Bytes){link->at, sizeof link->at});
}

// ---- found

static void row_read(Query *q, JlisRow *row)
{
    char room[128];
    Arena scratch = {room, room + sizeof room};
    row->no = column_int64(q, 0);
    (void)sha256_from(column_bytes(q, 1, &scratch), &row->number);
    (void)sha256_from(column_bytes(q, 2, &scratch), &row->record);
    (void)sha256_from(column_bytes(q, 3, &scratch), &row->facts);
    row->deleted = column_int64(q, 4) == 1;
}

static bool found_by(Store *store, const char *sql, const Sha256 *index, JlisRow *row, bool *found, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(index));
    *row = (JlisRow){0};
    *found = query_next(q);
    if (*found) row_read(q, row);
    return query_end(q, err);
}

static const char by_number_sql[] =
    "SELECT resident_no, number_index, record_index, facts_index, deleted FROM resident WHERE number_index = $1";
static const char by_record_sql[] =
    "SELECT resident_no, number_index, record_index, facts_index, deleted FROM resident WHERE record_index = $1";

bool jlis_by_number(Store *store, const Sha256 *number, JlisRow *row, bool *found, Error *err)
{
    return found_by(store, by_number_sql, number, row, found, err);
}

bool jlis_by_record(Store *store, const Sha256 *record, JlisRow *row, bool *found, Error *err)
{
    return found_by(store, by_record_sql, record, row, found, err);
}

// ---- kept

static SealPlace record_place(int64_t no, Arena *arena)
{
    return (SealPlace){S("resident"), S("record_code"), str_format(arena, "%lld", (long long)no)};
}

static const char keep_sql[] =
    "INSERT INTO resident (resident_no, number_index, record_index, record_code, facts_index, deleted)"
    " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (resident_no) DO UPDATE SET number_index = excluded.number_index,"
    " record_index = excluded.record_index, record_code = excluded.record_code, facts_index = excluded.facts_index,"
    " deleted = excluded.deleted";

bool jlis_keep(Store *store, Keys *keys, JlisRow *row, const ResidentRecordCode *code, Arena scratch, Error *err)
{
    assert(row->no >= 0);
    Bytes sealed;
    if (!row->no && !given_number_next(store, S("resident"), 0, &row->no, err)) return false;
    if (!seal_value(keys, record_place(row->no, &scratch), text_bytes(str_of(code->digits)), &scratch, &sealed, err))
        return false;
    Query *q = query_begin(store, keep_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->no);
    bind_bytes(q, 2, sha256_bytes(&row->number));
    bind_bytes(q, 3, sha256_bytes(&row->record));
    bind_bytes(q, 4, sealed);
    bind_bytes(q, 5, sha256_bytes(&row->facts));
    bind_int64(q, 6, row->deleted);
    return query_run(q, err);
}

static const char record_sql[] = "SELECT record_code FROM resident WHERE resident_no = $1";

bool jlis_record_code(Store *store, Keys *keys, int64_t no, Arena scratch, ResidentRecordCode *code, Error *err)
{
    assert(no > 0);
    SECRET(plain);
    Query *q = query_begin(store, record_sql, err);
    if (!q) return false;
    bind_int64(q, 1, no);
    Bytes sealed = query_next(q) ? column_bytes(q, 0, &scratch) : (Bytes){0};
    return query_end(q, err) && seal_open(keys, record_place(no, &scratch), sealed, &plain, err) &&
           resident_record_code_parse(secret_view(&plain), code, err);
}

static bool record_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    SECRET(code);
    SealPlace place = record_place(row, arena);
    return seal_open(keys, place, sealed, &code, err) &&
           seal_value(keys, place, secret_bytes(&code), arena, again, err);
}

const SealedColumn jlis_record_sealed = {
    .words = "住民票コード",
    .read = "SELECT resident_no, record_code FROM resident WHERE resident_no > $1 ORDER BY resident_no LIMIT 500",
    .write = "UPDATE resident SET record_code = $2 WHERE resident_no = $1",
    .reseal = record_reseal,
};

// ---- aliases

static SealPlace alias_place(int64_t no, Arena *arena)
{
    return (SealPlace){S("link_alias"), S("means"), str_format(arena, "%lld", (long long)no)};
}

static const char alias_sql[] = "SELECT alias_no, means FROM link_alias WHERE made_index = $1";

bool link_alias_read(Store *store, Keys *keys, const PersonLink *made, Arena *arena, LinkAliasRows *rows, Error *err)
{
    SECRET(means);
    Sha256 index = link_index(keys, made);
    Query *q = query_begin(store, alias_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(&index));
    bool there = query_next(q);
    int64_t no = there ? column_int64(q, 0) : 0;
    Bytes sealed = there ? column_bytes(q, 1, arena) : (Bytes){0};
    if (!query_end(q, err)) return false;
    if (!there) return true;
    if (!seal_open(keys, alias_place(no, arena), sealed, &means, err)) return false;
    if (means.len != PERSON_LINK_BYTES) return FAIL(err, E_KEY, .words = S("連携用符号の対応が読めません。"));
    LinkAlias *alias = link_aliases_push(rows, arena);
    *alias = (LinkAlias){.made = *made};
    memcpy(alias->means.at, means.at, PERSON_LINK_BYTES);
    return true;
}

static const char alias_add_sql[] = "INSERT INTO link_alias (alias_no, made_index, means) VALUES ($1, $2, $3)";

bool link_alias_keep(Store *store, Keys *keys, const LinkAlias *alias, Arena scratch, Error *err)
{
    int64_t no;
    Bytes sealed, means = {alias->means.at, PERSON_LINK_BYTES};
    Sha256 index = link_index(keys, &alias->made);
    if (!given_number_next(store, S("alias"), 0, &no, err) ||
        !seal_value(keys, alias_place(no, &scratch), means, &scratch, &sealed, err))
        return false;
    Query *q = query_begin(store, alias_add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, no);
    bind_bytes(q, 2, sha256_bytes(&index));
    bind_bytes(q, 3, sealed);
    return query_run(q, err);
}

static bool alias_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    SECRET(means);
    SealPlace place = alias_place(row, arena);
    return seal_open(keys, place, sealed, &means, err) &&
           seal_value(keys, place, secret_bytes(&means), arena, again, err);
}

const SealedColumn link_alias_sealed = {
    .words = "変更された住民票コードの対応",
    .read = "SELECT alias_no, means FROM link_alias WHERE alias_no > $1 ORDER BY alias_no LIMIT 500",
    .write = "UPDATE link_alias SET means = $2 WHERE alias_no = $1",
    .reseal = alias_reseal,
};
