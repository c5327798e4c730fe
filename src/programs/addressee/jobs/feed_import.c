// SPDX-License-Identifier: Apache-2.0
#include "feed_import.h"

#include <stdio.h>

#include "feed_approval.h"
#include "feed_files.h"
#include "feed_name.h"
#include "feed_row.h"
#include "feed_watch.h"
#include "hold_rows.h"
#include "importer.h"
#include "list_leave.h"
#include "newest_change_leave.h"
#include "number_rows.h"
#include "progress.h"
#include "protected_rows.h"
#include "protection_settle.h"

enum { ROW_BYTES = 64 << 20 };  // one row and the history of its person
_Static_assert(EFFECT_COUNT <= countof(((FeedReport *)0)->effects), "every effect is counted");

typedef struct Import {
    Act *act;
    const FeedOrder *order;
    FeedName name;
    CsvReader *csv;         // NULL once it is closed
    const CsvFacts *facts;  // live on
    ErrorCsv *errors;
    Sha256 index;  // of the file
    FeedFile file;
    int64_t request;  // that another person approves the file; 0: nobody asked
    RegisterWriter rows;
    NumberWriter numbers;
    Sha256 number_index;  // of the row in hand, where it says a number
    int64_t highest_id, last_serial;
    FeedWatch watch;
    unsigned char *seen;  // a bit per person that a full copy lists
    KnownSet persons;     // of a full copy: whom the database need not be asked for
    bool hides;           // the row in hand speaks of somebody protected
    FeedReport *report;
} Import;

// ---- may this file come now?

static bool sequence_wrong(const FeedName *name, int expected, Arena *arena, Error *err)
{
    return FAIL(err, E_FILE_SEQUENCE, .value = name->name,
                .words =
                    str_format(arena,
                               "前のファイルがまだ取り込まれていません。次は通し番号 %03d です。"
                               "届いていない分、または承認を待っているファイル (approve) から"
                               "順に取り込んでください。承認を待つファイルは、あとの番号の新しい"
                               "全件を取り込めば要らなくなります。",
                               expected));
}

// A full copy needs nothing that came before it: it may follow files that are held and never approved.
static bool comes_now(const Import *import, const FeedFile *last, Arena *arena, Error *err)
{
    int next = feed_sequence_after(last->sequence);
    for (int expected = next; expected != last->sequence; expected = feed_sequence_after(expected)) {
        bool held;
        if (import->name.sequence == expected) return true;
        if (!import->name.full_copy || import->order->approved) break;
        if (!feed_file_held(import->act->store, last->file_no, expected, &held, err)) return false;
        if (!held) break;
    }
    return sequence_wrong(&import->name, next, arena, err);
}

static bool sequence_fits(const Import *import, Arena *arena, Error *err)
{
    bool any;
    FeedFile last;
    FeedName last_name;
    if (!feed_file_last(import->act->store, arena, &last, &any, err)) return false;
    if (!any) return true;
    if (!comes_now(import, &last, arena, err)) return false;
    if (!feed_name_read(last.name, &last_name, err)) return false;
    if (municipality_same(&last_name.municipality, &import->name.municipality)) return true;
    return FAIL(err, E_FILE_NAME, .value = import->name.name,
                .words = S("これまでと市区町村コードが違うファイルです。"));
}

// Whose request was refused, withdrawn or has lapsed imports the file again, which asks again.
static bool may_be_approved(const Import *import, bool held, Error *err)
{
    if (held && import->request) return importer_proven(import->act, import->file.file_no, err);
    return FAIL(err, E_NOT_FOUND, .value = import->name.name,
                .words = S("承認待ちのファイルではありません。承認の申請が失効したファイルは、もう一度 import してください。"));
}

