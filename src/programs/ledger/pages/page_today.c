// The first page of a day: what waits for whoever is here, counted out of what is kept, each line with the place where
// it is done. A line is there as long as something waits behind it, and for those alone who may open that place.
// SPDX-License-Identifier: Apache-2.0
#include "approval_rows.h"
#include "dates.h"
#include "due_page.h"
#include "ledger_routes.h"
#include "life_series.h"
#include "person_opened.h"
#include "today_html.h"
#include "today_rows.h"
#include "work_count.h"
#include "work_rows.h"

enum { SOON_DAYS = 14 };

typedef struct Drawing {
    Visit *visit;
    const Ledger *ledger;
    TodayPage page;
    bool first_given;  // the line that "." opens
} Drawing;

static void task_add(Drawing *d, TaskRows *rows, Task task)
{
    task.first = task.open && !d->first_given;
    d->first_given |= task.first;
    d->page.left += task.count;
    *task_rows_push(rows, d->visit->arena) = task;
}

// ---- who loses a dose soon

static bool soon(Drawing *d, Error *err)
{
    DuePage found;
    bool there;
    Arena *arena = d->visit->arena;
    const Schedule *schedule = d->ledger->schedule;
    Str ward = {0};
    if (!ward_opened(d->visit->act, &ward, err)) return false;
    const DuePageWanted wanted = {.due = {.as_of = d->visit->act->business_day,
                                          .groups = groups_all(schedule),
                                          .within = SOON_DAYS,
                                          .as_kept = true},
                                  .page = {.ward = ward, .after = {.last_safe = DAY_NONE}, .count = 1}};
    if (!due_page(d->ledger, &wanted, arena, &found, &there, err)) return false;
    if (!there || !found.total) return true;
    const DueRow *row = &found.rows.at[0];
    Task task = {.urgent = true,
                 .count = found.total,
                 .unit = S("人・回"),
                 .what = S("最終安全日まで14日以内で、まだ接種していない人")};
    bool gone = row->last_safe < d->visit->act->business_day;
    task.more = str_format(arena, "%s%.*s（%.*s）",
                           gone ? "もう過ぎた人を含みます。いちばん古い日は" : "いちばん近い日は",
                           STR(date_era_text(arena, row->last_safe)),
                           STR(life_dose_words(schedule, row->group, row->position, arena)));
    task.go = str_format(arena, "%lld件を確かめる", (long long)found.total);
    if (!due_soon_path(d->visit, SOON_DAYS, &task.open, err)) return false;
    task_add(d, &d->page.soon, task);
    return true;
}

// ---- what waits

static Str since_words(Day since, Day today, Arena *arena)
{
    if (since == DAY_NONE) return (Str){0};
    if (since >= today) return S("今日から");
    return str_format(arena, "いちばん古いものは%d日前（%.*s）から", today - since,
                      STR(date_era_text(arena, since)));
}

// Rows under review are decided beside their candidates by whoever may; others see which they are. NULL: neither.
static bool place_of(const Drawing *d, WorkKind kind, Path *open, Error *err)
{
    bool decides = false, sees;
    const WorkRow row = work_row_of(kind);
    if (kind == WORK_REVIEW && !visit_may(d->visit, &route_page_intakes, &decides, err)) return false;
    if (!visit_may(d->visit, &route_page_work, &sees, err)) return false;
    *open = decides ? visit_path(d->visit, &route_page_intakes, NULL, 0)
            : sees  ? visit_path(d->visit, &route_page_work, &row.kind, 1)
                    : NULL;
    return true;
}

static bool kind_add(Drawing *d, TaskRows *rows, const WorkCounts *counts, WorkKind kind, Str unit,
                     Error *err)
{
    Path open;
    Arena *arena = d->visit->arena;
    const WorkCount *count = &counts->of[kind];
    const WorkRow row = work_row_of(kind);
    if (!count->count) return true;
    if (!place_of(d, kind, &open, err)) return false;
    if (!open) return true;
    const Task task = {.open = open,
                       .urgent = kind == WORK_ENVELOPE || kind == WORK_FILE_EXPECTED || kind == WORK_REGISTER_HELD,
                       .count = count->count,
                       .unit = unit,
                       .what = row.title,
                       .more = since_words(count->since, d->visit->act->business_day, arena),
                       .go = str_format(arena, "%lld%.*sを確かめる", (long long)count->count, STR(unit))};
    task_add(d, rows, task);
    return true;
}

