// SPDX-License-Identifier: Apache-2.0
#include "relay_pass.h"

#include "logging.h"
#include "relay_rows.h"

#include <assert.h>
#include <string.h>

static const char not_numbered[] = "E106", clashes[] = "E105";

static bool people_of(Act *act, KeySet *asked, bool of_addressees, Arena *arena, RelayFound *found, Error *err)
{
    if (!store_begin_read(act->store, err)) return false;
    bool read = of_addressees ? relay_of_addressees(act->store, asked, arena, found, err)
                              : relay_of_unified(act->store, asked, arena, found, err);
    return read && store_commit(act->store, err);
}

static bool recorded(Act *act, Str question, int64_t rows, int64_t refused, Error *err)
{
    Sha256 content =
        keys_index(act->office->keys, S("relay"), (Bytes){(const unsigned char *)question.at, question.len});
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = rows;
    leaf.taken = rows - refused;
    leaf.refused = refused;
    leaf.content = &content;
    return act_record_now(act, &leaf, err);
}

// ---- a batch: the city's own numbers on the way out

VEC(RowPlaces, ptrdiff_t, row_places);

typedef struct Passing {
    RelayBatch onward;
    RelayOutcomeRows outcomes;  // of all rows; those that went on are filled from the answer
    RowPlaces went;             // which row of the question each onward row is
} Passing;

// Who was registered by mistake is not asked about; what was laid down about them or asked before is still taken back.
// NULL: the row goes on.
static const char *refusal_of(const RelayPerson *person, bool asks)
{
    if (!person || (asks && person->withdrawn)) return not_numbered;
    return person->stopped ? clashes : NULL;
}

static void pass(Passing *passing, const RelayBatch *batch, const RelayFound *found, bool asks, Arena *arena)
{
    passing->onward.head = batch->head;
    for (ptrdiff_t i = 0; i < batch->rows.count; i++) {
        RelayRow row = batch->rows.at[i];
        RelayOutcome *outcome = relay_outcomes_push(&passing->outcomes, arena);
        const RelayPerson *person = relay_person(found, row.person);
        const char *refusal = refusal_of(person, asks);
        *outcome = (RelayOutcome){0};
        if (refusal && !batch->head.len) {
            *relay_objections_push(&outcome->objections, arena) = (RelayObjection){str_of(refusal), 0};
            continue;
        }
        row.person = refusal ? RELAY_NOBODY : unified_text(&person->no);
        *relay_rows_push(&passing->onward.rows, arena) = row;
        *row_places_push(&passing->went, arena) = i;
    }
}

static bool fill(Passing *passing, const RelayAnswer *came, Error *err)
{
    if (came->rows.count != passing->went.count)
        return FAIL(err, E_MESSAGE,
                    .words = S("中間サーバーの応答の行数が合いません。中間サーバーの記録を確かめてください。"));
    for (ptrdiff_t i = 0; i < came->rows.count; i++) passing->outcomes.at[passing->went.at[i]] = came->rows.at[i];
    return true;
}

// Where every row went on, what came back is the answer; also where the batch was refused as a whole.
static bool passed(const RelayOnward *onward, const char *path, Passing *passing, Arena *arena, Str *answer, Error *err)
{
    RelayAnswer came = {0};
    bool all = passing->went.count == passing->outcomes.count;
    if (passing->went.count || all) {
        if (!onward->ask(onward->context, path, relay_batch_encode(&passing->onward, arena), arena, answer, err) ||
            !relay_answer_decode(*answer, arena, &came, err))
            return false;
        if (all || came.whole.count) return true;
        if (!fill(passing, &came, err)) return false;
    }
    came.rows = passing->outcomes;
    *answer = relay_answer_encode(&came, arena);
    return true;
}

bool relay_batch(Act *act, const RelayOnward *onward, const char *path, Str question, Arena *arena, Str *answer, Error *err)
{
    assert(onward->ask);
    KeySet asked = {0};
    RelayBatch batch;
    RelayFound found;
    Passing passing = {0};
    if (!relay_batch_decode(question, arena, &batch, err)) return false;
    VEC_EACH (const RelayRow, row, batch.rows) key_set_add(&asked, arena, row->person, 0);
    if (!people_of(act, &asked, true, arena, &found, err)) return false;
    pass(&passing, &batch, &found, strcmp(path, RELAY_INQUIRIES) == 0, arena);
    return recorded(act, question, batch.rows.count, batch.rows.count - passing.went.count, err) &&
           passed(onward, path, &passing, arena, answer, err);
}

// ---- a feed: theirs on the way in

static void row_named(RelayFeedRow *row, const RelayFound *found, Arena *arena)
{
    const RelayPerson *person = relay_person(found, row->person);
    row->also = (RelayPersons){0};
    row->person = person ? addressee_text(&person->who) : RELAY_NOBODY;
    if (!person) {
        log_line(LOG_ERROR, "event=relay_of_nobody");
        return;
    }
    while ((person = relay_person_next(found, person)))
        *relay_persons_push(&row->also, arena) = addressee_text(&person->who);
}

bool relay_feed(Act *act, const RelayOnward *onward, const char *path, Str question, Arena *arena, Str *answer, Error *err)
{
    assert(onward->ask);
    KeySet asked = {0};
    RelayFeedAsk ask;
    RelayFeed feed;
    RelayFound found;
    if (!relay_feed_ask_decode(question, &ask, err) ||
        !onward->ask(onward->context, path, question, arena, answer, err) ||
        !relay_feed_decode(*answer, arena, &feed, err))
        return false;
    VEC_EACH (const RelayFeedRow, row, feed.rows) key_set_add(&asked, arena, row->person, 0);
    if (!people_of(act, &asked, false, arena, &found, err)) return false;
    VEC_EACH (RelayFeedRow, row, feed.rows) row_named(row, &found, arena);
    *answer = relay_feed_encode(&feed, arena);
    return recorded(act, question, feed.rows.count, 0, err);
}
