// SPDX-License-Identifier: Apache-2.0
#include "city_slices.h"

#include <sys/wait.h>
#include <unistd.h>

#include "nameless_file.h"
#include "number.h"
#include "progress.h"

enum { SLICES_MOST = 8, TRIES_MOST = 3, CITY_BYTES = 64 << 20, PERSON_BYTES = 64 << 20 };

typedef struct Slice {
    int32_t first, last;
    FILE *file;
    pid_t process;
} Slice;

// The first thing in a slice's file.
typedef struct SliceHead {
    int32_t next_act;  // of the ledger that was seen
    bool whole;        // the slice came to its end
} SliceHead;

bool slice_put_text(FILE *out, Str text)
{
    int64_t len = text.len;
    return fwrite(&len, sizeof len, 1, out) == 1 &&
           (len == 0 || fwrite(text.at, 1, (size_t)len, out) == (size_t)len);
}

bool slice_take_text(FILE *in, Arena *arena, Str *text)
{
    int64_t len;
    if (fread(&len, sizeof len, 1, in) != 1 || len < 0) return false;
    char *at = NEW(arena, char, len);
    *text = (Str){at, len};
    return len == 0 || fread(at, 1, (size_t)len, in) == (size_t)len;
}

static bool slice_failed(Error *err)
{
    return FAIL(
        err, E_STORE,
        .words =
            S("一覧の作成が途中で止まりました。空き容量を確かめて、もう一度実行してください。"));
}

// ---- in the process of a slice

static bool judge_all(const CitySlices *slices, const Slice *slice, Store *store, bool shown,
                      Error *err)
{
    CityRows *rows;
    CityPerson person;
    Arena city = arena_reserve(CITY_BYTES), scratch = arena_reserve(PERSON_BYTES);
    int64_t done = 0;
    bool kept = true;
    if (!city_rows_begin(store, slices->knowledge, slice->first, slice->last, &city, &rows, err))
        return false;
    Progress progress = progress_begin(slices->words, (int64_t)slice->last - slice->first + 1);
    while (kept && city_rows_next(rows, &person)) {
        kept = slices->judge(slices->work, &person, slice->file, scratch);
        if (shown) progress_show(&progress, ++done);
    }
    return city_rows_end(rows, err) && (kept || slice_failed(err));
}

static bool work_through(const CitySlices *slices, const Slice *slice, Str url, Arena *arena,
                         Error *err)
{
    Store *store;
    SliceHead head = {0};
    if (!store_open(url, arena, &store, err) || !store_begin_read(store, err)) return false;
    if (!number_next(store, NUMBER_ACT, &head.next_act, err)) return false;
    if (fwrite(&head, sizeof head, 1, slice->file) != 1) return slice_failed(err);
    if (!slices->begin(slices->work, store, err)) return false;
    if (!judge_all(slices, slice, store, slice->first == 0, err)) return false;
    if (!store_commit(store, err)) return false;
    store_close(store);
    head.whole = true;
    bool kept = fseek(slice->file, 0, SEEK_SET) == 0 &&
                fwrite(&head, sizeof head, 1, slice->file) == 1 && fflush(slice->file) == 0;
    return kept || slice_failed(err);
}

static _Noreturn void be_slice(const CitySlices *slices, const Slice *slice, Str url, Arena *arena)
{
    Error err;
    _exit(work_through(slices, slice, url, arena, &err) ? 0 : 2);
}

// ---- in the parent

static int slice_count(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > SLICES_MOST ? SLICES_MOST : (int)cores;
}

static bool slices_begin(const CitySlices *slices, Slice *all, int count, int32_t persons, Str url,
                         Str folder, Arena *arena, Error *err)
{
    for (int i = 0; i < count; i++) {
        Slice *s = &all[i];
        s->first = (int32_t)((int64_t)persons * i / count);
        s->last = i == count - 1 ? INT32_MAX : (int32_t)((int64_t)persons * (i + 1) / count) - 1;
        if (!nameless_file(folder, *arena, &s->file, err)) return false;
        (void)fflush(NULL);
        s->process = fork();
        if (s->process < 0) return slice_failed(err);
        if (s->process == 0) be_slice(slices, s, url, arena);
    }
    return true;
}

static bool slices_wait(Slice *all, int count)
{
    bool whole = true;
    for (int i = 0; i < count; i++) {
        int status = 0;
        if (all[i].process <= 0) continue;
        if (waitpid(all[i].process, &status, 0) != all[i].process || status != 0) whole = false;
    }
    return whole;
}

// Reads the heads; `same` when all saw one ledger.
static bool heads_read(Slice *all, int count, bool *same)
{
    SliceHead first = {0}, head;
    *same = true;
    for (int i = 0; i < count; i++) {
        rewind(all[i].file);
        if (fread(&head, sizeof head, 1, all[i].file) != 1 || !head.whole) return false;
        if (i == 0) first = head;
        *same = *same && head.next_act == first.next_act;
    }
    return true;
}

static bool slices_take(const CitySlices *slices, Slice *all, int count)
{
    for (int i = 0; i < count; i++) {
        while (slices->take(slices->work, all[i].file)) continue;
        if (!feof(all[i].file) || ferror(all[i].file)) return false;
    }
    return true;
}

static bool run_once(const CitySlices *slices, int32_t persons, Str url, Str folder, Arena *arena,
                     bool *same, Error *err)
{
    Slice all[SLICES_MOST] = {0};
    int count = slice_count();
    bool begun = slices_begin(slices, all, count, persons, url, folder, arena, err);
    bool ok = slices_wait(all, count) && begun && heads_read(all, count, same) &&
              (!*same || slices_take(slices, all, count));
    for (int i = 0; i < count; i++)
        if (all[i].file) (void)fclose(all[i].file);
    return ok ? true : begun ? slice_failed(err) : false;
}

bool city_slices_run(Ledger *ledger, const CitySlices *slices, Error *err)
{
    Office *office = &ledger->office;
    int32_t persons;
    bool same = false, ok = true;
    Str url = store_url_for(office->data_dir, office->line->store_url,
                            str_of(office->program->name), office->arena);
    if (!number_next(office->store, NUMBER_PERSON, &persons, err)) return false;
    // A connection must not go through fork.
    store_close(office->store);
    office->store = NULL;
    for (int i = 0; ok && !same && i < TRIES_MOST; i++)
        ok = run_once(slices, persons, url, office->data_dir, office->arena, &same, err);
    Error later;
    if (!store_open(url, office->arena, &office->store, ok ? err : &later)) return false;
    if (ok && !same)
        return FAIL(
            err, E_BUSY,
            .words = S("ほかの処理が登録を続けています。終わってからもう一度実行してください。"));
    return ok;
}