// What we know of these bytes. `*go_on` false: there is nothing to do but to say so.
static bool recognise(Import *import, Arena *arena, bool *go_on, Error *err)
{
    bool found;
    Store *store = import->act->store;
    char text[CSV_INDEX_TEXT_SIZE];
    Str index = str_copy(arena, str_of(csv_index_text(&import->index, text)));
    if (!feed_files_keyed(import->act->store, import->act->office->keys, *arena, err)) return false;
    if (!feed_file_find(store, index, import->name.name, arena, &import->file, &found, err))
        return false;
    bool applied = found && import->file.state == FEED_APPLIED;
    bool held = found && import->file.state == FEED_HELD;
    if (held && !feed_approval_find(import->act, &feed_apply, &import->file, &import->request, err)) return false;
    if (applied || (import->request && !import->order->approved)) {
        import->report->outcome = applied ? FEED_KNOWN_ALREADY : FEED_WAITS;
        import->report->vanished = import->file.counts.vanished;
        import->report->held_for = import->file.held_for;
        *go_on = false;
        return true;
    }
    *go_on = true;
    if (import->order->approved && !may_be_approved(import, held, err)) return false;
    // Approved, it is asked when it takes effect: an overtaken request has lapsed, and is kept as that.
    if (!import->order->approved && !sequence_fits(import, arena, err)) return false;
    if (!feed_file_same_bytes(store, index, import->name.name, arena, &import->report->same_as, err))
        return false;
    if (import->order->approved) return true;
    import->file = (FeedFile){.file_no = found ? import->file.file_no : 0,
                              .name = import->name.name,
                              .index = index,
                              .full_copy = import->name.full_copy,
                              .sequence = import->name.sequence,
                              .made_on = import->name.made_on,
                              .imported_by = actor_name(import->act->actor),
                              .imported_account = actor_account(import->act->actor),
                              .imported_at = import->act->now};
    return found || feed_file_next_no(store, &import->file.file_no, err);
}

// ---- one row

typedef enum RowOutcome { ROW_APPLIED, ROW_UNCHANGED, ROW_REFUSED, ROW_FAILED } RowOutcome;

// What is told of a row that is refused, or of one that is taken and minded.
static void tell(Import *import, int64_t line, const Error *problem, bool refused, Arena scratch)
{
    Error told = *problem;
    Str text = csv_row_text(import->csv, &scratch);
    if (import->hides && feed_item_hides(problem)) told.value = (ErrorText){0};
    if (refused)
        error_csv_tell(import->errors, line, &told, text);
    else
        error_csv_mind(import->errors, line, &told, text);
}

static bool serial_fits(const Import *import, const FeedLine *line, const RegisterStep *step,
                        Error *err)
{
    bool again = line->serial == import->last_serial && step->outcome == STEP_UNCHANGED;
    if (line->serial > import->last_serial || again) return true;
    return FAIL(err, E_FILE_SEQUENCE, .item = S("更新連番"),
                .words =
                    S("更新連番が前の行より大きくありません。並びを住民記録に確かめてください。"));
}

static void mark_seen(Import *import, int64_t person_id)
{
    if (import->seen && person_id && person_id <= import->highest_id)
        import->seen[person_id / 8] |= (unsigned char)(1 << person_id % 8);
}

static void count_effects(Import *import, RegisterEffects effects)
{
    for (RegisterEffect effect = 0; effect < EFFECT_COUNT; effect++)
        import->report->effects[effect] += effect_has(effects, effect);
}

typedef struct RowNumbers {
    int64_t before;  // number_id of the person; 0 none was known
    bool changed;
} RowNumbers;

static bool keep_number(Import *import, const FeedLine *line, PersonRow *person, bool *changed,
                        Arena scratch, Error *err)
{
    int64_t before = person->number_id;
    *changed = false;
    if (!line->number_said) return true;
    int64_t person_id = person->person_id ? person->person_id : import->rows.next_person;
    if (!number_keep(&import->numbers, person_id, &line->number, &import->number_index,
                     &person->number_id, scratch, err))
        return false;
    *changed = person->number_id != before;
    return true;
}

// The register says 1 again: that it said 0 once is no work for anybody any more.
static bool end_taken_back(Import *import, const FeedLine *line, const PersonRow *person,
                           Error *err)
{
    bool again = line->row.protection_said && line->row.state.protection == PROTECTION_OWN;
    if (!again || person->protection != PROTECTION_OWN) return true;
    return protection_end_settle(import->act->store, person->person_id, S("register"),
                                 import->act->now, err);
}

