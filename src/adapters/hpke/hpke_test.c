// HPKE against RFC 9180's own vectors and those of a second implementation, then what a message must not do.
// Proves C-3.6-22 (only the inquirer opens), C-3.6-30 (sealed to the inquirer's key).
// SPDX-License-Identifier: Apache-2.0
#include "hpke_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

static const char *vector_files[2];

typedef struct Room {
    Arena arena;
    Error err;
} Room;

static Room room(void)
{
    static Arena whole;
    if (!whole.at) whole = arena_reserve(16 << 20);
    return (Room){.arena = whole};
}

static Bytes hex(Room *r, const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    assert_non_null(text);
    ptrdiff_t len = (ptrdiff_t)strlen(text) / 2;
    unsigned char *out = NEW(&r->arena, unsigned char, len + 1);
    for (ptrdiff_t i = 0; i < len; i++) {
        unsigned byte;
        assert_int_equal(sscanf(text + 2 * i, "%2x", &byte), 1);
        out[i] = (unsigned char)byte;
    }
    return (Bytes){out, len};
}

static void same(Bytes expected, const void *at, ptrdiff_t len)
{
    assert_int_equal(expected.len, len);
    if (len) assert_memory_equal(expected.at, at, (size_t)len);
}

static Bytes text_bytes(const char *text)
{
    return (Bytes){(const unsigned char *)text, (ptrdiff_t)strlen(text)};
}

// ---- vectors

static const HpkeAead aes_128_gcm = {.id = 1, .key_bytes = 16, .cipher = "AES-128-GCM"};

static void messages_as_published(Room *r, const HpkeContext *context, const json_t *messages)
{
    size_t i;
    json_t *m;
    json_array_foreach(messages, i, m)
    {
        int64_t number = json_integer_value(json_object_get(m, "number"));
        Bytes plain = hex(r, m, "pt"), bound = hex(r, m, "aad"), sealed = hex(r, m, "ct");
        unsigned char *out = NEW(&r->arena, unsigned char, sealed.len + 1);
        hpke_message_seal(context, number, bound, plain, out);
        same(sealed, out, plain.len + HPKE_TAG_BYTES);
        assert_true(hpke_message_open(context, number, bound, sealed, out));
        same(plain, out, plain.len);
        assert_false(hpke_message_open(context, number + 1, bound, sealed, out));
    }
    assert_true(i > 0);
}

static void as_published(Room *r, const HpkeAead *aead, const json_t *v)
{
    SECRET(sender);
    SECRET(receiver);
    HPKE_CONTEXT(context);
    HpkePublic sender_public, receiver_public;
    HkdfKey given, taken;
    assert_true(hpke_keys_made(hex(r, v, "ikmE"), &sender, &sender_public, &r->err));
    assert_true(hpke_keys_made(hex(r, v, "ikmR"), &receiver, &receiver_public, &r->err));
    same(hex(r, v, "skEm"), sender.at, sender.len);
    same(hex(r, v, "skRm"), receiver.at, receiver.len);
    same(hex(r, v, "pkEm"), sender_public.at, sizeof sender_public.at);
    same(hex(r, v, "enc"), sender_public.at, sizeof sender_public.at);
    same(hex(r, v, "pkRm"), receiver_public.at, sizeof receiver_public.at);
    assert_true(hpke_encapsulate(&sender, &sender_public, &receiver_public, &given));
    assert_true(hpke_decapsulate(&receiver, &sender_public, &taken));
    assert_memory_equal(&given, &taken, sizeof given);
    hpke_schedule(aead, &taken, hex(r, v, "info"), &context);
    if (json_object_get(v, "shared_secret")) {
        same(hex(r, v, "shared_secret"), taken.at, sizeof taken.at);
        same(hex(r, v, "key"), context.key, aead->key_bytes);
        same(hex(r, v, "base_nonce"), context.nonce, sizeof context.nonce);
    }
    messages_as_published(r, &context, json_object_get(v, "messages"));
}

static void every_published_vector(void **state)
{
    (void)state;
    for (int f = 0; f < 2; f++) {
        json_t *file = json_load_file(vector_files[f], 0, NULL), *v;
        size_t i;
        assert_non_null(file);
        bool short_key = json_integer_value(json_object_get(file, "aead")) == 1;
        json_array_foreach(json_object_get(file, "vectors"), i, v)
        {
            Room r = room();
            as_published(&r, short_key ? &aes_128_gcm : &hpke_aes_256_gcm, v);
        }
        assert_int_equal(i, short_key ? 1 : 6);
        json_decref(file);
    }
}

