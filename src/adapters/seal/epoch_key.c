// SPDX-License-Identifier: Apache-2.0
#include "epoch_key.h"

#include "ed25519.h"
#include "key_file.h"
#include "regular_file.h"

#include <openssl/rand.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *path_of(const EpochKeys *keys, const char *end, Arena *arena)
{
    return str_z(arena, str_format(arena, "%.*s/keys/%.*s.epoch%s", STR(keys->data_dir),
                                   STR(keys->program), end));
}

static bool refuse(Error *err)
{
    return FAIL(err, E_KEY,
                .words = S("証跡の鍵が使えません。データの置き場所の keys を確かめてください。"));
}

// `*is_it`: the key in a file is the one whose public half is this. A file that cannot be read may be the one: that is an
// error, not a key that is gone, for what is not signed today nobody can sign later.
static bool key_in(const char *path, Bytes public_key, Secret *private_key, bool *is_it, Error *err)
{
    bool found = false;
    unsigned char there[EPOCH_PUBLIC_BYTES];
    *is_it = false;
    if (!key_file_read(path, private_key, &found, err)) return false;
    if (!found || private_key->len != ED25519_KEY_BYTES) return true;
    ed25519_public(private_key, there);
    *is_it = public_key.len == EPOCH_PUBLIC_BYTES && memcmp(there, public_key.at, EPOCH_PUBLIC_BYTES) == 0;
    return true;
}

static bool key_of(const EpochKeys *keys, Bytes public_key, Secret *private_key, bool *there, Arena scratch, Error *err)
{
    return key_in(path_of(keys, "", &scratch), public_key, private_key, there, err) &&
           (*there || key_in(path_of(keys, ".next", &scratch), public_key, private_key, there, err));
}

bool epoch_key_next(const EpochKeys *keys, unsigned char public_key[EPOCH_PUBLIC_BYTES],
                    Arena scratch, Error *err)
{
    SECRET(fresh);
    if (RAND_priv_bytes(fresh.at, ED25519_KEY_BYTES) != 1) return refuse(err);
    fresh.len = ED25519_KEY_BYTES;
    ed25519_public(&fresh, public_key);
    return key_file_replace(path_of(keys, ".next", &scratch), secret_bytes(&fresh), err);
}

bool epoch_key_sign(const EpochKeys *keys, Bytes public_key, Bytes message,
                    unsigned char signature[EPOCH_SIGNATURE_BYTES], bool *there, Arena scratch, Error *err)
{
    SECRET(private_key);
    if (!key_of(keys, public_key, &private_key, there, scratch, err)) return false;
    if (*there) ed25519_sign(&private_key, message, signature);
    return true;
}

bool epoch_key_there(const EpochKeys *keys, Bytes public_key, Arena scratch)
{
    bool there;
    Error unread;
    SECRET(private_key);
    return key_of(keys, public_key, &private_key, &there, scratch, &unread) && there;
}

bool epoch_key_any(const EpochKeys *keys, Arena scratch)
{
    return faccessat(AT_FDCWD, path_of(keys, "", &scratch), F_OK,
                     AT_EACCESS | AT_SYMLINK_NOFOLLOW) == 0;
}

// What lay there is gone before the name means another file.
static bool overwritten(const char *path)
{
    static const unsigned char nothing[ED25519_KEY_BYTES];
    int file = regular_file_open(path, O_WRONLY | O_NOFOLLOW, 0);
    if (file < 0) return true;  // the first epoch has none before it
    bool wiped =
        pwrite(file, nothing, sizeof nothing, 0) == (ssize_t)sizeof nothing && fdatasync(file) == 0;
    return close(file) == 0 && wiped;
}

bool epoch_key_enter(const EpochKeys *keys, Bytes public_key, Arena scratch, Error *err)
{
    const char *next = path_of(keys, ".next", &scratch), *path = path_of(keys, "", &scratch);
    if (faccessat(AT_FDCWD, next, F_OK, AT_EACCESS) != 0) return true;
    bool is_it;
    SECRET(private_key);
    if (!key_in(next, public_key, &private_key, &is_it, err)) return false;
    if (!is_it) return true;  // of an act that came to nothing, or of another process at work
    return (overwritten(path) && rename(next, path) == 0) || refuse(err);
}

bool epoch_signature_valid(Bytes public_key, Bytes message, Bytes signature)
{
    return ed25519_valid(public_key, message, signature);
}
