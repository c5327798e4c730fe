// SPDX-License-Identifier: Apache-2.0
#include "resident_rows.h"

#include <assert.h>

#include "city_place_rows.h"
#include "counter_rows.h"
#include "partial_number.h"
#include "place_key_rows.h"
#include "resident_hold_rows.h"
#include "resident_key_rows.h"
#include "row_place_rows.h"

// ---- how far sync has come

static const char cursor_sql[] =
    "SELECT epoch, next_no, picture FROM sync_batch ORDER BY batch_no DESC LIMIT 1";

bool sync_cursor_read(Store *store, Arena *arena, SyncCursor *cursor, Error *err)
{
    SyncCursor read = {0};
    Query *q = query_begin(store, cursor_sql, err);
    if (!q) return false;
    if (query_next(q))
        read = (SyncCursor){column_text(q, 0, arena), column_int64(q, 1), column_text(q, 2, arena)};
    if (!query_end(q, err)) return false;
    *cursor = read;
    return true;
}

static const char sync_day_sql[] =
    "SELECT a.business_day FROM sync_batch s JOIN act a ON a.act_no = s.act_no"
    " ORDER BY s.batch_no DESC LIMIT 1";

bool sync_day_read(Store *store, Day *day, Error *err)
{
    *day = DAY_NONE;
    Query *q = query_begin(store, sync_day_sql, err);
    if (!q) return false;
    if (query_next(q)) *day = column_day(q, 0);
    return query_end(q, err);
}

static const char cursor_insert_sql[] =
    "INSERT INTO sync_batch (batch_no, epoch, next_no, picture, changes, act_no)"
    " SELECT coalesce(max(batch_no), 0) + 1, $1, $2, $3, $4, $5 FROM sync_batch";

bool sync_cursor_save(Store *store, const LedgerAct *act, const SyncCursor *cursor, int32_t changes,
                      Error *err)
{
    Query *q = query_begin(store, cursor_insert_sql, err);
    if (!q) return false;
    bind_text(q, 1, cursor->epoch);
    bind_int64(q, 2, cursor->next_no);
    bind_text(q, 3, cursor->picture);
    bind_int64(q, 4, changes);
    bind_int64(q, 5, act->no);
    return query_run(q, err);
}

// ---- writing

bool resident_writer_begin(ResidentWriter *writer, Store *store, const Keys *keys,
                           const LedgerAct *act, Error *err)
{
    ResidentWriter made = {.store = store, .keys = keys, .act = act};
    if (!number_next(store, NUMBER_PERSON, &made.next_person, err)) return false;
    if (!number_next(store, NUMBER_PERSON_BEFORE, &made.next_before, err)) return false;
    if (!number_next(store, NUMBER_RESIDENCE, &made.next_span, err)) return false;
    if (!number_next(store, NUMBER_RESIDENT_VERSION, &made.next_version, err)) return false;
    if (!number_next(store, NUMBER_MATCH_VERSION, &made.next_match, err)) return false;
    if (!resident_holds_open(store, &made.parked, err)) return false;
    *writer = made;
    return true;
}

static const char person_sql[] = "SELECT person_id FROM person WHERE addressee_no = $1";

// `person_id` 0: nobody has this number yet.
static bool person_known(Store *store, Str addressee_no, int32_t *person_id, Error *err)
{
    *person_id = 0;
    Query *q = query_begin(store, person_sql, err);
    if (!q) return false;
    bind_text(q, 1, addressee_no);
    if (query_next(q)) *person_id = (int32_t)column_int64(q, 0);
    return query_end(q, err);
}

static const char version_recorded_sql[] =
    "SELECT recorded_at FROM resident_version"
    " WHERE person_id = $1 AND version_no = $2 ORDER BY version_id";

