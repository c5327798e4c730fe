// SPDX-License-Identifier: Apache-2.0
#include "feed_pass.h"

#include "feed_row.h"
#include "feed_rows.h"
#include "file_kind.h"
#include "regular_file.h"

enum {
    ROW_BYTES = 64 << 20,       // one row and the history of its person
    PORTION_BYTES = 768 << 20,  // the rows of a portion, and the histories of their people
};
#define KEPT_BYTES ((ptrdiff_t)3 << 30)  // what is planned, and one portion beyond FEED_PLAN_MOST

static bool readers_open(FeedPass *pass, Error *err)
{
    const char *path = str_z(pass->act->arena, pass->order->path);
    CsvEncoding encoding = pass->order->encoding;
    return csv_open(path, &feed_layout, encoding, pass->act->arena, &pass->csv, err) &&
           csv_open(path, &feed_layout, encoding, pass->act->arena, &pass->ahead, err);
}

// A file of another name is one of another kind, as a rule: then what it seems to be, and what takes it, is told.
static bool name_read(FeedPass *pass, Error *err)
{
    Str seems;
    FeedName *name = &pass->name;
    Arena *arena = pass->act->arena;
    if (feed_name_read(pass->order->path, name, err)) return true;
    if (!file_seems(str_z(arena, pass->order->path), &feed_layout, arena, &seems, err) || !seems.len) return false;
    return FAIL(err, E_FILE_NAME, .value = file_name_of(pass->order->path),
                .words = str_format(arena, "住民情報のファイル名ではありません。%.*s", STR(seems)));
}

bool feed_pass_open(FeedPass *pass, Act *act, const FeedOrder *order, FeedReport *report, Error *err)
{
    *pass = (FeedPass){.act = act, .order = order, .report = report, .last_serial = -1};
    *report = (FeedReport){0};
    pass->kept = pass->kept_whole = arena_reserve(KEPT_BYTES);
    pass->portion = pass->portion_whole = arena_reserve(PORTION_BYTES);
    pass->row = pass->row_whole = arena_reserve(ROW_BYTES);
    pass->people = (FeedPeople){.portion = &pass->portion, .kept = &pass->kept};
    if (!name_read(pass, err) || !readers_open(pass, err)) return false;
    pass->index = csv_index(pass->csv, act->office->keys);
    report->unknown_columns = csv_unknown_text(pass->csv, act->arena);
    return true;
}

static bool readers_close(FeedPass *pass, Error *err)
{
    Error later = {0};
    bool good = csv_close(pass->csv, err);
    good = csv_close(pass->ahead, good ? err : &later) && good;
    pass->csv = pass->ahead = NULL;
    return good;
}

bool feed_pass_close(FeedPass *pass, Error *err)
{
    arena_release(pass->kept_whole);
    arena_release(pass->portion_whole);
    arena_release(pass->row_whole);
    return readers_close(pass, err);
}

static bool begin_reading(const FeedPass *pass, Error *err)
{
    return pass->in_turn || store_begin_read(pass->act->store, err);
}

static bool end_reading(const FeedPass *pass, Error *err)
{
    return pass->in_turn || store_commit(pass->act->store, err);
}

bool feed_pass_begin(FeedPass *pass, Error *err)
{
    int64_t highest_id = 0;
    Act *act = pass->act;
    if (!begin_reading(pass, err) ||
        !register_plan_begin(&pass->plan, act->store, act->office->keys, pass->file.file_no, act->now, &pass->kept,
                             err) ||
        !residents_count(act->store, &pass->watch.residents, &highest_id, err) || !end_reading(pass, err))
        return false;
    pass->basis = pass->plan.last;
    if (pass->name.full_copy) pass->seen = NEW(act->arena, unsigned char, highest_id / 8 + 1);
    return true;
}

bool feed_pass_too_big(const FeedPass *pass)
{
    return !pass->in_turn && pass->kept.at - pass->kept_whole.at > FEED_PLAN_MOST;
}

// ---- a portion of rows

