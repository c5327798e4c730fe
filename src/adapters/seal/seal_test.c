// SPDX-License-Identifier: Apache-2.0
#include "ed25519.h"
#include "harden.h"
#include "hkdf.h"
#include "key_ring.h"
#include "password.h"
#include "seal.h"
#include "ticket.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Vault {
    char folder[64];
    Arena whole, arena;
    Keys *keys;
    Error err;
} Vault;

static Keys *keys_of(Vault *v, const char *program)
{
    Keys *keys = NULL;
    assert_true(keys_open(str_of(v->folder), str_of(program), &v->arena, &keys, &v->err));
    return keys;
}

static int vault_open(void **state)
{
    static Vault vault;
    vault = (Vault){0};
    (void)strncpy(vault.folder, "/tmp/sesshu-seal.XXXXXX", sizeof vault.folder - 1);
    if (!mkdtemp(vault.folder)) return 1;
    vault.whole = vault.arena = arena_reserve(4 << 20);
    vault.keys = keys_of(&vault, "unified");
    *state = &vault;
    return 0;
}

static int forget(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static int vault_close(void **state)
{
    Vault *v = *state;
    keys_close(v->keys);
    (void)nftw(v->folder, forget, 8, FTW_DEPTH | FTW_PHYS);
    arena_release(v->whole);
    return 0;
}

static Bytes bytes_of(const char *text)
{
    return (Bytes){(const unsigned char *)text, (ptrdiff_t)strlen(text)};
}

static const SealPlace hanako = {S("resident"), S("individual_no"), S("000000000001234")};

static Bytes sealed_number(Vault *v)
{
    Bytes sealed;
    assert_true(seal_value(v->keys, hanako, bytes_of("000009722815"), &v->arena, &sealed, &v->err));
    return sealed;
}

static bool opens(Vault *v, SealPlace place, Bytes sealed)
{
    SECRET(number);
    Error err = {0};
    bool opened = seal_open(v->keys, place, sealed, &number, &err);
    if (opened)
        assert_true(str_equal(secret_view(&number), S("000009722815")));
    else {
        assert_int_equal(err.code, E_KEY);
        assert_int_equal(number.len, 0);
    }
    return opened;
}

static void what_was_sealed_opens_in_its_place_and_looks_like_nothing(void **state)
{
    Vault *v = *state;
    Bytes once = sealed_number(v), twice = sealed_number(v);
    assert_int_equal(once.len, 12 + SEAL_OVERHEAD);
    assert_true(opens(v, hanako, once));
    assert_true(opens(v, hanako, twice));
    assert_memory_not_equal(once.at, twice.at, (size_t)once.len);
    assert_true(str_find((Str){(const char *)once.at, once.len}, S("000009722815")) < 0);
}

static void a_value_moved_to_another_row_column_or_table_does_not_open(void **state)
{
    Vault *v = *state;
    Bytes sealed = sealed_number(v);
    SealPlace taro = hanako, account = hanako, dead = hanako, shifted = hanako;
    taro.row = S("000000000001235");
    account.column = S("account_no");
    dead.table = S("former_resident");
    shifted.table = S("residen");  // the same bytes in a row, cut elsewhere
    shifted.column = S("tindividual_no");
    assert_false(opens(v, taro, sealed));
    assert_false(opens(v, account, sealed));
    assert_false(opens(v, dead, sealed));
    assert_false(opens(v, shifted, sealed));
}

static void a_changed_or_shortened_value_does_not_open(void **state)
{
    Vault *v = *state;
    Bytes sealed = sealed_number(v);
    unsigned char copy[64];
    for (ptrdiff_t i = 0; i < sealed.len; i++) {
        memcpy(copy, sealed.at, (size_t)sealed.len);
        copy[i] ^= 0x10;
        assert_false(opens(v, hanako, (Bytes){copy, sealed.len}));
        assert_false(opens(v, hanako, (Bytes){sealed.at, i}));
    }
    memcpy(copy, sealed.at, (size_t)sealed.len);
    copy[sealed.len] = 0;
    assert_false(opens(v, hanako, (Bytes){copy, sealed.len + 1}));
}

static void old_versions_open_after_rotation_and_unknown_ones_never(void **state)
{
    Vault *v = *state;
    Bytes before = sealed_number(v);
    assert_int_equal(seal_version(before), 1);
    assert_true(keys_rotate(v->keys, &v->err));
    Bytes after = sealed_number(v);
    assert_int_equal(seal_version(after), 2);
    assert_true(opens(v, hanako, before));

    Sha256 index = keys_index(v->keys, S("individual_no"), bytes_of("000009722815"));
    keys_close(v->keys);
    v->keys = keys_of(v, "unified");
    assert_int_equal(keys_version(v->keys), 2);
    assert_true(opens(v, hanako, before));
    assert_true(opens(v, hanako, after));
    Sha256 again = keys_index(v->keys, S("individual_no"), bytes_of("000009722815"));
    assert_true(sha256_equal(&index, &again));

    unsigned char unknown[64];
    memcpy(unknown, after.at, (size_t)after.len);
    unknown[2] = 3;
    assert_false(opens(v, hanako, (Bytes){unknown, after.len}));
    unknown[2] = 0;
    assert_false(opens(v, hanako, (Bytes){unknown, after.len}));
}

// Another process has rotated meanwhile: ours must not take its version away, and opens what it sealed.
static void a_version_that_another_process_made_is_found_and_kept(void **state)
{
    Vault *v = *state;
    Keys *other = keys_of(v, "unified"), *ours = v->keys;
    assert_true(keys_rotate(other, &v->err));
    v->keys = other;
    Bytes theirs = sealed_number(v);
    v->keys = ours;
    assert_int_equal(keys_version(ours), 1);
    assert_true(opens(v, hanako, theirs));
    assert_int_equal(keys_version(ours), 2);
    keys_close(other);

    other = keys_of(v, "unified");
    assert_true(keys_rotate(other, &v->err));
    assert_true(keys_rotate(ours, &v->err));  // has not seen version 3
    assert_int_equal(keys_version(ours), 4);
    v->keys = other;
    theirs = sealed_number(v);  // with version 3
    v->keys = ours;
    assert_int_equal(seal_version(theirs), 3);
    assert_true(opens(v, hanako, theirs));
    keys_close(other);
}

static void what_was_retired_opens_nothing_and_makes_room(void **state)
{
    Vault *v = *state;
    Bytes old = sealed_number(v);
    for (int i = 1; i < KEY_VERSIONS_MAX; i++) assert_true(keys_rotate(v->keys, &v->err));
    assert_false(keys_rotate(v->keys, &v->err));
    assert_int_equal(v->err.code, E_LIMIT);
    Bytes fresh = sealed_number(v);
    assert_true(keys_retire(v->keys, &v->err));
    assert_false(opens(v, hanako, old));
    assert_true(opens(v, hanako, fresh));
    keys_close(v->keys);
    v->keys = keys_of(v, "unified");
    assert_int_equal(keys_oldest(v->keys), KEY_VERSIONS_MAX);
    assert_false(opens(v, hanako, old));
    assert_true(opens(v, hanako, fresh));
    assert_true(keys_rotate(v->keys, &v->err));
    assert_int_equal(keys_version(v->keys), KEY_VERSIONS_MAX + 1);
}

static void another_program_and_another_city_open_nothing(void **state)
{
    Vault *v = *state;
    Bytes sealed = sealed_number(v);
    Sha256 ours = keys_fingerprint(v->keys);
    Keys *unified = v->keys;
    v->keys = keys_of(v, "addressee");
    Sha256 theirs = keys_fingerprint(v->keys);
    assert_false(opens(v, hanako, sealed));
    assert_false(sha256_equal(&ours, &theirs));
    keys_close(v->keys);
    v->keys = unified;
}

static void an_index_is_equal_for_equal_values_of_one_purpose_only(void **state)
{
    Vault *v = *state;
    Sha256 a = keys_index(v->keys, S("individual_no"), bytes_of("000009722815"));
    Sha256 b = keys_index(v->keys, S("individual_no"), bytes_of("000009722815"));
    Sha256 other = keys_index(v->keys, S("individual_no"), bytes_of("000008662010"));
    Sha256 purpose = keys_index(v->keys, S("audit.person"), bytes_of("000009722815"));
    Sha256 bare = sha256_of_text(S("000009722815"));
    assert_true(sha256_equal(&a, &b));
    assert_false(sha256_equal(&a, &other));
    assert_false(sha256_equal(&a, &purpose));
    assert_false(sha256_equal(&a, &bare));
}

static void signatures_hold_for_their_domain_message_and_key(void **state)
{
    Vault *v = *state;
    Bytes signature, public_key = keys_public(v->keys, &v->arena);
    assert_true(
        keys_sign(v->keys, S("permit"), bytes_of("message"), &v->arena, &signature, &v->err));
    assert_true(signature_valid(public_key, S("permit"), bytes_of("message"), signature, v->arena));
    assert_false(signature_valid(public_key, S("list"), bytes_of("message"), signature, v->arena));
    assert_false(
        signature_valid(public_key, S("permi"), bytes_of("tmessage"), signature, v->arena));
    assert_false(
        signature_valid(public_key, S("permit"), bytes_of("massage"), signature, v->arena));
    assert_false(
        signature_valid(bytes_of("no key"), S("permit"), bytes_of("message"), signature, v->arena));
    Keys *other = keys_of(v, "network");
    assert_false(signature_valid(keys_public(other, &v->arena), S("permit"), bytes_of("message"),
                                 signature, v->arena));
    keys_close(other);
}

static const char *in_folder(const Vault *v, const char *name, char path[128])
{
    (void)snprintf(path, 128, "%s/keys/%s", v->folder, name);
    return path;
}

static bool keys_open_again(Vault *v)
{
    Keys *keys = NULL;
    bool opened = keys_open(str_of(v->folder), S("unified"), &v->arena, &keys, &v->err);
    keys_close(keys);
    if (!opened) assert_int_equal(v->err.code, E_KEY);
    return opened;
}

static void files_are_ours_alone_or_refused(void **state)
{
    Vault *v = *state;
    static const char *const names[] = {"unified.keys", "unified.kek", "."};
    char path[128];
    for (int i = 0; i < 3; i++) {
        struct stat status;
        assert_int_equal(stat(in_folder(v, names[i], path), &status), 0);
        mode_t mode = status.st_mode & 0777;
        assert_int_equal(mode, i == 2 ? 0700 : 0600);
        for (mode_t open_to = 1; open_to <= 040; open_to <<= 1) {
            assert_int_equal(chmod(path, mode | open_to), 0);
            assert_false(keys_open_again(v));
        }
        assert_int_equal(chmod(path, mode), 0);
        assert_true(keys_open_again(v));
    }
}

static void write_file(const char *path, const void *bytes, size_t len)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, len), (ssize_t)len);
    (void)close(file);
}