// The same version, recorded by the addressee program at the same moment, is stored already: it stands,
// or what withdrew it is stored too.
static bool version_stored(Store *store, int32_t person_id, const PersonChange *change,
                           bool *stored, Error *err)
{
    *stored = false;
    Query *q = query_begin(store, version_recorded_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_int64(q, 2, change->version_no);
    while (query_next(q)) *stored = *stored || column_instant(q, 0) == change->recorded_at;
    return query_end(q, err);
}

static const char version_end_sql[] =
    "UPDATE resident_version SET to_act = $1"
    " WHERE person_id = $2 AND version_no = $3 AND to_act = 2147483647";

static bool version_end(const ResidentWriter *writer, int32_t person_id, int32_t version_no,
                        Error *err)
{
    Query *q = query_begin(writer->store, version_end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, writer->act->no);
    bind_int64(q, 2, person_id);
    bind_int64(q, 3, version_no);
    return query_run(q, err);
}

// The thirty items stand in the order of person_fields, from $10 on.
static const char version_insert_sql[] =
    "INSERT INTO resident_version (version_id, person_id, version_no, event_reason, occurred_on,"
    " reported_on, recorded_at, from_act, to_act, household_no, kind, status, name, name_kana,"
    " name_roman, alias, alias_kana, printed_name, sex, birth, relationship, municipality_code,"
    " postal_code, town, lot, branch, sub_branch, address, building, phone, resident_from,"
    " resident_until, from_address, from_building, from_municipality, to_address, to_building,"
    " to_municipality, protection, mail_recipient, mail_postal_code, mail_address, mail_building)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 2147483647, $9, $10, $11, $12, $13, $14, $15, $16,"
    " $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35,"
    " $36, $37, $38, $39, $40, $41, $42)";

enum { FIRST_FIELD = 9, FIRST_MAIL = FIRST_FIELD + PERSON_FIELD_COUNT };

static void bind_field(Query *q, int place, PersonState *state, const PersonField *field)
{
    if (person_field_hidden(state, field)) {
        bind_null(q, place);
        return;
    }
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_DIGITS: bind_text(q, place, *person_text(state, field)); break;
    case FIELD_CODE: bind_int64(q, place, *person_code(state, field)); break;
    case FIELD_PARTIAL: bind_int64(q, place, partial_number(*person_partial(state, field))); break;
    case FIELD_DAY: bind_day(q, place, *person_day(state, field)); break;
    }
}

static void bind_mailing(Query *q, const PersonChange *change)
{
    bind_text(q, FIRST_MAIL, change->mailing.recipient);
    bind_text(q, FIRST_MAIL + 1, change->mailing.postal_code);
    bind_text(q, FIRST_MAIL + 2, change->mailing.address);
    bind_text(q, FIRST_MAIL + 3, change->mailing.building);
}

static bool version_insert(ResidentWriter *writer, int32_t person_id, const PersonChange *change,
                           Error *err)
{
    Query *q = query_begin(writer->store, version_insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, writer->next_version++);
    bind_int64(q, 2, person_id);
    bind_int64(q, 3, change->version_no);
    bind_int64(q, 4, change->event_reason);
    bind_day(q, 5, change->occurred_on);
    bind_day(q, 6, change->reported_on);
    bind_instant(q, 7, change->recorded_at);
    bind_int64(q, 8, writer->act->no);
    PersonState state = change->state;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++)
        bind_field(q, FIRST_FIELD + i, &state, &person_fields[i]);
    bind_mailing(q, change);
    return query_run(q, err);
}

// ---- what protection leaves of earlier versions

typedef struct ClearVersion {
    int64_t version_id;
    Str household_no, address, building;
} ClearVersion;
VEC(ClearVersions, ClearVersion, clear_versions);

static const char clear_sql[] =
    "SELECT version_id, household_no, address, building FROM resident_version"
    " WHERE person_id = $1 AND protection IN (0, 3) ORDER BY version_id";

