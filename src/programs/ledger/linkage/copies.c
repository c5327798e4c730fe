// SPDX-License-Identifier: Apache-2.0
#include "copies.h"

#include "copy_code_table.h"
#include "copy_layout.h"
#include "copy_message.h"
#include "municipality.h"

#include <string.h>

enum { RECORDS = 500 };

VEC(CopyLaids, CopyLaid, copy_laids);

typedef struct Laying {
    Act *act;
    HttpClient *unified;
    CopyCodes codes;
    CopyMaking making;
    int64_t sequence;  // of the last message that was taken
    Arena *arena;      // of what is told
    CopiesReport *report;
} Laying;

static Bytes bytes_of(Str text)
{
    return (Bytes){(const unsigned char *)text.at, text.len};
}

static bool own_city(const Ledger *ledger, Arena *arena, MunicipalityCode *city, Error *err)
{
    Str code;
    const MunicipalityTable *places;
    if (!own_place_read(ledger->act->store, arena, &code, err) || !municipality_load(arena, &places, err)) return false;
    if (!code.len)
        return FAIL(err, E_NOT_FOUND, .item = S("市区町村コード"),
                    .words = S("住民がまだいないため、どの市町村の副本か分かりません。先に sesshu ledger sync を実行してください。"));
    if (!municipality_code_parse(code, city, NULL, err)) return false;
    *city = municipality_answering(places, *city);
    return true;
}

static bool laying_begin(const Ledger *ledger, HttpClient *unified, Arena *arena, CopiesReport *report, Laying *l, Error *err)
{
    *l = (Laying){.act = ledger->act, .unified = unified, .arena = arena, .report = report};
    l->making = (CopyMaking){.codes = &l->codes, .product_codes = ledger->products.code_of};
    return copy_code_table(arena, &l->codes, err) && own_city(ledger, arena, &l->making.recorded_by, err) &&
           copy_sequence_read(ledger->act->store, &l->sequence, err);
}

// ---- one message

static CopyLaid laid_of(const CopyDose *dose, const CopyRecord *record, Arena *arena)
{
    return (CopyLaid){.dose_id = dose->dose_id,
                      .version = record->version,
                      .hash = sha256_of_text(copy_items_encode(&record->items, arena)),
                      .judged_act = dose->judged_act,
                      .hidden = dose->is_protected,
                      .deleted = record->deleted};
}

static Sha256 digest_of(const RelayRows *rows)
{
    Sha256Run *run = sha256_begin();
    VEC_EACH (const RelayRow, row, *rows) sha256_add(run, row->payload);
    return sha256_end(run);
}

static bool dataset_of(DatasetCode *dataset, Error *err)
{
    return dataset_code_read(DOSE_DATASET, dataset) || FAIL(err, E_INTERNAL, .words = S("副本のコードが読めません。"));
}

static bool head_of(const Laying *l, const RelayRows *rows, CopyHead *head, Error *err)
{
    Sha256 digest = digest_of(rows);
    *head = (CopyHead){.mode = COPY_DIFF,
                       .layout = DOSE_LAYOUT,
                       .sequence = l->sequence + 1,
                       .previous = l->sequence,
                       .delivery = l->sequence + 1,
                       .last = true,
                       .count = rows->count};
    memcpy(head->digest, digest.at, sizeof head->digest);
    return dataset_of(&head->dataset, err);
}

static bool asked(const Laying *l, RelayBatch *batch, Arena *arena, RelayAnswer *answer, Error *err)
{
    Str bytes;
    CopyHead head;
    if (!head_of(l, &batch->rows, &head, err)) return false;
    batch->head = bytes_of(copy_head_encode(&head, arena));
    return http_ask(l->unified, RELAY_COPIES, relay_batch_encode(batch, arena), arena, &bytes, err) &&
           relay_answer_decode(bytes, arena, answer, err);
}

