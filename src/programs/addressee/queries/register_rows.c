// SPDX-License-Identifier: Apache-2.0
#include "register_rows.h"

#include <assert.h>
#include <string.h>

#include "register_columns.h"
#include "sealed_place.h"
#include "span_text.h"

// ---- reading

static const char person_sql[] =
    "SELECT " PERSON_COLUMNS " FROM person WHERE addressee_no = $1";

PersonRow person_row(Query *q)
{
    return (PersonRow){.person_id = column_int64(q, 0),
                       .status = (int32_t)column_int64(q, 1),
                       .version_no = (int32_t)column_int64(q, 2),
                       .number_id = column_int64(q, 3),
                       .household_key = column_int64(q, 4),
                       .protection = (int32_t)column_int64(q, 5),
                       .held = column_int64(q, 6) != 0};
}

bool person_find(Store *store, const AddresseeNo *who, PersonRow *person, Error *err)
{
    *person = (PersonRow){0};
    Query *q = query_begin(store, person_sql, err);
    if (!q) return false;
    bind_text(q, 1, addressee_text(who));
    if (query_next(q)) *person = person_row(q);
    return query_end(q, err);
}

static const char everybody_sql[] = "SELECT addressee_no FROM person ORDER BY person_id";

uint64_t person_hash(Str addressee_no)
{
    return str_hash(addressee_no);
}

bool persons_known(Store *store, KnownSet *known, Error *err)
{
    Query *q = query_stream(store, everybody_sql, err);
    if (!q) return false;
    while (query_next(q)) (void)known_set_seen(known, person_hash(column_view(q, 0)));
    return query_end(q, err);
}

static const char history_sql[] =
    "SELECT change_no, version_no, event_reason, occurred_on, reported_on, withdrawn_by,"
    " sealed_place, vague_days, " STATE_COLUMNS
    " FROM register_version WHERE person_id = $1 ORDER BY version_no";

enum { HISTORY_STATE = 8 };

