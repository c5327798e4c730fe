// What changed on the resident register since the last time, from the addressee
// program into the ledger's copy (controls C-2.3-05, L-1).
//
// One answer is one batch: its changes, the cursor and the audit leaf stand or fall together, so a sync
// that dies goes on where it was. Where the addressee program refuses our cursor (its sequence was
// broken), we take a full copy from the beginning and compare; what we have is not deleted. A copy in which too many
// of our residents are missing is refused (full_copy.h).
//
// Where the city gives us fewer items of the register than before, or more, everything comes anew: what we have no right to any more is
// erased with the first page, and every version is told again.
//
// A change that the other side could not tell comes as a stub: its person is held, the others go on, and the
// sync ends with status 1. A cursor that does not move although there is more is an alarm, not a loop.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <stdlib.h>

#include "full_copy.h"
#include "intake_again.h"
#include "job.h"
#include "judge_anew.h"
#include "ledger.h"
#include "partial_number.h"
#include "person_rows.h"
#include "resident_plan.h"
#include "rule_use_rows.h"
#include "standing_roll.h"
#include "sync.h"
#include "waiting_rows.h"
#include "withheld_rows.h"

typedef struct Sync {
    Act *act;
    Ledger *ledger;
    HttpClient *client;
    SyncCursor cursor;
    char epoch[EPOCH_LENGTH + 1];  // what the cursor's epoch points at
    bool from_the_beginning;       // a full copy was asked of us
    ToldItems withheld;            // from what the copy was taken last
    int64_t taken, news, parked;
    int again;  // how often a page was decided again
} Sync;

// ---- one batch

static void cursor_move(Sync *sync, const DifferenceAnswer *answer)
{
    (void)snprintf(sync->epoch, sizeof sync->epoch, "%.*s", STR(answer->epoch));
    sync->cursor = (SyncCursor){.epoch = str_of(sync->epoch), .next_no = answer->next_cursor};
    sync->withheld = answer->withheld;
}

// Whom the page changed, each once, in the order of the changes.
typedef struct Changed {
    ResidentIds ids;
    int64_t news;
} Changed;

static bool listed(const ResidentIds *ids, int32_t person_id)
{
    VEC_EACH (const int32_t, id, *ids)
        if (*id == person_id) return true;
    return false;
}

// What the changed persons' returned rows and claims come to, once everything of the page is stored.
static bool look_again(Sync *sync, const LedgerAct *act, const ResidentIds *changed, Arena scratch, Error *err)
{
    bool good = true;
    ResidentIds concerned;
    Store *store = sync->act->store;
    if (!waiting_concerns(store, changed, &scratch, &concerned, err)) return false;
    if (!concerned.count) return true;
    IntakeAgain *again = intake_again(sync->ledger, act, &scratch);
    VEC_EACH (const int32_t, person_id, *changed) {
        if (!listed(&concerned, *person_id)) continue;
        if (!(good = intake_again_person(again, *person_id, scratch, err))) break;
    }
    intake_again_close(again);
    return good;
}

// Whose birth date or sex the page corrected, as registered now, each once.
static FoundPersons corrected(const ResidentPlan *plan, Arena *arena)
{
    Map seen = {0};
    FoundPersons found = {0};
    VEC_EACH (const PlannedBefore, before, plan->befores)
        *map_place(&seen, arena, str_format(arena, "%d", before->person_id), NULL) = 1;
    VEC_EACH (const ResidentRef, at, plan->residents) {
        const Resident *resident = *at;
        if (map_find(&seen, str_format(arena, "%d", resident->person_id)))
            *found_persons_push(&found, arena) = (PersonRow){.person_id = resident->person_id,
                                                             .birth = partial_of_number(resident->birth),
                                                             .sex = (int32_t)resident->sex};
    }
    return found;
}

// Their doses are judged by that, and what was said before stays beside it, ended.
static bool judge_corrected(Sync *sync, LedgerAct *act, const ResidentPlan *plan, Arena scratch, Error *err)
{
    Ledger *ledger = sync->ledger;
    Store *store = sync->act->store;
    FoundPersons people = corrected(plan, &scratch);
    if (!people.count) return true;
    return ledger_products_again(ledger, err) &&
           rule_use_note(store, act, ledger->schedule, &ledger->rule_texts, scratch, err) &&
           judge_anew(&ledger->judge, store, act, &people, scratch, err);
}