static bool refused_whole(const RelayAnswer *answer, ptrdiff_t rows, Error *err)
{
    if (!answer->whole.count && answer->rows.count == rows) return true;
    return FAIL(err, E_MESSAGE, .value = answer->whole.count ? answer->whole.at[0].code : (Str){0},
                .words = S("副本を受け付けてもらえませんでした。中間サーバーの記録を確かめてください。"));
}

// A lost answer leaves the server a number ahead of us: once it has said which, the same goes under the next one.
static bool sent(Laying *l, RelayBatch *batch, Arena *arena, RelayAnswer *answer, Error *err)
{
    if (!asked(l, batch, arena, answer, err)) return false;
    if (!answer->whole.count || answer->last == l->sequence) return refused_whole(answer, batch->rows.count, err);
    l->sequence = answer->last;
    return asked(l, batch, arena, answer, err) && refused_whole(answer, batch->rows.count, err);
}

static Str objections(const RelayOutcome *outcome, Arena *arena)
{
    Text words = {0};
    VEC_EACH (const RelayObjection, o, outcome->objections) {
        text_addf(&words, arena, "%s%.*s", words.len ? " " : "", STR(o->code));
        if (o->item) text_addf(&words, arena, "(%d)", o->item);
    }
    return text_str(&words);
}

static bool outcome_kept(Laying *l, const CopyDose *dose, const CopyLaid *laid, const RelayOutcome *outcome, Error *err)
{
    if (relay_taken(outcome)) {
        l->report->laid += !laid->deleted;
        l->report->deleted += laid->deleted;
        return copy_laid(l->act->store, laid, err);
    }
    l->report->refused++;
    *copy_tolds_push(&l->report->told, l->arena) =
        (CopyTold){dose->who, dose->dose_id, str_copy(l->arena, objections(outcome, l->arena))};
    return true;
}

static bool answer_kept(Laying *l, const CopyDoses *doses, const CopyLaids *laid, const RelayAnswer *answer, Error *err)
{
    int64_t before = l->report->refused;
    AuditLeaf leaf = act_leaf(l->act, AUDIT_DONE);
    if (!act_begin(l->act, err)) return false;
    for (ptrdiff_t i = 0; i < doses->count; i++)
        if (!outcome_kept(l, &doses->at[i], &laid->at[i], &answer->rows.at[i], err)) return false;
    l->sequence++;
    leaf.rows = doses->count;
    leaf.refused = l->report->refused - before;
    leaf.taken = leaf.rows - leaf.refused;
    return copy_sequence_keep(l->act->store, l->sequence, err) && act_record(l->act, &leaf, err) &&
           store_commit(l->act->store, err);
}

typedef bool Portion(Store *store, int32_t after, int most, Arena *arena, CopyDoses *doses, Error *err);

static CopyRecord record_of(const Laying *l, const CopyDose *dose, bool deletes, Arena *arena)
{
    if (!deletes) return copy_of_dose(&l->making, dose, arena);
    return (CopyRecord){.key = copy_key_of(dose->dose_id), .version = dose->version + 1, .deleted = true};
}

static bool message(Laying *l, const CopyDoses *doses, bool deletes, Arena arena, Error *err)
{
    RelayBatch batch = {0};
    RelayAnswer answer;
    CopyLaids laid = {0};
    VEC_EACH (const CopyDose, dose, *doses) {
        CopyRecord record = record_of(l, dose, deletes, &arena);
        *copy_laids_push(&laid, &arena) = laid_of(dose, &record, &arena);
        *relay_rows_push(&batch.rows, &arena) =
            (RelayRow){addressee_text(&dose->who), bytes_of(copy_record_encode(&record, &arena))};
    }
    return sent(l, &batch, &arena, &answer, err) && answer_kept(l, doses, &laid, &answer, err);
}

