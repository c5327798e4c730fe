// SPDX-License-Identifier: Apache-2.0
#include "intake_spool.h"

#include "nameless_file.h"

struct IntakeSpool {
    FILE *file;
    bool failed;
};

enum { TEXTS = 11 };

bool spool_open(Str data_dir, Arena *arena, IntakeSpool **spool, Error *err)
{
    FILE *file;
    if (!nameless_file(data_dir, *arena, &file, err)) return false;
    *spool = NEW(arena, IntakeSpool, 1);
    (*spool)->file = file;
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
    texts[7] = &row->row.unread;
    texts[8] = &row->row.reread;
    texts[9] = &row->row.lost;
    texts[10] = &row->item;
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
    return ok ? true : nameless_failed(err);
}

bool spool_rewind(IntakeSpool *spool, Error *err)
{
    if (fflush(spool->file) != 0 || fseek(spool->file, 0, SEEK_SET) != 0)
        return nameless_failed(err);
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
    return failed ? nameless_failed(err) : true;
}