static bool clear_read(Store *store, int32_t person_id, Arena *arena, ClearVersions *versions,
                       Error *err)
{
    Query *q = query_begin(store, clear_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    while (query_next(q))
        *clear_versions_push(versions, arena) =
            (ClearVersion){column_int64(q, 0), column_text(q, 1, arena), column_text(q, 2, arena),
                           column_text(q, 3, arena)};
    return query_end(q, err);
}

static const char place_forget_sql[] =
    "UPDATE resident_version SET protection = $1, household_no = $2, municipality_code = NULL,"
    " postal_code = NULL, town = NULL, lot = NULL, branch = NULL, sub_branch = NULL,"
    " address = NULL, building = NULL, phone = NULL, from_address = NULL, from_building = NULL,"
    " from_municipality = NULL, to_address = NULL, to_building = NULL, to_municipality = NULL,"
    " mail_recipient = NULL, mail_postal_code = NULL, mail_address = NULL, mail_building = NULL"
    " WHERE version_id = $3";

static bool version_forget(ResidentWriter *writer, const ClearVersion *version, int32_t protection,
                           Arena scratch, Error *err)
{
    Query *q = query_begin(writer->store, place_forget_sql, err);
    if (!q) return false;
    bind_int64(q, 1, protection);
    bind_text(q, 2, household_token(writer->keys, version->household_no, &scratch));
    bind_int64(q, 3, version->version_id);
    return query_run(q, err);
}

// Where the person was before is where he or she is, as often as not: every version forgets its place and
// takes the protection on. What matching needs of it stays as keys.
static bool place_forget(ResidentWriter *writer, int32_t person_id, int32_t protection,
                         Arena scratch, Error *err)
{
    AddressPlaces places;
    ClearVersions versions = {0};
    if (!clear_read(writer->store, person_id, &scratch, &versions, err)) return false;
    if (!versions.count) return true;
    if (!city_places(writer->store, &scratch, &places, err)) return false;
    VEC_EACH (ClearVersion, v, versions) {
        Arena room = scratch;
        MatchKeys filed = place_keys_filed(writer->keys, v->address, v->building, &places, &room);
        if (!place_keys_add(writer->store, person_id, &filed, err)) return false;
        if (!version_forget(writer, v, protection, room, err)) return false;
    }
    return row_places_forget(writer->store, person_id, scratch, err);
}

// ---- where the person lived

static const char spans_sql[] = "SELECT first_day, last_day, ending, vague_days FROM residence"
                                " WHERE person_id = $1 AND to_act = 2147483647 ORDER BY span_id";

static bool spans_same(Store *store, int32_t person_id, const ResidenceSpanRows *spans, bool *same,
                       Error *err)
{
    ptrdiff_t n = 0;
    *same = true;
    Query *q = query_begin(store, spans_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    for (; query_next(q); n++) {
        const ResidenceSpan *span = n < spans->count ? &spans->at[n] : NULL;
        *same = *same && span && column_day(q, 0) == span->first &&
                column_day(q, 1) == span->last && column_int64(q, 2) == (int64_t)span->end &&
                column_int64(q, 3) == span->vague_days;
    }
    *same = *same && n == spans->count;
    return query_end(q, err);
}

static const char spans_end_sql[] =
    "UPDATE residence SET to_act = $1 WHERE person_id = $2 AND to_act = 2147483647";

static const char span_insert_sql[] =
    "INSERT INTO residence (span_id, person_id, first_day, last_day, ending, from_act, to_act,"
    " vague_days) VALUES ($1, $2, $3, $4, $5, $6, 2147483647, $7)";

static bool spans_store(ResidentWriter *writer, int32_t person_id, const ResidenceSpanRows *spans,
                        Error *err)
{
    bool same;
    if (!spans_same(writer->store, person_id, spans, &same, err)) return false;
    if (same) return true;
    Query *q = query_begin(writer->store, spans_end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, writer->act->no);
    bind_int64(q, 2, person_id);
    if (!query_run(q, err)) return false;

    VEC_EACH (const ResidenceSpan, span, *spans) {
        q = query_begin(writer->store, span_insert_sql, err);
        if (!q) return false;
        bind_int64(q, 1, writer->next_span++);
        bind_int64(q, 2, person_id);
        bind_day(q, 3, span->first);
        bind_day(q, 4, span->last);
        bind_int64(q, 5, (int64_t)span->end);
        bind_int64(q, 6, writer->act->no);
        bind_int64(q, 7, span->vague_days);
        if (!query_run(q, err)) return false;
    }
    return true;
}

// ---- the pictures

typedef struct Picture {
    Str name;
    int64_t birth, sex, status;
    bool is_protected;
} Picture;

static const char newest_sql[] =
    "SELECT name, alias, printed_name, birth, sex, status, protection FROM resident_version"
    " WHERE person_id = $1 AND to_act = 2147483647"
    " ORDER BY version_no DESC, version_id DESC LIMIT 1";

static bool picture_read(Store *store, int32_t person_id, Arena *arena, Picture *picture,
                         Error *err)
{
    Picture read = {0};
    Query *q = query_begin(store, newest_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    if (query_next(q)) {
        bool alias = column_int64(q, 2) == PRINT_ALIAS && !column_is_null(q, 1);
        read = (Picture){
            .name = column_text(q, alias ? 1 : 0, arena),
            .birth = column_int64(q, 3),
            .sex = column_int64(q, 4),
            .status = column_int64(q, 5),
            .is_protected = person_protected((int32_t)column_int64(q, 6)),
        };
    }
    if (!query_end(q, err)) return false;
    *picture = read;
    return true;
}

static const char person_insert_sql[] =
    "INSERT INTO person (person_id, addressee_no, name, birth, sex, status, protected, withdrawn,"
    " from_act) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

static bool person_insert(ResidentWriter *writer, int32_t person_id, const PersonChange *change,
                          const Picture *now, Error *err)
{
    Query *q = query_begin(writer->store, person_insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_text(q, 2, change->addressee_no);
    bind_text(q, 3, str_present(now->name) ? now->name : S(""));
    bind_int64(q, 4, now->birth);
    bind_int64(q, 5, now->sex);
    bind_int64(q, 6, now->status);
    bind_int64(q, 7, now->is_protected);
    bind_int64(q, 8, change->withdrawn_person);
    bind_int64(q, 9, writer->act->no);
    return query_run(q, err);
}

static const char before_insert_sql[] =
    "INSERT INTO person_before (before_id, person_id, birth, sex, to_act)"
    " SELECT $1, person_id, birth, sex, $2 FROM person"
    " WHERE person_id = $3 AND (birth <> $4 OR sex <> $5)";

static bool before_keep(ResidentWriter *writer, int32_t person_id, const Picture *now, Error *err)
{
    Query *q = query_begin(writer->store, before_insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, writer->next_before++);
    bind_int64(q, 2, writer->act->no);
    bind_int64(q, 3, person_id);
    bind_int64(q, 4, now->birth);
    bind_int64(q, 5, now->sex);
    return query_run(q, err);
}

static const char person_update_sql[] =
    "UPDATE person SET name = $1, birth = $2, sex = $3, status = $4, protected = $5, withdrawn = $6"
    " WHERE person_id = $7";

static bool person_update(ResidentWriter *writer, int32_t person_id, const PersonChange *change,
                          const Picture *now, Error *err)
{
    if (!before_keep(writer, person_id, now, err)) return false;
    Query *q = query_begin(writer->store, person_update_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_present(now->name) ? now->name : S(""));
    bind_int64(q, 2, now->birth);
    bind_int64(q, 3, now->sex);
    bind_int64(q, 4, now->status);
    bind_int64(q, 5, now->is_protected);
    bind_int64(q, 6, change->withdrawn_person);
    bind_int64(q, 7, person_id);
    return query_run(q, err);
}

bool resident_change_store(ResidentWriter *writer, const PersonChange *change, Arena scratch,
                           bool *news, Error *err)
{
    int32_t person_id;
    *news = false;
    if (!person_known(writer->store, change->addressee_no, &person_id, err)) return false;
    if (change->hold != HOLD_NONE) {
        writer->parked += change->hold == HOLD_UNTELLABLE;
        return resident_hold_store(writer, person_id, change, news, err);
    }
    bool known = person_id != 0, stored = false;
    if (known && !version_stored(writer->store, person_id, change, &stored, err)) return false;
    if (stored) return true;
    if (!known) person_id = writer->next_person++;
    if (writer->parked && !resident_hold_healed(writer, person_id, change->addressee_no, err))
        return false;

    VEC_EACH (const int32_t, version_no, change->withdraws)
        if (!version_end(writer, person_id, *version_no, err)) return false;
    // After a full copy the same number may carry another state: the old one ends here.
    if (known && !version_end(writer, person_id, change->version_no, err)) return false;
    if (!version_insert(writer, person_id, change, err)) return false;
    if (person_protected(change->state.protection) && known &&
        !place_forget(writer, person_id, change->state.protection, scratch, err))
        return false;
    if (!spans_store(writer, person_id, &change->residence, err)) return false;

    Picture now;
    if (!picture_read(writer->store, person_id, &scratch, &now, err)) return false;
    bool pictured = known ? person_update(writer, person_id, change, &now, err)
                          : person_insert(writer, person_id, change, &now, err);
    if (!pictured) return false;
    *news = true;
    return resident_keys_store(writer, person_id, !known, scratch, err);
}