bool person_history(Store *store, Keys *keys, int64_t person_id, Arena *arena,
                    RegisterVersionRows *history, Error *err)
{
    bool opened = true;
    *history = (RegisterVersionRows){0};
    Query *q = query_begin(store, history_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    while (opened && query_next(q)) {
        RegisterVersion version = {.version_no = (int32_t)column_int64(q, 1),
                                   .event_reason = (int32_t)column_int64(q, 2),
                                   .occurred_on = column_day(q, 3),
                                   .vague_days = (int32_t)column_int64(q, 7),
                                   .reported_on = column_day(q, 4),
                                   .withdrawn_by = (int32_t)column_int64(q, 5)};
        opened = state_read(q, HISTORY_STATE, keys, column_int64(q, 0), column_bytes(q, 6, arena),
                            arena, &version.state, err);
        *register_versions_push(history, arena) = version;
    }
    Error closing = {0};
    if (query_end(q, &closing)) return opened;
    if (opened) *err = closing;
    return false;
}

static const char residents_sql[] =
    "SELECT coalesce(sum(CASE WHEN status = 1 THEN 1 ELSE 0 END), 0),"
    " coalesce(max(person_id), 0) FROM person";

bool residents_count(Store *store, int64_t *count, int64_t *highest_id, Error *err)
{
    Query *q = query_begin(store, residents_sql, err);
    if (!q) return false;
    if (query_next(q)) {
        *count = column_int64(q, 0);
        *highest_id = column_int64(q, 1);
    }
    return query_end(q, err);
}

static const char unseen_sql[] = "SELECT " PERSON_COLUMNS " FROM person"
                                 " WHERE status = 1 AND person_id <= $1 ORDER BY person_id";

bool residents_unseen(Store *store, const unsigned char *seen, int64_t highest_id, Arena *arena,
                      PersonRows *unseen, Error *err)
{
    PersonRows found = {0};
    Query *q = query_stream(store, unseen_sql, err);
    if (!q) return false;
    bind_int64(q, 1, highest_id);
    while (query_next(q)) {
        int64_t id = column_int64(q, 0);
        if (seen[id / 8] >> id % 8 & 1) continue;
        *persons_push(&found, arena) = person_row(q);
    }
    if (!query_end(q, err)) return false;
    *unseen = found;
    return true;
}

// ---- writing

static const char numbers_sql[] =
    "SELECT (SELECT coalesce(max(change_no), 0) FROM register_version),"
    " (SELECT coalesce(max(change_no), 0) FROM person_hold),"
    " (SELECT coalesce(max(person_id), 0) FROM person),"
    " (SELECT coalesce(max(task_no), 0) FROM register_task)";

static const char add_person_sql[] =
    "INSERT INTO person (person_id, addressee_no, status, version_no, number_id, household_key,"
    " protection) VALUES ($1, $2, $3, $4, $5, $6, $7)";

static const char add_version_sql[] =
    "INSERT INTO register_version (change_no, person_id, version_no, event_reason, occurred_on,"
    " reported_on, recorded_at, file_no, withdrawn_by, withdrawn_person, withdraws, residence,"
    " sealed_place, vague_days, " STATE_COLUMNS
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
    " $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36,"
    " $37, $38, $39, $40, $41, $42, $43, $44)";

enum { ADD_STATE = 15 };

bool register_writer_begin(RegisterWriter *writer, Store *store, Keys *keys, int64_t file_no,
                           Instant now, Error *err)
{
    RegisterWriter made = {.store = store, .keys = keys, .file_no = file_no, .recorded_at = now};
    Query *q = query_begin(store, numbers_sql, err);
    if (!q) return false;
    if (query_next(q)) {
        int64_t version = column_int64(q, 0), hold = column_int64(q, 1);
        made.next_change = (version > hold ? version : hold) + 1;
        made.next_person = column_int64(q, 2) + 1;
        made.next_task = column_int64(q, 3) + 1;
    }
    if (!query_end(q, err)) return false;
    made.add_person = query_begin(store, add_person_sql, err);
    if (!made.add_person) return false;
    made.add_version = query_begin(store, add_version_sql, err);
    *writer = made;
    return made.add_version != NULL;
}

bool register_writer_end(RegisterWriter *writer, Error *err)
{
    Error later = {0};
    bool persons = query_end(writer->add_person, err);
    bool versions = query_end(writer->add_version, persons ? err : &later);
    return persons && versions;
}

static Str withdraws_text(const RegisterVersionRows *withdrawn, Arena *arena)
{
    Text text = {0};
    VEC_EACH (RegisterVersion, gone, *withdrawn)
        text_addf(&text, arena, "%s%d", gone == withdrawn->at ? "" : " ", (int)gone->version_no);
    return withdrawn->count ? text_str(&text) : (Str){0};
}

typedef struct VersionFacts {  // beside the version itself
    int64_t person_id;
    Str withdraws, residence;
    bool withdrawn_person;
} VersionFacts;

static bool write_version(RegisterWriter *writer, const RegisterVersion *version,
                          const VersionFacts *facts, Arena scratch, Error *err)
{
    int64_t change_no = writer->next_change++;
    Bytes sealed = {0};
    if (version->state.protection != PROTECTION_NONE &&
        !place_seal(writer->keys, change_no, &version->state, &scratch, &sealed, err))
        return false;
    Query *q = writer->add_version;
    bind_int64(q, 1, change_no);
    bind_int64(q, 2, facts->person_id);
    bind_int64(q, 3, version->version_no);
    bind_int64(q, 4, version->event_reason);
    bind_day(q, 5, version->occurred_on);
    bind_day(q, 6, version->reported_on);
    bind_instant(q, 7, writer->recorded_at);
    bind_int64(q, 8, writer->file_no);
    bind_int64(q, 9, version->withdrawn_by);
    bind_int64(q, 10, facts->withdrawn_person);
    bind_text(q, 11, facts->withdraws);
    bind_text(q, 12, facts->residence);
    bind_bytes(q, 13, sealed);
    bind_int64(q, 14, version->vague_days);
    state_bind(q, ADD_STATE, &version->state);
    // What fails here is told by register_writer_end, with the first thing that failed.
    (void)query_again(q);
    return true;
}

static const char withdraw_sql[] = "UPDATE register_version SET withdrawn_by = $1"
                                   " WHERE person_id = $2 AND version_no = $3";

static bool write_withdrawn(RegisterWriter *writer, int64_t person_id,
                            const RegisterVersionRows *withdrawn, Error *err)
{
    VEC_EACH (RegisterVersion, gone, *withdrawn) {
        Query *q = query_begin(writer->store, withdraw_sql, err);
        if (!q) return false;
        bind_int64(q, 1, gone->withdrawn_by);
        bind_int64(q, 2, person_id);
        bind_int64(q, 3, gone->version_no);
        if (!query_run(q, err)) return false;
    }
    return true;
}

// The history as it is after the step.
static RegisterVersionRows history_after(const RegisterVersionRows *history,
                                         const RegisterStep *step, Arena *arena)
{
    RegisterVersionRows after = {0};
    VEC_EACH (RegisterVersion, version, *history) {
        RegisterVersion *kept = register_versions_push(&after, arena);
        *kept = *version;
        VEC_EACH (RegisterVersion, gone, step->withdrawn) {
            if (gone->version_no == kept->version_no) kept->withdrawn_by = gone->withdrawn_by;
        }
    }
    VEC_EACH (RegisterVersion, version, step->versions)
        *register_versions_push(&after, arena) = *version;
    return after;
}

static const char update_person_sql[] =
    "UPDATE person SET status = $1, version_no = $2, number_id = $3, household_key = $4,"
    " protection = $5 WHERE person_id = $6";

static bool write_person(RegisterWriter *writer, const AddresseeNo *who, bool fresh,
                         const PersonRow *person, Error *err)
{
    if (fresh) {
        Query *q = writer->add_person;
        bind_int64(q, 1, person->person_id);
        bind_text(q, 2, addressee_text(who));
        bind_int64(q, 3, person->status);
        bind_int64(q, 4, person->version_no);
        bind_int64(q, 5, person->number_id);
        bind_int64(q, 6, person->household_key);
        bind_int64(q, 7, person->protection);
        (void)query_again(q);  // told by register_writer_end
        return true;
    }
    Query *q = query_begin(writer->store, update_person_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person->status);
    bind_int64(q, 2, person->version_no);
    bind_int64(q, 3, person->number_id);
    bind_int64(q, 4, person->household_key);
    bind_int64(q, 5, person->protection);
    bind_int64(q, 6, person->person_id);
    return query_run(q, err);
}

static const char add_task_sql[] =
    "INSERT INTO register_task (task_no, person_id, change_no, effect, file_no)"
    " VALUES ($1, $2, $3, $4, $5)";

static bool write_effects(RegisterWriter *writer, int64_t person_id, int64_t change_no,
                          RegisterEffects effects, Error *err)
{
    for (RegisterEffect effect = 0; effect < EFFECT_COUNT; effect++) {
        if (!effect_has(effects, effect)) continue;
        Query *q = query_begin(writer->store, add_task_sql, err);
        if (!q) return false;
        bind_int64(q, 1, writer->next_task++);
        bind_int64(q, 2, person_id);
        if (change_no)
            bind_int64(q, 3, change_no);
        else
            bind_null(q, 3);
        bind_text(q, 4, str_of(register_effect_name(effect)));
        bind_int64(q, 5, writer->file_no);
        if (!query_run(q, err)) return false;
    }
    return true;
}

static bool names_no_household(Str household_no)
{
    for (ptrdiff_t i = 0; i < household_no.len; i++)
        if (household_no.at[i] != '0') return false;
    return true;
}

int64_t household_key(const Keys *keys, int64_t person_id, Str household_no)
{
    int64_t key = 0;
    if (names_no_household(household_no)) return -person_id;  // alone
    Sha256 index = keys_index(
        keys, S("household"), (Bytes){(const unsigned char *)household_no.at, household_no.len});
    memcpy(&key, index.at, sizeof key);
    return key ? key : 1;  // 0 says that nobody made it yet
}

bool register_write_person(RegisterWriter *writer, const PersonRow *person, Error *err)
{
    return write_person(writer, NULL, false, person, err);
}

bool register_write_effects(RegisterWriter *writer, int64_t person_id, RegisterEffects effects,
                            Error *err)
{
    return write_effects(writer, person_id, 0, effects, err);
}

bool register_write(RegisterWriter *writer, const AddresseeNo *who, PersonRow *person,
                    const RegisterVersionRows *history, const RegisterStep *step, Arena scratch,
                    Error *err)
{
    assert(step->outcome == STEP_APPLIED);
    assert(step->versions.count > 0);
    bool fresh = person->person_id == 0;
    RegisterVersionRows after = history_after(history, step, &scratch);
    ResidenceSpanRows spans = register_residence(&after, &scratch);
    const RegisterVersion *last = &step->versions.at[step->versions.count - 1];
    int64_t now_id = fresh ? writer->next_person++ : person->person_id;
    PersonRow now = {.person_id = now_id,
                     .status = last->state.status,
                     .version_no = last->version_no,
                     .number_id = person->number_id,
                     .household_key = household_key(writer->keys, now_id, last->state.household_no),
                     .protection = last->state.protection,
                     .held = person->held};
    VersionFacts facts = {.person_id = now.person_id,
                          .withdraws = withdraws_text(&step->withdrawn, &scratch),
                          .residence = spans_write(&spans, &scratch),
                          .withdrawn_person = step->withdrawn_person};

    if (!write_person(writer, who, fresh, &now, err)) return false;
    if (!write_withdrawn(writer, now.person_id, &step->withdrawn, err)) return false;
    VEC_EACH (RegisterVersion, version, step->versions) {
        if (!write_version(writer, version, &facts, scratch, err)) return false;
        facts.withdraws = (Str){0};  // the first one takes back, the others follow it
    }
    *person = now;
    return write_effects(writer, now.person_id, writer->next_change - 1, step->effects, err);
}
