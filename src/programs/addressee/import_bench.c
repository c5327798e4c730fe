// What the import costs above storing its rows: the same rows of the same tables, through the same
// store, in one transaction with the same settings (files.md 5, bare loop of `import`).
//
//     import_bench DATA_DIR FILE      FILE is imported into DATA_DIR, then its rows are stored bare
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <sys/resource.h>

#include "addressee.h"
#include "addressee_migrations.h"
#include "outlet.h"
#include "feed_import.h"

enum { COLUMNS_MOST = 64, PORTION = 20000, PORTION_BYTES = 256 << 20 };

// A table as the bare loop stores it: what to read, what to write, the kind of each column.
typedef struct Table {
    const char *select, *insert, *kinds;  // i integer, t text, b bytes
} Table;

// clang-format off
static const Table tables[] = {
    {"SELECT person_id, addressee_no, status, version_no, number_id, household_key, protection FROM person"
     " ORDER BY person_id",
     "INSERT INTO person (person_id, addressee_no, status, version_no, number_id, household_key, protection)"
     " VALUES ($1, $2, $3, $4, $5, $6, $7)",
     "itiiiii"},
    {"SELECT change_no, person_id, version_no, event_reason, occurred_on, reported_on, recorded_at, file_no,"
     " withdrawn_by, withdrawn_person, withdraws, residence, sealed_place, household_no, kind, status, name, name_kana,"
     " name_roman, alias, alias_kana, printed_name, sex, birth, relationship, municipality_code, postal_code, town, lot,"
     " branch, sub_branch, address, building, phone, resident_from, resident_until, from_address, from_building,"
     " from_municipality, to_address, to_building, to_municipality, protection FROM register_version ORDER BY change_no",
     "INSERT INTO register_version (change_no, person_id, version_no, event_reason, occurred_on, reported_on,"
     " recorded_at, file_no, withdrawn_by, withdrawn_person, withdraws, residence, sealed_place, household_no, kind,"
     " status, name, name_kana, name_roman, alias, alias_kana, printed_name, sex, birth, relationship,"
     " municipality_code, postal_code, town, lot, branch, sub_branch, address, building, phone, resident_from,"
     " resident_until, from_address, from_building, from_municipality, to_address, to_building, to_municipality,"
     " protection) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,"
     " $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42,"
     " $43)",
     "iiiiiiiiiittbtiitttttiitttttttttttiitttttti"},
    {"SELECT number_id, person_id, generation, number_index, sealed, from_file, to_file FROM person_number"
     " ORDER BY number_id",
     "INSERT INTO person_number (number_id, person_id, generation, number_index, sealed, from_file, to_file)"
     " VALUES ($1, $2, $3, $4, $5, $6, $7)",
     "iiibbii"},
};
// clang-format on

typedef struct Cell {
    int64_t number;
    Bytes bytes;
    bool null;
} Cell;
VEC(CellRows, Cell, cells);

static double seconds_since(Instant began)
{
    return (double)(clock_now() - began) / 1e6;
}

static void read_row(Query *q, const char *kinds, Arena *arena, CellRows *cells)
{
    for (int i = 0; kinds[i]; i++) {
        Cell *cell = cells_push(cells, arena);
        *cell = (Cell){.null = column_is_null(q, i)};
        if (kinds[i] == 'i')
            cell->number = column_int64(q, i);
        else
            cell->bytes = column_bytes(q, i, arena);
    }
}

static bool store_row(Query *q, const char *kinds, const Cell *cells)
{
    for (int i = 0; kinds[i]; i++) {
        if (cells[i].null)
            bind_null(q, i + 1);
        else if (kinds[i] == 'i')
            bind_int64(q, i + 1, cells[i].number);
        else if (kinds[i] == 't')
            bind_text(q, i + 1, (Str){(const char *)cells[i].bytes.at, cells[i].bytes.len});
        else
            bind_bytes(q, i + 1, cells[i].bytes);
    }
    return query_again(q);
}

// Rows go through memory in portions; only storing them is timed.
static bool store_table(Store *from, Store *to, const Table *table, Arena arena, double *seconds,
                        Error *err)
{
    Query *in = query_stream(from, table->select, err);
    Query *out = in ? query_begin(to, table->insert, err) : NULL;
    ptrdiff_t columns = (ptrdiff_t)str_of(table->kinds).len;
    bool more = out != NULL;
    while (more) {
        Arena scratch = arena;
        CellRows cells = {0};
        while (cells.count < PORTION * columns && (more = query_next(in)))
            read_row(in, table->kinds, &scratch, &cells);
        Instant began = clock_now();
        for (ptrdiff_t i = 0; i < cells.count; i += columns)
            if (!store_row(out, table->kinds, &cells.at[i])) break;
        *seconds += seconds_since(began);
    }
    Error later = {0};
    return out && query_end(out, err) && query_end(in, &later);
}

static bool bare_loop(Store *from, const char *folder, Arena *arena, double *seconds, Error *err)
{
    Store *to;
    Str url = str_format(arena, "sqlite:%s/bare.db", folder);
    if (!store_open(url, arena, &to, err)) return false;
    bool good = store_migrate(to, addressee_migrations, addressee_migrations_count, err) &&
                store_begin_read(from, err) && store_begin(to, err);
    Arena rows = arena_reserve((ptrdiff_t)PORTION_BYTES);
    for (ptrdiff_t i = 0; i < countof(tables) && good; i++)
        good = store_table(from, to, &tables[i], rows, seconds, err);
    Instant began = clock_now();
    good = good && store_commit(to, err);
    *seconds += seconds_since(began);
    arena_release(rows);
    store_close(to);
    return good;
}

extern const Door command_import;

static bool bench(Str data_dir, Str path, Arena *arena, Error *err)
{
    Act act;
    Office office;
    FeedReport report;
    double bare = 0;
    const OfficePlace place = {.data_dir = data_dir};
    ActAsked asked = {.now = clock_now(), .business_day = clock_today_in_japan()};
    const FeedOrder order = {.path = path};
    if (!office_open(&place, &addressee_office, asked.now, arena, &office, err)) return false;
    if (!actor_of_process(&office, (Str){0}, arena, &asked.actor, err)) return false;
    if (!act_enter(&office, &command_import, &asked, arena, &act, err)) return false;
    Instant began = clock_now();
    bool good = feed_import(&act, &order, arena, &report, err);
    double ours = seconds_since(began);
    good = good && bare_loop(office.store, str_z(arena, data_dir), arena, &bare, err);
    act_leave(&act);
    office_close(&office);
    if (!good) return false;
    struct rusage used;
    (void)getrusage(RUSAGE_SELF, &used);
    (void)printf("import,%.3f,s,%.3f,%.2f,%ld\n", ours, bare, ours / bare, used.ru_maxrss / 1024);
    return report.refused == 0;
}

int main(int argc, char **argv)
{
    Error err = {0};
    Arena arena = arena_reserve((ptrdiff_t)1 << 30);
    if (argc != 3) return 2;
    if (bench(str_of(argv[1]), str_of(argv[2]), &arena, &err)) return 0;
    Str line = outlet_error(OUTLET_TERMINAL, &arena, &err);
    (void)fprintf(stderr, "%.*s\n", STR(line));
    return 1;
}
