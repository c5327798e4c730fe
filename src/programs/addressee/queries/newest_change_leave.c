// SPDX-License-Identifier: Apache-2.0
#include "newest_change_leave.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "change_rows.h"
#include "consumer_rows.h"
#include "newest_change.h"
#include "regular_file.h"

static bool cannot_leave(Error *err)
{
    return FAIL(err, E_FILE_WRITE, .value = S(NEWEST_CHANGE_FILE),
                .words = S("データの置き場所に書けません。空き容量と権限を確かめてください。"));
}

// Whole or not at all. It need not outlive a power cut: then every server starts anew and leaves it again.
static bool file_replace(const char *path, Str text, Arena scratch, Error *err)
{
    const char *draft = str_z(&scratch, str_join(&scratch, str_of(path), S(".new")));
    (void)unlink(draft);  // of a process that died here
    int file = regular_file_open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (file < 0) return cannot_leave(err);
    bool written = write(file, text.at, (size_t)text.len) == (ssize_t)text.len;
    if (close(file) == 0 && written && rename(draft, path) == 0) return true;
    (void)unlink(draft);
    return cannot_leave(err);
}

bool newest_change_leave(const Act *act, Arena scratch, Error *err)
{
    ConsumerView view;
    NewestChange newest = {0};
    if (!consumer_view(act->store, S("ledger"), &scratch, &view, err)) return false;
    newest.epoch = view.epoch;
    if (!change_last(act->store, &newest.change_no, err)) return false;
    return file_replace(office_path(act->office, NEWEST_CHANGE_FILE, &scratch),
                        newest_change_text(&newest, &scratch), scratch, err);
}
