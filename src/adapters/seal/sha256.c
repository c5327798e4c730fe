// SPDX-License-Identifier: Apache-2.0
#include "sha256.h"

#include "regular_file.h"

#include <openssl/evp.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { PORTION = 64 * 1024 };

// Sha256Run is OpenSSL's context under our own name; it is never completed.
static EVP_MD_CTX *context_of(Sha256Run *run)
{
    return (EVP_MD_CTX *)run;
}

Sha256Run *sha256_begin(void)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    assert(context);
    int begun = EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    assert(begun == 1);
    return (Sha256Run *)context;
}

void sha256_add(Sha256Run *run, Bytes bytes)
{
    if (!bytes.len) return;
    int added = EVP_DigestUpdate(context_of(run), bytes.at, (size_t)bytes.len);
    assert(added == 1);
}

Sha256 sha256_end(Sha256Run *run)
{
    Sha256 hash;
    int ended = EVP_DigestFinal_ex(context_of(run), hash.at, NULL);
    assert(ended == 1);
    EVP_MD_CTX_free(context_of(run));
    return hash;
}

Sha256 sha256_of(Bytes bytes)
{
    Sha256Run *run = sha256_begin();
    sha256_add(run, bytes);
    return sha256_end(run);
}

Sha256 sha256_of_text(Str text)
{
    return sha256_of((Bytes){(const unsigned char *)text.at, text.len});
}

bool sha256_equal(const Sha256 *a, const Sha256 *b)
{
    return !memcmp(a->at, b->at, sizeof a->at);
}

bool sha256_from(Bytes bytes, Sha256 *hash)
{
    if (bytes.len != (ptrdiff_t)sizeof hash->at) return false;
    memcpy(hash->at, bytes.at, sizeof hash->at);
    return true;
}

Sha256 sha256_of_hex(Str hex)
{
    Sha256 hash = {{0}};
    for (ptrdiff_t i = 0; i < hex.len && i < SHA256_TEXT_SIZE - 1; i++) {
        int digit = hex.at[i] <= '9' ? hex.at[i] - '0' : (hex.at[i] | 0x20) - 'a' + 10;
        hash.at[i / 2] = (unsigned char)(hash.at[i / 2] << 4 | (digit & 0xF));
    }
    return hash;
}

const char *sha256_text(const Sha256 *hash, char text[SHA256_TEXT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < sizeof hash->at; i++) {
        text[2 * i] = digits[hash->at[i] >> 4];
        text[2 * i + 1] = digits[hash->at[i] & 15];
    }
    text[SHA256_TEXT_SIZE - 1] = '\0';
    return text;
}

static bool unreadable(const char *path, Error *err)
{
    return FAIL(err, E_FILE_READ, .value = str_of(path),
                .words = S("ファイルを最後まで読めません。媒体を確かめてください。"));
}

bool sha256_file(const char *path, Sha256 *hash, Error *err)
{
    int file = regular_file_open(path, O_RDONLY, 0);
    if (file < 0 && errno == EINVAL) return unreadable(path, err);
    if (file < 0)
        return FAIL(err, E_FILE_OPEN, .value = str_of(path),
                    .words = S("ファイルを開けません。名前と読み取りの権限を確かめてください。"));
    unsigned char portion[PORTION];
    Sha256Run *run = sha256_begin();
    ssize_t got;
    while ((got = read(file, portion, sizeof portion)) > 0) sha256_add(run, (Bytes){portion, got});
    (void)close(file);
    Sha256 whole = sha256_end(run);
    if (got < 0) return unreadable(path, err);
    *hash = whole;
    return true;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool sha256_parse(Str text, Sha256 *hash)
{
    Sha256 read;
    if (text.len != 2 * (ptrdiff_t)sizeof read.at) return false;
    for (ptrdiff_t i = 0; i < text.len; i += 2) {
        int high = hex_digit(text.at[i]), low = hex_digit(text.at[i + 1]);
        if (high < 0 || low < 0) return false;
        read.at[i / 2] = (unsigned char)(high << 4 | low);
    }
    *hash = read;
    return true;
}
