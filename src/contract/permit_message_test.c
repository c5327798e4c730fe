// Permits and lists as bytes: what is written is read, nothing else is. Proves C-3.6-08 (a malformed list is refused).
// SPDX-License-Identifier: Apache-2.0
#include "allow_list_message.h"
#include "message_test.h"
#include "permit_message.h"
#include "signed_message.h"

static Arena arena;

static PermitCopy history_permit(LinkageRole holder)
{
    PermitCopy copy = {.permit = permit_of_hanako(), .holder = holder};
    memset(copy.code.at, holder == ROLE_INQUIRER ? 3 : 4, sizeof copy.code.at);
    if (holder == ROLE_PROVIDER) copy.route = (RouteName){"if.401307"};
    return copy;
}

static bool reads(const PermitCopy *copy)
{
    PermitCopy read;
    Error err = {0};
    bool ok = permit_copy_decode(permit_copy_encode(copy, &arena), &read, &err);
    if (ok)
        assert_true(str_equal(permit_copy_encode(copy, &arena), permit_copy_encode(&read, &arena)));
    if (!ok) assert_int_equal(err.code, E_MESSAGE);
    return ok;
}

static void both_copies_are_read_as_they_were_written(void **state)
{
    (void)state;
    PermitCopy mine = history_permit(ROLE_INQUIRER), theirs = history_permit(ROLE_PROVIDER), read;
    Error err;
    assert_true(reads(&mine));
    assert_true(permit_copy_decode(permit_copy_encode(&theirs, &arena), &read, &err));
    assert_memory_equal(&read, &theirs, sizeof read);
    // Two copies, one permit: what an answer is bound to is the same for both sides.
    assert_false(str_equal(permit_copy_encode(&mine, &arena), permit_copy_encode(&theirs, &arena)));
    assert_true(
        str_equal(permit_encode(&mine.permit, &arena), permit_encode(&theirs.permit, &arena)));
}

static void no_route(PermitCopy *c)
{
    c->route = (RouteName){""};
}
static void no_item(PermitCopy *c)
{
    c->permit.question.item = 0;
}
static void nothing_asked(PermitCopy *c)
{
    c->permit.question.items = 0;
}
static void negative_items(PermitCopy *c)
{
    c->permit.question.items = -1;
}
static void asks_itself(PermitCopy *c)
{
    c->permit.question.inquirer = c->permit.question.provider;
}
static void odd_affair(PermitCopy *c)
{
    c->permit.question.affair.at[0] = 'T';
}
static void odd_organisation(PermitCopy *c)
{
    c->permit.question.inquirer.digits[3] = 'x';
}
static void short_organisation(PermitCopy *c)
{
    c->permit.question.inquirer.digits[15] = '\0';
}
static void no_number(PermitCopy *c)
{
    c->permit.inquiry = (InquiryNo){""};
}
static void too_long_a_life(PermitCopy *c)
{
    c->permit.expires_at = NOW + PERMIT_LIFE_BULK + 1;
}
static void ends_before_it_begins(PermitCopy *c)
{
    c->permit.expires_at = NOW - 1;
}
static void no_list(PermitCopy *c)
{
    c->permit.list_version = 0;
}
static void no_such_role(PermitCopy *c)
{
    c->holder = (LinkageRole)2;
}

static void what_makes_no_sense_is_refused(void **state)
{
    void (*const changes[])(PermitCopy *) = {
        no_route,   no_item,          nothing_asked,      negative_items,  asks_itself,
        odd_affair, odd_organisation, no_number,          too_long_a_life, ends_before_it_begins,
        no_list,    no_such_role,     short_organisation,
    };
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        PermitCopy copy = history_permit(ROLE_PROVIDER);
        assert_true(reads(&copy));
        changes[i](&copy);
        assert_false(reads(&copy));
    }
    PermitCopy mine = history_permit(ROLE_INQUIRER);
    mine.route = (RouteName){"if.401307"};  // only the provider is told the way
    assert_false(reads(&mine));
}

static void no_byte_is_left_out_or_added(void **state)
{
    (void)state;
    PermitCopy copy = history_permit(ROLE_PROVIDER), read;
    Error err;
    Str whole = permit_copy_encode(&copy, &arena), longer = str_join(&arena, whole, S("\0"));
    for (ptrdiff_t len = 0; len < whole.len; len++)
        assert_false(permit_copy_decode(str_first(whole, len), &read, &err));
    assert_false(permit_copy_decode(longer, &read, &err));
}

// ---- lists

static AllowList list_of_two(void)
{
    AllowList list = {.version = 3, .as_of = NOW};
    Question q = history_permit(ROLE_PROVIDER).permit.question;
    *allow_bodies_push(&list.bodies, &arena) = (AllowBody){q.provider, BODY_CITY};
    *allow_bodies_push(&list.bodies, &arena) = (AllowBody){q.inquirer, BODY_CITY | BODY_INSURER};
    *allow_rows_push(&list.rows, &arena) = (AllowRow){.item = q.item,
                                                      .affair = q.affair,
                                                      .procedure = q.procedure,
                                                      .inquirers = BODY_CITY,
                                                      .providers = BODY_CITY,
                                                      .dataset = q.dataset,
                                                      .items = q.items,
                                                      .in_force = {day_of(2024, 5, 27), DAY_MAX}};
    return list;
}