// What this row changes of a resident, for the guard over the file as a whole.
static void watch_row(Import *import, const FeedLine *line, int64_t csv_line, const RowNumbers *numbers,
                      const RegisterVersionRows *history, const RegisterStep *step)
{
    const RegisterVersion *now = register_current(history);
    const PersonState *was = now ? &now->state : NULL;
    ptrdiff_t last = step->versions.count - 1;
    const PersonState *is = last >= 0 ? &step->versions.at[last].state : was;
    bool resident = was && was->status == STATUS_RESIDENT;
    bool changed = resident && numbers->before && numbers->changed;
    bool missing = resident && numbers->before && import->name.full_copy && !line->number_said;
    FeedKinds kinds = feed_kinds_of(was, is, effect_has(step->effects, EFFECT_REVIEW_UNMASK));
    if (changed) kinds |= feed_kind_bit(FEED_KIND_NUMBER_CHANGED);
    if (missing) kinds |= feed_kind_bit(FEED_KIND_NUMBER_MISSING);
    feed_watch_kinds(&import->watch, csv_line, &line->addressee_no, kinds);
}

static RowOutcome store_row(Import *import, const FeedLine *line, int64_t csv_line,
                            PersonRow *person, const RegisterVersionRows *history,
                            const RegisterStep *step, Arena scratch, Error *err)
{
    RowNumbers numbers = {.before = person->number_id};
    if (!keep_number(import, line, person, &numbers.changed, scratch, err)) return ROW_FAILED;
    if (!end_taken_back(import, line, person, err)) return ROW_FAILED;
    count_effects(import, step->effects);
    watch_row(import, line, csv_line, &numbers, history, step);
    if (step->outcome == STEP_APPLIED)
        return register_write(&import->rows, &line->addressee_no, person, history, step, scratch,
                              err)
                   ? ROW_APPLIED
                   : ROW_FAILED;
    if (numbers.changed && !register_write_person(&import->rows, person, err)) return ROW_FAILED;
    if (!register_write_effects(&import->rows, person->person_id, step->effects, err))
        return ROW_FAILED;
    return numbers.changed ? ROW_APPLIED : ROW_UNCHANGED;
}

// A resident must not share a number with another resident: one of the two is wrong. Decided before
// anything is written.
static RowOutcome number_fits(Import *import, const FeedLine *line, const PersonRow *person,
                              Error *err)
{
    bool taken = false;
    bool resident = line->row.state.status == STATUS_RESIDENT;
    if (!line->number_said || !resident) return ROW_APPLIED;
    if (!number_taken(&import->numbers, person->person_id, &import->number_index, &taken, err))
        return ROW_FAILED;
    if (!taken) return ROW_APPLIED;
    (void)FAIL(err, E_CONFLICT, .item = S("個人番号"),
               .words = S("同じ個人番号の住民がほかにいます。"
                          "どちらが正しいか住民記録に確かめてください。"));
    return ROW_REFUSED;
}

// Whose row it is, even where the row is refused for something else: who is listed has not vanished.
static bool find_person(Import *import, const FeedLine *line, Arena *arena, PersonRow *person,
                        RegisterVersionRows *history, Error *err)
{
    const Act *act = import->act;
    Str addressee_no = addressee_text(&line->addressee_no);
    *person = (PersonRow){0};
    if (!known_set_seen(&import->persons, person_hash(addressee_no))) return true;
    if (!person_find(act->store, &line->addressee_no, person, err)) return false;
    mark_seen(import, person->person_id);
    return !person->person_id ||
           person_history(act->store, act->office->keys, person->person_id, arena, history, err);
}

