// A held file takes effect: another officer approves it with the same file in hand (decision 0065), which is a draft here
// until the answer is made.
// SPDX-License-Identifier: Apache-2.0
#include "addressee_routes.h"
#include "feed_file_html.h"
#include "feed_files.h"
#include "feed_import.h"
#include "outlet.h"

#include <stdio.h>

enum { FEEDS_READ = 200, NAME_MOST = 200 };

static void held_add(const FeedFile *file, FeedFilePage *page, Arena *arena)
{
    Text words = {0};
    for (Str rest = file->held_for; rest.len;) {
        Cut cut = str_cut(rest, '\n');
        text_addf(&words, arena, "%.*s　", STR(cut.head));
        rest = cut.tail;
    }
    if (file->counts.vanished) text_addf(&words, arena, "全件にない住民 %lld人　", (long long)file->counts.vanished);
    text_addf(&words, arena, "行 %lld　受け付けない行 %lld", (long long)file->counts.rows, (long long)file->counts.refused);
    *held_shown_rows_push(&page->held, arena) = (HeldShown){file->name, file->imported_by, text_str(&words)};
}

static bool drawn(Visit *visit, Str refused, Error *err)
{
    FeedFileRows files;
    Path go = visit_path(visit, &route_send_feed_file, NULL, 0);
    FeedFilePage page = {.go = visit_upload_path(visit, go),
                         .origin = visit_origin(visit, go),
                         .back = visit_path(visit, &route_page_feeds, NULL, 0),
                         .most = VISIT_FILE_MOST_MB,
                         .refused = refused};
    if (!feed_files_newest(visit->act->store, FEEDS_READ, visit->arena, &files, err)) return false;
    VEC_EACH (const FeedFile, file, files)
        if (file->state == FEED_HELD) held_add(file, &page, visit->arena);
    if (refused.len) visit->status = 422;
    feed_file_page_write(visit->page, &page);
    return true;
}

bool page_feed_file(Visit *visit, Error *err)
{
    return drawn(visit, (Str){0}, err);
}

static bool is_theirs(ErrorCode code)
{
    return code == E_FILE_NAME || code == E_FILE_SEQUENCE || code == E_FILE_LAYOUT || code == E_ENCODING ||
           code == E_NOT_FOUND || code == E_RIGHT || code == E_CONFLICT;
}

// The turn is the command's too: two files never take effect at once.
static bool approved(Visit *visit, Str path, Error *why)
{
    FeedReport report;
    const FeedOrder order = {.path = path, .approved = true};
    if (!act_turn_take(visit->act, ACT_WAIT_SECONDS, why)) return false;
    bool done = feed_import(visit->act, &order, visit->arena, &report, why);
    act_turn_give(visit->act);
    return done && (report.outcome == FEED_TAKEN ||
                    FAIL(why, E_CONFLICT, .words = S("このファイルは承認を待っていません。届いたファイルの一覧を確かめてください。")));
}

bool send_feed_file(Visit *visit, Error *err)
{
    Error why = {0};
    Arena *arena = visit->arena;
    const WebSent *sent = &visit->request->sent;
    if (!sent->path.len || !sent->name.len || sent->name.len > NAME_MOST || sent->name.at[0] == '.')
        return drawn(visit, S("ファイルが選ばれていません。止めているものと同じファイルを選んでください。"), err);
    Str path = str_format(arena, "%.*s/%.*s", STR(sent->folder), STR(sent->name));
    if (rename(str_z(arena, sent->path), str_z(arena, path)) != 0)
        return drawn(visit, S("受け取ったファイルを開けません。もう一度送ってください。"), err);
    if (approved(visit, path, &why))
        return visit_go(visit, visit_path(visit, &route_page_feeds, NULL, 0),
                        str_format(arena, "%.*sを承認し、反映しました。", STR(sent->name)), err);
    if (!is_theirs(why.code)) return error_pass(err, &why);
    store_rollback(visit->act->store);
    return drawn(visit, outlet_error_message(OUTLET_PAGE, arena, &why), err);
}
