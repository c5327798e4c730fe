// SPDX-License-Identifier: Apache-2.0
#include "feed_import.h"

#include "feed_approval.h"
#include "feed_listed.h"
#include "feed_pass.h"
#include "importer.h"
#include "job.h"
#include "list_leave.h"
#include "newest_change_leave.h"
#include "protection_settle.h"

_Static_assert(EFFECT_COUNT <= countof(((FeedReport *)0)->effects), "every effect is counted");

// So often a file is decided anew because the register moved under it; then it is decided inside the turn.
enum { ATTEMPTS_MOST = 3 };

typedef struct Import {
    Act *act;
    const FeedOrder *order;
    FeedReport *report;
    FeedPass pass;
    bool begun;  // the pass in hand
    int attempts;
} Import;

// ---- may this file come now?

// Of two numbers of a count that begins anew after 999, the nearer way round says which is the older one.
static bool is_older(int number, int next)
{
    int behind = (next - number + FEED_SEQUENCE_LAST) % FEED_SEQUENCE_LAST;
    return behind > 0 && behind < FEED_SEQUENCE_LAST / 2;
}

static bool sequence_wrong(const FeedName *name, int expected, Arena *arena, Error *err)
{
    int last = (expected + FEED_SEQUENCE_LAST - 2) % FEED_SEQUENCE_LAST + 1;
    if (is_older(name->sequence, expected))
        return FAIL(err, E_FILE_SEQUENCE, .value = name->name,
                    .words = str_format(arena,
                                        "通し番号 %03d は、取り込みを終えた番号 (%03d まで) より前のものです。"
                                        "直したファイルは %03d として受け取ってください。全件を取り直すには、"
                                        "%03d を ALL にしてもらってください。",
                                        name->sequence, last, expected, expected));
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
static bool comes_now(const FeedPass *pass, const FeedFile *last, Arena *arena, Error *err)
{
    int next = feed_sequence_after(last->sequence);
    for (int expected = next; expected != last->sequence; expected = feed_sequence_after(expected)) {
        bool held;
        if (pass->name.sequence == expected) return true;
        if (!pass->name.full_copy || pass->order->approved) break;
        if (!feed_file_held(pass->act->store, last->file_no, expected, &held, err)) return false;
        if (!held) break;
    }
    return sequence_wrong(&pass->name, next, arena, err);
}

static bool sequence_fits(const FeedPass *pass, Arena *arena, Error *err)
{
    bool any;
    FeedFile last;
    FeedName last_name;
    if (!feed_file_last(pass->act->store, arena, &last, &any, err)) return false;
    if (!any) return true;
    if (!comes_now(pass, &last, arena, err)) return false;
    if (!feed_name_read(last.name, &last_name, err)) return false;
    if (municipality_same(&last_name.municipality, &pass->name.municipality)) return true;
    return FAIL(err, E_FILE_NAME, .value = pass->name.name,
                .words = str_format(arena,
                                    "このファイルは市区町村コード %.*s のものです。この置き場所は %.*s の市です。"
                                    "ファイルか --data を確かめてください。",
                                    STR(municipality_text(&pass->name.municipality)),
                                    STR(municipality_text(&last_name.municipality))));
}

// Whose request was refused, withdrawn or has lapsed imports the file again, which asks again.
static bool may_be_approved(const FeedPass *pass, bool held, Error *err)
{
    if (held && pass->request) return importer_proven(pass->act, pass->file.file_no, err);
    return FAIL(err, E_NOT_FOUND, .value = pass->name.name,
                .words = S("承認待ちのファイルではありません。承認の申請が失効したファイルは、もう一度 import してください。"));
}

// The request for a held file. One that another file has overtaken waits for nobody, so the file is judged anew.
static bool waits_still(FeedPass *pass, Error *err)
{
    bool overtaken;
    if (!feed_approval_find(pass->act, &feed_apply, &pass->file, &pass->request, err)) return false;
    if (!pass->request || pass->order->approved) return true;
    if (!approval_overtaken(pass->act, &feed_apply, pass->request, &overtaken, err)) return false;
    if (overtaken) pass->request = 0;
    return true;
}

// A difference says what changed of a picture that we have.
static bool picture_looked_for(FeedPass *pass, Error *err)
{
    RegisterBasis basis;
    if (!register_basis_read(pass->act->store, &basis, err)) return false;
    pass->report->no_picture = pass->watch.no_picture = !pass->name.full_copy && !basis.person;
    return true;
}

// What we know of these bytes. `*go_on` false: there is nothing to do but to say so.
static bool recognise(FeedPass *pass, Arena *arena, bool *go_on, Error *err)
{
    bool found;
    Store *store = pass->act->store;
    char text[CSV_INDEX_TEXT_SIZE];
    Str index = str_copy(arena, str_of(csv_index_text(&pass->index, text)));
    if (!feed_files_keyed(pass->act->store, pass->act->office->keys, *arena, err) || !picture_looked_for(pass, err))
        return false;
    if (!feed_file_find(store, index, pass->name.name, arena, &pass->file, &found, err))
        return false;
    bool applied = found && pass->file.state == FEED_APPLIED;
    bool held = found && pass->file.state == FEED_HELD;
    if (held && !waits_still(pass, err)) return false;
    if (applied || (pass->request && !pass->order->approved)) {
        pass->report->outcome = applied ? FEED_KNOWN_ALREADY : FEED_WAITS;
        pass->report->vanished = pass->file.counts.vanished;
        pass->report->held_for = pass->file.held_for;
        *go_on = false;
        return true;
    }
    *go_on = true;
    if (pass->order->approved && !may_be_approved(pass, held, err)) return false;
    // Approved, it is asked when it takes effect: an overtaken request has lapsed, and is kept as that.
    if (!pass->order->approved && !sequence_fits(pass, arena, err)) return false;
    if (!feed_file_same_bytes(store, index, pass->name.name, arena, &pass->report->same_as, err))
        return false;
    if (pass->order->approved) return true;
    pass->file = (FeedFile){.file_no = found ? pass->file.file_no : 0,
                            .name = pass->name.name,
                            .index = index,
                            .full_copy = pass->name.full_copy,
                            .sequence = pass->name.sequence,
                            .made_on = pass->name.made_on,
                            .imported_by = actor_name(pass->act->actor),
                            .imported_account = actor_account(pass->act->actor),
                            .imported_at = pass->act->now};
    return found || feed_file_next_no(store, &pass->file.file_no, err);
}

// ---- the file as a whole

static bool audit(const FeedPass *pass, AuditResult result, Error *err)
{
    AuditLeaf leaf = act_leaf(pass->act, result);
    leaf.content = &pass->index;
    leaf.detail = pass->name.name;
    leaf.rows = pass->report->rows;
    leaf.taken = pass->report->applied + pass->report->unchanged;
    leaf.refused = pass->report->refused;
    return act_record(pass->act, &leaf, err);
}

static bool save_file(FeedPass *pass, FeedFileState state, Error *err)
{
    const FeedReport *report = pass->report;
    FeedFile *file = &pass->file;
    file->state = state;
    file->counts = (FeedCounts){report->rows, report->applied, report->unchanged, report->refused,
                                report->vanished};
    file->held_for = report->held_for;
    if (pass->order->approved) {
        file->approved_by = actor_name(pass->act->actor);
        file->approved_at = pass->act->now;
    }
    return audit_next_no(pass->act->store, &file->record_no, err) &&
           feed_file_save(pass->act->store, file, err);
}

static bool say_known(FeedPass *pass, Error *err)
{
    Store *store = pass->act->store;
    AuditResult result = pass->report->outcome == FEED_WAITS ? AUDIT_HELD : AUDIT_DONE;
    return store_begin(store, err) && audit(pass, result, err) && store_commit(store, err);
}

// ---- publishing, inside the turn

// Nothing of a held file stands but the fact that it came, and that somebody else is asked.
static bool hold(FeedPass *pass, Error *err)
{
    pass->report->outcome = FEED_WAITS;
    pass->report->applied = pass->report->unchanged = 0;
    return save_file(pass, FEED_HELD, err) && feed_approval_ask(pass->act, &feed_apply, &pass->file, err) &&
           audit(pass, AUDIT_HELD, err);
}

static bool apply(FeedPass *pass, Error *err)
{
    pass->portion = pass->portion_whole;
    if (!register_plan_write(&pass->plan, err) ||
        !protection_settle(&pass->plan, pass->name.made_on, 0, pass->report->effects, pass->portion, err))
        return false;
    return save_file(pass, FEED_APPLIED, err) && newest_change_leave(pass->act, pass->portion, err) &&
           audit(pass, AUDIT_DONE, err);
}

static bool stands_still(const FeedPass *pass, bool *still, Error *err)
{
    RegisterBasis now;
    if (!register_basis_read(pass->act->store, &now, err)) return false;
    *still = pass->in_turn || register_basis_same(&now, &pass->basis);
    return true;
}

// `*moved`: somebody changed the register meanwhile, and nothing was written.
static bool publish(FeedPass *pass, bool *moved, Error *err)
{
    bool still;
    Store *store = pass->act->store;
    if (pass->in_turn && pass->held) store_rollback(store);  // what was written portion by portion
    if ((!pass->in_turn || pass->held) && !store_begin(store, err)) return false;
    if (!stands_still(pass, &still, err)) return false;
    *moved = !still;
    if (*moved) store_rollback(store);
    return *moved || ((pass->held ? hold(pass, err) : apply(pass, err)) && store_commit(store, err));
}

// ---- a pass, and the next one where the register moved

static bool reopen(Import *import, bool in_turn, Error *err)
{
    FeedPass *pass = &import->pass;
    const FeedFile file = pass->file;
    const int64_t request = pass->request;
    const Sha256 index = pass->index;
    const Str same_as = import->report->same_as;
    if (!feed_pass_close(pass, err)) return false;
    import->begun = false;
    if (!feed_pass_open(pass, import->act, import->order, import->report, err)) return false;
    pass->file = file;
    pass->request = request;
    pass->in_turn = in_turn;
    import->report->same_as = same_as;
    return sha256_equal(&index, &pass->index) ||
           FAIL(err, E_FILE_READ, .value = pass->name.name,
                .words = S("読んでいる間にファイルが変わりました。もう一度実行してください。何も変えていません。"));
}

static bool all_portions(FeedPass *pass, Error *err)
{
    FeedPortion portion = PORTION_MORE;
    if (!feed_pass_begin(pass, err)) return false;
    while (portion == PORTION_MORE) portion = feed_pass_portion(pass, err);
    return portion == PORTION_LAST;
}

// Another person grants what was asked for: the file that he has in hand takes effect in the same transaction.
static bool apply_approved(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    bool still;
    Import *import = brought;
    (void)act, (void)payload, (void)arena;
    if (!import)
        return FAIL(err, E_USAGE,
                    .words = S("住民情報のファイルは、そのファイルを示して sesshu addressee approve FILE で承認してください。"));
    FeedPass *pass = &import->pass;
    bool too_big = feed_pass_too_big(pass);
    if (!sequence_fits(pass, pass->act->arena, err) || !stands_still(pass, &still, err)) return false;
    if ((too_big || !still) && (!reopen(import, true, err) || !all_portions(pass, err))) return false;
    return apply(pass, err);
}

const ApprovalKind feed_apply = {"feed_apply", "住民情報の反映", feed_approval_content, apply_approved};

static bool approve_file(Import *import, Error *err)
{
    const ApprovalDecision decision = {
        .approval_no = import->pass.request, .kind = APPROVAL_GRANT, .brought = import};
    return approval_decide(import->act, &decision, err);
}

// A register without anybody has nobody to wait for its first load.
static bool pass_begin(Import *import, Error *err)
{
    FeedPass *pass = &import->pass;
    RegisterBasis basis;
    if (!register_basis_read(pass->act->store, &basis, err)) return false;
    pass->in_turn |= !import->order->approved && basis.person == 0;
    import->begun = true;
    return (!pass->in_turn || act_begin(pass->act, err)) && feed_pass_begin(pass, err);
}

// Decided anew, from the first row; after some times inside the turn, where nothing moves.
static JobProgress once_more(Import *import, bool in_turn, Error *err)
{
    bool go_on = false;
    in_turn |= ++import->attempts >= ATTEMPTS_MOST;
    if (!reopen(import, in_turn, err) || !recognise(&import->pass, import->act->arena, &go_on, err)) return JOB_FAILED;
    if (go_on) return JOB_MORE;
    return say_known(&import->pass, err) ? JOB_FINISHED : JOB_FAILED;
}

static JobProgress finish(Import *import, Error *err)
{
    bool moved = false;
    if (import->order->approved) return approve_file(import, err) ? JOB_FINISHED : JOB_FAILED;
    if (!publish(&import->pass, &moved, err)) return JOB_FAILED;
    return moved ? once_more(import, false, err) : JOB_FINISHED;
}

// How far it is can be read by others, unless we are inside the turn.
static bool progress_kept(const FeedPass *pass, Store *store, const Job *job, Error *err)
{
    return pass->in_turn || (store_begin(store, err) && job_save(store, job, err) && store_commit(store, err));
}

static JobProgress import_step(void *work, Store *store, Job *job, Arena arena, Error *err)
{
    Import *import = work;
    FeedPass *pass = &import->pass;
    (void)arena;
    if (!import->begun && !pass_begin(import, err)) return JOB_FAILED;
    FeedPortion portion = feed_pass_portion(pass, err);
    if (portion == PORTION_FAILED) return JOB_FAILED;
    if (portion == PORTION_LAST) return finish(import, err);
    job->done = csv_bytes_done(pass->csv);
    if (!feed_pass_too_big(pass)) return progress_kept(pass, store, job, err) ? JOB_MORE : JOB_FAILED;
    if (import->order->approved) return approve_file(import, err) ? JOB_FINISHED : JOB_FAILED;
    return once_more(import, true, err);
}

static const JobKind import_job = {
    .name = "import", .words = "住民情報の取込", .step = import_step, .replaces = true, .of_bytes = true};

static bool import_run(Import *import, Error *err)
{
    Job job;
    FeedPass *pass = &import->pass;
    return job_open(import->act, &import_job, &pass->index, csv_facts(pass->csv)->bytes, &job, err) &&
           job_run(import->act, &import_job, pass->name.name, &job, import, NULL, err);
}

// From what is stored, so that a file that comes again has the same list.
static bool list_leaves(const FeedPass *pass, Error *err)
{
    Act *act = pass->act;
    ErrorCsv *list = error_list_begin(act, pass->order->path, act->arena);
    if (listed_write(act->store, act->office->keys, pass->file.file_no, list, pass->row_whole, err))
        return error_list_leave(act, list, &pass->report->error_path, err);
    error_csv_abandon(list);
    return false;
}

bool feed_import(Act *act, const FeedOrder *order, Arena *arena, FeedReport *report, Error *err)
{
    bool go_on;
    Import import = {.act = act, .order = order, .report = report};
    bool good = feed_pass_open(&import.pass, act, order, report, err) && recognise(&import.pass, arena, &go_on, err) &&
                (go_on ? import_run(&import, err) : say_known(&import.pass, err));
    store_rollback(act->store);  // of what did not come to its commit
    store_forget(act->store);    // places that were sealed
    if (good && report->outcome != FEED_WAITS) good = list_leaves(&import.pass, err);
    Error later = {0};
    return feed_pass_close(&import.pass, good ? err : &later) && good;
}