static void a_ring_that_was_changed_or_lost_its_partner_is_refused(void **state)
{
    Vault *v = *state;
    char ring_path[128], kek_path[128];
    unsigned char ring[2048];
    FILE *file = fopen(in_folder(v, "unified.keys", ring_path), "rb");
    assert_non_null(file);
    size_t len = fread(ring, 1, sizeof ring, file);
    (void)fclose(file);
    for (size_t i = 0; i < len; i += 7) {
        ring[i] ^= 1;
        write_file(ring_path, ring, len);
        assert_false(keys_open_again(v));
        ring[i] ^= 1;
        write_file(ring_path, ring, i);
        assert_false(keys_open_again(v));
    }
    write_file(ring_path, ring, len);
    assert_true(keys_open_again(v));

    assert_int_equal(unlink(in_folder(v, "unified.kek", kek_path)), 0);
    assert_false(keys_open_again(v));
    assert_int_equal(access(kek_path, F_OK), -1);  // and no other partner was made over the loss
}

static void the_partner_may_lie_elsewhere(void **state)
{
    Vault *v = *state;
    char here[128], there[128];
    (void)snprintf(there, sizeof there, "%s.token", v->folder);
    assert_int_equal(mkdir(there, 0700), 0);
    (void)strncat(there, "/unified.kek", sizeof there - strlen(there) - 1);
    assert_int_equal(rename(in_folder(v, "unified.kek", here), there), 0);
    assert_false(keys_open_again(v));
    there[strlen(there) - strlen("/unified.kek")] = '\0';
    (void)setenv("SESSHU_KEK_DIR", there, 1);
    bool opened = keys_open_again(v);
    (void)unsetenv("SESSHU_KEK_DIR");
    assert_true(opened);
    (void)strncat(there, "/unified.kek", sizeof there - strlen(there) - 1);
    assert_int_equal(unlink(there), 0);
    there[strlen(there) - strlen("/unified.kek")] = '\0';
    assert_int_equal(rmdir(there), 0);
}