static bool kinds(Drawing *d, Error *err)
{
    static const struct {
        WorkKind kind;
        bool waits;
        const char *unit;
    } order[] = {{WORK_ENVELOPE, true, "件"},
                 {WORK_REVIEW, true, "行"},
                 {WORK_RETURN_CHANGED, true, "行"},
                 {WORK_CLAIM_MOVED, true, "件"},
                 {WORK_JUDGEMENT_CHANGED, true, "人"},
                 {WORK_INQUIRY, true, "件"},
                 {WORK_CERTIFICATE, true, "件"},
                 {WORK_FILE_EXPECTED, false, "件"},
                 {WORK_REGISTER_HELD, false, "人"},
                 {WORK_CHANGE_HELD, false, "人"},
                 {WORK_OLD_CIRCUMSTANCE, false, "件"},
                 {WORK_BIRTH_YEAR, false, "人"},
                 {WORK_BIRTH_MONTH, false, "人"}};
    // What only keeps a letter back waits for nobody: contraindicated, refused, mail returned.
    _Static_assert(countof(order) == WORK_KINDS - 3, "every other kind has its line");
    WorkCounts counts;
    if (!work_counts(d->ledger, d->visit->act->business_day, d->visit->arena, &counts, err))
        return false;
    for (ptrdiff_t i = 0; i < countof(order); i++)
        if (!kind_add(d, order[i].waits ? &d->page.waiting : &d->page.changed, &counts,
                      order[i].kind, str_of(order[i].unit), err))
            return false;
    return true;
}

// What others ask of whoever may decide.
static bool requests(Drawing *d, Error *err)
{
    bool decides;
    ApprovalPerson me;
    ApprovalRows rows;
    Act *act = d->visit->act;
    if (!visit_may(d->visit, &route_page_approvals, &decides, err)) return false;
    if (!decides) return true;
    if (!approval_person(act, &me, err) ||
        !approval_rows_open(act->store, act->office->keys, d->visit->arena, &rows, err))
        return false;
    Task task = {.open = visit_path(d->visit, &route_page_approvals, NULL, 0),
                 .unit = S("件"),
                 .what = S("ほかの人が申請した、承認を待つもの")};
    VEC_EACH (const ApprovalRow, row, rows)
        task.count += !approval_same_person(row->approval.asker, me);
    if (!task.count) return true;
    task.go = str_format(d->visit->arena, "%lld件を確かめる", (long long)task.count);
    task_add(d, &d->page.waiting, task);
    return true;
}

// Long work that was left in the middle: a job that goes on where it was, or any that died (its note).
static bool jobs(Drawing *d, const TodayRows *rows, Error *err)
{
    bool sees;
    int64_t stopped = rows->jobs_stopped > d->visit->stopped ? rows->jobs_stopped : d->visit->stopped;
    d->page.stopped = stopped > 0;
    if (!visit_may(d->visit, &route_page_jobs, &sees, err)) return false;
    if (!stopped || !sees) return true;
    const Task task = {.urgent = true,
                       .open = visit_path(d->visit, &route_page_jobs, NULL, 0),
                       .go = S("状況を見る"),
                       .count = stopped,
                       .unit = S("件"),
                       .what = S("止まった作業"),
                       .more = S("同じ操作をもう一度行うと、続きから進みます。")};
    task_add(d, &d->page.waiting, task);
    return true;
}

// ---- what is done

static void done_add(Drawing *d, Str words)
{
    *done_rows_push(&d->page.done, d->visit->arena) = (Done){words};
}

static void done(Drawing *d, const TodayRows *rows)
{
    Arena *arena = d->visit->arena;
    if (rows->synced == d->visit->act->business_day)
        done_add(d, S("住民の日次差分を反映しました。"));
    if (rows->files_today)
        done_add(d, str_format(arena, "提出ファイルを%lld件取り込みました。%lld行すべてに結果があります。",
                               (long long)rows->files_today, (long long)rows->rows_today));
    if (rows->letters_today)
        done_add(d, str_format(arena, "通知を%lld件作りました。", (long long)rows->letters_today));
}

bool page_today(Visit *visit, Error *err)
{
    Ledger ledger;
    TodayRows rows;
    Arena *arena = visit->arena;
    Drawing d = {.visit = visit, .ledger = &ledger};
    if (!visit_ledger(visit, &ledger, err) ||
        !today_rows_read(visit->act->store, visit->act->business_day, &rows, err) || !soon(&d, err) ||
        !requests(&d, err) || !kinds(&d, err) || !jobs(&d, &rows, err))
        return false;
    done(&d, &rows);
    Day day = visit->act->business_day;
    d.page.day = str_format(arena, "%.*s（%.*s）", STR(date_era_text(arena, day)),
                            STR(date_weekday_text(day)));
    d.page.who = visit->session->row.name;
    visit->prints = true;
    today_page_write(visit->page, &d.page);
    return true;
}
