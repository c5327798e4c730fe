// SPDX-License-Identifier: Apache-2.0
#include "notice_batch.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/random.h>

#include "beside.h"
#include "city_place_rows.h"
#include "city_settings.h"
#include "copy_state.h"
#include "counter_rows.h"
#include "dose_rows.h"
#include "list_leave.h"
#include "notice_area.h"
#include "notice_dose.h"
#include "notice_file_rows.h"
#include "notice_prior.h"
#include "notice_rule.h"
#include "notice_settle.h"
#include "notice_waiting.h"
#include "paper_check_program.h"
#include "person_rows.h"
#include "progress.h"
#include "resident_hold_rows.h"
#include "rule_use_rows.h"
#include "series_wanted.h"

enum { PERSON_BYTES = 16 << 20 };

typedef struct Batch Batch;

// The letters of one kind: a run of its own.
typedef struct NoticeStack {
    Batch *batch;
    Papers *papers;  // NULL while nobody is in it
    NoticeRun run;
    PapersReport *report;
} NoticeStack;

// Everybody who gets a letter, with the doses it speaks of.
struct Batch {
    Ledger *ledger;
    const NoticesAsked *asked;
    CitySettings settings;
    PostalTowns towns;
    Arena *arena;                       // paths and reports
    Arena person;                       // notes about the person in hand
    DueRows due;                        // by person
    NoticeStack **in;                   // by row of `due`: the stack on whose papers it is, or NULL
    WaitingDoses waiting;               // reported doses that wait for a decision
    int32_t last_act;                   // when the list was made
    NoticeStack stacks[NOTICE_STACKS];  // by PaperLetter
    NoticesReport *report;
};

// clang-format off
static const struct {
    const char *kind;    // in the history
    const char *letter;  // first of the batch number
    bool with_forms;     // who is reminded has the 予診票 already
} stack_facts[NOTICE_STACKS] = {
    [LETTER_NOTICE]   = {"invitation", "N", true },
    [LETTER_REMINDER] = {"reminder",   "R", false},
};
// clang-format on

static int by_person(const void *left, const void *right)
{
    const DueRow *a = left, *b = right;
    int order = addressee_order(&a->who, &b->who);
    return order ? order : a->group - b->group;
}

static PaperLetter letter_of(const NoticeStack *stack)
{
    return (PaperLetter)(stack - stack->batch->stacks);
}

// ---- one person

static PaperSex paper_sex(int32_t sex)
{
    return sex == 1 ? PAPER_SEX_MALE : sex == 2 ? PAPER_SEX_FEMALE : PAPER_SEX_UNKNOWN;
}

static PaperPerson paper_of(const Batch *b, const DueRow *row, const NoticeAddress *a,
                            const PaperDose *doses, int count)
{
    HouseholdNo household = {0};
    Error unread;
    if (!household_no_parse(a->household_no, &household, NULL, &unread)) household.digits[0] = 0;
    return (PaperPerson){
        .who = row->who,
        .household = household,
        .name = a->name,
        .name_kana = a->name_kana,
        .name_roman = a->name_roman,
        .alias = a->alias,
        .alias_kana = a->alias_kana,
        .alias_first = a->printed_name == PRINT_ALIAS,
        .sex = paper_sex(a->sex),
        .birth = row->birth,
        .home = {.postal_code = a->postal_code,
                 .address = a->address,
                 .area = notice_area(b->towns, a->postal_code, a->address),
                 .building = a->building},
        .is_protected = row->is_protected,
        .mailing = {.postal_code = a->mail_postal_code,
                    .address = a->mail_address,
                    .area = notice_area(b->towns, a->mail_postal_code, a->mail_address),
                    .building = a->mail_building},
        .doses = doses,
        .dose_count = count,
    };
}

// ---- one stack