static bool decide(Sync *sync, const DifferenceAnswer *answer, ResidentPlan *plan, Changed *changed, Arena *arena,
                   Error *err)
{
    Act *act = sync->act;
    *changed = (Changed){0};
    if (!store_begin_read(act->store, err) ||
        !resident_plan_begin(plan, act->store, act->office->keys, &answer->changes, arena, err) ||
        !store_commit(act->store, err))
        return false;
    VEC_EACH (const PersonChange, change, answer->changes) {
        if (!resident_plan_change(plan, change)) continue;
        changed->news++;
        if (change->hold != HOLD_NONE || change->subject != SUBJECT_STATE) continue;
        int32_t person_id = plan->versions.at[plan->versions.count - 1].person_id;
        if (!listed(&changed->ids, person_id)) *resident_ids_push(&changed->ids, arena) = person_id;
    }
    return true;
}

static bool audit(Sync *sync, const DifferenceAnswer *answer, int64_t news, Error *err)
{
    AuditLeaf leaf = act_leaf(sync->act, AUDIT_DONE);
    leaf.act = AUDIT_IMPORT;  // also where papers began it
    leaf.rows = answer->changes.count;
    leaf.taken = news;
    leaf.detail = answer->picture;
    return act_record(sync->act, &leaf, err);
}

// Somebody else took the same page meanwhile: it is asked for again from where the copy stands now.
static JobProgress page_again(Sync *sync, Error *err)
{
    enum { TIMES_MOST = 3 };
    if (++sync->again <= TIMES_MOST) return JOB_MORE;
    (void)FAIL(err, E_BUSY, .words = S("ほかの処理が住民の異動を取り込んでいます。終わるのを待ってからもう一度実行してください。"));
    return JOB_FAILED;
}

static bool publish(Sync *sync, const DifferenceAnswer *answer, ResidentPlan *plan, const Changed *changed,
                    const Job *next, Arena *arena, bool *moved, Error *err)
{
    LedgerAct act;
    Store *store = sync->act->store;
    const SyncCursor reached = {answer->epoch, answer->next_cursor, answer->picture, answer->withheld};
    if (!store_begin(store, err) || !ledger_act_begin(sync->act, ACT_SYNC, answer->picture, &act, err) ||
        !withheld_erase(store, answer->withheld & ~sync->withheld, err) || !resident_plan_write(plan, &act, moved, err))
        return false;
    if (*moved) {
        store_rollback(store);
        return true;
    }
    return judge_corrected(sync, &act, plan, *arena, err) && look_again(sync, &act, &changed->ids, *arena, err) &&
           sync_cursor_save(store, &act, &reached, (int32_t)answer->changes.count, err) &&
           job_save(store, next, err) && audit(sync, answer, changed->news, err) && store_commit(store, err);
}

// A page is decided from a reading picture, and takes the turn for writing alone. Also where nothing is new: that
// the copy was whole on this day is worth a row.
static JobProgress take(Sync *sync, Job *job, const DifferenceAnswer *answer, Arena arena, Error *err)
{
    bool moved = false;
    Job next = *job;
    Changed changed;
    ResidentPlan plan;
    next.done += answer->changes.count;
    job_move(&next, answer->next_cursor);
    if (!decide(sync, answer, &plan, &changed, &arena, err) ||
        !publish(sync, answer, &plan, &changed, &next, &arena, &moved, err))
        return JOB_FAILED;
    if (moved) return page_again(sync, err);
    *job = next;
    cursor_move(sync, answer);
    sync->taken += answer->changes.count;
    VEC_EACH (PersonChange, change, answer->changes)
        sync->parked += change->hold == HOLD_UNTELLABLE;
    sync->news += changed.news;
    return answer->more ? JOB_MORE : JOB_FINISHED;
}

// Another version of the register's program may withhold what this one cannot do without.
static bool enough_given(const DifferenceAnswer *answer, Error *err)
{
    Arena words = arena_reserve(1 << 12);
    ToldItems missing = answer->withheld & consumer_needs(consumer_of_role(S("ledger")));
    if (missing)
        (void)FAIL(err, E_MESSAGE, .item = S("項目"), .value = told_items_words(missing, &words),
                   .words = S("台帳に必要な項目を、宛名管理が渡していません。宛名管理の提供先の項目を確かめてください。"));
    arena_release(words);
    return !missing;
}

