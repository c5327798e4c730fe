// SPDX-License-Identifier: Apache-2.0
#include "web_tls.h"

#include "logging.h"
#include "pins.h"
#include "regular_file.h"

#include <gnutls/x509.h>

#include <string.h>
#include <sys/stat.h>

enum { PEM_MOST = 256 << 10, CERTIFICATES_MOST = 64, TOLD_DAYS = 60, ID_BYTES = 32 };

// ---- files

static bool trouble(Str path, const char *words, Error *err)
{
    return FAIL(err, E_KEY, .item = S("ファイル"), .value = path, .words = str_of(words));
}

static bool closed_to_others(FILE *in)
{
    struct stat status;
    return fstat(fileno(in), &status) == 0 && !(status.st_mode & (S_IRWXG | S_IRWXO));
}

static bool pem_read(Str path, bool secret, Arena *arena, Str *pem, Error *err)
{
    char *text = ROOM(arena, char, PEM_MOST);
    FILE *in = regular_file_read(str_z(arena, path));
    if (!in)
        return trouble(path, "画面の証明書か鍵がありません。運用の手引き (画面) のとおりに置いてください。", err);
    bool closed = !secret || closed_to_others(in);
    size_t len = fread(text, 1, PEM_MOST - 1, in);
    (void)fclose(in);
    text[len] = '\0';
    *pem = (Str){text, (ptrdiff_t)len};
    if (!closed) return trouble(path, "鍵がほかの利用者にも読めます。chmod 600 で閉じてください。", err);
    return (len > 0 && len < PEM_MOST - 1) || trouble(path, "証明書か鍵が読めません。", err);
}

// ---- certificates

typedef struct Certificates {
    gnutls_x509_crt_t at[CERTIFICATES_MOST];
    unsigned count;
} Certificates;

static void certificates_end(Certificates *all)
{
    for (unsigned i = 0; i < all->count; i++) gnutls_x509_crt_deinit(all->at[i]);
}

static bool certificates_begin(Str path, Str pem, Certificates *all, Error *err)
{
    const gnutls_datum_t text = {(unsigned char *)(uintptr_t)pem.at, (unsigned)pem.len};
    all->count = CERTIFICATES_MOST;
    int read = gnutls_x509_crt_list_import(all->at, &all->count, &text, GNUTLS_X509_FMT_PEM, 0);
    if (read > 0) return true;
    all->count = 0;
    return trouble(path, "証明書 (PEM) として読めません。", err);
}

static bool in_time(Str path, gnutls_x509_crt_t certificate, Instant now, Error *err)
{
    enum { DAY_SECONDS = 24 * 3600 };
    int64_t seconds = now / 1000000;
    int64_t left = (int64_t)gnutls_x509_crt_get_expiration_time(certificate) - seconds;
    if (left < 0 || gnutls_x509_crt_get_activation_time(certificate) > seconds)
        return trouble(path, "証明書の有効期間の外です。新しいものに替えてください。", err);
    if (left < (int64_t)TOLD_DAYS * DAY_SECONDS)
        log_line(LOG_WARN, "event=screen_certificate_ends days=%lld",
                 (long long)(left / DAY_SECONDS));
    return true;
}

static bool key_fits(gnutls_x509_crt_t certificate, Str pem)
{
    unsigned char ids[2][ID_BYTES];
    size_t sizes[2] = {ID_BYTES, ID_BYTES};
    gnutls_x509_privkey_t key;
    const gnutls_datum_t text = {(unsigned char *)(uintptr_t)pem.at, (unsigned)pem.len};
    if (gnutls_x509_privkey_init(&key) != GNUTLS_E_SUCCESS) return false;
    bool fits = gnutls_x509_privkey_import2(key, &text, GNUTLS_X509_FMT_PEM, NULL, 0) == 0 &&
                gnutls_x509_privkey_get_key_id(key, GNUTLS_KEYID_USE_SHA256, ids[0], &sizes[0]) == 0 &&
                gnutls_x509_crt_get_key_id(certificate, GNUTLS_KEYID_USE_SHA256, ids[1], &sizes[1]) == 0 &&
                !memcmp(ids[0], ids[1], ID_BYTES);
    gnutls_x509_privkey_deinit(key);
    return fits;
}

