// The files of the resident register: what came, what each changed, and which one waits for a second person.
// SPDX-License-Identifier: Apache-2.0
#include "addressee_routes.h"
#include "dates.h"
#include "feed_files.h"
#include "feeds_html.h"

enum { FEEDS_SHOWN = 50 };

static Str when_text(Instant at, Arena *arena)
{
    char text[INSTANT_TEXT_SIZE];
    Str whole = str_of(instant_in_japan(at, text));
    return str_copy(arena, str_first(whole, whole.len < 16 ? whole.len : 16));
}

static void reasons(const FeedFile *file, HeldFile *held, Arena *arena)
{
    for (Str rest = file->held_for; rest.len;) {
        Cut cut = str_cut(rest, '\n');
        *held_reason_rows_push(&held->reasons, arena) = (HeldReason){cut.head};
        rest = cut.tail;
    }
    if (file->counts.vanished)
        *held_reason_rows_push(&held->reasons, arena) = (HeldReason){
            str_format(arena, "全件にない住民 %lld人", (long long)file->counts.vanished)};
}

static void held_add(const FeedFile *file, FeedsPage *page, Arena *arena)
{
    HeldFile held = {.name = file->name,
                     .by = file->imported_by,
                     .at = when_text(file->imported_at, arena),
                     .rows = file->counts.rows,
                     .refused = file->counts.refused};
    reasons(file, &held, arena);
    *held_file_rows_push(&page->held, arena) = held;
}

static void file_add(const FeedFile *file, FeedsPage *page, Arena *arena)
{
    bool applied = file->state == FEED_APPLIED;
    *feed_line_rows_push(&page->files, arena) =
        (FeedLine){.name = file->name,
                   .kind = file->full_copy ? S("全件") : S("差分"),
                   .sequence = file->sequence,
                   .made_on = date_era_text(arena, file->made_on),
                   .applied = applied,
                   .state = applied ? S("反映しました") : S("止めています"),
                   .rows = file->counts.rows,
                   .changed = file->counts.applied,
                   .same = file->counts.unchanged,
                   .refused = file->counts.refused,
                   .vanished = file->counts.vanished,
                   .by = file->imported_by,
                   .approved_by = file->approved_by,
                   .at = when_text(file->imported_at, arena)};
    if (!applied) held_add(file, page, arena);
}

bool page_feeds(Visit *visit, Error *err)
{
    FeedFileRows files;
    FeedsPage page = {0};
    Store *store = visit->act->store;
    if (!feed_files_newest(store, FEEDS_SHOWN, visit->arena, &files, err) ||
        !feed_files_counted(store, &page.applied_count, &page.held_count, err))
        return false;
    bool approves;
    if (!visit_may(visit, &route_page_feed_file, &approves, err)) return false;
    if (approves) page.approve = visit_path(visit, &route_page_feed_file, NULL, 0);
    VEC_EACH (const FeedFile, file, files) file_add(file, &page, visit->arena);
    VEC_EACH (const FeedFile, file, files) {
        page.newest = date_era_text(visit->arena, file->made_on);
        break;
    }
    visit->prints = true;
    feeds_page_write(visit->page, &page);
    return true;
}
