// Reading rows, and whom each of them means.
// SPDX-License-Identifier: Apache-2.0
#include "intake_staging.h"

#include <assert.h>
#include <string.h>

#include "key_set.h"
#include "place_key_rows.h"
#include "seal.h"

// ---- the row

// The items in the order of the contract, each once: what is hashed, and what is kept to be judged anew. `kept`: as
// they stand in the text.
static Str items_of(const Str *fields, Str *kept, Arena *arena)
{
    ptrdiff_t len = submission_layout.count;
    for (int i = 0; i < submission_layout.count; i++) len += fields[i].len;
    char *text = ROOM(arena, char, len), *at = text;
    for (int i = 0; i < submission_layout.count; i++) {
        Str field = fields[i];
        kept[i] = field.len ? (Str){at, field.len} : (Str){0};
        if (field.len) memcpy(at, field.at, (size_t)field.len);
        at[field.len] = BETWEEN_ITEMS;
        at += field.len + 1;
    }
    return (Str){text, len};
}

static const Str *fields_of(Str items, Arena *arena)
{
    Str *fields = NEW(arena, Str, submission_layout.count);
    for (int i = 0; i < submission_layout.count && items.len; i++) {
        Cut cut = str_cut(items, BETWEEN_ITEMS);
        if (cut.head.len) fields[i] = cut.head;
        items = cut.tail;
    }
    return fields;
}

// Rows that say the same have the same; without the office's key nobody can try out what one says.
static Str content_of(const Staging *g)
{
    char text[SHA256_TEXT_SIZE];
    Str items = g->staged->items;
    Sha256 hash = keys_index(g->run->ledger->act->office->keys, S("intake-row"),
                             (Bytes){(const unsigned char *)items.at, items.len});
    return str_copy(g->run->kept, str_first(str_of(sha256_text(&hash, text)), 32));
}

static void read_fields(Staging *g)
{
    const CsvRow row = {.line = g->staged->line, .fields = g->fields, .bad = !g->fields};
    g->s = submission_read(g->run->ledger->schedule, &row, &g->run->notes, g->run->kept);
    if (g->fields) g->staged->content = content_of(g);
}

void staging_read(Staging *g, const CsvRow *row)
{
    assert(row->line > 0);
    StagedRow *staged = g->staged;
    staged->line = row->line;
    if (!row->bad) {
        Str *fields = NEW(g->arena, Str, submission_layout.count);
        staged->items = items_of(row->fields, fields, g->run->kept);
        g->fields = fields;
    }
    read_fields(g);
}

void staging_read_kept(Staging *g)
{
    if (g->staged->items.len) g->fields = fields_of(g->staged->items, g->arena);
    read_fields(g);
}

// Items that earlier versions kept hold the number starred: as it was written it stands beside them.
Str staging_waiting_items(const WaitingRow *waiting, Arena *arena)
{
    Str *kept = NEW(arena, Str, submission_layout.count);
    Str *fields = NEW(arena, Str, submission_layout.count);
    memcpy(fields, fields_of(waiting->items, arena),
           (size_t)submission_layout.count * sizeof *fields);
    if (waiting->addressee_no.len) fields[submission_number] = waiting->addressee_no;
    return items_of(fields, kept, arena);
}

void staging_check(Staging *g)
{
    IntakeRun *run = g->run;
    Ledger *ledger = run->ledger;
    StagedRow *staged = g->staged;
    g->product_no = 0;
    if (g->s.product != PRODUCT_NONE) g->product_no = ledger->products.number_of[g->s.product];
    staged->clinic = clinic_of_row(&run->clinics, &ledger->judge, g->s.clinic_name, &g->s.clinic,
                                   g->product_no, day_asked(g->s.row.given_on));
    staged->clinic_code = str_copy(run->kept, institution_text(&g->s.clinic));
    staged->number = g->s.match.addressee_no;
    staged->label = g->s.label;
    staged->row_no = g->s.row_no;
    staged->decision = intake_check_row(&g->s.row, &staged->clinic, ledger->act->business_day);
}

static bool is_open(const Staging *g)
{
    return g->staged->decision.outcome == INTAKE_OPEN;
}