// The first message of a vector is what hpke_seal makes, with the suite before it.
static void an_envelope_is_the_first_message(void **state)
{
    (void)state;
    Room r = room();
    json_t *file = json_load_file(vector_files[0], 0, NULL), *v;
    size_t i;
    json_array_foreach(json_object_get(file, "vectors"), i, v)
    {
        SECRET(receiver);
        HpkePublic receiver_public;
        const json_t *m = json_array_get(json_object_get(v, "messages"), 0);
        HpkeUse use = {.use = hex(&r, v, "info"), .bound = hex(&r, m, "aad")};
        Bytes envelope, plain, sealed = hex(&r, m, "ct"), enc = hex(&r, v, "enc");
        assert_true(hpke_keys_made(hex(&r, v, "ikmR"), &receiver, &receiver_public, &r.err));
        assert_true(hpke_seal(&receiver_public, use, hex(&r, v, "ikmE"), hex(&r, m, "pt"), &r.arena,
                              &envelope, &r.err));
        assert_int_equal(envelope.at[0], 1);
        same(enc, envelope.at + 1, HPKE_PUBLIC_BYTES);
        same(sealed, envelope.at + 1 + HPKE_PUBLIC_BYTES, envelope.len - 1 - HPKE_PUBLIC_BYTES);
        assert_true(hpke_open(&receiver, use, envelope, &r.arena, &plain, &r.err));
        same(hex(&r, m, "pt"), plain.at, plain.len);
    }
    json_decref(file);
}

// ---- what must not open

typedef struct Sent {
    Secret receiver;
    HpkePublic to;
    HpkeUse use;
    Bytes envelope;
} Sent;

static unsigned char seed_of[2][HPKE_SEED_BYTES] = {"receiver", "sender"};

static void send_hanako(Room *r, Sent *s)
{
    s->receiver.len = 0;
    s->use = (HpkeUse){.use = text_bytes("sesshu/answer/v1"), .bound = text_bytes("permit 1")};
    assert_true(
        hpke_keys_made((Bytes){seed_of[0], HPKE_SEED_BYTES}, &s->receiver, &s->to, &r->err));
    assert_true(hpke_seal(&s->to, s->use, (Bytes){seed_of[1], HPKE_SEED_BYTES}, text_bytes("花子"),
                          &r->arena, &s->envelope, &r->err));
}

static void no_byte_can_be_changed_left_out_or_added(void **state)
{
    (void)state;
    Room r = room();
    Sent s;
    Bytes plain;
    send_hanako(&r, &s);
    unsigned char *changed = NEW(&r.arena, unsigned char, s.envelope.len + 1);
    for (ptrdiff_t i = 0; i < s.envelope.len; i++)
        for (int bit = 0; bit < 8; bit++) {
            memcpy(changed, s.envelope.at, (size_t)s.envelope.len);
            changed[i] ^= (unsigned char)(1 << bit);
            Arena arena = r.arena;
            assert_false(hpke_open(&s.receiver, s.use, (Bytes){changed, s.envelope.len}, &arena,
                                   &plain, &r.err));
            assert_int_equal(r.err.code, E_KEY);
        }
    memcpy(changed, s.envelope.at, (size_t)s.envelope.len);
    for (ptrdiff_t len = 0; len <= s.envelope.len + 1; len++)
        assert_int_equal(
            hpke_open(&s.receiver, s.use, (Bytes){changed, len}, &r.arena, &plain, &r.err),
            len == s.envelope.len);
    secret_wipe(&s.receiver);
}

static void only_its_key_its_use_and_its_permit_open_it(void **state)
{
    (void)state;
    Room r = room();
    Sent s;
    Bytes plain;
    SECRET(stranger);
    HpkePublic stranger_public;
    send_hanako(&r, &s);
    assert_true(
        hpke_keys_made((Bytes){seed_of[1], HPKE_SEED_BYTES}, &stranger, &stranger_public, &r.err));
    assert_false(hpke_open(&stranger, s.use, s.envelope, &r.arena, &plain, &r.err));
    HpkeUse other = s.use;
    other.bound = text_bytes("permit 2");
    assert_false(hpke_open(&s.receiver, other, s.envelope, &r.arena, &plain, &r.err));
    other = s.use;
    other.use = text_bytes("sesshu/answer/v2");
    assert_false(hpke_open(&s.receiver, other, s.envelope, &r.arena, &plain, &r.err));
    secret_wipe(&s.receiver);
}

static void nothing_is_sealed_to_what_is_no_point(void **state)
{
    (void)state;
    Room r = room();
    Sent s;
    Bytes envelope;
    send_hanako(&r, &s);
    HpkePublic off = s.to;
    off.at[64] ^= 1;
    assert_false(hpke_public_valid((Bytes){off.at, sizeof off.at}));
    assert_false(hpke_seal(&off, s.use, (Bytes){seed_of[1], HPKE_SEED_BYTES}, text_bytes(""),
                           &r.arena, &envelope, &r.err));
    assert_int_equal(r.err.code, E_KEY);
    off = s.to;
    // The hybrid spelling of the same point, with the parity of its y: libraries read it, we have one spelling.
    off.at[0] = (unsigned char)(6 | (off.at[HPKE_PUBLIC_BYTES - 1] & 1));
    assert_false(hpke_public_valid((Bytes){off.at, sizeof off.at}));
    assert_true(hpke_public_valid((Bytes){s.to.at, sizeof s.to.at}));
    assert_false(hpke_public_valid((Bytes){s.to.at, sizeof s.to.at - 1}));
    secret_wipe(&s.receiver);
}

