// Certificates as the store keeps them: sealed, ended once, overtaken by whatever ends a dose.
// SPDX-License-Identifier: Apache-2.0
#include "certificate_issue.h"

#include "dose_rows.h"
#include "ledger_desk_test.h"
#include "outlet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

// A file has bytes that no text has.
static const char paper_bytes[] = "%PDF-1.5\0\xFF of a synthetic child";
static const Str paper = {paper_bytes, sizeof paper_bytes - 1};

static void person_made(Desk *d, int32_t id)
{
    static const char sql[] = "INSERT INTO person (person_id, addressee_no, name, birth, sex, status, protected, withdrawn, from_act)"
                              " VALUES ($1, $2, '見本', 20211220, 1, 1, 0, 0, $3)";
    Query *q = query_begin(d->store, sql, &d->err);
    assert_non_null(q);
    bind_int64(q, 1, id);
    bind_text(q, 2, str_format(&d->arena, "41%013d", id));
    bind_int64(q, 3, d->act.no);
    assert_true(query_run(q, &d->err));
}

static void dose_made(Desk *d, int32_t id, int32_t replaces)
{
    const DoseRecord record = {.dose = {.dose_id = id, .person_id = 7, .product_no = 1, .given_on = {2023, 1, (int8_t)id},
                                        .provenance = PROVENANCE_CLINIC, .from_act = d->act.no, .to_act = ACT_OPEN},
                               .kind = GIVEN_HERE, .replaces = replaces, .lot = S("L1")};
    assert_true(dose_insert(d->store, &record, &d->err));
}

static Keys *keys_of(Desk *d)
{
    Keys *keys;
    assert_true(keys_open(str_of(d->place.folder), S("ledger"), &d->arena, &keys, &d->err));
    return keys;
}

static void issued(Desk *d, Keys *keys, int64_t number, int32_t first, int32_t second)
{
    const int32_t doses[] = {first, second};
    const CertificateRow row = {.number = number, .person_id = 7, .kind = CERTIFICATE_RECORD, .issued_on = day_of(2026, 11, 10),
                                .form_version = S("2026-1"), .pages = 1, .hash = sha256_of_text(paper), .from_act = d->act.no};
    const CertificateKept kept = {{S("保護者"), S("母 見本　花子"), S("旅券"), S("入園")}, paper};
    assert_true(certificate_insert(d->store, keys, &row, &kept, doses, second ? 2 : 1, d->arena, &d->err));
}

static LedgerAct act_on(Desk *d, Day day)
{
    LedgerAct act;
    const Act by = {.actor = actor_of_certificate(S("taro"), &d->arena), .store = d->store, .now = clock_now(), .business_day = day};
    assert_true(ledger_act_begin(&by, ACT_ENTRY, S("訂正"), &act, &d->err));
    return act;
}

static void what_left_is_kept_sealed_and_comes_back_as_it_was(void **state)
{
    Desk *d = *state;
    CertificateRows rows;
    CertificateKept kept;
    Keys *keys = keys_of(d);
    person_made(d, 7);
    dose_made(d, 1, 0);
    issued(d, keys, 41, 1, 0);
    assert_true(certificates_of_person(d->store, 7, &d->arena, &rows, &d->err));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.at[0].number, 41);
    assert_int_equal(rows.at[0].to_act, ACT_OPEN);
    assert_true(certificate_kept(d->store, keys, 41, &d->arena, &kept, &d->err));
    assert_true(str_equal(kept.pdf, paper));
    assert_true(str_equal(kept.asked.relation, S("母 見本　花子")));
    Query *q = query_begin(d->store, "SELECT sealed FROM certificate", &d->err);
    assert_true(query_next(q));
    Bytes sealed = column_bytes(q, 0, &d->arena);
    assert_true(str_find((Str){(const char *)sealed.at, sealed.len}, S("PDF")) < 0);
    assert_true(query_end(q, &d->err));
    keys_close(keys);
}

