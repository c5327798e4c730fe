// SPDX-License-Identifier: Apache-2.0
#include "nameless_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

bool nameless_failed(Error *err)
{
    if (errno == ENOSPC || errno == EDQUOT)
        return FAIL(
            err, E_STORE_FULL,
            .words = S("ディスクの空きがありません。空きを作ってから、もう一度実行してください。"));
    return FAIL(
        err, E_FILE_WRITE,
        .words = S("作業用のファイルを読み書きできません。データの置き場所を確かめてください。"));
}

bool nameless_file(Str data_dir, Arena scratch, FILE **file, Error *err)
{
    char *path = str_z(&scratch, str_join(&scratch, data_dir, S("/.work-XXXXXX")));
    int descriptor = mkostemp(path, O_CLOEXEC);
    if (descriptor < 0) return nameless_failed(err);
    (void)unlink(path);
    FILE *made = fdopen(descriptor, "w+");
    if (!made) {
        (void)close(descriptor);
        return nameless_failed(err);
    }
    *file = made;
    return true;
}
