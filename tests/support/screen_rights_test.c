// Who may open which page: every route by everybody who holds one duty, for every purpose, before and after the
// duty was taken away, for the whole city and for one ward, beside a table that was written by hand. Each program with screens has its own: SCREEN_ROUTES are
// its routes, the argument is its table (tests/house/screen_rights.txt and its siblings).
//
// Proves C-3.2-03, C-3.3-01, C-3.3-06 (rights by function), C-3.3-12 (by purpose), C-3.3-04 (by ward).
// SPDX-License-Identifier: Apache-2.0
#include "actor_session.h"
#include "route.h"
#include "test_act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

extern const Routes SCREEN_ROUTES;

enum { ROWS_MOST = 200, WORD = 64 };

typedef struct Row {
    char method[WORD], path[WORD], programme[WORD], duty[WORD], record[WORD], purposes[200], reach[WORD];
} Row;

static const char *table_path;
static Row table[ROWS_MOST];
static int table_count;

static const char *const purpose_names[] = {
#define X(name, words) #name,
    PURPOSES(X)
#undef X
};

static void table_read(void)
{
    char line[512];
    FILE *in = fopen(table_path, "r");
    assert_non_null(in);
    while (fgets(line, sizeof line, in)) {
        Row *row = &table[table_count];
        if (line[0] == '#' || line[0] == '\n') continue;
        assert_true(table_count < ROWS_MOST);
        int words = sscanf(line, "%63s %63s %63s %63s %63s %199s %63s", row->method, row->path, row->programme, row->duty,
                           row->record, row->purposes, row->reach);
        assert_true(words == 6 || (words == 7 && !strcmp(row->reach, "wards")));
        table_count++;
    }
    (void)fclose(in);
}

static const Row *row_of(const Route *route)
{
    const char *method = route->method == WEB_POST ? "POST" : "GET";
    for (int i = 0; i < table_count; i++)
        if (!strcmp(table[i].path, route->path) && !strcmp(table[i].method, method))
            return &table[i];
    fail_msg("%s has no line in the table", route->door.typed.name);
    return NULL;
}

static bool named(const char *list, const char *name)
{
    Str rest = str_of(list);
    if (!strcmp(list, "any")) return true;
    while (rest.len) {
        Cut cut = str_cut(rest, ',');
        if (str_equal(cut.head, str_of(name))) return true;
        rest = cut.tail;
    }
    return false;
}

static void every_route_has_a_line(void **state)
{
    (void)state;
    for (int i = 0; i < SCREEN_ROUTES.count; i++) {
        const Route *route = SCREEN_ROUTES.at[i];
        const Row *row = row_of(route);
        assert_string_equal(route->door.programme, row->programme);
        assert_string_equal(audit_act_text(route->door.kind), row->record);
    }
}

static void a_route_opens_for_the_purposes_of_its_line_alone(void **state)
{
    (void)state;
    for (int i = 0; i < SCREEN_ROUTES.count; i++)
        for (int p = 0; p < PURPOSE_COUNT; p++) {
            const Route *route = SCREEN_ROUTES.at[i];
            bool may = named(row_of(route)->purposes, purpose_names[p]);
            if (route_opens(route, (Purpose)p) != may)
                fail_msg("%s for %s", route->door.typed.name, purpose_names[p]);
        }
}

// ---- an office in which everybody holds one duty

static const Door *doors[ROWS_MOST];
static const EmbeddedFile no_migrations[1];
static const int no_migration_count = 0;
static OfficeProgram program = {
    .name = "ledger", .migrations = no_migrations, .migration_count = &no_migration_count};

typedef struct Town {
    Arena arena;
    Error err;
    TestOffice office;
    TestAct in;
    Str wards;  // for which the duty was given; {0}: the whole city
} Town;

static Str holder(Duty duty, Arena *arena)
{
    return str_format(arena, "holder of %s", duty_text(duty));
}