// ---- whom the rows mean

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

static void add_keys(MatchLookups *all, const MatchLookups *keys, Arena *arena)
{
    VEC_EACH (const MatchLookup, key, *keys) *match_lookups_push(all, arena) = *key;
}

static bool looks_further(const Staging *g)
{
    return is_open(g) && g->match.outcome == MATCH_LOOK_FURTHER;
}

// The number of a row that was stopped too: its owner may be protected.
static MatchLookups stopped_keys(const Staging *g, Arena *arena)
{
    MatchLookups keys = {0};
    Str number = addressee_text(&g->s.match.addressee_no);
    if (number.len && g->found.looked == MATCH_NOWHERE)
        *match_lookups_push(&keys, arena) = (MatchLookup){LOOKUP_NUMBER, .text = number};
    return keys;
}

static bool ask_round(Staging *rows, ptrdiff_t count, Arena *arena, Error *err)
{
    MatchLookups all = {0};
    for (Staging *g = rows; g < rows + count; g++) {
        g->keys = looks_further(g) ? match_lookups(&g->s.match, &g->found, arena) : stopped_keys(g, arena);
        add_keys(&all, &g->keys, arena);
    }
    return match_read_ahead(rows->run->matches, &all, err);
}

static bool decide_person(Staging *g, Error *err)
{
    IntakeRun *run = g->run;
    if (!match_read(run->matches, &g->keys, g->arena, &g->found, err)) return false;
    g->found.looked++;
    key_place(g);
    g->match = match_decide(&g->s.match, &g->found, &run->places, g->arena);
    return true;
}

static bool some_look_further(const Staging *rows, ptrdiff_t count)
{
    for (const Staging *g = rows; g < rows + count; g++)
        if (looks_further(g)) return true;
    return false;
}

// ---- the very row that was stored for one of those whom it names: whatever made it uncertain came later, and whoever
// was meant then is meant now

static bool may_have_meant(const Staging *g, int32_t place)
{
    const MatchPerson *p = &g->found.persons.at[place];
    const AddresseeNo *number = &g->s.match.addressee_no;
    bool named = addressee_text(number).len &&
                 str_equal(addressee_text(number), addressee_text(&p->addressee_no));
    VEC_EACH (const MatchCandidate, c, g->match.persons) named = named || c->person == place;
    return named && !p->withdrawn;
}

static bool stands(const ContentDoses *doses, const Staging *g, const MatchPerson *p)
{
    VEC_EACH (const ContentDose, dose, *doses)
        if (dose->person_id == p->person_id && str_equal(dose->content, g->staged->content))
            return true;
    return false;
}

static void find_stored(Staging *g, const ContentDoses *doses)
{
    for (int32_t i = 0; i < g->found.persons.count; i++) {
        const MatchPerson *p = &g->found.persons.at[i];
        if (!may_have_meant(g, i) || !stands(doses, g, p)) continue;
        g->person = p;
        g->match = (MatchDecision){.outcome = MATCH_LINK, .evidence = S("登録済みの行と同じ内容")};
        *match_candidates_push(&g->match.persons, g->arena) = (MatchCandidate){.person = i};
        return;
    }
}

static bool ask_stored(Staging *rows, ptrdiff_t count, Arena *arena, Error *err)
{
    KeySet asked = {0};
    ContentDoses doses;
    for (Staging *g = rows; g < rows + count; g++)
        for (int32_t i = 0; is_open(g) && !g->person && i < g->found.persons.count; i++)
            if (may_have_meant(g, i))
                key_set_add(&asked, arena, g->staged->content, g->found.persons.at[i].person_id);
    if (!asked.count) return true;
    if (!contents_standing(rows->run->ledger->act->store, key_set_text(&asked, arena), arena,
                           &doses, err))
        return false;
    for (Staging *g = rows; g < rows + count; g++)
        if (is_open(g) && !g->person) find_stored(g, &doses);
    return true;
}

// ---- all rows in hand