// Inside the data directory it would go into every copy of it; also by a link, and before it is made.
static void the_partner_never_lies_inside_the_data(void **state)
{
    static const char *const inside[] = {"", "/", "/keys", "/rules", "-link", "-link/rules"};
    Vault *v = *state;
    char link[128], there[160];
    (void)snprintf(link, sizeof link, "%s-link", v->folder);
    assert_int_equal(symlink(v->folder, link), 0);
    for (ptrdiff_t i = 0; i < countof(inside); i++) {
        (void)snprintf(there, sizeof there, "%s%s", v->folder, inside[i]);
        (void)setenv("SESSHU_KEK_DIR", there, 1);
        v->err = (Error){0};
        bool opened = keys_open_again(v);
        (void)unsetenv("SESSHU_KEK_DIR");
        assert_false(opened);
        assert_int_equal(v->err.code, E_KEY);
    }
    (void)unlink(link);
    assert_true(keys_open_again(v));
}

static void an_empty_word_for_its_folder_is_none(void **state)
{
    Vault *v = *state;
    (void)setenv("SESSHU_KEK_DIR", "", 1);
    bool opened = keys_open_again(v);
    (void)unsetenv("SESSHU_KEK_DIR");
    assert_true(opened);
}

// A folder that others can open may have given the .kek away already.
static void the_partners_folder_is_ours_alone_too(void **state)
{
    Vault *v = *state;
    char there[128];
    (void)snprintf(there, sizeof there, "%s.open", v->folder);
    assert_int_equal(mkdir(there, 0700), 0);
    assert_int_equal(chmod(there, 0755), 0);
    (void)setenv("SESSHU_KEK_DIR", there, 1);
    bool opened = keys_open_again(v);
    (void)unsetenv("SESSHU_KEK_DIR");
    assert_int_equal(rmdir(there), 0);
    assert_false(opened);
    assert_int_equal(v->err.code, E_KEY);
}

