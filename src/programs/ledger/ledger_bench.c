// What the ledger costs above the work that nobody can avoid: same data, same driver, same run.
//
//     ledger_bench due --data DIR --as-of D          due and changes beside reading the same rows once
//     ledger_bench intake --data DIR FILE            intake of FILE beside its look-ups and inserts alone
//     ledger_bench looks --data DIR [--seconds N] FILES    looks and changes on a schedule, while FILES are taken in
//
// `due` changes nothing but the audit trail. `intake` and `looks` take files into DIR: give them a copy of the data. Its bare loop
// does the look-ups and stores the same rows once more in a transaction of its own, committed as durably; they are
// taken out afterwards. Before both runs every look-up is made once, unmeasured: what the disk has to fetch
// would else be charged to whoever comes first.
// Prints name,value,unit,bare,ratio,peak_mib as files.md 5 wants it. The rows named `.cpu` are the
// same runs in seconds of processor time, all processes together: a busy machine moves them little.
// SPDX-License-Identifier: Apache-2.0
#include "bench_rows.h"
#include "changes_list.h"
#include "due_page.h"
#include "intake_run.h"
#include "ledger_migrations.h"
#include "ledger_tallied_rows.h"
#include "looks_bench.h"
#include "office_main.h"
#include "person_rows.h"
#include "series_wanted.h"
#include "standing_roll.h"

#include <stdio.h>
#include <sys/resource.h>

// What a stretch of work took.
typedef struct Cost {
    double seconds, cpu;
} Cost;

