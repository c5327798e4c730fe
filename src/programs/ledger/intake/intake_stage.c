// The first half: whom a row means and what becomes of it, before all rows of the file are judged.
// SPDX-License-Identifier: Apache-2.0
#include "intake_staging.h"

#include <assert.h>

#include "place_key_rows.h"
#include "seal.h"

// ---- whom the row means

static bool somebody_has_place_keys(const MatchCandidates *found)
{
    VEC_EACH (const MatchPerson, p, found->persons)
        if (p->place_keys.count) return true;
    return false;
}

// Keying an address costs more than reading it, and only the places of protected people need it.
static void key_place(Staging *g)
{
    MatchRow *row = &g->s.match;
    if (row->place_keys.count || !somebody_has_place_keys(&g->found)) return;
    row->place_keys = place_keys_asking(g->run->ledger->act->office->keys, row->address,
                                        &g->run->places, g->arena);
}

static bool may_have_meant(const Staging *g, int32_t place)
{
    const MatchPerson *p = &g->found.persons.at[place];
    const AddresseeNo *number = &g->s.match.addressee_no;
    bool named = addressee_text(number).len &&
                 str_equal(addressee_text(number), addressee_text(&p->addressee_no));
    VEC_EACH (const MatchCandidate, c, g->match.persons) named = named || c->person == place;
    return named && !p->withdrawn;
}

// The very row that was stored for one of those whom it names: whatever made it uncertain came later, and whoever
// was meant then is meant now.
static bool find_stored(Staging *g, Error *err)
{
    Store *store = g->run->ledger->act->store;
    for (int32_t i = 0; i < g->found.persons.count; i++) {
        bool stands;
        const MatchPerson *p = &g->found.persons.at[i];
        if (!may_have_meant(g, i)) continue;
        if (!content_stands(store, (int32_t)p->person_id, g->staged.content, &stands, err))
            return false;
        if (!stands) continue;
        g->person = p;
        g->match = (MatchDecision){.outcome = MATCH_LINK, .evidence = S("登録済みの行と同じ内容")};
        *match_candidates_push(&g->match.persons, g->arena) = (MatchCandidate){.person = i};
        return true;
    }
    return true;
}

static bool find_person(Staging *g, Error *err)
{
    IntakeRun *run = g->run;
    const MatchRow *row = &g->s.match;
    MatchLookups keys = match_lookups_first(row, g->arena);
    if (!match_read(run->matches, &keys, g->arena, &g->found, err)) return false;
    key_place(g);
    g->match = match_decide(row, &g->found, &run->places, g->arena);
    if (g->match.outcome == MATCH_LOOK_FURTHER) {
        keys = match_lookups_further(row, &g->found, g->arena);
        if (!match_read(run->matches, &keys, g->arena, &g->found, err)) return false;
        g->found.complete = true;
        key_place(g);
        g->match = match_decide(row, &g->found, &run->places, g->arena);
    }
    assert(g->match.outcome != MATCH_LOOK_FURTHER);
    if (g->match.outcome == MATCH_LINK)
        g->person = &g->found.persons.at[g->match.persons.at[0].person];
    return g->person || find_stored(g, err);
}

// ---- the row

// The items in the order of the contract, each once: what is hashed, and what is kept to be judged anew.
static Str items_of(const CsvRow *row, Arena *arena)
{
    Text all = {0};
    for (int i = 0; i < submission_layout.count; i++) {
        text_add(&all, arena, row->fields[i]);
        text_add_byte(&all, arena, BETWEEN_ITEMS);
    }
    return text_str(&all);
}

// Rows that say the same have the same; without the office's key nobody can try out what one says.
static Str content_of(const Staging *g)
{
    char text[SHA256_TEXT_SIZE];
    Str items = items_of(g->csv, g->arena);
    Sha256 hash = keys_index(g->run->ledger->act->office->keys, S("intake-row"),
                             (Bytes){(const unsigned char *)items.at, items.len});
    return str_copy(g->arena, str_first(str_of(sha256_text(&hash, text)), 32));
}

void staging_read(Staging *g, const CsvRow *row)
{
    g->csv = row;
    g->s = submission_read(g->run->ledger->schedule, row, &g->run->notes, g->arena);
    if (!row->bad) g->staged.content = content_of(g);
}