// A machine that died while it wrote a key left a second copy of it.
static void copies_that_a_crash_left_are_removed(void **state)
{
    Vault *v = *state;
    static const char *const names[] = {"unified.kek.6569", "unified.keys.draft"};
    const struct timespec long_ago[2] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
    char path[128];
    for (ptrdiff_t i = 0; i < countof(names); i++) {
        write_file(in_folder(v, names[i], path), "k", 1);
        assert_true(keys_open_again(v));
        assert_int_equal(access(path, F_OK), 0);  // somebody may be at work on it
        assert_int_equal(utimensat(AT_FDCWD, path, long_ago, 0), 0);
        assert_true(keys_open_again(v));
        assert_int_equal(access(path, F_OK), -1);
    }
}

static void two_processes_that_begin_at_once_get_the_same_keys(void **state)
{
    Vault *v = *state;
    enum { PROCESSES = 4 };
    int pipes[PROCESSES][2];
    for (int i = 0; i < PROCESSES; i++) {
        assert_int_equal(pipe(pipes[i]), 0);
        if (fork()) continue;
        Keys *keys = NULL;
        bool opened = keys_open(str_of(v->folder), S("fresh"), &v->arena, &keys, &v->err);
        Sha256 print = opened ? keys_fingerprint(keys) : (Sha256){0};
        _exit(write(pipes[i][1], print.at, sizeof print.at) != (ssize_t)sizeof print.at);
    }
    Sha256 first = {0}, none = {0};
    for (int i = 0; i < PROCESSES; i++) {
        Sha256 print;
        assert_int_equal(read(pipes[i][0], print.at, sizeof print.at), (ssize_t)sizeof print.at);
        if (!i) first = print;
        assert_true(sha256_equal(&first, &print));
        assert_false(sha256_equal(&print, &none));
        (void)wait(NULL);
        (void)close(pipes[i][0]);
        (void)close(pipes[i][1]);
    }
}