// What was decrypted before the tag was looked at does not stay behind.
static void what_does_not_open_leaves_no_text(void **state)
{
    (void)state;
    HPKE_CONTEXT(context);
    unsigned char sealed[5 + HPKE_TAG_BYTES], text[5] = {0}, none[sizeof text] = {0};
    Bytes bound = text_bytes("permit 1"), changed = {sealed, sizeof sealed};
    context.aead = &hpke_aes_256_gcm;
    hpke_message_seal(&context, 0, bound, text_bytes("doses"), sealed);
    assert_true(hpke_message_open(&context, 0, bound, changed, text));
    assert_memory_equal(text, "doses", sizeof text);
    sealed[sizeof sealed - 1] ^= 1;
    assert_false(hpke_message_open(&context, 0, bound, changed, text));
    assert_memory_equal(text, none, sizeof text);
}

// Sealed by somebody who keeps no limit, for us and with everything else right.
static Bytes sealed_beyond_the_limit(Room *r, const Sent *s, Bytes plain)
{
    SECRET(sender);
    HPKE_CONTEXT(context);
    HpkePublic sender_public;
    HkdfKey shared;
    unsigned char *out = NEW(&r->arena, unsigned char, HPKE_OVERHEAD + plain.len);
    assert_true(
        hpke_keys_made((Bytes){seed_of[1], HPKE_SEED_BYTES}, &sender, &sender_public, &r->err));
    assert_true(hpke_encapsulate(&sender, &sender_public, &s->to, &shared));
    hpke_schedule(&hpke_aes_256_gcm, &shared, s->use.use, &context);
    memcpy(out, s->envelope.at, 1);
    memcpy(out + 1, sender_public.at, HPKE_PUBLIC_BYTES);
    hpke_message_seal(&context, 0, s->use.bound, plain, out + 1 + HPKE_PUBLIC_BYTES);
    return (Bytes){out, HPKE_OVERHEAD + plain.len};
}

static void nothing_longer_than_the_limit_is_sealed_or_opened(void **state)
{
    (void)state;
    Room r = room();
    Sent s;
    Bytes envelope, plain;
    send_hanako(&r, &s);
    Bytes most = {NEW(&r.arena, unsigned char, HPKE_TEXT_MOST + 1), HPKE_TEXT_MOST};
    Bytes seed = {seed_of[1], HPKE_SEED_BYTES};
    assert_true(hpke_seal(&s.to, s.use, seed, most, &r.arena, &envelope, &r.err));
    assert_true(hpke_open(&s.receiver, s.use, envelope, &r.arena, &plain, &r.err));
    most.len++;
    assert_false(hpke_seal(&s.to, s.use, seed, most, &r.arena, &envelope, &r.err));
    assert_int_equal(r.err.code, E_LIMIT);
    envelope = sealed_beyond_the_limit(&r, &s, text_bytes("花子"));
    assert_true(hpke_open(&s.receiver, s.use, envelope, &r.arena, &plain, &r.err));
    envelope = sealed_beyond_the_limit(&r, &s, most);
    assert_false(hpke_open(&s.receiver, s.use, envelope, &r.arena, &plain, &r.err));
    secret_wipe(&s.receiver);
}

static void a_private_key_is_a_number_of_the_curve(void **state)
{
    (void)state;
    HpkePublic made;
    unsigned char shared[32];
    SECRET(none);
    none.len = HPKE_PRIVATE_BYTES;
    assert_false(curve_public(&none, &made));
    memset(none.at, 1, HPKE_PRIVATE_BYTES);
    assert_true(curve_public(&none, &made));
    assert_true(curve_agree(&none, (Bytes){made.at, sizeof made.at}, shared));
    none.len = HPKE_PRIVATE_BYTES - 1;
    assert_false(curve_public(&none, &made));
    assert_false(curve_agree(&none, (Bytes){made.at, sizeof made.at}, shared));
    none.len = HPKE_PRIVATE_BYTES;
    memset(none.at, 0xFF, HPKE_PRIVATE_BYTES);  // beyond the order
    assert_false(curve_public(&none, &made));
    assert_false(curve_agree(&none, (Bytes){made.at, sizeof made.at}, shared));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_published_vector),
        cmocka_unit_test(an_envelope_is_the_first_message),
        cmocka_unit_test(no_byte_can_be_changed_left_out_or_added),
        cmocka_unit_test(only_its_key_its_use_and_its_permit_open_it),
        cmocka_unit_test(nothing_is_sealed_to_what_is_no_point),
        cmocka_unit_test(what_does_not_open_leaves_no_text),
        cmocka_unit_test(nothing_longer_than_the_limit_is_sealed_or_opened),
        cmocka_unit_test(a_private_key_is_a_number_of_the_curve),
    };
    if (argc != 3) return 2;
    vector_files[0] = argv[1];
    vector_files[1] = argv[2];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