static const DueRow *row_of(const Batch *b, const AddresseeNo *who)
{
    ptrdiff_t low = 0, high = b->due.count;
    while (low < high) {
        ptrdiff_t middle = low + (high - low) / 2;
        int order = addressee_order(&b->due.at[middle].who, who);
        if (order == 0) return &b->due.at[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool keep_page(void *context, const PaperPage *page, Error *err)
{
    const NoticeStack *stack = context;
    const Batch *b = stack->batch;
    const DueRow *row = row_of(b, &page->who);
    assert(row);
    return print_page_insert(b->ledger->act->store, stack->run.run_no, row->person_id, page, err);
}

static bool stack_open(NoticeStack *stack, Error *err)
{
    Batch *b = stack->batch;
    if (stack->papers) return true;
    CivilDate d = civil_of(b->asked->as_of);
    PaperLetter letter = letter_of(stack);
    PapersBatch batch = {
        .words = b->ledger->words,
        .batch_no = str_format(b->arena, "%s%04d%02d%02d-%03d", stack_facts[letter].letter, d.year,
                               d.month, d.day, stack->run.run_no),
        .mailed_on = b->asked->as_of,
        .printed_at = (Instant)b->asked->as_of * 86400 * 1000000,
        .letter = letter,
        .form_parts = stack_facts[letter].with_forms ? b->settings.form_parts : 0,
        .envelope = b->settings.envelope,
        .synthetic = b->settings.synthetic,
        .sender = b->settings.sender,
        .folder = b->asked->folder,
        .home = act_home(b->ledger->act),
        .checker = program_beside(b->arena, PAPER_CHECK_PROGRAM),
        .keep_page = keep_page,
        .context = stack,
    };
    uint64_t mark;
    if (getrandom(&mark, sizeof mark, 0) != (ssize_t)sizeof mark ||
        getrandom(batch.tag_seed, sizeof batch.tag_seed, 0) != (ssize_t)sizeof batch.tag_seed)
        return FAIL(err, E_INTERNAL,
                    .words = S("乱数を得られませんでした。もう一度実行してください。"));
    batch.draft_mark = str_format(b->arena, "%016llx", (unsigned long long)mark);
    return papers_begin(&batch, b->arena, &stack->papers, err);
}

// What the ledger knows of the person in hand beside the list.
typedef struct Known {
    FactRows facts;
    NoticeRows history;
    NoticeAddress address;
    DoseRows doses;
    Str register_held;  // why the register holds the letter; {0}: it does not
} Known;

// What one letter says about one person.
typedef struct Lines {
    PaperDose *doses;
    int count;
} Lines;

static bool stack_take(NoticeStack *stack, const DueRow *row, const Known *known,
                       const Lines *lines, bool *drawn, Error *err)
{
    if (stack->report->given == PAPERS_PERSONS_MAX)
        return FAIL(err, E_LIMIT,
                    .words = S("一度に作れる通知は20万人分までです。--vaccine で分けてください。"));
    if (!stack_open(stack, err)) return false;
    PaperPerson person = paper_of(stack->batch, row, &known->address, lines->doses, lines->count);
    person.register_held = known->register_held.len > 0;
    PaperFaultCode fault = papers_person(stack->papers, &person);
    stack->report->given++;
    *drawn = fault == PAPER_FINE || fault == PAPER_P106;
    return true;
}

// ---- everybody

static NoticeStack *stack_for(Batch *b, NoticeVerdict verdict)
{
    if (verdict == NOTICE_SEND) return &b->stacks[LETTER_NOTICE];
    return verdict == NOTICE_REMIND ? &b->stacks[LETTER_REMINDER] : NULL;
}

static bool waits(const Batch *b, const DueRow *row)
{
    return dose_waits(&b->waiting, &b->ledger->judge, row->person_id, row->group);
}

// Who would be written to, but for a dose that somebody has reported.
static void leave_out(const Batch *b, const DueRow *row)
{
    Papers *papers = b->stacks[LETTER_NOTICE].papers;
    papers_leave_out(papers, row->who, PAPER_P113, group_name(b->ledger->schedule, row->group));
}

// Asks the rule about rows `first` to `end`, which are of one person. True when a letter is due.
static bool sort_doses(Batch *b, ptrdiff_t first, ptrdiff_t end, const Known *known)
{
    const Schedule *schedule = b->ledger->schedule;
    bool any = false;
    for (ptrdiff_t i = first; i < end; i++) {
        const DueRow *row = &b->due.at[i];
        NoticeVerdict verdict = notice_verdict(row, group_id(schedule, row->group),
                                               schedule_text(schedule, row->position),
                                               &known->facts, &known->history, b->asked->as_of);
        b->in[i] = stack_for(b, verdict);
        if (b->in[i] && waits(b, row)) {
            leave_out(b, row);
            b->in[i] = NULL;
        }
        any = any || b->in[i];
    }
    return any;
}

// Of the doses to be reminded of, one.
static void keep_most_pressing(Batch *b, ptrdiff_t first, ptrdiff_t end)
{
    const NoticeStack *reminders = &b->stacks[LETTER_REMINDER];
    ptrdiff_t best = -1;
    for (ptrdiff_t i = first; i < end; i++) {
        if (b->in[i] != reminders) continue;
        bool more =
            best < 0 || notice_presses_more(&b->due.at[i], &b->due.at[best], b->asked->as_of);
        ptrdiff_t waits = more ? best : i;
        if (waits >= 0) b->in[waits] = NULL;
        if (more) best = i;
    }
}

static Case case_for(const Batch *b, const DueRow *row, const Known *known, Arena *arena)
{
    const PersonRows rows = {row->birth,         known->address.sex, known->doses.at,
                             known->doses.count, known->facts.at,    known->facts.count};
    return case_of(&b->ledger->judge, &rows, b->asked->as_of, arena);
}

// A類 is free of charge; of B類 the city says how much (予防接種法 第28条), and what it has not said is not made up.
static int64_t copay_of(const Batch *b, int group)
{
    const Schedule *schedule = b->ledger->schedule;
    if (!str_equal(group_class(schedule, group), S("B"))) return 0;
    const Copay *copay = city_copay(&b->settings, group_id(schedule, group));
    return copay ? copay->yen : PAPER_COPAY_ASK;
}

static PaperDose dose_of(const Batch *b, const Case *c, const DueRow *row, Arena *arena)
{
    PaperDose dose = notice_dose(c, row, b->asked->as_of, arena);
    dose.copay_yen = copay_of(b, row->group);
    return dose;
}

// One letter of one stack, with every dose that the rule put there.
static bool write_to(NoticeStack *stack, ptrdiff_t first, ptrdiff_t end, const Known *known,
                     Arena scratch, Error *err)
{
    Batch *b = stack->batch;
    const DueRow *row = &b->due.at[first];
    Lines lines = {.doses = NEW(&scratch, PaperDose, PAPER_DOSES_MAX)};
    Case c = case_for(b, row, known, &scratch);
    for (ptrdiff_t i = first; i < end; i++) {
        if (b->in[i] != stack) continue;
        if (lines.count == PAPER_DOSES_MAX)
            b->in[i] = NULL;
        else
            lines.doses[lines.count++] = dose_of(b, &c, &b->due.at[i], &scratch);
    }
    bool drawn = true;
    if (lines.count && !stack_take(stack, row, known, &lines, &drawn, err)) return false;
    for (ptrdiff_t i = first; i < end && !drawn; i++)
        if (b->in[i] == stack) b->in[i] = NULL;
    return true;
}

static bool take_person(Batch *b, ptrdiff_t first, ptrdiff_t end, Error *err)
{
    Arena scratch = b->person;
    Store *store = b->ledger->act->store;
    int32_t person_id = b->due.at[first].person_id;
    Known known;
    if (!facts_of_person(store, person_id, KNOWN_NOW, &scratch, &known.facts, err)) return false;
    if (!notices_of_person(store, person_id, &scratch, &known.history, err)) return false;
    if (!sort_doses(b, first, end, &known)) {
        b->report->held_back++;
        return true;
    }
    keep_most_pressing(b, first, end);
    if (!notice_address(store, person_id, &scratch, &known.address, err)) return false;
    if (!doses_of_person(store, person_id, KNOWN_NOW, &scratch, &known.doses, err)) return false;
    if (!resident_held(store, person_id, KNOWN_NOW, &known.register_held, err)) return false;
    for (int k = 0; k < NOTICE_STACKS; k++)
        if (!write_to(&b->stacks[k], first, end, &known, scratch, err)) return false;
    return true;
}

static ptrdiff_t end_of_person(const DueRows *due, ptrdiff_t first)
{
    ptrdiff_t end = first + 1;
    while (end < due->count && due->at[end].person_id == due->at[first].person_id) end++;
    return end;
}

static bool take_everybody(Batch *b, Error *err)
{
    Progress progress = progress_begin("通知の作成", b->due.count);
    for (ptrdiff_t i = 0, end; i < b->due.count; i = end) {
        end = end_of_person(&b->due, i);
        if (!take_person(b, i, end, err)) return false;
        progress_show(&progress, end);
    }
    progress_end(&progress, b->due.count);
    return true;
}

// ---- the second look

// Rows of the ledger that changed since the list was made decide; nobody else is read again.
static bool changed_since(Batch *b, bool *changed, Error *err)
{
    int32_t next;
    if (!number_next(b->ledger->act->store, NUMBER_ACT, &next, err)) return false;
    *changed = next - 1 != b->last_act;
    return true;
}

static bool still_due(const DueRows *now, const DueRow *row)
{
    const DueRow *found = bsearch(row, now->at, (size_t)now->count, sizeof *now->at, by_person);
    return found && found->position == row->position && found->is_protected == row->is_protected;
}

static bool look_again(Batch *b, Error *err)
{
    DueRows now;
    bool changed;
    if (!changed_since(b, &changed, err)) return false;
    if (!changed) return true;
    DueWanted wanted = {b->asked->as_of, b->asked->groups, -1, "発送前の確認"};
    if (!due_list(b->ledger, &wanted, &now, err)) return false;
    if (!waiting_doses_of_all(b->ledger->act->store, b->arena, &b->waiting, err)) return false;
    if (now.count) qsort(now.at, (size_t)now.count, sizeof *now.at, by_person);
    for (ptrdiff_t i = 0; i < b->due.count; i++) {
        const DueRow *row = &b->due.at[i];
        if (!b->in[i] || (now.count && still_due(&now, row) && !waits(b, row))) continue;
        papers_hold(b->in[i]->papers, b->due.at[i].who, PAPER_P105,
                    S("抽出後に異動または接種の登録がありました。"));
    }
    return true;
}

// ---- release and history

static bool held(const PapersReport *papers, const AddresseeNo *who)
{
    VEC_EACH (const PaperFault, f, papers->faults)
        if (f->code != PAPER_P113 && addressee_same(&f->who, who)) return true;
    return false;
}

static bool keep_history(NoticeStack *stack, const LedgerAct *act, Error *err)
{
    const Batch *b = stack->batch;
    Store *store = b->ledger->act->store;
    int32_t next;
    stack->run.sent = stack->report->drawn;
    stack->run.held = stack->report->refused + stack->report->held;
    if (!notice_run_insert(store, act, &stack->run, err)) return false;
    if (!number_next(store, NUMBER_NOTICE, &next, err)) return false;
    for (ptrdiff_t i = 0; i < b->due.count; i++) {
        const DueRow *row = &b->due.at[i];
        if (b->in[i] != stack || held(stack->report, &row->who)) continue;
        NoticeRow notice = {
            .person_id = row->person_id,
            .series = group_id(b->ledger->schedule, row->group),
            .position = schedule_text(b->ledger->schedule, row->position),
            .kind = str_of(stack_facts[letter_of(stack)].kind),
            .mailed_on = b->asked->as_of,
        };
        if (!notice_insert(store, next++, stack->run.run_no, &notice, err)) return false;
        if (!notice_prior_keep(b->ledger, act, row, b->person, err)) return false;
    }
    return true;
}

static bool keep_files(const NoticeStack *stack, Error *err)
{
    for (int i = 0; i < PAPER_FILES; i++) {
        const PaperFile *f = &stack->report->files[i];
        NoticeFile file = {.draft = f->draft, .path = f->path, .hash = f->hash};
        if (f->there && !notice_file_commit(stack->batch->ledger->act->store, &file, err))
            return false;
    }
    return true;
}

static bool audit(const NoticeStack *stack, Error *err)
{
    Act *act = stack->batch->ledger->act;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.content = &stack->run.list;
    leaf.rows = stack->report->given;
    leaf.taken = stack->report->drawn;
    leaf.refused = stack->report->refused + stack->report->held;
    const PaperFile *papers = &stack->report->files[PAPER_FILE_PAPERS];
    if (papers->there) leaf.detail = str_of(papers->path);
    return act_record(act, &leaf, err);
}

// One list, one act, one leaf.
static bool release(NoticeStack *stack, Error *err)
{
    const Batch *b = stack->batch;
    PapersReport *report = stack->report;
    LedgerAct act;
    if (!stack->papers) return true;
    if (!ledger_act_begin(b->ledger->act, ACT_NOTICES, b->asked->folder, &act, err)) return false;
    if (!rule_use_note(b->ledger->act->store, &act, b->ledger->schedule, &b->ledger->rule_texts,
                       *b->arena, err))
        return false;
    if (!papers_release(stack->papers, report, err)) return false;
    stack->run.list = report->files[PAPER_FILE_PAPERS].hash;
    return keep_files(stack, err) && keep_history(stack, &act, err) && audit(stack, err);
}

// Before there is a draft, so that the next start finds what a killed batch leaves.
static bool announce(const Batch *b, Error *err)
{
    Store *store = b->ledger->act->store;
    Arena scratch = *b->arena;
    PaperFile files[PAPER_FILES];
    if (!store_begin(store, err)) return false;
    for (int k = 0; k < NOTICE_STACKS; k++) {
        if (!b->stacks[k].papers) continue;
        papers_files(b->stacks[k].papers, &scratch, files);
        for (int i = 0; i < PAPER_FILES; i++) {
            NoticeFile file = {.draft = files[i].draft, .path = files[i].path};
            if (!notice_file_announce(store, b->stacks[k].run.run_no, &file, err)) return false;
        }
    }
    return store_commit(store, err);
}

// The record first, the names after it; without the record nothing stays.
static bool release_all(Batch *b, Error *err)
{
    Act *act = b->ledger->act;
    Error later;
    if (!announce(b, err)) return false;
    bool released = store_begin(act->store, err);
    for (int k = 0; k < NOTICE_STACKS && released; k++) released = release(&b->stacks[k], err);
    released = released && store_commit(act->store, err);
    if (!released) store_rollback(act->store);
    return notices_settled(act, *b->arena, released ? err : &later) && released;
}

// A misspelt series would print "see the city's notice" for ever.
static bool copays_known(const Batch *b, Error *err)
{
    const Schedule *schedule = b->ledger->schedule;
    uint64_t class_b = series_of_class(schedule, S("B"));
    for (int i = 0; i < b->settings.copay_count; i++) {
        int group = group_find(schedule, b->settings.copays[i].series);
        if (group == GROUP_NONE || !(class_b >> group & 1))
            return FAIL(
                err, E_CODE_UNKNOWN, .item = S("copay"), .value = b->settings.copays[i].series,
                .words = str_format(b->arena,
                                    "city.json の自己負担額に、B類にない系列の名前があります。"
                                    "次の名前で書いてください: %.*s",
                                    STR(series_ids(schedule, class_b, b->arena))));
    }
    return true;
}

static bool prepare(Batch *b, Error *err)
{
    const Act *act = b->ledger->act;
    AddressPlaces places;
    int32_t run_no;
    if (!city_places(act->store, b->arena, &places, err)) return false;
    const char *path = office_path(act->office, "city.json", b->arena);
    if (!city_settings_of(path, places.city, b->arena, &b->settings, err)) return false;
    const char *postal = office_path(act->office, "city-postal.csv", b->arena);
    if (!copays_known(b, err) || !postal_load_own(postal, b->arena, &b->towns, err)) return false;
    if (!number_next(act->store, NUMBER_NOTICE_RUN, &run_no, err)) return false;
    for (int k = 0; k < NOTICE_STACKS; k++)
        b->stacks[k] = (NoticeStack){.batch = b,
                                     .run = {.run_no = run_no + k, .as_of = b->asked->as_of},
                                     .report = &b->report->papers[k]};
    return stack_open(&b->stacks[LETTER_NOTICE], err);  // a wrong setting is told before the work
}

static bool make(Batch *b, Error *err)
{
    DueWanted wanted = {b->asked->as_of, b->asked->groups, -1, "対象者の抽出"};
    if (!number_next(b->ledger->act->store, NUMBER_ACT, &b->last_act, err)) return false;
    b->last_act--;
    if (!prepare(b, err) || !due_list(b->ledger, &wanted, &b->due, err)) return false;
    if (b->due.count) qsort(b->due.at, (size_t)b->due.count, sizeof *b->due.at, by_person);
    b->in = NEW(b->arena, NoticeStack *, b->due.count);
    if (!waiting_doses_of_all(b->ledger->act->store, b->arena, &b->waiting, err)) return false;
    // What the register told while we were drawing stops the batch; what the ledger was told stops the letter.
    return take_everybody(b, err) && copy_asked(b->ledger->act, COPY_LEAVES, *b->arena, err) &&
           look_again(b, err) && release_all(b, err);
}

bool notices_make(Ledger *ledger, const NoticesAsked *asked, Arena *arena, NoticesReport *report,
                  Error *err)
{
    Batch b = {.ledger = ledger,
               .asked = asked,
               .arena = arena,
               .person = arena_reserve(PERSON_BYTES),
               .report = report};
    *report = (NoticesReport){0};
    bool ok = make(&b, err);
    if (!ok) store_rollback(ledger->act->store);
    for (int k = 0; k < NOTICE_STACKS; k++) papers_close(b.stacks[k].papers);
    arena_release(b.person);
    return ok;
}