bool staging_match(Staging *rows, ptrdiff_t count, Arena *arena, Error *err)
{
    assert(count >= 0);
    do {
        if (!ask_round(rows, count, arena, err)) return false;
        for (Staging *g = rows; g < rows + count; g++)
            if (looks_further(g) && !decide_person(g, err)) return false;
    } while (some_look_further(rows, count));
    for (Staging *g = rows; g < rows + count; g++)
        if (is_open(g) && g->match.outcome == MATCH_LINK)
            g->person = &g->found.persons.at[g->match.persons.at[0].person];
    return ask_stored(rows, count, arena, err);
}

bool staging_decide(Staging *g, Arena *arena, Error *err)
{
    IntakeSets sets;
    staging_check(g);
    match_reader_rows(g->run->matches);
    if (!staging_match(g, 1, arena, err) || !staging_ask(g, 1, &sets, arena, err)) return false;
    staging_compare(g);
    return true;
}

// Rows with 訂正 are few: they are remembered, so that rows that come after know of them.
static void note_correction(const Staging *g)
{
    IntakeRun *run = g->run;
    if (g->s.row.corrects) *map_place(&run->corrected, run->kept, g->s.row_no, NULL) = 1;
}

bool staging_rows(Staging *rows, ptrdiff_t count, Arena *arena, Error *err)
{
    assert(count >= 0);
    IntakeSets sets;
    if (!count) return true;
    match_reader_rows(rows->run->matches);
    for (Staging *g = rows; g < rows + count; g++) staging_check(g);
    if (!staging_match(rows, count, arena, err) || !staging_ask(rows, count, &sets, arena, err))
        return false;
    for (Staging *g = rows; g < rows + count; g++) {
        staging_compare(g);
        if (!staging_keep(g, err)) return false;
        note_correction(g);
        staging_tell(g);
        staging_settle(g);
    }
    return true;
}

// ---- rows that wait

// As the reader gave them, an Individual Number masked; of a protected person not where the clinic says he or she
// lives.
static Str items_kept(const Staging *g)
{
    Str *fields = NEW(g->arena, Str, submission_layout.count);
    Str *kept = NEW(g->arena, Str, submission_layout.count);
    if (!g->fields) return (Str){0};
    if (!staging_means_protected(g)) return g->staged->items;
    memcpy(fields, g->fields, (size_t)submission_layout.count * sizeof *fields);
    fields[submission_address] = (Str){0};
    return items_of(fields, kept, g->run->kept);
}

static int32_t only_person(const Staging *g)
{
    bool other = g->staged->decision.names_other;
    if (g->match.persons.count + other != 1) return 0;
    return other ? g->another.person_id
                 : (int32_t)g->found.persons.at[g->match.persons.at[0].person].person_id;
}

static WaitingRow waiting_of(const Staging *g)
{
    const Submission *s = &g->s;
    const StagedRow *staged = g->staged;
    return (WaitingRow){
        .row_id = staged->row_id,
        .outcome = staged->decision.outcome,
        .month = g->run->file.month,
        .label = s->label,
        .row_no = s->row_no,
        .clinic_code = staged->clinic_code,
        .product_no = g->product_no,
        .given = row_gives(&s->row),
        .corrects = s->row.corrects_unread || staged->decision.asks_others || (s->row.corrects && !g->incoming.returned_before),
        .given_on = s->row.given_on,
        .birth = s->row.birth,
        .addressee_no = addressee_text(&staged->number),
        .content = staged->content,
    };
}

void staging_settle(Staging *g)
{
    StagedRow *staged = g->staged;
    const IntakeDecision *d = &staged->decision;
    WaitingRow row = waiting_of(g);
    bool stored = d->outcome == INTAKE_OPEN && g->person;
    row.person_id = stored ? (int32_t)g->person->person_id : 0;
    staged->settling = (Settling){
        .by = row, .corrects = g->s.row.corrects, .waits = d->outcome == INTAKE_REVIEW};
    staged->waits = NULL;
    if (d->outcome != INTAKE_REVIEW && d->outcome != INTAKE_RETURNED) return;
    row.person_id = only_person(g);
    row.items = items_kept(g);
    staged->waits = NEW(g->run->kept, WaitingRow, 1);
    *staged->waits = row;
}
