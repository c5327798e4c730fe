// What rows of the register ask people to do, and who is held for a refused one.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "feed_files.h"
#include "hold_rows.h"
#include "mailing_address_rows.h"
#include "measure_rows.h"
#include "register_tasks.h"
#include "register_work_html.h"
#include "visit_resident.h"

static bool task_add(const Visit *visit, const RegisterTask *task, RegisterWorkPage *page,
                     Error *err)
{
    TaskLine *line = task_line_rows_push(&page->tasks, visit->arena);
    *line = (TaskLine){.what = str_of(register_effect_words(task->effect)),
                       .number = addressee_text(&task->who),
                       .file = task->file,
                       .since = date_era_text(visit->arena, instant_day_in_japan(task->since))};
    return resident_path(visit, &route_page_resident, &task->who, &line->open, err);
}

static bool held_add(const Visit *visit, const HeldPerson *held, RegisterWorkPage *page, Error *err)
{
    const ResidentEvent *event = resident_event(held->hold.event.event_reason);
    HeldLine *line = held_line_rows_push(&page->held, visit->arena);
    *line = (HeldLine){.event = event ? str_of(event->words) : S("読めません"),
                       .row = held->hold.line,
                       .number = addressee_text(&held->who),
                       .file = held->file,
                       .since = date_era_text(visit->arena, instant_day_in_japan(held->since))};
    return resident_path(visit, &route_page_resident, &held->who, &line->open, err);
}

static bool over_add(const Visit *visit, const MeasureRow *row, RegisterWorkPage *page, Error *err)
{
    OverLine *line = over_line_rows_push(&page->over, visit->arena);
    *line = (OverLine){.number = addressee_text(&row->who),
                       .kind = row->measure.kind,
                       .ends = date_era_text(visit->arena, row->measure.ends_on)};
    visit_shows(visit, &row->who);
    return resident_path(visit, &route_page_resident, &row->who, &line->open, err);
}

enum { MAILING_ENDS_DAYS = 30 };  // so long before its end somebody can ask the person whether it goes on

static bool mailing_add(const Visit *visit, const MailingRow *row, RegisterWorkPage *page, Error *err)
{
    MailingEndLine *line = mailing_end_line_rows_push(&page->mailings, visit->arena);
    *line = (MailingEndLine){.number = addressee_text(&row->who),
                             .purpose = mailing_purpose_text(row->mailing.purpose),
                             .ends = date_era_text(visit->arena, row->mailing.ends_on)};
    visit_shows(visit, &row->who);
    return resident_path(visit, &route_page_resident, &row->who, &line->open, err);
}

// Those that end soon: what is over is used by nobody and asks for nothing.
static bool mailings_soon_over(const Visit *visit, RegisterWorkPage *page, Error *err)
{
    MailingRows ending;
    Day today = visit->act->business_day;
    if (!mailings_ending(visit->act->store, today, today + MAILING_ENDS_DAYS, visit->arena, &ending, err)) return false;
    VEC_EACH (const MailingRow, row, ending)
        if (!mailing_add(visit, row, page, err)) return false;
    page->mailing_count = page->mailings.count;
    return true;
}

// How many people are named stands in the trail.
static bool recorded(Visit *visit, const RegisterWorkPage *page, Error *err)
{
    AuditLeaf leaf = act_leaf(visit->act, AUDIT_DONE);
    leaf.rows = page->tasks.count + page->held.count + page->over.count + page->mailings.count;
    return visit_record(visit, &leaf, err);
}

bool page_register_work(Visit *visit, Error *err)
{
    RegisterTasks tasks;
    HeldPersons held;
    MeasureRows over;
    int64_t applied;
    Store *store = visit->act->store;
    RegisterWorkPage page = {.feeds = visit_path(visit, &route_page_feeds, NULL, 0)};
    if (!register_tasks_open(store, visit->arena, &tasks, err) ||
        !holds_open(store, visit->arena, &held, err) ||
        !measures_over(store, visit->act->business_day, visit->arena, &over, err) ||
        !feed_files_counted(store, &applied, &page.held_files, err))
        return false;
    VEC_EACH (const RegisterTask, task, tasks)
        if (!task_add(visit, task, &page, err)) return false;
    VEC_EACH (const HeldPerson, one, held)
        if (!held_add(visit, one, &page, err)) return false;
    VEC_EACH (const MeasureRow, row, over)
        if (!over_add(visit, row, &page, err)) return false;
    if (!mailings_soon_over(visit, &page, err)) return false;
    page.over_count = page.over.count;
    page.all = page.tasks.count + page.held.count + page.held_files + page.over.count + page.mailing_count;
    page.task_count = page.tasks.count;
    page.held_count = page.held.count;
    if (!recorded(visit, &page, err)) return false;
    register_work_page_write(visit->page, &page);
    return true;
}
