// Forms with a file: read whatever way they are cut, and what no browser of ours sends is refused.
// SPDX-License-Identifier: Apache-2.0
#include "multipart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#define PART(name)       "--xx\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define FILE_PART(named) "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" named "\"\r\nContent-Type: text/csv\r\n\r\n"
#define LAST             "\r\n--xx--\r\n"

typedef struct Sent {
    Multipart m;
    char file[4096];
    ptrdiff_t len;
    bool full;
} Sent;

static Arena arena;

static bool take(void *context, Str bytes, Error *err)
{
    Sent *sent = context;
    if (sent->full) return FAIL(err, E_STORE_FULL, .words = S("いっぱい"));
    memcpy(sent->file + sent->len, bytes.at, (size_t)bytes.len);
    sent->len += bytes.len;
    return true;
}

static ErrorCode sent_in(Sent *sent, Str body, ptrdiff_t cut, bool full)
{
    Error err = {0};
    *sent = (Sent){.full = full};
    assert_true(multipart_begin(&sent->m, S("multipart/form-data; boundary=xx"), take, sent, &arena));
    for (ptrdiff_t at = 0; at < body.len; at += cut) {
        ptrdiff_t left = body.len - at;
        if (!multipart_feed(&sent->m, str_first(str_from(body, at), left < cut ? left : cut), &err)) return err.code;
    }
    return multipart_end(&sent->m, &err) ? E_NONE : err.code;
}

static void a_form_reads_the_same_however_it_is_cut(void **state)
{
    static Sent sent;
    const Str body = S(PART("_origin") "abc\r\n" FILE_PART("C:\\tmp\\予診票; 2.csv") "a\r\n\r\n--x\r\r\n--xy\r\n--x" LAST);
    (void)state;
    for (ptrdiff_t cut = 1; cut <= body.len; cut++) {
        assert_int_equal(sent_in(&sent, body, cut, false), E_NONE);
        assert_true(str_equal(web_value(sent.m.pairs, "_origin"), S("abc")));
        assert_true(str_equal(sent.m.file_name, S("予診票; 2.csv")));
        assert_true(str_equal((Str){sent.file, sent.len}, S("a\r\n\r\n--x\r\r\n--xy\r\n--x")));
    }
}

static void what_ends_before_its_end_is_told(void **state)
{
    static Sent sent;
    const Str body = S(FILE_PART("a.csv") "half" LAST);
    (void)state;
    for (ptrdiff_t len = 0; len < body.len - 2; len++)
        assert_int_equal(sent_in(&sent, str_first(body, len), 7, false), E_MESSAGE);
    assert_int_equal(sent_in(&sent, body, 7, true), E_STORE_FULL);
}

static void what_no_form_of_ours_sends_is_refused(void **state)
{
    static Sent sent;
    static const struct {
        const char *body;
        ErrorCode code;
    } bad[] = {
        {"x" PART("a") "b" LAST, E_MESSAGE},
        {FILE_PART("a.csv") "1\r\n" FILE_PART("b.csv") "2" LAST, E_MESSAGE},
        {"--xx\r\nContent-Type: text/plain\r\n\r\nb" LAST, E_MESSAGE},
        {PART("a\x01") "b" LAST, E_MESSAGE},
        {PART("a") "\xff" LAST, E_MESSAGE},
        {PART("a") "b\r\n--xxx--\r\n", E_MESSAGE},
        {PART("") "b" LAST, E_MESSAGE},
    };
    Multipart m;
    (void)state;
    for (ptrdiff_t i = 0; i < countof(bad); i++)
        if (sent_in(&sent, str_of(bad[i].body), 5, false) != bad[i].code) fail_msg("%s", bad[i].body);
    const char *const types[] = {"application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=",
                                 "multipart/form-data; boundary=a b", "multipart/mixed; boundary=xx"};
    for (ptrdiff_t i = 0; i < countof(types); i++)
        assert_false(multipart_begin(&m, str_of(types[i]), take, &sent, &arena));
}

static void what_is_too_long_is_refused_before_it_is_kept(void **state)
{
    static Sent sent;
    static char body[MULTIPART_TEXTS_MOST + 200];
    (void)state;
    memset(body, 'x', sizeof body);
    memcpy(body, PART("a"), sizeof PART("a") - 1);
    assert_int_equal(sent_in(&sent, (Str){body, sizeof body}, 100, false), E_LIMIT);
    memset(body, 'x', sizeof body);
    memcpy(body, "--xx\r\nContent-", 14);
    assert_int_equal(sent_in(&sent, (Str){body, sizeof body}, 100, false), E_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_reads_the_same_however_it_is_cut),
        cmocka_unit_test(what_ends_before_its_end_is_told),
        cmocka_unit_test(what_no_form_of_ours_sends_is_refused),
        cmocka_unit_test(what_is_too_long_is_refused_before_it_is_kept),
    };
    arena = arena_reserve(64 << 20);
    return cmocka_run_group_tests_name("multipart", tests, NULL, NULL);
}
