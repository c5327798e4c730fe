// SPDX-License-Identifier: Apache-2.0
#include "notice_settle.h"

#include "notice_file_rows.h"
#include "output.h"
#include "say.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static bool removed(Store *store, const NoticeFile *file, Error *err)
{
    if (unlink(file->draft) != 0 && errno != ENOENT) return output_failed(file->draft, errno, err);
    return notice_file_forget(store, file, err);
}

static void tell(const NoticeFile *file, OutputFate fate)
{
    const char *words =
        fate == OUTPUT_WAITS
            ? "書き出したフォルダーがありません。元の場所に戻すと、次のコマンドが名前を付けます"
            : "書類が失われています。発送の記録を見て、対象の方への通知を確かめてください";
    if (fate != OUTPUT_NAMED) say(stderr, "%s: %s\n", words, file->path);
}

static bool named(Store *store, const NoticeFile *file, Error *err)
{
    OutputFate fate;
    if (!output_move(file->draft, file->path, &file->hash, &fate, err)) return false;
    tell(file, fate);
    if (fate == OUTPUT_WAITS) return true;
    return notice_file_fate(store, file,
                            fate == OUTPUT_NAMED ? NOTICE_FILE_NAMED : NOTICE_FILE_LOST, err);
}

static bool all_settled(Store *store, const NoticeFiles *files, Error *err)
{
    VEC_EACH (const NoticeFile, file, *files)
        if (!(file->committed ? named : removed)(store, file, err)) return false;
    return true;
}

bool notices_settled(Act *act, Arena scratch, Error *err)
{
    NoticeFiles files;
    if (!notice_files_waiting(act->store, &scratch, &files, err)) return false;
    if (!files.count) return true;
    if (!act_begin(act, err)) return false;
    if (all_settled(act->store, &files, err) && store_commit(act->store, err)) return true;
    store_rollback(act->store);
    return false;
}
