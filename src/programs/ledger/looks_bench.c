// SPDX-License-Identifier: Apache-2.0
#include "looks_bench.h"

#include "counter_rows.h"
#include "dose_rows.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { LOOKERS = 50, SECONDS_MOST = 3600, CHANGE_EVERY = 10, BARE_COMMITS = 200, PAGE = 4096 };

typedef struct Times {
    double *at;  // milliseconds
    int count;
} Times;

typedef struct Looker {
    Act *act;
    Store *store;
    Arena whole, arena;
    int nth, seconds;
    int32_t persons;
    Instant begins;
    Times looks, changes;
    bool good;
    Error err;
} Looker;

static void sleep_until(Instant moment)
{
    int64_t left = moment - clock_now();
    const struct timespec pause = {.tv_sec = left / 1000000, .tv_nsec = left % 1000000 * 1000};
    if (left > 0) (void)nanosleep(&pause, NULL);
}

static bool look_once(Looker *l, int second)
{
    int64_t shown;
    DoseRows doses;
    Arena scratch = l->arena;
    AuditLeaf leaf = act_leaf(l->act, AUDIT_DONE);
    leaf.act = AUDIT_LOOK;
    int32_t person = 1 + (int32_t)((l->nth * 7919LL + second * 104729LL) % l->persons);
    return doses_of_person(l->store, person, KNOWN_NOW, &scratch, &doses, &l->err) &&
           looks_append(l->act->office->looks, &leaf, &shown, &l->err);
}

static bool change_once(Looker *l)
{
    AuditLeaf leaf = act_leaf(l->act, AUDIT_DONE);
    return store_begin(l->store, &l->err) &&
           audit_append(l->store, &l->act->office->trail, &leaf, NULL, &l->err) &&
           store_commit(l->store, &l->err);
}

static void note(Times *times, Instant scheduled)
{
    times->at[times->count++] = (double)(clock_now() - scheduled) / 1000;
}

static void *looks_on(void *context)
{
    Looker *l = context;
    l->good = true;
    for (int second = 0; second < l->seconds && l->good; second++) {
        Instant scheduled = l->begins + second * INT64_C(1000000) + l->nth * 1000000 / LOOKERS;
        sleep_until(scheduled);
        l->good = look_once(l, second);
        note(&l->looks, scheduled);
        if (second % CHANGE_EVERY != l->nth % CHANGE_EVERY || !l->good) continue;
        Instant now = clock_now();
        l->good = change_once(l);
        note(&l->changes, now);
    }
    return NULL;
}

static bool looker_begin(Looker *l, Act *act, int nth, int seconds, int32_t persons, Error *err)
{
    *l = (Looker){.act = act, .nth = nth, .seconds = seconds, .persons = persons};
    l->whole = l->arena = arena_reserve(16 << 20);
    l->looks.at = NEW(&l->arena, double, seconds);
    l->changes.at = NEW(&l->arena, double, seconds);
    return office_store(act->office, &l->arena, &l->store, err);
}

// ---- figures

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double part(const Times *times, double share)
{
    int at = (int)(share * times->count);
    return times->count ? times->at[at < times->count ? at : times->count - 1] : 0;
}

static Times together(const Looker *lookers, bool changes, Arena *arena)
{
    Times all = {.at = NEW(arena, double, LOOKERS * lookers[0].seconds)};
    for (int i = 0; i < LOOKERS; i++) {
        const Times *own = changes ? &lookers[i].changes : &lookers[i].looks;
        for (int n = 0; n < own->count; n++) all.at[all.count++] = own->at[n];
    }
    qsort(all.at, (size_t)all.count, sizeof *all.at, by_size);
    return all;
}

static double bare_commit(const Act *act)
{
    static const char page[PAGE];
    double took[BARE_COMMITS] = {0};
    Times times = {took, 0};
    char path[] = "/bench-commit.XXXXXX", whole[4096];
    (void)snprintf(whole, sizeof whole, "%.*s%s", STR(act->office->data_dir), path);
    int file = mkostemp(whole, O_CLOEXEC);
    for (int i = 0; file >= 0 && i < BARE_COMMITS; i++) {
        Instant began = clock_now();
        if (pwrite(file, page, sizeof page, i * (off_t)PAGE) != PAGE || fdatasync(file) != 0) break;
        note(&times, began);
    }
    if (file >= 0) (void)close(file);
    (void)unlink(whole);
    qsort(took, (size_t)times.count, sizeof *took, by_size);
    return part(&times, 0.5);
}

static void told(const char *what, const Times *times, double bare)
{
    const struct {
        const char *name;
        double share;
    } rows[] = {{"p50", 0.5}, {"p99", 0.99}, {"max", 1}};
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        double value = part(times, rows[i].share);
        (void)printf("%s.%s,%.3f,ms,%.3f,%.2f,\n", what, rows[i].name, value, bare,
                     bare > 0 ? value / bare : 0);
    }
}

static bool all_look(Looker lookers[LOOKERS], Error *err)
{
    pthread_t threads[LOOKERS];
    Instant begins = clock_now() + 1000000;
    int started = 0;
    for (; started < LOOKERS; started++) {
        lookers[started].begins = begins;
        if (pthread_create(&threads[started], NULL, looks_on, &lookers[started]) != 0) break;
    }
    for (int i = 0; i < started; i++) (void)pthread_join(threads[i], NULL);
    for (int i = 0; i < started; i++)
        if (!lookers[i].good) return error_pass(err, &lookers[i].err);
    return started == LOOKERS || FAIL(err, E_LIMIT, .words = S("スレッドを始められません。"));
}

bool looks_bench(Act *act, int seconds, Error *err)
{
    static Looker lookers[LOOKERS];
    int32_t next;
    if (seconds < 1 || seconds > SECONDS_MOST)
        return FAIL(err, E_USAGE, .words = S("秒数を指定してください。"));
    if (!number_next(act->store, NUMBER_PERSON, &next, err)) return false;
    bool good = true;
    for (int i = 0; i < LOOKERS && good; i++)
        good = looker_begin(&lookers[i], act, i, seconds, next > 1 ? next - 1 : 1, err);
    good = good && all_look(lookers, err);
    if (good) {
        double bare = bare_commit(act);
        Times looks = together(lookers, false, act->arena),
              changes = together(lookers, true, act->arena);
        told("look", &looks, bare);
        told("change", &changes, bare);
    }
    for (int i = 0; i < LOOKERS; i++) {
        store_close(lookers[i].store);
        if (lookers[i].whole.at) arena_release(lookers[i].whole);
    }
    return good;
}
