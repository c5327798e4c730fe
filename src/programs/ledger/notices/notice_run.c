// SPDX-License-Identifier: Apache-2.0
#include "notice_run.h"

#include "command.h"
#include "copy_state.h"
#include "list_leave.h"
#include "notice_reprint.h"
#include "notice_settle.h"
#include "person_opened.h"
#include "sync.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

static bool folder_refused(Str folder, Error *err)
{
    return FAIL(err, E_CONFLICT, .item = S("--out"), .value = folder,
                .words = S("データの置き場所にあるシステムのフォルダーには書き出しません。"
                           "ほかのフォルダーを指定してください。"));
}

// Asked before it is made: a folder is not put where only the office's own files lie.
static bool is_offices_own(const Act *act, const char *path, Arena *arena)
{
    char *above = str_z(arena, str_of(path)), *name = str_z(arena, str_of(path));
    return output_is_own(dirname(above), basename(name), act_home(act), *arena);
}

bool notices_folder(const Act *act, Str folder, Arena *arena, Str *whole, Error *err)
{
    char found[PATH_MAX];
    struct stat there;
    const char *path = str_z(arena, folder);
    if (is_offices_own(act, path, arena)) return folder_refused(folder, err);
    bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
    if (made && stat(path, &there) == 0 && S_ISDIR(there.st_mode) && realpath(path, found)) {
        *whole = str_copy(arena, str_of(found));
        return true;
    }
    return FAIL(err, E_FILE_WRITE, .item = S("--out"), .value = folder,
                .words = S("フォルダーを作れません。場所と権限を確かめてください。"));
}

// Papers are written from a copy that knows all that the register has told. `*asks`: the copy is behind and the
// addressee program is not there; whoever started us knows how to start it.
static bool copy_made_new(Act *act, Arena *arena, bool *asks, Error *err)
{
    SyncReport taken;
    bool behind;
    *asks = false;
    if (sync_possible() && !sync_now(act, arena, &taken, err)) return false;
    if (!copy_behind(act, *arena, &behind, err)) return false;
    *asks = behind && command_may_ask();
    return *asks || copy_asked_of_city(act, *arena, err);
}

// A batch that was killed is ended first; then the copy is made new. Both have the data alone.
static bool prepared(Act *act, Arena *arena, bool *asks, Error *err)
{
    bool ready = act_turn_take(act, ACT_WAIT_SECONDS, err) &&
                 notices_settled_here(act, NULL, err) && copy_made_new(act, arena, asks, err);
    act_turn_give(act);
    return ready;
}

bool notices_work_begin(Act *act, Arena *arena, NoticesWork *work, Error *err)
{
    *work = (NoticesWork){.lock = -1};
    return notices_lock_take(act, ACT_WAIT_SECONDS, &work->lock, err) && prepared(act, arena, &work->asks, err) &&
           (work->asks || ledger_open(act, arena, &work->ledger, err));
}

void notices_work_end(NoticesWork *work)
{
    if (work->lock >= 0) notices_lock_give(work->lock);
    work->lock = -1;
}

bool notices_reprint(Ledger *ledger, Str batch, const AddresseeNo *who, Arena *arena, NoticesAsked *asked, Error *err)
{
    PersonRow person;
    NoticeSent *sent = NEW(arena, NoticeSent, 1);
    Store *store = ledger->act->store;
    if (!notice_sent(store, batch, arena, sent, err)) return false;
    if (who && !person_opened(ledger->act, who, KNOWN_NOW, arena, &person, err)) return false;
    if (who) notice_sent_to(sent, person.person_id);
    if (!sent->rows.count)
        return FAIL(err, E_NOT_FOUND, .item = S("通知の番号"), .value = batch,
                    .words = S("再発行する通知がありません。取り下げられているか、"
                               "この人には送っていません。"));
    asked->way = NOTICES_REPRINT;
    asked->sent = sent;
    asked->groups = groups_all(ledger->schedule);
    asked->within = -1;
    return true;
}