static void duty_changed(Town *t, Duty duty, bool given, Str wards)
{
    DutyChanged changed;
    DutyChange change = {.name = holder(duty, &t->arena),
                         .duty = duty,
                         .given = given,
                         .by = S("花子"),
                         .now = t->in.act.now,
                         .department = wards.len ? S("小倉北区役所") : (Str){0},
                         .begins_on = instant_day_in_japan(t->in.act.now),
                         .ends_on = instant_day_in_japan(t->in.act.now),
                         .wards = wards};
    assert_true(act_begin(&t->in.act, &t->err) && duty_change(&t->in.act, &change, &changed, &t->err));
    assert_true(store_commit(t->in.act.store, &t->err));
}

static bool enters(Town *t, const Route *route, Duty duty)
{
    Act act;
    Arena arena = t->arena;
    const ActAsked asked = {.actor = actor_of_session(holder(duty, &arena), 1 + (int64_t)duty, &arena),
                            .store = t->in.act.store,
                            .purpose = S("窓口対応"),
                            .now = t->in.act.now,
                            .business_day = t->in.act.business_day};
    bool entered = act_enter(&t->in.office, &route->door, &asked, &arena, &act, &t->err);
    if (entered) assert_true(str_equal(act.wards, t->wards));
    if (entered) act_leave(&act);
    if (!entered) assert_int_equal(t->err.code, E_RIGHT);
    return entered;
}

// Where the duty is the route's, and it reaches what the route reaches.
static void walked(Town *t, Duty d, Str wards)
{
    t->wards = wards;
    duty_changed(t, d, true, wards);
    for (int i = 0; i < SCREEN_ROUTES.count; i++) {
        const Route *route = SCREEN_ROUTES.at[i];
        const Row *row = row_of(route);
        bool may = !strcmp(row->duty, duty_text(d)) && (!wards.len || row->reach[0]);
        if (enters(t, route, d) != may)
            fail_msg("%s by who holds %s of %.*s", route->door.typed.name, duty_text(d), STR(wards.len ? wards : S("the city")));
    }
    duty_changed(t, d, false, (Str){0});
    for (int i = 0; i < SCREEN_ROUTES.count; i++)
        if (!strcmp(row_of(SCREEN_ROUTES.at[i])->duty, duty_text(d)) && enters(t, SCREEN_ROUTES.at[i], d))
            fail_msg("%s after the duty was taken away", SCREEN_ROUTES.at[i]->door.typed.name);
}

static void a_route_opens_for_the_duty_of_its_line_until_it_is_taken_away(void **state)
{
    TestPlace place;
    static Town town;
    Town *t = &town;
    Arena whole = arena_reserve(256 << 20);
    (void)state;
    test_place_make(&place);
    t->arena = whole;
    for (int i = 0; i < SCREEN_ROUTES.count; i++) doors[i] = &SCREEN_ROUTES.at[i]->door;
    program.doors = (Doors){doors, SCREEN_ROUTES.count};
    Str data = str_format(&t->arena, "%s/data", place.folder);
    t->office = (TestOffice){&program, {data, str_of(place.base_url)}, day_of(2026, 11, 24)};
    assert_true(test_office_found(&t->office, "花子", &t->arena, &t->err));
    assert_true(test_act_enter(&t->office, doors[0], "花子", &t->arena, &t->in, &t->err));
    for (Duty d = DUTY_NONE + 1; d < DUTY_COUNT; d++) {
        walked(t, d, (Str){0});
        walked(t, d, S("401064"));
    }
    test_act_leave(&t->in);
    arena_release(whole);
    test_place_remove(&place);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_has_a_line),
        cmocka_unit_test(a_route_opens_for_the_purposes_of_its_line_alone),
        cmocka_unit_test(a_route_opens_for_the_duty_of_its_line_until_it_is_taken_away),
    };
    if (count != 2) return 2;
    table_path = arguments[1];
    table_read();
    return cmocka_run_group_tests_name("screen rights", tests, NULL, NULL);
}
