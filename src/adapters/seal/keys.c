// Opening, making and rotating a program's ring of keys.
// SPDX-License-Identifier: Apache-2.0
#include "key_file.h"
#include "key_ring.h"

#include <openssl/ec.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <assert.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const char magic[] = "SESSHU KEYS 1\n";
enum { MAGIC_BYTES = sizeof magic - 1 };

static bool no_random(Error *err)
{
    return FAIL(err, E_KEY,
                .words = S("乱数を得られないため鍵を作れません。管理者に知らせてください。"));
}

static bool ring_refused(const Keys *keys, Error *err)
{
    return FAIL(err, E_KEY, .value = str_of(keys->ring_path),
                .words = S("鍵の束を開けません。鍵を開く鍵 (.kek) がこの束のものでないか、どちらかが壊れています。"
                           "束は控えから、.kek は別のところに保管した写しから、同じときのものを戻してください。"));
}

// It lies in no copy of the office, so the way back is another one.
static bool kek_missing(const Keys *keys, Error *err)
{
    return FAIL(err, E_KEY, .value = str_of(keys->kek_path),
                .words = S("鍵を開く鍵 (.kek) がありません。別のところに保管した写しを、ここか SESSHU_KEK_DIR の示すフォルダーに"
                           "戻してください。データの控えには入っていません。"));
}

// The .kek file: 32 random bytes and nothing else.
static bool kek_read(const Keys *keys, Secret *kek, bool *found, Error *err)
{
    if (!key_file_read(keys->kek_path, kek, found, err)) return false;
    return !*found || kek->len == KEY_BYTES || ring_refused(keys, err);
}

static bool kek_opened(const Keys *keys, Secret *kek, Error *err)
{
    bool found;
    return kek_read(keys, kek, &found, err) && (found || kek_missing(keys, err));
}

// Read back after making: another process may have been faster, and then its file is the one.
static bool kek_made(const Keys *keys, Secret *kek, Error *err)
{
    SECRET(fresh);
    bool found;
    if (!kek_read(keys, kek, &found, err) || found) return found;
    if (RAND_bytes(fresh.at, KEY_BYTES) != 1) return no_random(err);
    fresh.len = KEY_BYTES;
    return key_file_make(keys->kek_path, secret_bytes(&fresh), err) && kek_opened(keys, kek, err);
}

// The ring file: magic ‖ AES-256-GCM under the .kek, bound to the program's name.
static bool ring_sealed(const Keys *keys, const Secret *kek, const Ring *ring, Secret *file,
                        Error *err)
{
    SECRET(plain);
    ring_encode(ring, &plain);
    memcpy(file->at, magic, MAGIC_BYTES);
    file->len = MAGIC_BYTES + NONCE_BYTES + plain.len + TAG_BYTES;
    Bytes bound = {(const unsigned char *)keys->program.at, keys->program.len};
    return gcm_seal(keys->cipher, kek->at, bound, secret_bytes(&plain), file->at + MAGIC_BYTES) ||
           no_random(err);
}

static bool ring_opened(const Keys *keys, const Secret *kek, const Secret *file, Ring *ring,
                        Error *err)
{
    SECRET(plain);
    Bytes bound = {(const unsigned char *)keys->program.at, keys->program.len};
    ptrdiff_t sealed_len = file->len - MAGIC_BYTES;
    if (sealed_len < NONCE_BYTES + TAG_BYTES || memcmp(file->at, magic, MAGIC_BYTES) != 0)
        return ring_refused(keys, err);
    plain.len = sealed_len - NONCE_BYTES - TAG_BYTES;
    return (gcm_open(keys->cipher, kek->at, bound, (Bytes){file->at + MAGIC_BYTES, sealed_len},
                     plain.at) &&
            ring_decode(secret_bytes(&plain), ring)) ||
           ring_refused(keys, err);
}

static bool sign_key_opened(Keys *keys, Error *err)
{
    const unsigned char *at = keys->ring->sign;
    keys->sign = d2i_AutoPrivateKey(NULL, &at, keys->ring->sign_len);
    return keys->sign || ring_refused(keys, err);
}

static bool ring_fresh(Keys *keys, Error *err)
{
    Ring *ring = keys->ring;
    ring->oldest = ring->version = 1;
    if (RAND_bytes(ring->seal[0], KEY_BYTES) != 1 || RAND_bytes(ring->index, KEY_BYTES) != 1)
        return no_random(err);
    EVP_PKEY *sign = EVP_EC_gen("P-256");
    if (!sign) return no_random(err);
    ring->sign_len = i2d_PrivateKey(sign, NULL);
    assert(ring->sign_len > 0 && ring->sign_len <= SIGN_KEY_MAX);
    unsigned char *end = ring->sign;
    (void)i2d_PrivateKey(sign, &end);
    EVP_PKEY_free(sign);
    return true;
}

