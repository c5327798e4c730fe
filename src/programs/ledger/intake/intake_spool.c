// SPDX-License-Identifier: Apache-2.0
#include "intake_spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct IntakeSpool {
    FILE *file;
    bool failed;
};

enum { TEXTS = 7 };

static bool spool_failed(Error *err)
{
    if (errno == ENOSPC)
        return FAIL(
            err, E_STORE_FULL,
            .words =
                S("ディスクの空きがありません。空きを作ってから、もう一度取り込んでください。"));
    return FAIL(
        err, E_FILE_WRITE,
        .words = S("作業用のファイルを読み書きできません。データの置き場所を確かめてください。"));
}

bool spool_open(Str data_dir, Arena *arena, IntakeSpool **spool, Error *err)
{
    IntakeSpool *made = NEW(arena, IntakeSpool, 1);
    char *path = str_z(arena, str_join(arena, data_dir, S("/.intake-XXXXXX")));
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd < 0) return spool_failed(err);
    (void)unlink(path);
    made->file = fdopen(fd, "w+");
    if (!made->file) {
        (void)close(fd);
        return spool_failed(err);
    }
    *spool = made;
    return true;
}

static void texts_of(StagedRow *row, Str *texts[TEXTS])
{
    texts[0] = &row->label;
    texts[1] = &row->clinic_code;
    texts[2] = &row->candidates;
    texts[3] = &row->evidence;
    texts[4] = &row->content;
    texts[5] = &row->as_read;
    texts[6] = &row->row.lot;
}

bool spool_write(IntakeSpool *spool, const StagedRow *row, Error *err)
{
    StagedRow copy = *row;
    Str *texts[TEXTS];
    texts_of(&copy, texts);
    bool ok = fwrite(&copy, sizeof copy, 1, spool->file) == 1;
    for (int i = 0; ok && i < TEXTS; i++) {
        size_t len = (size_t)texts[i]->len;
        ok = len == 0 || fwrite(texts[i]->at, 1, len, spool->file) == len;
    }
    return ok ? true : spool_failed(err);
}

bool spool_rewind(IntakeSpool *spool, Error *err)
{
    if (fflush(spool->file) != 0 || fseek(spool->file, 0, SEEK_SET) != 0) return spool_failed(err);
    return true;
}

static bool text_read(IntakeSpool *spool, Str *text, Arena *arena)
{
    if (!text->len) {
        *text = (Str){0};
        return true;
    }
    char *at = NEW(arena, char, text->len);
    text->at = at;
    return fread(at, 1, (size_t)text->len, spool->file) == (size_t)text->len;
}

bool spool_read(IntakeSpool *spool, StagedRow *row, Arena *arena)
{
    Str *texts[TEXTS];
    if (fread(row, sizeof *row, 1, spool->file) != 1) {
        spool->failed = spool->failed || ferror(spool->file);
        return false;
    }
    texts_of(row, texts);
    for (int i = 0; i < TEXTS; i++) {
        if (text_read(spool, texts[i], arena)) continue;
        spool->failed = true;
        return false;
    }
    return true;
}

bool spool_close(IntakeSpool *spool, Error *err)
{
    if (!spool) return true;
    bool failed = spool->failed;
    if (fclose(spool->file) != 0) failed = true;
    return failed ? spool_failed(err) : true;
}