static bool host_fits(Str path, const WebTls *tls, Instant now, Arena scratch, Error *err)
{
    Certificates own;
    if (!certificates_begin(path, str_of(tls->certificate), &own, err)) return false;
    bool fits = in_time(path, own.at[0], now, err);
    if (fits && !gnutls_x509_crt_check_hostname(own.at[0], str_z(&scratch, tls->name)))
        fits = trouble(path, "証明書の名前が --name と違います。", err);
    if (fits && !key_fits(own.at[0], str_of(tls->key)))
        fits = trouble(path, "証明書と鍵 (desk.key) が対になっていません。", err);
    certificates_end(&own);
    return fits;
}

static bool authorities_fit(Str path, Str pem, Instant now, Error *err)
{
    Certificates all;
    bool fit = certificates_begin(path, pem, &all, err);
    for (unsigned i = 0; fit && i < all.count; i++) {
        fit = in_time(path, all.at[i], now, err);
        if (fit && gnutls_x509_crt_get_ca_status(all.at[i], NULL) <= 0)
            fit = trouble(path, "認証局でない証明書が混じっています。", err);
    }
    certificates_end(&all);
    return fit;
}

bool web_tls_read(Str data_dir, Str name, Instant now, Arena *arena, WebTls *screens, WebTls *cards,
                  Error *err)
{
    Str certificate, key, trust;
    Str paths[3];
    static const char *const files[] = {"desk.crt", "desk.key", "cards.crt"};
    for (int i = 0; i < countof(files); i++)
        paths[i] = str_format(arena, "%.*s/tls/%s", STR(data_dir), files[i]);
    if (!pem_read(paths[0], false, arena, &certificate, err) ||
        !pem_read(paths[1], true, arena, &key, err) ||
        !pem_read(paths[2], false, arena, &trust, err))
        return false;
    *screens = (WebTls){name, certificate.at, key.at, NULL};
    *cards = (WebTls){name, certificate.at, key.at, trust.at};
    return host_fits(paths[0], screens, now, *arena, err) &&
           authorities_fit(paths[2], trust, now, err);
}

// ---- cards

static bool made_for_clients(gnutls_x509_crt_t certificate)
{
    char oid[64];
    size_t size = sizeof oid;
    for (unsigned i = 0; gnutls_x509_crt_get_key_purpose_oid(certificate, i, oid, &size, NULL) ==
                         GNUTLS_E_SUCCESS;
         i++, size = sizeof oid)
        if (!strcmp(oid, GNUTLS_KP_TLS_WWW_CLIENT)) return true;
    return false;
}

bool card_key_read(const char *path, Instant now, Arena *arena, Str *key, Error *err)
{
    Str pem, named = str_of(path);
    Certificates read;
    unsigned char hash[PIN_HASH_BYTES];
    size_t size = sizeof hash;
    if (!pem_read(named, false, arena, &pem, err) || !certificates_begin(named, pem, &read, err))
        return false;
    bool fits = in_time(named, read.at[0], now, err);
    if (fits && (gnutls_x509_crt_get_ca_status(read.at[0], NULL) > 0 || !made_for_clients(read.at[0])))
        fits = trouble(named, "職員のカードの証明書 (クライアント認証用) ではありません。", err);
    if (fits && gnutls_x509_crt_get_key_id(read.at[0], GNUTLS_KEYID_USE_SHA256, hash, &size) != 0)
        fits = trouble(named, "証明書の鍵が読めません。", err);
    certificates_end(&read);
    if (!fits) return false;
    Pin pin = pin_of_hash(hash);
    *key = str_copy(arena, str_of(pin.text));
    return true;
}
