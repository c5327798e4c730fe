// SPDX-License-Identifier: Apache-2.0
#include "notice_inside.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/random.h>

#include "beside.h"
#include "copy_state.h"
#include "counter_rows.h"
#include "list_leave.h"
#include "notice_file_rows.h"
#include "notice_prior.h"
#include "notice_reprint.h"
#include "notice_rows.h"
#include "notice_settle.h"
#include "paper_check_program.h"
#include "rule_use_rows.h"
#include "sync.h"

enum {
    PERSON_BYTES = 16 << 20,
    PAGES_BYTES = 1 << 30,
    PORTION_BYTES = 256 << 20,
    TURN_SECONDS = 3600,  // a finished batch waits for whoever is at work
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

// Kept until the batch is remembered: a batch that is drawn again has other pages.
static bool keep_page(void *context, const PaperPage *page, Error *err)
{
    NoticeStack *stack = context;
    (void)err;
    *printed_pages_push(&stack->pages, &stack->batch->pages) = *page;
    return true;
}

// A trial is called by the time at which it was drawn: two of them never meet, and no number is used up.
static Str batch_no(const NoticeStack *stack)
{
    const Batch *b = stack->batch;
    CivilDate d = civil_of(b->asked->as_of);
    const char *letter = stack_facts[letter_of(stack)].letter;
    if (b->asked->way == NOTICES_TRIAL)
        return str_format(b->arena, "TRIAL-%s%04d%02d%02d-%lld", letter, d.year, d.month, d.day,
                          (long long)(b->ledger->act->now / 1000000));
    return str_format(b->arena, "%s%s%04d%02d%02d-%03d", b->asked->way == NOTICES_REPRINT ? "C" : "",
                      letter, d.year, d.month, d.day, stack->run.run_no);
}

static bool take_list(void *context, PaperFileKind which, CsvWriter *draft, Error *err)
{
    NoticeStack *stack = context;
    (void)err;
    stack->lists[which] = draft;
    return true;
}

static void moved(void *context, PaperStage stage, int done, int total)
{
    static const char *const words[] = {[PAPER_DRAWING] = "組版", [PAPER_CHECKING] = "自己点検"};
    Progress *progress = &((NoticeStack *)context)->batch->progress;
    if (progress->words != words[stage]) progress_stage(progress, words[stage], total, false);
    progress_show(progress, done);
}

static void lists_abandoned(NoticeStack *stack)
{
    for (int i = 0; i < PAPER_FILES; i++) {
        csv_abandon(stack->lists[i]);
        stack->lists[i] = NULL;
    }
}

// The number in such a list is that of its own record. The dispatch list goes to the post on paper too: the same rows,
// the same number.
static bool lists_leave(NoticeStack *stack, Error *err)
{
    const Batch *b = stack->batch;
    const Recorded *posted = NULL;
    char number[RECORDED_TEXT_SIZE];
    for (int i = 0; i < PAPER_FILES; i++) {
        CsvWriter *draft = stack->lists[i];
        PaperFile *file = &stack->report->files[i];
        stack->lists[i] = NULL;
        if (!draft) continue;
        const Recorded *recorded =
            list_draft_leave(b->ledger->act, draft, file->draft, batch_no(stack), &file->hash, err);
        if (!recorded) return false;
        file->there = true;
        if (i == PAPER_FILE_LIST) posted = recorded;
    }
    if (!posted) return true;
    return papers_post(stack->papers, str_copy(b->arena, str_of(recorded_text(posted, number))), stack->report, err);
}

static bool stack_open(NoticeStack *stack, Error *err)
{
    Batch *b = stack->batch;
    if (stack->papers) return true;
    PaperLetter letter = letter_of(stack);
    PapersBatch batch = {
        .words = b->ledger->words,
        .batch_no = batch_no(stack),
        .mailed_on = b->asked->as_of,
        .printed_at = (Instant)b->asked->as_of * 86400 * 1000000,
        .letter = letter,
        .form_parts = stack_facts[letter].with_forms ? b->book.settings.form_parts : 0,
        .for_sheet = b->ledger->act->for_sheet,
        .trial = b->asked->way == NOTICES_TRIAL,
        .envelope = b->book.settings.envelope,
        .synthetic = b->book.settings.synthetic,
        .sender = b->book.settings.sender,
        .folder = b->asked->folder,
        .home = act_home(b->ledger->act),
        .checker = program_beside(b->arena, PAPER_CHECK_PROGRAM),
        .keep_page = keep_page,
        .take_list = take_list,
        .moved = moved,
        .context = stack,
    };
    uint64_t mark;
    if (getrandom(&mark, sizeof mark, 0) != (ssize_t)sizeof mark ||
        getrandom(batch.tag_seed, sizeof batch.tag_seed, 0) != (ssize_t)sizeof batch.tag_seed)
        return FAIL(err, E_INTERNAL,
                    .words = S("乱数を得られませんでした。もう一度実行してください。"));
    if (b->asked->way != NOTICES_TRIAL)
        batch.draft_mark = str_format(b->arena, "%016llx", (unsigned long long)mark);
    return papers_begin(&batch, b->arena, &stack->papers, err);
}

// ---- choosing

static bool stack_take(NoticeStack *stack, const PaperPerson *person, bool *drawn, Error *err)
{
    if (stack->report->given == PAPERS_PERSONS_MAX)
        return FAIL(err, E_LIMIT,
                    .words = S("一度に作れる通知は20万人分までです。--vaccine で分けてください。"));
    if (!stack_open(stack, err)) return false;
    PaperFaultCode fault = papers_person(stack->papers, person);
    stack->report->given++;
    *drawn = fault == PAPER_FINE || fault == PAPER_P106;
    return true;
}

// Who would be written to, but for a dose that somebody has reported.
static void leave_out(const Batch *b, const DueRow *row)
{
    Papers *papers = b->stacks[LETTER_NOTICE].papers;
    papers_leave_out(papers, row->who, PAPER_P113, group_name(b->ledger->schedule, row->group));
}

static void left_out(Batch *b, const DueRow *row, NoticeVerdict why)
{
    *notice_lefts_push(&b->report->left, b->arena) =
        (NoticeLeft){row->who, row->name, group_id(b->ledger->schedule, row->group),
                     notice_verdict_words(why)};
}

static bool take_person(Batch *b, const NoticePortion *portion, ptrdiff_t first, ptrdiff_t end,
                        Error *err)
{
    Arena scratch = b->person;
    PersonLetters letters;
    ptrdiff_t count = end - first;
    bool any = false;
    NoticeKnown known = notice_known(portion, b->due.at[first].person_id, &scratch);
    for (ptrdiff_t i = first; i < end; i++) b->in[i] = NOTICE_NONE;
    if (b->asked->ward.len && !str_equal(known.address.ward, b->asked->ward)) return true;
    letters_of_person(&b->book, &b->due.at[first], count, &known, &scratch, &letters);
    for (ptrdiff_t i = 0; i < count; i++) {
        b->in[first + i] = letters.in[i];
        any = any || letters.in[i] != NOTICE_NONE;
        if (letters.verdict[i] == NOTICE_WAITS) leave_out(b, &b->due.at[first + i]);
        if (letters.in[i] == NOTICE_NONE) left_out(b, &b->due.at[first + i], letters.verdict[i]);
    }
    b->report->held_back += !any;
    if (!any) b->report->by_verdict[letters_why_none(&letters, count)]++;
    for (int k = 0; k < NOTICE_STACKS; k++) {
        bool drawn = true;
        if (letters.paper[k].dose_count &&
            !stack_take(&b->stacks[k], &letters.paper[k], &drawn, err))
            return false;
        for (ptrdiff_t i = first; i < end && !drawn; i++)
            if (b->in[i] == k) b->in[i] = NOTICE_NONE;
    }
    return true;
}

// The rows from `first` on, of as many persons as are read at once.
static bool take_portion(Batch *b, ptrdiff_t first, ptrdiff_t *end, Error *err)
{
    int32_t ids[NOTICE_PORTION];
    ptrdiff_t count = 0, row = first;
    NoticePortion portion;
    for (; row < b->due.count && count < NOTICE_PORTION; row = notice_person_end(&b->due, row)) {
        *person_places_push(&b->places, b->arena) = (PersonPlace){b->due.at[row].person_id, row};
        ids[count++] = b->due.at[row].person_id;
    }
    *end = row;
    Arena whole = arena_reserve(PORTION_BYTES), arena = whole;
    bool taken = notice_portion_read(b->ledger->act->store, notice_history_before(b), ids, count, &arena,
                                     &portion, err);
    for (ptrdiff_t i = first, next; taken && i < row; i = next) {
        next = notice_person_end(&b->due, i);
        taken = take_person(b, &portion, i, next, err);
    }
    arena_release(whole);
    return taken;
}

static bool take_everybody(Batch *b, Error *err)
{
    bool good = true;
    ptrdiff_t end = 0;
    progress_stage(&b->progress, "抽出", b->due.count, false);
    for (ptrdiff_t i = 0; good && i < b->due.count; i = end)
        if ((good = take_portion(b, i, &end, err))) progress_show(&b->progress, end);
    if (!good) return false;
    if (b->places.count)
        qsort(b->places.at, (size_t)b->places.count, sizeof *b->places.at, notice_by_id);
    return true;
}

static bool keep_sent(Batch *b, Error *err)
{
    bool *due_still = NEW(b->arena, bool, b->asked->sent->rows.count);
    notice_sent_only(b->asked->sent, b->ledger->schedule, &b->due, due_still);
    return notice_sent_gone(b->ledger, b->asked, due_still, b->arena, b->report, err);
}

// One picture of the ledger; what comes in after it is seen by the second look.
static bool choose(Batch *b, Error *err)
{
    Store *store = b->ledger->act->store;
    if (!store_begin_read(store, err) || !number_next(store, NUMBER_ACT, &b->last_act, err)) return false;
    b->last_act--;
    if (!due_list(b->ledger, &b->wanted, &b->due, err)) return false;
    if (b->asked->sent && !keep_sent(b, err)) return false;
    if (b->due.count) qsort(b->due.at, (size_t)b->due.count, sizeof *b->due.at, by_person);
    b->in = NEW(b->arena, int8_t, b->due.count);
    return notice_book_again(&b->book, b->arena, err) && take_everybody(b, err) && store_commit(store, err);
}

// ---- drawing

static bool draw(Batch *b, Error *err)
{
    for (int k = 0; k < NOTICE_STACKS; k++) {
        NoticeStack *stack = &b->stacks[k];
        stack->pages.count = 0;
        lists_abandoned(stack);
        if (stack->papers && !papers_release(stack->papers, stack->report, err)) return false;
    }
    return true;
}

// ---- remembering: in the turn

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
        if (b->in[i] != (int8_t)letter_of(stack)) continue;
        NoticeRow notice = {
            .person_id = row->person_id,
            .series = group_id(b->ledger->schedule, row->group),
            .position = schedule_text(b->ledger->schedule, row->position),
            .kind = b->asked->way == NOTICES_REPRINT ? S("reprint")
                                                      : str_of(stack_facts[letter_of(stack)].kind),
            .mailed_on = b->asked->as_of,
        };
        if (!notice_insert(store, next++, stack->run.run_no, &notice, err)) return false;
        if (!notice_prior_keep(b->ledger, act, row, b->person, err)) return false;
    }
    return true;
}