static JobProgress sync_step(void *work, Store *store, Job *job, Arena arena, Error *err)
{
    Sync *sync = work;
    DifferenceAnswer answer;
    if (!difference_asked(sync->client, &sync->cursor, &arena, &answer, err)) return JOB_FAILED;
    if (difference_stands_still(&answer, sync->cursor.next_no)) {
        (void)FAIL(err, E_MESSAGE,
                   .words =
                       str_format(&arena,
                                  "差分が %lld 番から進みません。直るまで住民の異動は台帳に届かず、"
                                  "一覧と通知は古い情報のままです。宛名管理の記録を確かめ、保守の"
                                  "担当者に知らせてください。",
                                  (long long)sync->cursor.next_no));
        return JOB_FAILED;
    }
    if (answer.refusal == DIFFERENCE_GIVEN) return enough_given(&answer, err) ? take(sync, job, &answer, arena, err) : JOB_FAILED;
    if (sync->from_the_beginning) {  // refused even without a cursor: that is no answer
        (void)FAIL(err, E_MESSAGE,
                   .words =
                       S("宛名管理が差分も全件も渡しません。宛名管理の記録を確かめてください。"));
        return JOB_FAILED;
    }
    if (!full_copy_weighed(sync->client, store, err)) return JOB_FAILED;
    sync->from_the_beginning = true;
    sync->cursor = (SyncCursor){0};
    return JOB_MORE;
}

// ---- the command

static Str sync_report(void *work, Arena *arena)
{
    const Sync *sync = work;
    return str_format(arena, "taken=%lld news=%lld full_copy=%d", (long long)sync->taken,
                      (long long)sync->news, sync->from_the_beginning);
}

static const JobKind sync_job = {"sync", "住民の異動の取込", sync_step, true};

static const char addressee_variable[] = "SESSHU_ADDRESSEE";

bool sync_possible(void)
{
    const char *place = getenv(addressee_variable);
    return place && *place;
}

static bool connect_addressee(const Office *office, Arena *arena, HttpClient **client, Error *err)
{
    const char *place = getenv(addressee_variable);
    if (!sync_possible())
        return FAIL(err, E_HTTP,
                    .words = S("宛名管理の場所が分かりません。sesshu ledger sync で実行するか、"
                               "SESSHU_ADDRESSEE に 127.0.0.1:8701 のように指定してください。"));
    const HttpPeer peer = {.data_dir = office->data_dir,
                           .own_role = S("ledger"),
                           .peer_role = S("addressee"),
                           .address = str_of(place)};
    return http_client_open(&peer, arena, client, err);
}

static bool sync_run(Sync *sync, Arena *arena, Error *err)
{
    Job job;
    SyncCursor kept;
    Store *store = sync->act->store;
    if (!sync_cursor_read(store, arena, &kept, err)) return false;
    sync->cursor = kept;
    sync->withheld = kept.withheld;
    // The input of this job is the place from which it goes on.
    Sha256 input =
        sha256_of_text(str_format(arena, "%.*s %lld", STR(kept.epoch), (long long)kept.next_no));
    return job_open(sync->act, &sync_job, &input, 0, &job, err) &&
           job_run(sync->act, &sync_job, (Str){0}, &job, sync, sync_report, err);
}

bool sync_now(Act *act, Arena *arena, SyncReport *report, Error *err)
{
    Ledger ledger;
    Sync sync = {.act = act, .ledger = &ledger};
    bool good = ledger_open(act, arena, &ledger, err) &&
                connect_addressee(act->office, arena, &sync.client, err) &&
                sync_run(&sync, arena, err);
    if (good) store_forget(act->store);  // places of those who came under protection
    http_client_close(sync.client);
    *report = (SyncReport){sync.taken, sync.news, sync.parked, sync.from_the_beginning};
    return good;
}

// A register that was never filled has nothing to tell, which is no news.
static bool anybody_told(const Act *act, Error *err)
{
    bool any;
    if (!persons_any(act->store, &any, err)) return false;
    if (!any)
        (void)fputs("注意: 宛名管理に住民が一人もいません。はじめに全件 (JUKI_…_ALL_….csv) を sesshu addressee import で"
                    "取り込み、そのあとでもう一度 sesshu ledger sync を実行してください。\n",
                    stderr);
    return true;
}

static bool sync_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                         Error *err)
{
    SyncReport report;
    (void)line;
    if (!sync_now(act, arena, &report, err)) return false;
    if (report.news) standing_renew(act);
    (void)fprintf(stderr, "宛名管理から %lld 件を受け取り、%lld 件を反映しました%s。\n",
                  (long long)report.taken, (long long)report.news,
                  report.full_copy ? " (全件を取り直しました)" : "");
    if (!anybody_told(act, err)) return false;
    if (!report.parked) return true;
    (void)fprintf(stderr,
                  "異動の内容を受け取れなかった変更が %lld 件あります。その人の通知は止めました。"
                  "sesshu ledger work で確かめてください。\n",
                  (long long)report.parked);
    *status = EXIT_ATTENTION;
    return true;
}

const Door command_sync =
    COMMAND("sync", "immunization", DUTY_IMPORT, AUDIT_IMPORT, ALONE, sync_command, .arguments = "",
            .work = "住民の差分の取込", .words = "宛名管理から住民の異動を取り込みます");