static double cpu_of(int who)
{
    struct rusage used;
    (void)getrusage(who, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static Cost cost_now(void)
{
    return (Cost){(double)clock_now() / 1e6, cpu_of(RUSAGE_SELF) + cpu_of(RUSAGE_CHILDREN)};
}

static Cost cost_since(Cost began)
{
    Cost now = cost_now();
    return (Cost){now.seconds - began.seconds, now.cpu - began.cpu};
}

static void say(const char *name, double value, const char *unit, double bare)
{
    struct rusage used;
    (void)getrusage(RUSAGE_SELF, &used);
    (void)printf("%s,%.3f,%s,%.3f,%.2f,%.1f\n", name, value, unit, bare, value / bare,
                 (double)used.ru_maxrss / 1024);
}

static void say_cost(const char *name, Cost ours, Cost bare)
{
    char cpu[32];
    (void)snprintf(cpu, sizeof cpu, "%s.cpu", name);
    say(name, ours.seconds, "s", bare.seconds);
    say(cpu, ours.cpu, "s", bare.cpu);
}

// ---- lists

static bool read_once(Store *store, CityKnowledge knowledge, Cost *cost, Error *err)
{
    CityRows *rows;
    CityPerson person;
    Arena arena = arena_reserve(64 << 20);
    Cost began = cost_now();
    if (!store_begin_read(store, err)) return false;
    if (!city_rows_begin(store, knowledge, KNOWN_NOW, 0, INT32_MAX, &arena, &rows, err))
        return false;
    while (city_rows_next(rows, &person)) continue;
    if (!city_rows_end(rows, err) || !store_commit(store, err)) return false;
    *cost = cost_since(began);
    arena_release(arena);
    return true;
}

// Everybody judged and kept; the whole list out of that; and a page of 50 lines with the counts, of one series and of
// all, each the mean of some. What is kept is not thrown away.
static bool run_kept(const Ledger *ledger, const DueWanted *all, Cost bare, Error *err)
{
    enum { PAGES = 20 };
    RollReport report;
    DueRows due;
    Cost began = cost_now();
    if (!standing_roll(ledger, all->as_of, ROLL_ANEW, &report, err)) return false;
    say_cost("standing.roll", cost_since(began), bare);
    began = cost_now();
    if (!due_list(ledger, all, &due, err)) return false;
    say_cost("due.kept", cost_since(began), bare);
    const DueWanted one = {.as_of = all->as_of, .groups = (uint64_t)1 << group_find(ledger->schedule, S("JE1")), .within = 60};
    int64_t waited = store_round_trips(ledger->act->store);
    began = cost_now();
    for (int i = 0; i < PAGES; i++) {
        DuePage page;
        bool there;
        const DuePageWanted wanted = {.due = i & 1 ? one : *all,
                                      .page = {.after = {.last_safe = DAY_NONE}, .count = 50}};
        if (!due_page(ledger, &wanted, ledger->act->arena, &page, &there, err)) return false;
    }
    Cost pages = cost_since(began);
    say("due.page", pages.seconds * 1000 / PAGES, "ms", bare.seconds * 1000);
    say("due.page.cpu", pages.cpu * 1000 / PAGES, "ms", bare.cpu * 1000);
    waited = store_round_trips(ledger->act->store) - waited;
    if (waited) (void)printf("due.page.trips,%.1f,trips,,,\n", (double)waited / PAGES);
    return true;
}

// So that the list is judged.
static bool nothing_kept(Act *act, Error *err)
{
    StandingState state;
    if (!store_begin(act->store, err) || !standing_state_read(act->store, act->arena, &state, err))
        return false;
    state.act_no = STANDING_MAKING;
    if (!state.judged_by.at) state.judged_by = S("");
    return standing_state_write(act->store, &state, err) && store_commit(act->store, err);
}

static bool run_lists(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                      Error *err)
{
    Ledger ledger;
    DueRows due;
    Changes changes;
    Cost bare, ever;
    (void)status;
    if (!ledger_open(act, arena, &ledger, err) || !nothing_kept(act, err)) return false;
    if (!read_once(ledger.act->store, CITY_NOW, &bare, err)) return false;  // warms the cache
    if (!read_once(ledger.act->store, CITY_NOW, &bare, err)) return false;
    if (!read_once(ledger.act->store, CITY_EVER, &ever, err)) return false;

    DueWanted wanted = {.as_of = line->as_of, .groups = groups_all(ledger.schedule), .within = -1};
    Cost began = cost_now();
    if (!due_list(&ledger, &wanted, &due, err)) return false;
    say_cost("due", cost_since(began), bare);
    began = cost_now();
    if (!changes_list(&ledger, line->as_of, line->as_of + 31, &changes, err)) return false;
    say_cost("changes", cost_since(began), ever);
    return run_kept(&ledger, &wanted, bare, err);
}

// ---- intake

typedef struct Written {
    AddresseeNo who;
    PartialDate birth;
} Written;
VEC(WrittenRows, Written, written_rows);

// Number and birth date of every row, as the bare loop looks them up.
static bool written_read(const Ledger *ledger, Str path, Arena *arena, WrittenRows *rows,
                         Error *err)
{
    CsvReader *csv;
    CsvRow row;
    SubmissionNotes notes = {0};
    if (!csv_open(str_z(arena, path), &submission_layout, CSV_ENCODING_AUTO, arena, &csv, err))
        return false;
    Arena scratch = arena_reserve(1 << 20);
    while (csv_next(csv, &row)) {
        Arena one = scratch;
        Submission s = submission_read(ledger->schedule, &row, &notes, &one);
        *written_rows_push(rows, arena) = (Written){s.match.addressee_no, s.row.birth};
    }
    return csv_close(csv, err);
}

static bool look_up(Store *store, const Written *row, Arena scratch, Error *err)
{
    PersonRow person;
    DoseRows doses;
    return person_by_number(store, &row->who, KNOWN_NOW, &scratch, &person, err) &&
           bench_born_read(store, row->birth, scratch, err) &&
           doses_of_person(store, person.person_id, KNOWN_NOW, &scratch, &doses, err);
}

static bool look_everybody_up(Store *store, const WrittenRows *written, Error *err)
{
    Arena scratch = arena_reserve(16 << 20);
    if (!store_begin_read(store, err)) return false;
    VEC_EACH (const Written, row, *written)
        if (!look_up(store, row, scratch, err)) return false;
    arena_release(scratch);
    return store_commit(store, err);
}

static bool store_again(Store *store, const LedgerAct *act, BenchRows *rows, ptrdiff_t nth,
                        ptrdiff_t *dose, ptrdiff_t *claim, Error *err)
{
    IntakeRowKept *kept = &rows->rows.at[nth];
    if (*dose < rows->doses.count && rows->doses.at[*dose].row_id == kept->row_id) {
        DoseRecord *record = &rows->doses.at[(*dose)++];
        record->dose.dose_id += BENCH_ELSEWHERE;
        const DoseRow *given = &record->dose;
        if (!dose_insert(store, record, err) ||
            !judgement_insert(store, given->dose_id, given->from_act, given->to_act,
                              &record->judgement, err))
            return false;
    }
    while (*claim < rows->claims.count && rows->claims.at[*claim].row_id == kept->row_id) {
        ClaimRow *row = &rows->claims.at[(*claim)++];
        row->claim_id += BENCH_ELSEWHERE;
        if (!claim_insert(store, act, row, err)) return false;
    }
    kept->row_id += BENCH_ELSEWHERE;
    return intake_row_insert(store, kept, err);
}

static bool bare_intake(Store *store, const WrittenRows *written, BenchRows *rows, Cost *cost,
                        Error *err)
{
    Arena scratch = arena_reserve(16 << 20);
    LedgerAct act = {.no = 1};
    ptrdiff_t dose = 0, claim = 0;
    Cost began = cost_now();
    if (!store_begin(store, err)) return false;
    for (ptrdiff_t i = 0; i < rows->rows.count && i < written->count; i++)
        if (!look_up(store, &written->at[i], scratch, err) ||
            !store_again(store, &act, rows, i, &dose, &claim, err))
            return false;
    if (!store_commit(store, err)) return false;
    *cost = cost_since(began);
    arena_release(scratch);
    return bench_rows_forget(store, err);
}

static bool run_intake(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                       Error *err)
{
    Ledger ledger;
    IntakeReport report;
    WrittenRows written = {0};
    BenchRows rows;
    Cost bare;
    Str path = line->arguments.at[0];
    (void)status;
    if (!ledger_open(act, arena, &ledger, err)) return false;
    Store *store = ledger.act->store, *plain;
    if (!written_read(&ledger, path, arena, &written, err)) return false;
    if (!look_everybody_up(store, &written, err)) return false;
    int64_t waited = store_round_trips(store);
    Cost began = cost_now();
    if (!intake_take(&ledger, path, CSV_ENCODING_AUTO, arena, &report, err)) return false;
    Cost ours = cost_since(began);
    int64_t trips = store_round_trips(store) - waited, turn = store_turn_longest(store);
    if (report.taken_before)
        return FAIL(err, E_CONFLICT, .value = path, .words = S("取込済みのファイルです。"));
    if (!bench_rows_read(store, report.file.file_no, arena, &rows, err)) return false;
    // A store that no record watches: what the bare loop writes has none, and is taken out again.
    if (!store_open(act->office->store_url, arena, &plain, err)) return false;
    bool ran = bare_intake(plain, &written, &rows, &bare, err);
    store_close(plain);
    if (!ran) return false;
    double count = (double)rows.rows.count;
    say("intake", count / ours.seconds, "rows/s", count / bare.seconds);
    say("intake.cpu", ours.cpu, "s", bare.cpu);
    (void)printf("intake.turn,%.1f,ms,,,\n", (double)turn / 1000);
    if (waited) (void)printf("intake.trips,%.3f,trips/row,,,\n", (double)trips / count);
    return true;
}

static bool run_looks(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                      Error *err)
{
    Ledger ledger;
    (void)status;
    int64_t seconds = option_number(line, "seconds", 0);
    if (seconds < 0 || seconds > LOOKS_SECONDS_MOST)
        return FAIL(err, E_USAGE, .item = S("--seconds"), .words = S("0から3600までの秒数を書いてください。"));
    const LooksAsked asked = {line->arguments.at, line->arguments.count, (int)seconds};
    return ledger_open(act, arena, &ledger, err) && looks_bench(&ledger, &asked, err);
}

static const Option looks_options[] = {
    {OPTION_NUMBER, "seconds", "N", "予定の長さ (秒)。指定しないときはファイルが入るまで", false, false},
    {.kind = OPTION_END},
};
static const Door looks = COMMAND("looks", "immunization", DUTY_IMPORT, AUDIT_IMPORT, SHARED, run_looks,
                                  .arguments = "ファイル...", .least = 1, .most = 100, .words = "look と change",
                                  .options = looks_options);
static const Door lists = COMMAND("due", "immunization", DUTY_EXPORT, AUDIT_EXPORT, SHARED,
                                  run_lists, .arguments = "", .words = "due と changes");
static const Door intake =
    COMMAND("intake", "immunization", DUTY_IMPORT, AUDIT_IMPORT, ALONE, run_intake,
            .arguments = "ファイル", .least = 1, .most = 1, .words = "intake");

int main(int argc, char **argv)
{
    static const Door *const doors[] = {&lists, &intake, &looks};
    const OfficeProgram bench = {.name = "ledger",
                                 .typed = "ledger_bench",
                                 .words = "台帳の速さ",
                                 .doors = {doors, (int)countof(doors)},
                                 .migrations = ledger_migrations,
                                 .migration_count = &ledger_migrations_count,
                                 .tallies = &ledger_tallies,
                                 .arena_bytes = (ptrdiff_t)4 << 30};
    return office_main(&bench, argc, argv);
}