static RowOutcome take_line(Import *import, const CsvRow *csv, FeedLine *line, PersonRow *person,
                            const RegisterVersionRows *history, Arena scratch, Error *err)
{
    line->row.whole_picture = import->name.full_copy;
    line->row.known_on = import->name.made_on;
    line->row.business_day = import->act->business_day;
    RegisterStep step = register_step(history, &line->row, &scratch);
    if (step.outcome == STEP_REFUSED) {
        *err = step.refusal;
        return ROW_REFUSED;
    }
    if (!serial_fits(import, line, &step, err)) return ROW_REFUSED;
    import->last_serial = line->serial;
    if (line->number_said) import->number_index = number_index(&import->numbers, &line->number);
    RowOutcome number = number_fits(import, line, person, err);
    if (number != ROW_APPLIED) return number;

    VEC_EACH (Error, problem, line->notes) tell(import, csv->line, problem, false, scratch);
    import->report->notes += line->notes.count;
    import->report->lost_names += line->name_lost;
    import->report->lost_places += line->place_lost;
    return store_row(import, line, csv->line, person, history, &step, scratch, err);
}

// What a refused row would have said of a resident is not known, so no letter goes until that is decided.
static bool hold_follows(Import *import, int64_t csv_line, const FeedLine *line, PersonRow *person,
                         Arena scratch, Error *err)
{
    const HeldEvent event = {line->row.event_reason, line->row.occurred_on};
    feed_watch_kinds(&import->watch, csv_line, &line->addressee_no, feed_kind_bit(FEED_KIND_ROW_REFUSED));
    if (!person->person_id || person->status != STATUS_RESIDENT) return true;
    import->report->held_people += !person->held;
    return hold_begin(&import->rows, person, &event, csv_line, scratch, err);
}

// What is told of a row never says where a protected person is.
static void hide_place(Import *import, bool hides)
{
    import->hides = hides;
    if (hides) feed_row_hide_place(import->csv);
}

static RowOutcome take_row(Import *import, const CsvRow *csv, Arena scratch, Error *err)
{
    FEED_LINE line;
    PersonRow person;
    RegisterVersionRows history = {0};
    bool readable = feed_line_read(csv, &scratch, &line, err);
    hide_place(import, feed_row_protects(csv));
    import->report->wide_digits += line.wide_digits;
    Error failure = {0};
    if (!addressee_text(&line.addressee_no).len) {
        import->report->unidentified++;
        if (feed_watch_nameless(&import->watch, &failure)) return ROW_REFUSED;
        *err = failure;
        return ROW_FAILED;
    }
    if (!find_person(import, &line, &scratch, &person, &history, &failure)) {
        *err = failure;
        return ROW_FAILED;
    }
    hide_place(import, import->hides || person_protected(person.protection));
    RowOutcome outcome =
        readable ? take_line(import, csv, &line, &person, &history, scratch, err) : ROW_REFUSED;
    bool kept = outcome == ROW_FAILED ||
                (outcome == ROW_REFUSED
                     ? hold_follows(import, csv->line, &line, &person, scratch, &failure)
                     : holds_decide_by_row(&import->rows, &person, &history, &line.row, scratch, &failure));
    if (kept) return outcome;
    *err = failure;
    return ROW_FAILED;
}

static bool count_row(Import *import, const CsvRow *csv, RowOutcome outcome, const Error *problem,
                      Arena scratch, Error *err)
{
    FeedReport *report = import->report;
    report->rows++;
    report->applied += outcome == ROW_APPLIED;
    report->unchanged += outcome == ROW_UNCHANGED;
    report->refused += outcome == ROW_REFUSED;
    if (outcome == ROW_FAILED) return error_pass(err, problem);
    if (outcome != ROW_REFUSED) return true;
    tell(import, csv->line, problem, true, scratch);
    return feed_refusal_add(import->act->store, import->file.file_no, csv->line, problem, scratch,
                            err);
}

static bool take_rows(Import *import, Error *err)
{
    CsvRow csv;
    Arena rows = arena_reserve(ROW_BYTES);
    Progress progress = progress_begin_bytes("住民情報の取込", import->facts->bytes);
    bool good = true;
    while (good && csv_next(import->csv, &csv)) {
        Error problem = {0};
        feed_watch_row(&import->watch);
        RowOutcome outcome = take_row(import, &csv, rows, &problem);
        good = count_row(import, &csv, outcome, &problem, rows, err);
        progress_show(&progress, csv_bytes_done(import->csv));
    }
    progress_end(&progress, csv_bytes_done(import->csv));
    arena_release(rows);
    return good;
}