static bool all(Laying *l, Portion *portion, bool deletes, Arena whole, Error *err)
{
    CopyDoses doses = {0};
    int32_t after = 0;
    do {
        Arena arena = whole;
        if (!portion(l->act->store, after, RECORDS, &arena, &doses, err)) return false;
        if (!doses.count) return true;
        after = doses.at[doses.count - 1].dose_id;
        if (!message(l, &doses, deletes, arena, err)) return false;
    } while (doses.count == RECORDS);
    return true;
}

bool copies_lay(const Ledger *ledger, HttpClient *unified, Arena batches, Arena *arena, CopiesReport *report, Error *err)
{
    Laying l;
    return laying_begin(ledger, unified, arena, report, &l, err) && all(&l, copies_gone, true, batches, err) &&
           all(&l, copies_wanting, false, batches, err);
}

// ---- comparing

typedef struct Comparing {
    DoseIds standing;
    bool *seen;  // by place in `standing`
} Comparing;

static bool *seen_place(Comparing *c, int32_t dose_id)
{
    ptrdiff_t first = 0, end = c->standing.count;
    while (first < end) {
        ptrdiff_t middle = first + (end - first) / 2;
        if (c->standing.at[middle] == dose_id) return &c->seen[middle];
        if (c->standing.at[middle] < dose_id)
            first = middle + 1;
        else
            end = middle;
    }
    return NULL;
}

static void tell(Laying *l, const AddresseeNo *who, int32_t dose_id, Str words)
{
    *copy_tolds_push(&l->report->told, l->arena) = (CopyTold){*who, dose_id, words};
}

static bool row_compared(Laying *l, Comparing *c, const RelayFeedRow *row, Arena scratch, Error *err)
{
    CopyLaid laid;
    AddresseeNo who;
    CopyCompared there;
    Str payload = {(const char *)row->payload.at, row->payload.len};
    if (!copy_compared_decode(payload, &there, err) || !addressee_no_parse(row->person, &who, NULL, err)) return false;
    int32_t dose_id = copy_key_dose(&there.key);
    bool *seen = dose_id ? seen_place(c, dose_id) : NULL;
    if (!seen) {
        tell(l, &who, dose_id, S("EXTRA"));
        return true;
    }
    *seen = true;
    if (!copy_laid_find(l->act->store, dose_id, scratch, &laid, err)) return false;
    if (laid.version != there.version || memcmp(laid.hash.at, there.hash, sizeof there.hash) != 0)
        tell(l, &who, dose_id, S("DIFFERENT"));
    return true;
}

static bool feed_compared(Laying *l, Comparing *c, Arena whole, Error *err)
{
    int64_t after = 0;
    DatasetCode dataset;
    RelayFeed feed = {.more = true};
    if (!dataset_of(&dataset, err)) return false;
    while (feed.more) {
        Str bytes;
        Arena arena = whole;
        const RelayFeedAsk ask = {bytes_of(str_of(dataset.at)), after, RELAY_ROWS_MOST};
        if (!http_ask(l->unified, RELAY_COMPARE, relay_feed_ask_encode(&ask, &arena), &arena, &bytes, err) ||
            !relay_feed_decode(bytes, &arena, &feed, err))
            return false;
        VEC_EACH (const RelayFeedRow, row, feed.rows)
            if (!row_compared(l, c, row, arena, err)) return false;
        if (!feed.rows.count) return true;
        after = feed.rows.at[feed.rows.count - 1].no;
    }
    return true;
}

bool copies_compare(const Ledger *ledger, HttpClient *unified, Arena batches, Arena *arena, CopiesReport *report, Error *err)
{
    Laying l;
    Comparing c = {0};
    if (!laying_begin(ledger, unified, arena, report, &l, err) ||
        !copies_standing(ledger->act->store, arena, &c.standing, err))
        return false;
    c.seen = NEW(arena, bool, c.standing.count + 1);
    if (!feed_compared(&l, &c, batches, err)) return false;
    for (ptrdiff_t i = 0; i < c.standing.count; i++)
        if (!c.seen[i]) tell(&l, &(AddresseeNo){{0}}, c.standing.at[i], S("MISSING"));
    return true;
}
