// Certificates: what is printed is read back item by item, and what cannot be printed right is not printed.
// SPDX-License-Identifier: Apache-2.0
#include "certificate.h"

#include "outlet.h"
#include "papers_office.h"
#include "papers_people.h"
#include "papers_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *checker;  // the program that lies beside the real ones

static CertificateDose doses[26];  // of the certificate in hand
static Certificate in_hand;

static void certificate_made(Office *office, CertificateKind kind, int count)
{
    PaperPerson person = people_person(1);
    office->batch.checker = checker;
    for (int i = 0; i < countof(doses); i++)
        doses[i] = (CertificateDose){.vaccine = S("日本脳炎"),
                                     .position = S("第1期 1回目"),
                                     .given_on = str_format(&office->arena, "令和8年10月%d日", 1 + i),
                                     .product = S("日本脳炎"),
                                     .legal = S("定期（A類）"),
                                     .lot = str_format(&office->arena, "JE%03d", i),
                                     .place = S("みほん小児科"),
                                     .source = S("母子健康手帳")};
    in_hand = (Certificate){.kind = kind, .number = 41, .day = people_today(), .who = person.who, .name = person.name,
                            .birth = person.birth, .address = person.home.address, .building = person.home.building,
                            .doses = doses, .dose_count = count};
}

// The person that stands in the batch has copies of these texts.
static KeptPerson *kept_in(Papers *papers)
{
    return papers->order[0];
}

static void change(Papers *papers, int which)
{
    CertificateDose first = doses[0];
    Str *const of_dose[] = {&doses[0].vaccine, &doses[0].position, &doses[0].given_on, &doses[0].product,
                            &doses[0].legal,   &doses[0].lot,      &doses[0].place,    &doses[0].source};
    if (which < countof(of_dose)) *of_dose[which] = S("べつ");
    if (which == 8) in_hand.number++;
    if (which == 9) in_hand.name = S("辻\U000E0103　太郎");
    if (which == 10) in_hand.address = S("北九州市小倉北区城内1番2号");
    if (which == 11) in_hand.birth.day++;
    if (which == 12) doses[0] = doses[1], doses[1] = first;  // two rows exchanged
    if (which == 13) doses[0].lot = doses[1].lot;            // one column shifted
    if (which == 14) kept_in(papers)->snapshot.who = people_person(2).who;
}

static void each_item_of_a_certificate_is_read_back(void **state)
{
    Office *office = *state;
    int file = office_draft(office);
    certificate_made(office, CERTIFICATE_RECORD, 3);
    assert_true(certificate_begin(&office->batch, &in_hand, &office->arena, &office->papers, &office->err));
    assert_true(papers_draw(office->papers, file, &office->err));
    const Certificate drawn = in_hand;
    const CertificateDose as_drawn[2] = {doses[0], doses[1]};
    for (int which = -1; which < 15; which++) {
        if (which >= 0) change(office->papers, which);
        bool right = papers_check(office->papers, file, &office->err);
        if (right != (which < 0)) fail_msg("change %d: %s", which, right ? "passed" : "refused");
        if (which == 5) assert_true(outlet_error_about(&office->err, S("接種")));
        in_hand = drawn;
        memcpy(doses, as_drawn, sizeof as_drawn);
    }
    assert_int_equal(close(file), 0);
}

static void pages_are_as_many_as_the_doses_ask_for(void **state)
{
    Office *office = *state;
    static const struct {
        CertificateKind kind;
        int doses, pages;
    } cases[] = {{CERTIFICATE_DOSE, 1, 1}, {CERTIFICATE_RECORD, 1, 1},  {CERTIFICATE_RECORD, 12, 1},
                 {CERTIFICATE_RECORD, 13, 2}, {CERTIFICATE_RECORD, 25, 3}};
    for (int i = 0; i < countof(cases); i++) {
        CertificateDrawn drawn, again;
        certificate_made(office, cases[i].kind, cases[i].doses);
        assert_true(certificate_draw(&office->batch, &in_hand, &office->arena, &drawn, &office->err));
        assert_int_equal(drawn.pages, cases[i].pages);
        if (i < countof(cases) - 1) continue;
        assert_true(certificate_draw(&office->batch, &in_hand, &office->arena, &again, &office->err));
        assert_true(sha256_equal(&drawn.hash, &again.hash));
    }
}

static void what_cannot_be_printed_right_is_not_printed(void **state)
{
    Office *office = *state;
    static const char *const names[] = {"見本　\uE000", "見本　〓", "見本　太?", "見本\u200F　太郎", "見本　辻\U000E0100", "見本　한"};
    for (int i = 0; i < countof(names) + 4; i++) {
        CertificateDrawn drawn;
        certificate_made(office, CERTIFICATE_RECORD, 2);
        if (i < countof(names)) in_hand.name = str_of(names[i]);
        if (i == countof(names)) doses[1].lot = S("LOT-0123456789-0123456789-0123456789-0123456789");
        if (i == countof(names) + 1) doses[1].place = S("みほん\uE000病院");
        if (i == countof(names) + 2) in_hand.building = S("方書\uFFFD");
        if (i == countof(names) + 3) in_hand.day = day_of(2019, 5, 1);  // no form was in force
        office->err = (Error){0};
        assert_false(certificate_draw(&office->batch, &in_hand, &office->arena, &drawn, &office->err));
        assert_int_equal(office->err.code, E_PAPER);
    }
}

// Whoever wrote it into a field: text, as it stands.
static void hostile_texts_are_texts(void **state)
{
    Office *office = *state;
    CertificateDrawn drawn;
    certificate_made(office, CERTIFICATE_RECORD, 2);
    in_hand.name = S("<script>alert(1)</script> & \"'");
    in_hand.building = S("%s%n ${x} <b>");
    doses[0].lot = S("=1+1");
    doses[0].place = S("<svg onload=x>");
    assert_true(certificate_draw(&office->batch, &in_hand, &office->arena, &drawn, &office->err));
}

// certificate_test CHECKER
int main(int argc, char **argv)
{
    if (argc < 2) return 1;
    checker = argv[1];
    const struct CMUnitTest tests[] = {
#define STORY(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)
        STORY(each_item_of_a_certificate_is_read_back),
        STORY(pages_are_as_many_as_the_doses_ask_for),
        STORY(what_cannot_be_printed_right_is_not_printed),
        STORY(hostile_texts_are_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