// ---- who is no longer listed

static bool remove_vanished(Import *import, const PersonRows *vanished, Arena scratch, Error *err)
{
    VEC_EACH (PersonRow, person, *vanished) {
        Arena arena = scratch;
        RegisterVersionRows history;
        if (!person_history(import->act->store, import->act->office->keys, person->person_id,
                            &arena, &history, err))
            return false;
        RegisterStep step = register_vanished(&history, import->name.made_on, &arena);
        if (!register_write(&import->rows, NULL, person, &history, &step, arena, err)) return false;
    }
    return true;
}

// `*held` true: too many are gone or changed, and nobody has approved that.
static bool sweep(Import *import, Arena *arena, bool *held, Error *err)
{
    PersonRows vanished;
    import->report->held_for = feed_watch_held(&import->watch, arena);
    *held = !import->order->approved && import->report->held_for.len;
    if (!import->name.full_copy) return true;
    if (!residents_unseen(import->act->store, import->seen, import->highest_id, arena, &vanished,
                          err))
        return false;
    import->report->vanished = vanished.count;
    *held = !import->order->approved && (import->report->held_for.len ||
                                         full_copy_held(import->watch.residents, vanished.count));
    // A row that names nobody may be any of them: then nobody is removed.
    if (*held || import->report->unidentified) return true;
    return remove_vanished(import, &vanished, *arena, err);
}

// ---- the file as a whole

static bool audit(const Import *import, AuditResult result, Error *err)
{
    AuditLeaf leaf = act_leaf(import->act, result);
    leaf.content = &import->index;
    leaf.detail = import->name.name;
    leaf.rows = import->report->rows;
    leaf.taken = import->report->applied + import->report->unchanged;
    leaf.refused = import->report->refused;
    return act_record(import->act, &leaf, err);
}

// A full copy asks about everybody: what is there is looked through once, not row by row.
static bool begin_full_copy(Import *import, Arena *arena, Error *err)
{
    import->seen = NEW(arena, unsigned char, import->highest_id / 8 + 1);
    import->persons = known_set_make(arena);
    return persons_known(import->act->store, &import->persons, err) &&
           numbers_known(&import->numbers, arena, err);
}

static bool begin_rows(Import *import, Arena *arena, Error *err)
{
    Store *store = import->act->store;
    Keys *keys = import->act->office->keys;
    if (!residents_count(store, &import->watch.residents, &import->highest_id, err)) return false;
    if (!register_writer_begin(&import->rows, store, keys, import->file.file_no, import->act->now,
                               err))
        return false;
    if (!number_writer_begin(&import->numbers, store, keys, import->file.file_no, err))
        return false;
    return !import->name.full_copy || begin_full_copy(import, arena, err);
}

static bool end_rows(Import *import, Error *err)
{
    Error later = {0};
    bool rows = register_writer_end(&import->rows, err);
    bool numbers = number_writer_end(&import->numbers, rows ? err : &later);
    return rows && numbers;
}

static bool save_file(Import *import, FeedFileState state, Error *err)
{
    const FeedReport *report = import->report;
    FeedFile *file = &import->file;
    file->state = state;
    file->counts = (FeedCounts){report->rows, report->applied, report->unchanged, report->refused,
                                report->vanished};
    file->held_for = report->held_for;
    if (import->order->approved) {
        file->approved_by = actor_name(import->act->actor);
        file->approved_at = import->act->now;
    }
    return audit_next_no(import->act->store, &file->record_no, err) &&
           feed_file_save(import->act->store, file, err);
}