static bool list_reads(const AllowList *list)
{
    AllowList read;
    Error err = {0};
    bool ok = allow_list_decode(allow_list_encode(list, &arena), &arena, &read, &err);
    if (ok)
        assert_true(str_equal(allow_list_encode(list, &arena), allow_list_encode(&read, &arena)));
    return ok;
}

static void body_twice(AllowList *l)
{
    l->bodies.at[1].organisation = l->bodies.at[0].organisation;
}
static void bodies_out_of_order(AllowList *l)
{
    AllowBody first = l->bodies.at[0];
    l->bodies.at[0] = l->bodies.at[1];
    l->bodies.at[1] = first;
}
static void body_of_no_class(AllowList *l)
{
    l->bodies.at[0].classes = 0;
}
static void body_of_an_unknown_class(AllowList *l)
{
    l->bodies.at[0].classes = BODY_CLASSES + 1;
}
static void row_for_nobody(AllowList *l)
{
    l->rows.at[0].inquirers = 0;
}
static void row_of_nobody(AllowList *l)
{
    l->rows.at[0].providers = 0;
}
static void row_of_nothing(AllowList *l)
{
    l->rows.at[0].items = 0;
}
static void row_with_a_day_of_no_calendar(AllowList *l)
{
    l->rows.at[0].in_force.first = DAY_NONE;
}
static void row_that_ends_before_it_begins(AllowList *l)
{
    l->rows.at[0].in_force.last = l->rows.at[0].in_force.first - 1;
}
static void row_of_another_table(AllowList *l)
{
    l->rows.at[0].dataset.at[0] = 'J';
}
static void no_version(AllowList *l)
{
    l->version = 0;
}

static void a_malformed_list_is_refused_whole(void **state)
{
    void (*const changes[])(AllowList *) = {
        body_twice,
        bodies_out_of_order,
        body_of_no_class,
        row_for_nobody,
        body_of_an_unknown_class,
        row_of_nothing,
        no_version,
        row_with_a_day_of_no_calendar,
        row_that_ends_before_it_begins,
        row_of_another_table,
        row_of_nobody,
    };
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        AllowList list = list_of_two();
        assert_true(list_reads(&list));
        changes[i](&list);
        assert_false(list_reads(&list));
    }
    AllowList none = {.version = 1, .as_of = NOW};  // allows nothing, and says so
    assert_true(list_reads(&none));
}

// ---- signed

static void what_is_signed_is_read_as_it_was(void **state)
{
    (void)state;
    SignedMessage sent = {.body = {(const unsigned char *)"permit", 6},
                          .key_name = "core 01",
                          .signature = {9}},
                  read;
    Error err;
    Str text = signed_message_encode(&sent, &arena);
    assert_true(signed_message_decode(text, &read, &err));
    assert_int_equal(read.body.len, 6);
    assert_memory_equal(read.body.at, "permit", 6);
    assert_memory_equal(read.signature, sent.signature, sizeof sent.signature);
    for (ptrdiff_t len = 0; len < text.len; len++)
        assert_false(signed_message_decode(str_first(text, len), &read, &err));
    sent.body.len = 0;
    assert_false(signed_message_decode(signed_message_encode(&sent, &arena), &read, &err));
}

// ---- one spelling of each

static Str copy_again(Str message, Arena *scratch)
{
    PermitCopy read;
    Error err;
    return permit_copy_decode(message, &read, &err) ? permit_copy_encode(&read, scratch) : (Str){0};
}

static Str list_again(Str message, Arena *scratch)
{
    AllowList read;
    Error err;
    return allow_list_decode(message, scratch, &read, &err) ? allow_list_encode(&read, scratch)
                                                            : (Str){0};
}

static Str signed_again(Str message, Arena *scratch)
{
    SignedMessage read;
    Error err;
    return signed_message_decode(message, &read, &err) ? signed_message_encode(&read, scratch)
                                                       : (Str){0};
}

static void every_message_has_one_spelling(void **state)
{
    (void)state;
    PermitCopy copies[] = {history_permit(ROLE_INQUIRER), history_permit(ROLE_PROVIDER)};
    AllowList list = list_of_two();
    SignedMessage message = {.body = {(const unsigned char *)"permit", 6}};
    for (int i = 0; i < 2; i++) {
        copies[i].permit.undisclosed = i;
        assert_one_spelling(permit_copy_encode(&copies[i], &arena), copy_again, arena);
    }
    assert_one_spelling(allow_list_encode(&list, &arena), list_again, arena);
    assert_one_spelling(signed_message_encode(&message, &arena), signed_again, arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_copies_are_read_as_they_were_written),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(no_byte_is_left_out_or_added),
        cmocka_unit_test(a_malformed_list_is_refused_whole),
        cmocka_unit_test(what_is_signed_is_read_as_it_was),
        cmocka_unit_test(every_message_has_one_spelling),
    };
    arena = arena_reserve(16 << 20);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