static bool ask_ahead(FeedPass *pass, PersonsAsked *asked)
{
    CsvRow csv;
    *asked = (PersonsAsked){0};
    while (asked->count < FEED_PORTION_ROWS && csv_next(pass->ahead, &csv)) {
        IndividualNo number;
        PersonAsked one;
        feed_row_asks(&csv, &one.who, &number, &one.number_said);
        if (one.number_said) one.number_index = number_index(pass->act->office->keys, &number);
        individual_no_wipe(&number);
        *persons_asked_push(asked, &pass->portion) = one;
    }
    return asked->count > 0;
}

// What is planned inside the turn is written at once, and need not be remembered.
static bool written_in_turn(FeedPass *pass, Error *err)
{
    if (!pass->in_turn) return true;
    if (!register_plan_write(&pass->plan, err)) return false;
    feed_people_written(&pass->people);
    pass->kept = pass->kept_whole;
    return true;
}

static bool rows_decide(FeedPass *pass, const PersonsAsked *asked, Error *err)
{
    VEC_EACH (const PersonAsked, one, *asked) {
        CsvRow csv;
        if (!csv_next(pass->csv, &csv)) break;  // csv_close tells why
        if (!feed_row_decide(pass, &csv, one, err)) return false;
    }
    return written_in_turn(pass, err);
}

static bool portion_decide(FeedPass *pass, const PersonsAsked *asked, Error *err)
{
    Act *act = pass->act;
    return begin_reading(pass, err) &&
           feed_people_ask(&pass->people, act->store, act->office->keys, asked, err) && end_reading(pass, err) &&
           rows_decide(pass, asked, err);
}

// ---- who is no longer listed

static bool remove_some(FeedPass *pass, const PersonRow *rows, ptrdiff_t count, Error *err)
{
    KnownPerson *people = NEW(&pass->portion, KnownPerson, count);
    for (ptrdiff_t i = 0; i < count; i++) people[i].row = rows[i];
    if (!people_histories(pass->act->store, pass->act->office->keys, people, count, &pass->portion, err)) return false;
    for (ptrdiff_t i = 0; i < count; i++) {
        Arena scratch = pass->row;
        RegisterVersionRows made;
        RegisterStep step = register_vanished(&people[i].history, pass->name.made_on, &scratch);
        if (!register_plan_step(&pass->plan, NULL, &people[i].row, &people[i].history, &step, scratch, &made, err))
            return false;
    }
    return written_in_turn(pass, err);
}

static bool remove_vanished(FeedPass *pass, const PersonRows *vanished, Error *err)
{
    Arena before = pass->portion;
    for (ptrdiff_t at = 0; at < vanished->count; at += FEED_PORTION_ROWS) {
        ptrdiff_t left = vanished->count - at;
        pass->portion = before;
        if (!remove_some(pass, vanished->at + at, left < FEED_PORTION_ROWS ? left : FEED_PORTION_ROWS, err)) return false;
    }
    return true;
}

static bool sweep(FeedPass *pass, Error *err)
{
    PersonRows vanished;
    FeedReport *report = pass->report;
    report->held_for = feed_watch_held(&pass->watch, pass->act->arena);
    pass->held = !pass->order->approved && report->held_for.len;
    if (!pass->name.full_copy) return true;
    if (!residents_unseen(pass->act->store, pass->seen, pass->basis.person, &pass->portion, &vanished, err))
        return false;
    report->vanished = vanished.count;
    pass->held = !pass->order->approved &&
                 (report->held_for.len || full_copy_held(pass->watch.residents, vanished.count));
    // A row that names nobody may be any of them: then nobody is removed.
    if (pass->held || report->unidentified) return true;
    return remove_vanished(pass, &vanished, err);
}

static bool whole_decide(FeedPass *pass, Error *err)
{
    return feed_watch_numbers(&pass->watch, pass->csv, err) && begin_reading(pass, err) && sweep(pass, err) &&
           end_reading(pass, err) && readers_close(pass, err);
}

FeedPortion feed_pass_portion(FeedPass *pass, Error *err)
{
    PersonsAsked asked;
    pass->portion = pass->portion_whole;
    if (!ask_ahead(pass, &asked)) return whole_decide(pass, err) ? PORTION_LAST : PORTION_FAILED;
    return portion_decide(pass, &asked, err) ? PORTION_MORE : PORTION_FAILED;
}