static bool ring_made(Keys *keys, Secret *file, Error *err)
{
    SECRET(kek);
    SECRET(fresh);
    bool found;
    if (!kek_made(keys, &kek, err) || !ring_fresh(keys, err) ||
        !ring_sealed(keys, &kek, keys->ring, &fresh, err) ||
        !key_file_make(keys->ring_path, secret_bytes(&fresh), err) ||
        !key_file_read(keys->ring_path, file, &found, err))
        return false;
    return found || ring_refused(keys, err);
}

static bool ring_read(Keys *keys, Error *err)
{
    SECRET(kek);
    SECRET(file);
    bool found;
    if (!key_file_read(keys->ring_path, &file, &found, err)) return false;
    if (!found && !ring_made(keys, &file, err)) return false;
    // A ring without its .kek is lost; a new .kek is never made over that loss.
    return kek_opened(keys, &kek, err) && ring_opened(keys, &kek, &file, keys->ring, err) &&
           sign_key_opened(keys, err);
}

// Memory that stays out of swap and dumps. Locking may be forbidden by a limit; wiping never is.
static void vault_made(Keys *keys)
{
    keys->vault = arena_reserve(2 * sizeof(Ring) + 64);
    size_t len = (size_t)(keys->vault.end - keys->vault.at);
    (void)mlock(keys->vault.at, len);
    (void)madvise(keys->vault.at, len, MADV_DONTDUMP);
    keys->spare = keys->vault;
    keys->ring = NEW(&keys->spare, Ring, 1);
    (void)pthread_mutex_init(&keys->refreshing, NULL);
}

const char *kek_elsewhere(void)
{
    const char *named = getenv("SESSHU_KEK_DIR");
    return named && *named ? named : NULL;
}

// A folder inside the data directory goes where that goes, into every copy of it.
static bool lies_apart(const char *elsewhere, Str data_dir, Arena scratch, Error *err)
{
    char there[PATH_MAX], own[PATH_MAX];
    char *above = dirname(str_z(&scratch, str_of(elsewhere)));  // of one that is not made yet
    if ((!realpath(elsewhere, there) && !realpath(above, there)) ||
        !realpath(str_z(&scratch, data_dir), own))
        return FAIL(err, E_KEY, .item = S("SESSHU_KEK_DIR"), .value = str_of(elsewhere),
                    .words = S("鍵を開く鍵の置き場所を読めません。場所と権限を確かめてください。"));
    Str inside = str_format(&scratch, "%s/", own);
    return !str_starts(str_format(&scratch, "%s/", there), inside) ||
           FAIL(err, E_KEY, .item = S("SESSHU_KEK_DIR"), .value = str_of(elsewhere),
                .words = S("鍵を開く鍵 (.kek) の置き場所が、データの置き場所の中にあります。データの控えと"
                           "いっしょにならないよう、外のフォルダーを指定してください。"));
}

static bool paths_made(Keys *keys, Str data_dir, const char *folder, Arena *arena, Error *err)
{
    const char *elsewhere = kek_elsewhere();
    if (elsewhere && !lies_apart(elsewhere, data_dir, *arena, err)) return false;
    if (elsewhere && (!key_folder_made(elsewhere, err) || !key_folder_swept(elsewhere, err)))
        return false;
    keys->ring_path = str_z(arena, str_format(arena, "%s/%.*s.keys", folder, STR(keys->program)));
    keys->kek_path = str_z(arena, str_format(arena, "%s/%.*s.kek", elsewhere ? elsewhere : folder,
                                             STR(keys->program)));
    return true;
}

bool keys_there(Str data_dir, Str program, Arena scratch)
{
    Str path = str_format(&scratch, "%.*s/keys/%.*s.keys", STR(data_dir), STR(program));
    return faccessat(AT_FDCWD, str_z(&scratch, path), F_OK, AT_EACCESS) == 0;
}

bool kek_there(Str data_dir, Str program, Arena scratch, bool *there, Error *err)
{
    SECRET(kek);
    Keys keys = {.program = program};
    const char *folder = str_z(&scratch, str_format(&scratch, "%.*s/keys", STR(data_dir)));
    return key_folder_made(folder, err) && paths_made(&keys, data_dir, folder, &scratch, err) &&
           key_file_read(keys.kek_path, &kek, there, err);
}