static void published_values_come_out(void **state)
{
    Vault *v = *state;
    char text[SHA256_TEXT_SIZE];
    // FIPS 180-4: "abc".
    Sha256 abc = sha256_of_text(S("abc"));
    assert_string_equal(sha256_text(&abc, text),
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // linkage.md 10.5: two lines of a chain under the key 40 41 … 5f.
    unsigned char key[KEY_BYTES], message[64];
    for (int i = 0; i < KEY_BYTES; i++) key[i] = (unsigned char)(0x40 + i);
    static const char line_1[] = "{\"seq\":1,\"ev\":\"login\"}",
                      line_2[] = "{\"seq\":2,\"ev\":\"inquiry\"}";
    memset(message, 0, 32);
    memcpy(message + 32, line_1, sizeof line_1 - 1);
    Sha256 chain =
        hmac_sha256(v->keys->mac, key, (Bytes){message, 32 + (ptrdiff_t)sizeof line_1 - 1});
    assert_string_equal(sha256_text(&chain, text),
                        "cd67af3567beda589436424bf41895669eb0e6d56964286a06cebae7ed9844c5");
    memcpy(message, chain.at, 32);
    memcpy(message + 32, line_2, sizeof line_2 - 1);
    chain = hmac_sha256(v->keys->mac, key, (Bytes){message, 32 + (ptrdiff_t)sizeof line_2 - 1});
    assert_string_equal(sha256_text(&chain, text),
                        "88b4c5a6f915c34f4fd2af6b4567c86ba699994e7c6584d2e13c413d80d4abd4");
}

static void a_file_has_the_hash_of_its_bytes(void **state)
{
    Vault *v = *state;
    char path[128];
    static const unsigned char zeros[100000];
    write_file(in_folder(v, "zeros", path), zeros, sizeof zeros);
    Sha256 file, memory = sha256_of((Bytes){zeros, sizeof zeros});
    assert_true(sha256_file(path, &file, &v->err));
    assert_true(sha256_equal(&file, &memory));
    assert_false(sha256_file("/nowhere", &file, &v->err));
    assert_int_equal(v->err.code, E_FILE_OPEN);
    assert_false(sha256_file(v->folder, &file, &v->err));
    assert_int_equal(v->err.code, E_FILE_READ);
}

// A link of a session: who is meant by it, for nobody else and for nothing else.
static void a_ticket_opens_for_its_holder_and_purpose_alone(void **state)
{
    Vault *v = *state;
    Str ticket, text, again;
    Bytes holder = bytes_of("session 1");
    assert_true(ticket_make(v->keys, S("person"), holder, S("000000012345678"), &v->arena, &ticket,
                            &v->err));
    assert_true(str_find(ticket, S("12345678")) < 0);
    assert_true(ticket_open(v->keys, S("person"), holder, ticket, &v->arena, &text));
    assert_true(str_equal(text, S("000000012345678")));
    assert_true(ticket_make(v->keys, S("person"), holder, text, &v->arena, &again, &v->err));
    assert_false(str_equal(ticket, again));
    assert_false(ticket_open(v->keys, S("search"), holder, ticket, &v->arena, &text));
    assert_false(
        ticket_open(v->keys, S("person"), bytes_of("session 2"), ticket, &v->arena, &text));
    char *changed = str_z(&v->arena, ticket);
    for (ptrdiff_t i = 0; i < ticket.len; i++) {  // any other letter in any place
        char kept = changed[i];
        changed[i] = kept == 'A' ? 'B'
                     : kept + 1 <= 'z' && kept != 'Z' && kept != '9' && kept != '-' && kept != '_'
                         ? (char)(kept + 1)
                         : 'A';
        if (changed[i] != kept)
            assert_false(
                ticket_open(v->keys, S("person"), holder, str_of(changed), &v->arena, &text));
        changed[i] = kept;
    }
    assert_false(
        ticket_open(v->keys, S("person"), holder, str_first(ticket, 10), &v->arena, &text));
    assert_false(ticket_open(v->keys, S("person"), holder, (Str){0}, &v->arena, &text));
    assert_false(ticket_open(v->keys, S("person"), holder, S("äöü!%"), &v->arena, &text));
}

static void a_password_is_itself_and_nothing_else(void **state)
{
    Vault *v = *state;
    PasswordKept kept, again;
    assert_true(password_keep(S("correct horse battery"), 1000, &kept, &v->err));
    assert_true(password_keep(S("correct horse battery"), 1000, &again, &v->err));
    assert_memory_not_equal(kept.hash, again.hash,
                            sizeof kept.hash);  // each with a salt of its own
    assert_true(password_is(S("correct horse battery"), &kept));
    assert_false(password_is(S("correct horse batterz"), &kept));
    assert_false(password_is((Str){0}, &kept));
}

static void a_secret_is_gone_when_its_scope_ends(void **state)
{
    (void)state;
    Secret left = {.len = 0};
    secret_set(&left, bytes_of("000009722815"));
    SECRET(same);
    secret_set(&same, bytes_of("000009722815"));
    assert_true(secret_equal(&left, &same));
    secret_set(&same, bytes_of("000009722816"));
    assert_false(secret_equal(&left, &same));
    secret_wipe(&left);
    for (int i = 0; i < 12; i++) assert_int_equal(left.at[i], 0);
    assert_int_equal(left.len, 0);
}

static void a_hardened_process_leaves_no_core(void **state)
{
    (void)state;
    pid_t child = fork();
    if (!child) {
        process_harden();
        struct rlimit core;
        bool none = getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 && core.rlim_max == 0;
        _exit(none && prctl(PR_GET_DUMPABLE) == 0 && umask(0) == 077 ? 0 : 1);
    }
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, vault_open, vault_close)

// RFC 8032, 7.1, test 2; RFC 5869, A.1.
static void signing_and_deriving_are_the_published_ones(void **state)
{
    static const unsigned char message[] = {0x72}, salt[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
                               info[] = {0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9};
    unsigned char secret[22], public_key[ED25519_KEY_BYTES], signature[ED25519_SIGNATURE_BYTES], out[42];
    (void)state;
    SECRET(key);
    Sha256 seed = sha256_of_hex(S("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    secret_set(&key, sha256_bytes(&seed));
    ed25519_public(&key, public_key);
    Sha256 expected = sha256_of_hex(S("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
    assert_memory_equal(public_key, expected.at, sizeof public_key);
    ed25519_sign(&key, (Bytes){message, 1}, signature);
    expected = sha256_of_hex(S("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"));
    assert_memory_equal(signature, expected.at, 32);
    expected = sha256_of_hex(S("085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
    assert_memory_equal(signature + 32, expected.at, 32);
    Bytes pk = {public_key, sizeof public_key}, sig = {signature, sizeof signature};
    assert_true(ed25519_valid(pk, (Bytes){message, 1}, sig));
    assert_false(ed25519_valid(pk, (Bytes){message, 0}, sig));
    signature[5] ^= 1;
    assert_false(ed25519_valid(pk, (Bytes){message, 1}, sig));
    assert_false(ed25519_valid((Bytes){public_key, 31}, (Bytes){message, 1}, sig));

    memset(secret, 0x0b, sizeof secret);
    HkdfKey from = hkdf_extract((Bytes){salt, sizeof salt}, (Bytes){secret, sizeof secret});
    hkdf_expand(&from, (Bytes){info, sizeof info}, out, sizeof out);
    expected = sha256_of_hex(S("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"));
    assert_memory_equal(out, expected.at, 32);
    assert_memory_equal(out + 32, "\x34\x00\x72\x08\xd5\xb8\x87\x18\x58\x65", 10);
}

int main(void)
{
    const struct CMUnitTest stories[] = {
        cmocka_unit_test(signing_and_deriving_are_the_published_ones),
        STORY(what_was_sealed_opens_in_its_place_and_looks_like_nothing),
        STORY(a_value_moved_to_another_row_column_or_table_does_not_open),
        STORY(a_changed_or_shortened_value_does_not_open),
        STORY(old_versions_open_after_rotation_and_unknown_ones_never),
        STORY(a_version_that_another_process_made_is_found_and_kept),
        STORY(what_was_retired_opens_nothing_and_makes_room),
        STORY(another_program_and_another_city_open_nothing),
        STORY(an_index_is_equal_for_equal_values_of_one_purpose_only),
        STORY(signatures_hold_for_their_domain_message_and_key),
        STORY(files_are_ours_alone_or_refused),
        STORY(a_ring_that_was_changed_or_lost_its_partner_is_refused),
        STORY(the_partner_may_lie_elsewhere),
        STORY(the_partner_never_lies_inside_the_data),
        STORY(an_empty_word_for_its_folder_is_none),
        STORY(the_partners_folder_is_ours_alone_too),
        STORY(copies_that_a_crash_left_are_removed),
        STORY(two_processes_that_begin_at_once_get_the_same_keys),
        STORY(published_values_come_out),
        STORY(a_file_has_the_hash_of_its_bytes),
        STORY(a_ticket_opens_for_its_holder_and_purpose_alone),
        STORY(a_password_is_itself_and_nothing_else),
        STORY(a_secret_is_gone_when_its_scope_ends),
        STORY(a_hardened_process_leaves_no_core),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