static bool keep_pages(const NoticeStack *stack, Error *err)
{
    const Batch *b = stack->batch;
    VEC_EACH (const PaperPage, page, stack->pages) {
        const DueRow *row = row_of(b, &page->who);
        assert(row);
        if (!print_page_insert(b->ledger->act->store, stack->run.run_no, row->person_id, page, err))
            return false;
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
static bool remember(NoticeStack *stack, Error *err)
{
    const Batch *b = stack->batch;
    LedgerAct act;
    if (!stack->papers) return true;
    if (!lists_leave(stack, err)) return false;  // before the act, whose record comes last
    Str why = b->asked->reason.len ? b->asked->reason : b->asked->folder;
    if (!ledger_act_begin(b->ledger->act, ACT_NOTICES, why, &act, err)) return false;
    if (!rule_use_note(b->ledger->act->store, &act, b->ledger->schedule, &b->ledger->rule_texts,
                       *b->arena, err))
        return false;
    stack->run.list = stack->report->files[PAPER_FILE_PAPERS].hash;
    return keep_files(stack, err) && keep_pages(stack, err) && keep_history(stack, &act, err) &&
           audit(stack, err);
}

static bool remember_all(Batch *b, Error *err)
{
    for (int k = 0; k < NOTICE_STACKS; k++)
        if (!remember(&b->stacks[k], err)) return false;
    b->in_doubt = !store_commit(b->ledger->act->store, err);
    return !b->in_doubt;
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
    AuditLeaf leaf = act_leaf(b->ledger->act, AUDIT_HELD);
    leaf.detail = S("drawing");
    return act_record(b->ledger->act, &leaf, err) && store_commit(store, err);
}

// What the register told while we were drawing is taken in first; where it cannot be, it stops the batch.
static bool turn_begin(const Batch *b, Error *err)
{
    bool behind;
    SyncReport taken;
    Act *act = b->ledger->act;
    if (!act_turn_take(act, TURN_SECONDS, err) || !copy_behind(act, *b->arena, &behind, err))
        return false;
    if (behind && sync_possible() && !sync_now(act, b->arena, &taken, err)) return false;
    return copy_asked(act, COPY_LEAVES, *b->arena, err) && store_begin(act->store, err);
}

static void turn_end(const Batch *b)
{
    store_rollback(b->ledger->act->store);
    act_turn_give(b->ledger->act);
}

// Draws, looks again in the turn, remembers. `*done` false: somebody changed meanwhile and is left out now.
static bool try_once(Batch *b, bool last, bool *done, Error *err)
{
    bool changed = false;
    if (last && (!turn_begin(b, err) || !notice_look_again(b, &changed, err))) return false;
    if (!draw(b, err)) return false;
    if (!last && !notice_look_aside(b, &changed, err)) return false;
    *done = last || !changed;
    if (!*done) return true;
    if (!last && (!turn_begin(b, err) || !notice_look_again(b, &changed, err))) return false;
    *done = last || !changed;
    return !*done || remember_all(b, err);
}

// The record first, the names after it; without the record nothing stays. `*taken_back`: somebody was touched between
// the two, and nothing left. A commit that failed may stand on the disk all the same (what was written was not flushed):
// whoever opens the data next knows, and names the papers or removes them.
static bool release_all(Batch *b, bool *taken_back, Error *err)
{
    Act *act = b->ledger->act;
    bool done = false, good = announce(b, err);
    for (int i = 1; good && !done; i++) {
        good = try_once(b, i > NOTICE_TRIES, &done, err);
        if (!good || !done) turn_end(b);
    }
    Error later;
    bool settled = b->in_doubt || notices_settled_here(act, taken_back, good ? err : &later);
    turn_end(b);
    return settled && good;
}

static bool prepare(Batch *b, Error *err)
{
    int32_t run_no;
    if (!notice_book_open(&b->book, b->arena, err)) return false;
    if (!number_next(b->ledger->act->store, NUMBER_NOTICE_RUN, &run_no, err)) return false;
    b->book.before_run = run_no;
    for (int k = 0; k < NOTICE_STACKS; k++)
        b->stacks[k] = (NoticeStack){.batch = b,
                                     .run = {.run_no = run_no + k,
                                             .reprint_of = b->asked->sent ? b->asked->sent->first_run : 0,
                                             .as_of = b->asked->as_of},
                                     .report = &b->report->papers[k]};
    return stack_open(&b->stacks[LETTER_NOTICE], err);  // a wrong setting is told before the work
}

// Nothing is remembered but that somebody looked: the record stands before there is a page.
static bool draw_trial(Batch *b, Error *err)
{
    Act *act = b->ledger->act;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    for (int k = 0; k < NOTICE_STACKS; k++) leaf.rows += b->report->papers[k].given;
    leaf.detail = S("trial");
    if (!act_record_now(act, &leaf, err) || !draw(b, err)) return false;
    for (int k = 0; k < NOTICE_STACKS; k++)
        if (!lists_leave(&b->stacks[k], err)) return false;
    return true;
}

// Whom the papers refused or the second look took out, behind whom the rules left out.
static void tell_faults(Batch *b)
{
    for (int k = 0; k < NOTICE_STACKS; k++)
        VEC_EACH (const PaperFault, f, b->report->papers[k].faults) {
            const DueRow *row = row_of(b, &f->who);
            if (f->code == PAPER_P113 || !row) continue;
            *notice_lefts_push(&b->report->left, b->arena) =
                (NoticeLeft){f->who, row->name, {0},
                             str_format(b->arena, "%s %.*s", paper_fault_text(f->code), STR(f->words))};
        }
}

static bool make(Batch *b, bool *taken_back, Error *err)
{
    if (!prepare(b, err) || !choose(b, err)) return false;
    bool made = b->asked->way == NOTICES_TRIAL
                    ? copy_asked(b->ledger->act, COPY_LEAVES, *b->arena, err) && draw_trial(b, err)
                    : release_all(b, taken_back, err);
    if (made) tell_faults(b);
    return made;
}

static bool make_once(Ledger *ledger, const NoticesAsked *asked, Arena *arena, NoticesReport *report,
                      bool *taken_back, Error *err)
{
    Arena pages = arena_reserve(PAGES_BYTES);
    Batch b = {.ledger = ledger,
               .asked = asked,
               .book = {.ledger = ledger,
                        .as_of = asked->as_of,
                        .groups = asked->groups,
                        .trial = asked->way == NOTICES_TRIAL,
                        .reprint = asked->way == NOTICES_REPRINT,
                        .letter = asked->sent && asked->sent->reminder ? LETTER_REMINDER : LETTER_NOTICE},
               .wanted = {asked->as_of, asked->groups, asked->within, "対象者の抽出"},
               .arena = arena,
               .person = arena_reserve(PERSON_BYTES),
               .pages = pages,
               .progress = progress_begin((ProgressOf){.act = ledger->act, .words = "抽出"}),
               .report = report};
    *report = (NoticesReport){0};
    bool ok = make(&b, taken_back, err);
    progress_end(&b.progress, b.progress.done);
    if (!ok) store_rollback(ledger->act->store);
    for (int k = 0; k < NOTICE_STACKS; k++) {
        lists_abandoned(&b.stacks[k]);
        papers_close(b.stacks[k].papers);
    }
    due_again_close(b.again);
    arena_release(b.person);
    arena_release(pages);
    return ok;
}

bool notices_make(Ledger *ledger, const NoticesAsked *asked, Arena *arena, NoticesReport *report,
                  Error *err)
{
    assert(asked->as_of != DAY_NONE);
    for (int i = 0; i < NOTICE_TRIES; i++) {
        bool taken_back = false;
        if (!make_once(ledger, asked, arena, report, &taken_back, err)) return false;
        if (!taken_back) return true;
    }
    return FAIL(err, E_BUSY,
                .words = S("対象の方の登録が続けて変わったため、通知を作れませんでした。"
                           "ほかの処理が終わってからもう一度実行してください。"));
}