bool keys_open(Str data_dir, Str program, Arena *arena, Keys **keys, Error *err)
{
    const char *folder = str_z(arena, str_format(arena, "%.*s/keys", STR(data_dir)));
    if (!key_folder_made(folder, err) || !key_folder_swept(folder, err)) return false;
    Keys *made = NEW(arena, Keys, 1);
    made->program = str_copy(arena, program);
    if (!paths_made(made, data_dir, folder, arena, err)) return false;
    vault_made(made);
    made->cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    made->mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    assert(made->cipher);
    assert(made->mac);
    if (!ring_read(made, err)) {
        keys_close(made);
        return false;
    }
    *keys = made;
    return true;
}

void keys_close(Keys *keys)
{
    if (!keys) return;
    EVP_PKEY_free(keys->sign);
    EVP_CIPHER_free(keys->cipher);
    EVP_MAC_free(keys->mac);
    bytes_wipe(keys->ring, sizeof *keys->ring);
    (void)pthread_mutex_destroy(&keys->refreshing);
    arena_release(keys->vault);
    *keys = (Keys){0};
}

int keys_version(const Keys *keys)
{
    return __atomic_load_n(&keys->ring->version, __ATOMIC_ACQUIRE);
}

int keys_oldest(const Keys *keys)
{
    return keys->ring->oldest;
}

// ---- changing the ring

// The ring as its file has it now: another process may have changed it since ours was read.
static bool ring_again(const Keys *keys, const Secret *kek, Ring *ring, Error *err)
{
    SECRET(file);
    bool found;
    if (!key_file_read(keys->ring_path, &file, &found, err)) return false;
    return (found || ring_refused(keys, err)) && ring_opened(keys, kek, &file, ring, err);
}

typedef bool (*RingChange)(Ring *ring, Error *err);

// Read again, change, write, read again: what counts is what lies on the disk, also where writing said
// that it failed.
static bool ring_change(Keys *keys, RingChange change, Error *err)
{
    SECRET(kek);
    SECRET(file);
    Arena room = keys->spare;
    Ring *next = NEW(&room, Ring, 1);
    Error later = {0};
    bool changed = kek_opened(keys, &kek, err) && ring_again(keys, &kek, next, err) &&
                   change(next, err) && ring_sealed(keys, &kek, next, &file, err) &&
                   key_file_replace(keys->ring_path, secret_bytes(&file), err);
    if (kek.len && ring_again(keys, &kek, next, &later)) *keys->ring = *next;
    bytes_wipe(next, sizeof *next);
    return changed;
}

static bool version_added(Ring *ring, Error *err)
{
    int kept = ring->version - ring->oldest + 1;
    if (kept == KEY_VERSIONS_MAX || ring->version == KEY_VERSION_LAST)
        return FAIL(err, E_LIMIT,
                    .words = S("鍵の世代が上限に達しています。keys reseal のあと keys retire で"
                               "古い世代を消してください。"));
    if (RAND_bytes(ring->seal[kept], KEY_BYTES) != 1) return no_random(err);
    ring->version++;
    return true;
}

bool keys_rotate(Keys *keys, Error *err)
{
    return ring_change(keys, version_added, err);
}

static bool old_versions_wiped(Ring *ring, Error *err)
{
    int newest = ring->version - ring->oldest;
    (void)err;
    if (newest > 0) memcpy(ring->seal[0], ring->seal[newest], KEY_BYTES);
    bytes_wipe(ring->seal[1], sizeof ring->seal - KEY_BYTES);
    ring->oldest = ring->version;
    return true;
}

bool keys_retire(Keys *keys, Error *err)
{
    return ring_change(keys, old_versions_wiped, err);
}

// New keys first, then the version that leads to them: whoever seals or opens meanwhile sees the old
// ring or the new one. Versions that were retired elsewhere stay here until this process ends.
static bool ring_take_new(Ring *ring, const Ring *file)
{
    int version = ring->version;
    if (file->version <= version || file->oldest > version + 1) return false;
    if (file->version - ring->oldest >= KEY_VERSIONS_MAX) return false;
    for (int v = version + 1; v <= file->version; v++)
        memcpy(ring->seal[v - ring->oldest], file->seal[v - file->oldest], KEY_BYTES);
    __atomic_store_n(&ring->version, file->version, __ATOMIC_RELEASE);
    return true;
}

bool ring_refresh(Keys *keys)
{
    SECRET(kek);
    Error err = {0};
    (void)pthread_mutex_lock(&keys->refreshing);
    Arena room = keys->spare;
    Ring *file = NEW(&room, Ring, 1);
    bool taken = kek_opened(keys, &kek, &err) && ring_again(keys, &kek, file, &err) &&
                 ring_take_new(keys->ring, file);
    bytes_wipe(file, sizeof *file);
    (void)pthread_mutex_unlock(&keys->refreshing);
    return taken;
}
