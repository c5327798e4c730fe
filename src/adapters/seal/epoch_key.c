// SPDX-License-Identifier: Apache-2.0
#include "epoch_key.h"

#include "key_file.h"
#include "regular_file.h"

#include <openssl/evp.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PRIVATE_BYTES = 32 };

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

static bool public_of(EVP_PKEY *key, unsigned char public_key[EPOCH_PUBLIC_BYTES])
{
    size_t len = EPOCH_PUBLIC_BYTES;
    return key && EVP_PKEY_get_raw_public_key(key, public_key, &len) == 1 &&
           len == EPOCH_PUBLIC_BYTES;
}

// The key of a file whose public half is this one; NULL where there is none.
static EVP_PKEY *key_in(const char *path, Bytes public_key)
{
    SECRET(content);
    bool found = false;
    Error unread = {0};
    unsigned char there[EPOCH_PUBLIC_BYTES];
    if (!key_file_read(path, &content, &found, &unread) || !found || content.len != PRIVATE_BYTES)
        return NULL;
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, content.at, PRIVATE_BYTES);
    if (public_of(key, there) && public_key.len == EPOCH_PUBLIC_BYTES &&
        memcmp(there, public_key.at, EPOCH_PUBLIC_BYTES) == 0)
        return key;
    EVP_PKEY_free(key);
    return NULL;
}

static EVP_PKEY *key_of(const EpochKeys *keys, Bytes public_key, Arena scratch)
{
    EVP_PKEY *key = key_in(path_of(keys, "", &scratch), public_key);
    return key ? key : key_in(path_of(keys, ".next", &scratch), public_key);
}

bool epoch_key_next(const EpochKeys *keys, unsigned char public_key[EPOCH_PUBLIC_BYTES],
                    Arena scratch, Error *err)
{
    SECRET(content);
    size_t len = PRIVATE_BYTES;
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    content.len = PRIVATE_BYTES;
    bool made = public_of(key, public_key) &&
                EVP_PKEY_get_raw_private_key(key, content.at, &len) == 1 && len == PRIVATE_BYTES;
    EVP_PKEY_free(key);
    if (!made) return refuse(err);
    return key_file_replace(path_of(keys, ".next", &scratch), secret_bytes(&content), err);
}

bool epoch_key_sign(const EpochKeys *keys, Bytes public_key, Bytes message,
                    unsigned char signature[EPOCH_SIGNATURE_BYTES], Arena scratch, Error *err)
{
    size_t len = EPOCH_SIGNATURE_BYTES;
    EVP_PKEY *key = key_of(keys, public_key, scratch);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool made = key && context && EVP_DigestSignInit(context, NULL, NULL, NULL, key) == 1 &&
                EVP_DigestSign(context, signature, &len, message.at, (size_t)message.len) == 1 &&
                len == EPOCH_SIGNATURE_BYTES;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return made || refuse(err);
}

bool epoch_key_there(const EpochKeys *keys, Bytes public_key, Arena scratch)
{
    EVP_PKEY *key = key_of(keys, public_key, scratch);
    EVP_PKEY_free(key);
    return key != NULL;
}

bool epoch_key_any(const EpochKeys *keys, Arena scratch)
{
    return faccessat(AT_FDCWD, path_of(keys, "", &scratch), F_OK,
                     AT_EACCESS | AT_SYMLINK_NOFOLLOW) == 0;
}

// What lay there is gone before the name means another file.
static bool overwritten(const char *path)
{
    static const unsigned char nothing[PRIVATE_BYTES];
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
    EVP_PKEY *key = key_in(next, public_key);
    EVP_PKEY_free(key);
    if (!key) return true;  // of an act that came to nothing, or of another process at work
    return (overwritten(path) && rename(next, path) == 0) || refuse(err);
}

bool epoch_signature_valid(Bytes public_key, Bytes message, Bytes signature)
{
    EVP_PKEY *key =
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key.at, (size_t)public_key.len);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool valid = key && context && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
                 EVP_DigestVerify(context, signature.at, (size_t)signature.len, message.at,
                                  (size_t)message.len) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return valid;
}