void staging_check(Staging *g)
{
    IntakeRun *run = g->run;
    Ledger *ledger = run->ledger;
    if (g->s.product != PRODUCT_NONE) g->product_no = ledger->products.number_of[g->s.product];
    g->staged.clinic = clinic_of_row(&run->clinics, &ledger->judge, g->s.clinic_name, &g->s.clinic,
                                     g->product_no, day_asked(g->s.row.given_on));
    g->staged.decision = intake_check_row(&g->s.row, &g->staged.clinic, ledger->act->business_day);
}

bool staging_decide(Staging *g, const CsvRow *row, Error *err)
{
    staging_read(g, row);
    staging_check(g);
    if (g->staged.decision.outcome != INTAKE_OPEN) return true;
    match_reader_row(g->run->matches);
    return find_person(g, err) && staging_compare(g, err);
}

// ---- rows that wait

// As the reader gave them, an Individual Number masked; of a protected person not where the clinic says he or she
// lives.
static Str items_kept(const Staging *g)
{
    Str *kept = NEW(g->arena, Str, submission_layout.count);
    if (g->csv->bad) return (Str){0};
    for (int i = 0; i < submission_layout.count; i++) kept[i] = g->csv->fields[i];
    if (staging_means_protected(g)) kept[submission_address] = (Str){0};
    const CsvRow row = {.fields = kept};
    return items_of(&row, g->arena);
}

CsvRow staging_waiting_row(const WaitingRow *waiting, Arena *arena)
{
    Str items = waiting->items;
    Str *fields = NEW(arena, Str, submission_layout.count);
    for (int i = 0; i < submission_layout.count && items.len; i++) {
        Cut cut = str_cut(items, BETWEEN_ITEMS);
        if (cut.head.len) fields[i] = cut.head;
        items = cut.tail;
    }
    // Items that earlier versions kept hold the number starred: as it was written it stands beside them.
    if (waiting->addressee_no.len) fields[submission_number] = waiting->addressee_no;
    return (CsvRow){.fields = fields};
}

static int32_t only_person(const Staging *g)
{
    bool other = g->staged.decision.names_other;
    if (g->match.persons.count + other != 1) return 0;
    return other ? g->another.person_id
                 : (int32_t)g->found.persons.at[g->match.persons.at[0].person].person_id;
}

static WaitingRow waiting_of(const Staging *g)
{
    const Submission *s = &g->s;
    return (WaitingRow){
        .row_id = g->staged.row_id,
        .outcome = g->staged.decision.outcome,
        .month = g->run->file.month,
        .label = s->label,
        .clinic_code = institution_text(&s->clinic),
        .product_no = g->product_no,
        .given = row_gives(&s->row),
        .given_on = s->row.given_on,
        .birth = s->row.birth,
        .addressee_no = addressee_text(&s->match.addressee_no),
        .content = g->staged.content,
    };
}

bool staging_settle(Staging *g, Error *err)
{
    const IntakeDecision *d = &g->staged.decision;
    Store *store = g->run->ledger->act->store;
    WaitingRow row = waiting_of(g);
    bool waits = d->outcome == INTAKE_REVIEW || d->outcome == INTAKE_RETURNED;
    bool stored = d->outcome == INTAKE_OPEN && g->person;
    row.person_id = stored ? (int32_t)g->person->person_id : 0;
    if (!waiting_settle(store, &g->run->act, &row, g->s.row.corrects, err)) return false;
    if (!waits) return true;
    row.person_id = only_person(g);
    row.items = items_kept(g);
    return waiting_insert(store, &g->run->act, &row, err);
}

// Rows with 訂正 are few: they are remembered, so that rows of this file that come after know of them.
static void note_correction(const Staging *g)
{
    IntakeRun *run = g->run;
    Str row_id = str_format(run->kept, "%d", g->staged.row_id);
    *map_place(&run->corrected, run->kept, str_copy(run->kept, g->s.label), NULL) = 1;
    *map_place(&run->corrected_here, run->kept, row_id, NULL) = 1;
}

bool intake_stage_row(IntakeRun *run, const CsvRow *row, Arena scratch, Error *err)
{
    Staging g = {.run = run, .arena = &scratch};
    g.staged = (StagedRow){.line = row->line, .row_id = run->next_row++, .score = -1};
    if (!staging_decide(&g, row, err) || !staging_keep(&g, err)) return false;
    if (g.s.row.corrects) note_correction(&g);
    if (!staging_tell(&g, err) || !staging_settle(&g, err)) return false;
    return spool_write(run->spool, &g.staged, err);
}
