// SPDX-License-Identifier: Apache-2.0
#include "looks_bench.h"

#include "bench_rows.h"
#include "counter_rows.h"
#include "dose_change.h"
#include "dose_rows.h"
#include "intake_run.h"

#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    LOOKERS = 50,
    SECONDS_MOST = LOOKS_SECONDS_MOST,
    CHANGE_EVERY = 10,
    CHANGES_MOST = SECONDS_MOST / CHANGE_EVERY + 1,
    BARE_COMMITS = 200,
    PAGE = 4096
};

// Of one that came while files came in, or was due then, `beside` is true.
typedef struct Wait {
    double milliseconds;
    bool beside;
} Wait;

typedef struct Times {
    Wait *at;
    int count;
} Times;

typedef struct Looker {
    Act act;
    Ledger ledger;
    Arena whole, arena;
    int nth;
    int32_t persons;
    const BenchResidents *residents;  // of whom doses are entered, each once
    Instant begins;
    const atomic_bool *over, *files_in;
    Times looks, changes;
    int busy;  // changes that were told to come again
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
    l->act.arena = &scratch;
    AuditLeaf leaf = act_leaf(&l->act, AUDIT_DONE);
    leaf.act = AUDIT_LOOK;
    int32_t person = 1 + (int32_t)((l->nth * 7919LL + second * 104729LL) % l->persons);
    return doses_of_person(l->act.store, person, KNOWN_NOW, &scratch, &doses, &l->err) &&
           looks_append(l->act.office->looks, &leaf, &shown, &l->err);
}

static bool change_once(Looker *l)
{
    DoseChange change;
    int64_t approval_no;
    char day[DAY_TEXT_SIZE], lot[INT64_ROOM];  // no two ask for the same
    Arena scratch = l->arena;
    ptrdiff_t nth = (ptrdiff_t)l->changes.count * LOOKERS + l->nth;
    const DoseChangeTyped typed = {.who = addressee_text(&l->residents->at[nth % l->residents->count]),
                                   .day = str_of(day_text(l->act.business_day, day)),
                                   .vaccine = S("INF"),
                                   .lot = str_of_int64(clock_now(), lot),
                                   .source = str_of(dose_sources[0]),
                                   .reason = S("測定")};
    l->act.arena = &scratch;
    bool asked = dose_change_ask(&l->ledger, DOSE_ENTER, &typed, &change, &approval_no, &l->err);
    store_rollback(l->act.store);
    if (!asked && l->err.code == E_BUSY) l->busy++;
    return asked || l->err.code == E_BUSY;
}

static void note(Times *times, Instant scheduled, bool beside)
{
    times->at[times->count++] = (Wait){(double)(clock_now() - scheduled) / 1000, beside};
}

static void *looks_on(void *context)
{
    Looker *l = context;
    l->good = true;
    for (int second = 0; second < SECONDS_MOST && l->good; second++) {
        Instant scheduled = l->begins + second * INT64_C(1000000) + l->nth * 1000000 / LOOKERS;
        sleep_until(scheduled);
        if (atomic_load(l->over)) break;
        bool beside = !atomic_load(l->files_in);
        l->good = look_once(l, second);
        note(&l->looks, scheduled, beside);
        if (second % CHANGE_EVERY != l->nth % CHANGE_EVERY || !l->good) continue;
        l->good = change_once(l);
        note(&l->changes, scheduled, beside);
    }
    return NULL;
}

static bool looker_begin(Looker *l, const Ledger *ledger, int nth, Error *err)
{
    l->nth = nth;
    l->act = *ledger->act;
    l->ledger = *ledger;
    l->ledger.act = &l->act;
    l->whole = l->arena = arena_reserve(64 << 20);
    l->looks.at = NEW(&l->arena, Wait, SECONDS_MOST);
    l->changes.at = NEW(&l->arena, Wait, CHANGES_MOST);
    return office_store(l->act.office, &l->arena, &l->act.store, err);
}

// ---- figures

static int by_size(const void *a, const void *b)
{
    const Wait *x = a, *y = b;
    return (x->milliseconds > y->milliseconds) - (x->milliseconds < y->milliseconds);
}

static double part(const Times *times, double share)
{
    int at = (int)(share * times->count);
    return times->count ? times->at[at < times->count ? at : times->count - 1].milliseconds : 0;
}