// Nothing of a held file stands but the fact that it came.
static bool hold(Import *import, Error *err)
{
    Store *store = import->act->store;
    store_rollback(store);
    import->report->outcome = FEED_WAITS;
    import->report->applied = import->report->unchanged = 0;
    error_csv_abandon(import->errors);
    import->errors = NULL;
    return store_begin(store, err) && save_file(import, FEED_HELD, err) &&
           feed_approval_ask(import->act, &feed_apply, &import->file, err) &&
           audit(import, AUDIT_HELD, err) && store_commit(store, err);
}

static bool close_csv(Import *import, Error *err)
{
    CsvReader *csv = import->csv;
    import->csv = NULL;
    return csv_close(csv, err);
}

// Rows and sweep, all unseen until the commit. `*held` as in sweep.
static bool take_picture(Import *import, Arena *arena, bool *held, Error *err)
{
    Error later = {0};
    if (!begin_rows(import, arena, err)) return false;
    bool good = take_rows(import, err) && feed_watch_numbers(&import->watch, import->csv, err) &&
                sweep(import, arena, held, err) &&
                (*held || protection_settle(&import->rows, import->name.made_on, 0,
                                            import->report->effects, *arena, err));
    return end_rows(import, good ? err : &later) && good && close_csv(import, err);
}

static bool keep_file(Import *import, Arena *arena, Error *err)
{
    return save_file(import, FEED_APPLIED, err) && newest_change_leave(import->act, *arena, err) &&
           audit(import, AUDIT_DONE, err);
}

static bool take_file(Import *import, Arena *arena, Error *err)
{
    bool held = false;
    Store *store = import->act->store;
    if (!store_begin(store, err)) return false;
    if (!take_picture(import, arena, &held, err)) return false;
    if (held) return hold(import, err);
    return keep_file(import, arena, err) && store_commit(store, err);
}

// Another person grants what was asked for: the file that he has in hand takes effect in the same transaction.
static bool apply_approved(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    bool held = false;
    Import *import = brought;
    (void)act, (void)payload;
    if (!import)
        return FAIL(err, E_USAGE,
                    .words = S("住民情報のファイルは、そのファイルを示して sesshu addressee approve FILE で承認してください。"));
    return sequence_fits(import, arena, err) && take_picture(import, arena, &held, err) &&
           keep_file(import, arena, err);
}

const ApprovalKind feed_apply = {"feed_apply", "住民情報の反映", feed_approval_content, apply_approved};

static bool approve_file(Import *import, Error *err)
{
    const ApprovalDecision decision = {.approval_no = import->request, .kind = APPROVAL_GRANT, .brought = import};
    return approval_decide(import->act, &decision, err);
}

static bool say_known(Import *import, Error *err)
{
    Store *store = import->act->store;
    AuditResult result = import->report->outcome == FEED_WAITS ? AUDIT_HELD : AUDIT_DONE;
    return store_begin(store, err) && audit(import, result, err) && store_commit(store, err);
}

bool feed_import(Act *act, const FeedOrder *order, Arena *arena, FeedReport *report, Error *err)
{
    bool go_on;
    *report = (FeedReport){0};
    Import import = {.act = act, .order = order, .last_serial = -1, .report = report};
    if (!feed_name_read(order->path, &import.name, err)) return false;
    if (!csv_open(str_z(arena, order->path), &feed_layout, order->encoding, arena, &import.csv,
                  err))
        return false;
    import.facts = csv_facts(import.csv);
    import.index = csv_index(import.csv, act->office->keys);
    import.errors = error_csv_begin(act->office->data_dir, order->path, arena);
    report->unknown_columns = csv_unknown_text(import.csv, arena);

    bool good = recognise(&import, arena, &go_on, err) &&
                (!go_on           ? say_known(&import, err)
                 : order->approved ? approve_file(&import, err)
                                   : take_file(&import, arena, err));
    store_rollback(act->store);  // of what did not come to its commit
    store_forget(act->store);    // places that were sealed
    if (!good) error_csv_abandon(import.errors);
    if (good && import.errors) good = error_list_leave(act, import.errors, &report->error_path, err);
    Error later = {0};
    return csv_close(import.csv, good ? err : &later) && good;
}