static void a_dose_that_ends_overtakes_its_certificates_and_no_others(void **state)
{
    Desk *d = *state;
    CertificateDoses now;
    CertificateRows rows;
    OvertakenCertificates found;
    Keys *keys = keys_of(d);
    person_made(d, 7);
    for (int32_t id = 1; id <= 3; id++) dose_made(d, id, 0);
    issued(d, keys, 41, 1, 2);
    issued(d, keys, 42, 3, 0);
    assert_true(certificates_overtaken(d->store, &d->arena, &found, &d->err));
    assert_int_equal(found.count, 0);
    LedgerAct act = act_on(d, day_of(2026, 11, 12));
    assert_true(dose_end(d->store, 1, &act, &d->err));
    dose_made(d, 4, 1);
    assert_true(certificates_overtaken(d->store, &d->arena, &found, &d->err));
    assert_int_equal(found.count, 1);
    assert_int_equal(found.at[0].number, 41);
    assert_int_equal(found.at[0].doses, 1);
    assert_int_equal(found.at[0].since, day_of(2026, 11, 12));
    // As it stands now: the corrected one in place of the first.
    assert_true(certificate_doses_now(d->store, 41, &d->arena, &now, &d->err));
    assert_int_equal(now.count, 2);
    assert_int_equal(now.at[0], 2);
    assert_int_equal(now.at[1], 4);
    assert_true(certificate_end(d->store, 41, &act, &d->err));
    assert_true(certificates_overtaken(d->store, &d->arena, &found, &d->err));
    assert_int_equal(found.count, 0);
    assert_true(certificates_of_person(d->store, 7, &d->arena, &rows, &d->err));
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.at[1].to_act, act.no);
    keys_close(keys);
}

// The first page of a day says since when the oldest waits.
static void the_one_overtaken_first_comes_first_whatever_its_number(void **state)
{
    Desk *d = *state;
    OvertakenCertificates found;
    Keys *keys = keys_of(d);
    person_made(d, 7);
    for (int32_t id = 1; id <= 2; id++) dose_made(d, id, 0);
    issued(d, keys, 41, 1, 0);
    issued(d, keys, 42, 2, 0);
    LedgerAct first = act_on(d, day_of(2026, 11, 11)), second = act_on(d, day_of(2026, 11, 12));
    assert_true(dose_end(d->store, 2, &first, &d->err));
    assert_true(dose_end(d->store, 1, &second, &d->err));
    assert_true(certificates_overtaken(d->store, &d->arena, &found, &d->err));
    assert_int_equal(found.count, 2);
    assert_int_equal(found.at[0].number, 42);
    assert_int_equal(found.at[0].since, day_of(2026, 11, 11));
    assert_int_equal(found.at[1].number, 41);
    keys_close(keys);
}

static void whoever_asks_is_known_and_says_what_for(void **state)
{
    (void)state;
    // clang-format off
    static const struct { CertificateAsked asked; const char *item; ErrorCode code; } cases[] = {
        {{S("本人"), {0}, S("旅券"), S("入園")}, NULL, E_NONE},
        {{S("保護者"), S("母、母子健康手帳"), S("運転免許証"), S("入園")}, NULL, E_NONE},
        {{{0}, {0}, S("旅券"), S("入園")}, "請求した人", E_CODE_UNKNOWN},
        {{S("隣の人"), S("隣"), S("旅券"), S("入園")}, "請求した人", E_CODE_UNKNOWN},
        {{S("保護者"), {0}, S("旅券"), S("入園")}, "間柄", E_MISSING},
        {{S("代理人"), {0}, S("旅券"), S("入園")}, "間柄", E_MISSING},
        {{S("本人"), {0}, {0}, S("入園")}, "本人確認", E_MISSING},
        {{S("本人"), {0}, S("顔見知り"), S("入園")}, "本人確認", E_CODE_UNKNOWN},
        {{S("本人"), {0}, S("旅券"), {0}}, "使う目的", E_MISSING},
        {{S("本人"), {0}, S("旅券"), S("入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園入園園")}, "使う目的", E_LENGTH},
    };
    // clang-format on
    for (int i = 0; i < (int)(sizeof cases / sizeof *cases); i++) {
        Error err = {0};
        assert_int_equal(certificate_asked_check(&cases[i].asked, &err), cases[i].code == E_NONE);
        assert_int_equal(err.code, cases[i].code);
        if (cases[i].item) assert_true(outlet_error_about(&err, str_of(cases[i].item)));
    }
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)

int main(void)
{
    const struct CMUnitTest stories[] = {
        cmocka_unit_test(whoever_asks_is_known_and_says_what_for),
        STORY(what_left_is_kept_sealed_and_comes_back_as_it_was),
        STORY(a_dose_that_ends_overtakes_its_certificates_and_no_others),
        STORY(the_one_overtaken_first_comes_first_whatever_its_number),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