// Of all lookers; `beside`: of those alone that met the files.
static Times together(const Looker *lookers, bool changes, bool beside, Arena *arena)
{
    int count = 0;
    for (int i = 0; i < LOOKERS; i++) count += changes ? lookers[i].changes.count : lookers[i].looks.count;
    Times all = {.at = NEW(arena, Wait, count)};
    for (int i = 0; i < LOOKERS; i++) {
        const Times *own = changes ? &lookers[i].changes : &lookers[i].looks;
        for (int n = 0; n < own->count; n++)
            if (own->at[n].beside || !beside) all.at[all.count++] = own->at[n];
    }
    if (all.count) qsort(all.at, (size_t)all.count, sizeof *all.at, by_size);
    return all;
}

static double bare_commit(const Act *act)
{
    static const char page[PAGE];
    Wait took[BARE_COMMITS] = {0};
    Times times = {took, 0};
    char path[] = "/bench-commit.XXXXXX", whole[4096];
    (void)snprintf(whole, sizeof whole, "%.*s%s", STR(act->office->data_dir), path);
    int file = mkostemp(whole, O_CLOEXEC);
    for (int i = 0; file >= 0 && i < BARE_COMMITS; i++) {
        Instant began = clock_now();
        if (pwrite(file, page, sizeof page, i * (off_t)PAGE) != PAGE || fdatasync(file) != 0) break;
        note(&times, began, false);
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
    (void)printf("%s.count,%d,answers,,,\n", what, times->count);
}

static bool take_all(Ledger *ledger, const Str *files, ptrdiff_t count, Error *err)
{
    for (ptrdiff_t i = 0; i < count; i++) {
        IntakeReport report;
        if (!intake_take(ledger, files[i], CSV_ENCODING_AUTO, ledger->act->arena, &report, err)) return false;
        if (report.taken_before)
            return FAIL(err, E_CONFLICT, .value = files[i], .words = S("取込済みのファイルです。"));
    }
    return true;
}

static bool all_look(Looker lookers[LOOKERS], Ledger *ledger, const LooksAsked *asked, Error *err)
{
    atomic_bool over = false, files_in = false;
    pthread_t threads[LOOKERS];
    Instant begins = clock_now() + 1000000;
    int started = 0;
    for (; started < LOOKERS; started++) {
        lookers[started].begins = begins;
        lookers[started].over = &over;
        lookers[started].files_in = &files_in;
        if (pthread_create(&threads[started], NULL, looks_on, &lookers[started]) != 0) break;
    }
    sleep_until(begins);
    bool taken = take_all(ledger, asked->files, asked->count, err);
    atomic_store(&files_in, true);
    if (taken) sleep_until(begins + asked->seconds * INT64_C(1000000));
    atomic_store(&over, true);
    for (int i = 0; i < started; i++) (void)pthread_join(threads[i], NULL);
    for (int i = 0; i < started; i++)
        if (!lookers[i].good) return error_pass(err, &lookers[i].err);
    return taken && (started == LOOKERS || FAIL(err, E_LIMIT, .words = S("スレッドを始められません。")));
}

static void all_told(const Looker lookers[LOOKERS], const Act *act)
{
    double bare = bare_commit(act);
    for (int changes = 0; changes < 2; changes++) {
        const char *names[][2] = {{"look", "look.beside"}, {"change", "change.beside"}};
        for (int beside = 0; beside < 2; beside++) {
            Times times = together(lookers, changes, beside, act->arena);
            told(names[changes][beside], &times, bare);
        }
    }
    int busy = 0;
    for (int i = 0; i < LOOKERS; i++) busy += lookers[i].busy;
    (void)printf("change.busy,%d,answers,,,\n", busy);
    (void)printf("change.turn,%.3f,ms,,,\n", (double)store_turn_longest(act->store) / 1000);
}

bool looks_bench(Ledger *ledger, const LooksAsked *asked, Error *err)
{
    static Looker lookers[LOOKERS];
    int32_t next;
    BenchResidents residents;
    Act *act = ledger->act;
    assert(asked->seconds >= 0 && asked->seconds <= SECONDS_MOST);
    if (!number_next(act->store, NUMBER_PERSON, &next, err) ||
        !bench_residents_read(act->store, LOOKERS * CHANGES_MOST, act->arena, &residents, err))
        return false;
    bool good = true;
    for (int i = 0; i < LOOKERS && good; i++) {
        lookers[i] = (Looker){.persons = next > 1 ? next - 1 : 1, .residents = &residents};
        good = looker_begin(&lookers[i], ledger, i, err);
    }
    good = good && all_look(lookers, ledger, asked, err);
    if (good) all_told(lookers, act);
    for (int i = 0; i < LOOKERS; i++) {
        if (lookers[i].whole.at && lookers[i].act.store != act->store) store_close(lookers[i].act.store);
        if (lookers[i].whole.at) arena_release(lookers[i].whole);
    }
    return good;
}
