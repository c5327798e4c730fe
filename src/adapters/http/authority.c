// SPDX-License-Identifier: Apache-2.0
#include "authority.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "key_file.h"
#include "logging.h"
#include "pins.h"
#include "regular_file.h"

enum { AUTHORITY_YEARS = 10, ROLE_YEARS = 2, DAYS_OF_YEAR = 365, SERIAL_BYTES = 16 };

typedef struct Signer {
    EVP_PKEY *key;
    X509 *certificate;
} Signer;

static void signer_close(Signer *signer)
{
    EVP_PKEY_free(signer->key);
    X509_free(signer->certificate);
    *signer = (Signer){0};
}

static bool key_trouble(Error *err)
{
    return FAIL(
        err, E_KEY,
        .words = S("通信用の鍵と証明書が使えません。データの置き場所の tls を確かめてください。"));
}

// The way back hangs on which file it is: a program's own are made anew, the authority's are not.
#define AUTHORITY_BACK \
    "保管した写しから戻してください。写しがなければ、tls のフォルダーを別の場所に移し、sesshu init をもう一度実行してください。"
#define ROLE_BACK "sesshu tls renew で作り直すか、控えから戻してください。"

static bool of_authority(const char *path)
{
    return str_starts(file_name_of(str_of(path)), S("ca."));
}

static bool file_missing(const char *path, Error *err)
{
    return FAIL(err, E_KEY, .value = str_of(path),
                .words = of_authority(path) ? S("通信用の認証局のファイルがありません。" AUTHORITY_BACK)
                                            : S("通信用のファイルがありません。" ROLE_BACK));
}

static bool files_unfit(const char *certificate, Error *err)
{
    return FAIL(err, E_KEY, .value = str_of(certificate),
                .words = of_authority(certificate)
                             ? S("通信用の認証局の証明書 (ca.crt) と鍵 (ca.key) が組になっていないか、壊れています。" AUTHORITY_BACK)
                             : S("通信用の証明書と鍵 (.key) が組になっていないか、壊れています。" ROLE_BACK));
}

// ---- files

typedef bool (*PemWriter)(BIO *out, const Signer *signer);

static bool write_key(BIO *out, const Signer *signer)
{
    return PEM_write_bio_PrivateKey(out, signer->key, NULL, NULL, 0, NULL, NULL) == 1;
}

static bool write_certificate(BIO *out, const Signer *signer)
{
    return PEM_write_bio_X509(out, signer->certificate) == 1;
}

static bool write_pem(const char *path, const Signer *signer, PemWriter write, Error *err)
{
    char *at = NULL;
    BIO *out = BIO_new(BIO_s_secmem());
    bool written = out && write(out, signer);
    long len = written ? BIO_get_mem_data(out, &at) : 0;
    written =
        len > 0 ? key_file_replace(path, (Bytes){(unsigned char *)at, len}, err) : key_trouble(err);
    BIO_free(out);  // wipes
    return written;
}

static BIO *pem_open(const char *path, Secret *text, Error *err)
{
    bool found;
    if (!key_file_read(path, text, &found, err)) return NULL;
    BIO *in = found ? BIO_new_mem_buf(text->at, (int)text->len) : NULL;
    if (!in) (void)(found ? key_trouble(err) : file_missing(path, err));
    return in;
}

static bool signer_load(Signer *signer, const char *certificate_path, const char *key_path,
                        Error *err)
{
    SECRET(key_text);
    SECRET(certificate_text);
    BIO *key = pem_open(key_path, &key_text, err);
    BIO *certificate = key ? pem_open(certificate_path, &certificate_text, err) : NULL;
    bool opened = certificate != NULL;
    if (opened) signer->certificate = PEM_read_bio_X509(certificate, NULL, NULL, NULL);
    if (opened) signer->key = PEM_read_bio_PrivateKey(key, NULL, NULL, NULL);
    BIO_free(key);
    BIO_free(certificate);
    if (!opened) return false;
    bool fits = signer->certificate && signer->key &&
                X509_check_private_key(signer->certificate, signer->key) == 1;
    return fits || files_unfit(certificate_path, err);
}

// ---- certificates

static bool add_extension(X509 *certificate, const X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, (X509 *)(uintptr_t)issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    bool good = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return good;
}

static bool random_serial(X509 *certificate)
{
    unsigned char bytes[SERIAL_BYTES];
    if (RAND_bytes(bytes, sizeof bytes) != 1) return false;
    bytes[0] &= 0x7F;  // positive, RFC 5280 4.1.2.2
    BIGNUM *number = BN_bin2bn(bytes, sizeof bytes, NULL);
    bool good = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
    return good;
}

static X509 *certificate_begin(EVP_PKEY *key, const char *name, int years)
{
    X509 *certificate = X509_new();
    if (!certificate) return NULL;
    X509_NAME *subject = X509_get_subject_name(certificate);
    bool good =
        X509_set_version(certificate, 2) == 1 && random_serial(certificate) &&
        X509_gmtime_adj(X509_getm_notBefore(certificate), -3600) &&  // clocks differ a little
        X509_time_adj_ex(X509_getm_notAfter(certificate), years * DAYS_OF_YEAR, 0, NULL) &&
        X509_set_pubkey(certificate, key) == 1 &&
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1,
                                   -1, 0) == 1;
    if (good) return certificate;
    X509_free(certificate);
    return NULL;
}

static bool certificate_sign(X509 *certificate, const Signer *issuer)
{
    return X509_set_issuer_name(certificate, X509_get_subject_name(issuer->certificate)) == 1 &&
           X509_sign(certificate, issuer->key, EVP_sha256()) > 0;
}

static bool make_authority(Signer *made, Error *err)
{
    made->key = EVP_EC_gen("P-256");
    made->certificate =
        made->key ? certificate_begin(made->key, "Sesshu local authority", AUTHORITY_YEARS) : NULL;
    X509 *own = made->certificate;
    bool good =
        own && add_extension(own, own, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
        add_extension(own, own, NID_key_usage, "critical,keyCertSign") &&
        add_extension(own, own, NID_subject_key_identifier, "hash") && certificate_sign(own, made);
    return good || key_trouble(err);
}

static bool make_role(const Signer *issuer, Str role, Arena scratch, Signer *made, Error *err)
{
    const char *name = str_z(&scratch, str_format(&scratch, "%.*s" ROLE_DOMAIN, STR(role)));
    const char *alternative = str_z(&scratch, str_format(&scratch, "DNS:%s", name));
    made->key = EVP_EC_gen("P-256");
    made->certificate = made->key ? certificate_begin(made->key, name, ROLE_YEARS) : NULL;
    X509 *own = made->certificate;
    const X509 *above = issuer->certificate;
    bool good = own && add_extension(own, above, NID_basic_constraints, "critical,CA:FALSE") &&
                add_extension(own, above, NID_key_usage, "critical,digitalSignature") &&
                add_extension(own, above, NID_ext_key_usage, "serverAuth,clientAuth") &&
                add_extension(own, above, NID_subject_alt_name, alternative) &&
                add_extension(own, above, NID_authority_key_identifier, "keyid") &&
                certificate_sign(own, issuer);
    return good || key_trouble(err);
}

// ---- what is missing is made

static bool have(const char *path)
{
    return faccessat(AT_FDCWD, path, F_OK, AT_EACCESS) == 0;
}

static const char *in_folder(Arena *arena, Str folder, Str name, const char *end)
{
    return str_z(arena, str_format(arena, "%.*s/%.*s%s", STR(folder), STR(name), end));
}

// Where keys are listed there was an authority: another one in its place would believe nobody, and cost its key.
static bool provide_authority(const RoleFiles *files, const char *key, Arena scratch, Error *err)
{
    const char *certificate = files->trust;
    if (have(certificate)) return true;
    if (have(in_folder(&scratch, files->folder, S("pins"), ""))) return file_missing(certificate, err);
    Signer authority = {0};
    bool good = make_authority(&authority, err) && write_pem(key, &authority, write_key, err) &&
                write_pem(certificate, &authority, write_certificate, err);
    signer_close(&authority);
    return good;
}

static bool pin_of_key(const Signer *signer, Pin *pin, Error *err)
{
    unsigned char hash[PIN_HASH_BYTES], *der = NULL;
    int len = i2d_PUBKEY(signer->key, &der);
    bool good = len > 0 && EVP_Digest(der, (size_t)len, hash, NULL, EVP_sha256(), NULL) == 1;
    OPENSSL_free(der);
    if (good) *pin = pin_of_hash(hash);
    return good || key_trouble(err);
}

// The list first, the certificate last: as long as that one is missing, all of it is made again.
static bool provide_role(const RoleFiles *files, const char *authority_key, Str role, Arena scratch,
                         Error *err)
{
    if (have(files->certificate)) return true;
    Pin pin;
    Signer authority = {0}, own = {0};
    bool good = signer_load(&authority, files->trust, authority_key, err) &&
                make_role(&authority, role, scratch, &own, err) && pin_of_key(&own, &pin, err) &&
                pins_set(files->folder, role, &pin, scratch, err) &&
                write_pem(files->key, &own, write_key, err) &&
                write_pem(files->certificate, &own, write_certificate, err);
    signer_close(&authority);
    signer_close(&own);
    return good;
}

// ---- and is looked at before it is used

// Offices of versions before the list have none yet: their key is the first on it.
static bool check_pin(const RoleFiles *files, Str role, const Signer *own, Arena scratch,
                      Error *err)
{
    Pin pin;
    Str pins;
    if (!pin_of_key(own, &pin, err) || !pins_of_role(files->folder, role, &scratch, &pins, err))
        return false;
    if (!pins.len) return pins_set(files->folder, role, &pin, scratch, err);
    return pins_hold(pins, &pin) ||
           FAIL(err, E_KEY, .value = role,
                .words = S("通信用の鍵が登録 (tls/pins) のものと違います。"
                           "sesshu tls renew で作り直すか、登録を確かめてください。"));
}

static bool days_until(const X509 *certificate, Instant now, int *days)
{
    int rest_days, rest_seconds;
    ASN1_TIME *today = ASN1_TIME_set(NULL, (time_t)(now / 1000000));
    bool good = today && ASN1_TIME_diff(&rest_days, &rest_seconds, today,
                                        X509_get0_notAfter(certificate)) == 1;
    ASN1_TIME_free(today);
    if (good) *days = rest_seconds < 0 ? rest_days - 1 : rest_days;
    return good;
}

static X509 *certificate_load(const char *path, Error *err)
{
    SECRET(text);
    BIO *in = pem_open(path, &text, err);
    X509 *certificate = in ? PEM_read_bio_X509(in, NULL, NULL, NULL) : NULL;
    if (in && !certificate) (void)files_unfit(path, err);
    BIO_free(in);
    return certificate;
}

static Day day_of_time(const ASN1_TIME *time)
{
    struct tm parts = {0};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return DAY_NONE;
    return day_of(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

static DaySpan span_of(const X509 *certificate)
{
    return (DaySpan){day_of_time(X509_get0_notBefore(certificate)), day_of_time(X509_get0_notAfter(certificate))};
}

// Which certificate, until when, and what this machine takes for today: a wrong clock looks the same.
static bool out_of_time(Str role, bool of_authority, DaySpan good, Day today, Error *err)
{
    enum { WORDS_BYTES = 2048 };
    char memory[WORDS_BYTES], first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE], now[DAY_TEXT_SIZE];
    Arena scratch = {memory, memory + sizeof memory};
    Str whose = of_authority ? S("認証局 (tls/ca.crt)") : str_format(&scratch, "%.*s" ROLE_DOMAIN, STR(role));
    const char *way = of_authority ? "tls のフォルダーを別の場所に移し、sesshu init をもう一度実行してください"
                                   : "sesshu tls renew で作り直してください";
    return FAIL(err, E_KEY, .value = whose,
                .words = str_format(&scratch,
                                    "この通信用の証明書が使えるのは %s から %s までです。この計算機の今日は %s です。"
                                    "日付が違っていれば計算機の時計を直し、正しければ %s。",
                                    day_text(good.first, first), day_text(good.last, last), day_text(today, now), way));
}

// The sooner of the program's own and the authority's end.
static bool check_expiry(RoleFiles *files, Str role, const Signer *own, Instant now, Error *err)
{
    int of_authority = 0;
    X509 *authority = certificate_load(files->trust, err);
    if (!authority) return false;
    bool read = days_until(own->certificate, now, &files->days_left) &&
                days_until(authority, now, &of_authority);
    bool authority_ends = of_authority < files->days_left;
    DaySpan good = span_of(authority_ends ? authority : own->certificate);
    X509_free(authority);
    if (!read) return key_trouble(err);
    if (authority_ends) files->days_left = of_authority;
    if (files->days_left < EXPIRY_TOLD_DAYS)
        log_line(LOG_WARN, "event=certificate_expires role=%.*s days=%d", STR(role),
                 files->days_left);
    Day today = instant_day_in_japan(now);
    if (files->days_left >= 0 && good.first <= today) return true;
    return out_of_time(role, authority_ends, good, today, err);
}

static bool check_role(RoleFiles *files, Str role, Instant now, Arena scratch, Error *err)
{
    Signer own = {0};
    bool good = signer_load(&own, files->certificate, files->key, err) &&
                check_pin(files, role, &own, scratch, err) &&
                check_expiry(files, role, &own, now, err);
    signer_close(&own);
    return good;
}

static RoleFiles files_of(Str folder, Str role, Arena *arena)
{
    return (RoleFiles){.trust = in_folder(arena, folder, S("ca"), ".crt"),
                       .certificate = in_folder(arena, folder, role, ".crt"),
                       .key = in_folder(arena, folder, role, ".key"),
                       .folder = folder};
}

// The folder, ours alone and without what a crash left, under its lock. -1 with `err`.
static int folder_lock(Str data_dir, Str folder, Arena scratch, Error *err)
{
    const char *path = str_z(&scratch, folder);
    (void)mkdir(str_z(&scratch, data_dir), 0700);  // may be there already
    if (!key_folder_made(path, err)) return -1;
    int lock = regular_file_open(in_folder(&scratch, folder, S("lock"), ""), O_RDWR | O_CREAT, 0600);
    if (lock >= 0 && flock(lock, LOCK_EX) == 0 && key_folder_swept(path, err)) return lock;
    if (lock >= 0) (void)close(lock);
    (void)FAIL(err, E_FILE_WRITE,
               .words =
                   S("通信用の鍵を書けません。データの置き場所の権限と空きを確かめてください。"));
    return -1;
}

static bool files_provide(Str data_dir, Str role, bool anew, Instant now, Arena *arena,
                          RoleFiles *files, Error *err)
{
    Str folder = str_format(arena, "%.*s/tls", STR(data_dir));
    const char *authority_key = in_folder(arena, folder, S("ca"), ".key");
    RoleFiles found = files_of(folder, role, arena);
    int lock = folder_lock(data_dir, folder, *arena, err);
    if (lock < 0) return false;
    if (anew) (void)unlink(found.certificate);  // may be missing already
    bool good = provide_authority(&found, authority_key, *arena, err) &&
                provide_role(&found, authority_key, role, *arena, err) &&
                check_role(&found, role, now, *arena, err);
    (void)close(lock);
    if (good) *files = found;
    return good;
}

bool role_files(Str data_dir, Str role, Instant now, Arena *arena, RoleFiles *files, Error *err)
{
    return files_provide(data_dir, role, false, now, arena, files, err);
}

bool role_renew(Str data_dir, Str role, Instant now, Arena *arena, RoleFiles *files, Error *err)
{
    return files_provide(data_dir, role, true, now, arena, files, err);
}

// ---- somebody else's program

static bool pin_copied(Str from, Str to, Str role, Arena scratch, Error *err)
{
    Str pins;
    Pin pin = {{0}};
    if (!pins_of_role(from, role, &scratch, &pins, err)) return false;
    Str first = str_cut(pins, ';').head;
    if (first.len != PIN_TEXT_SIZE - 1) return key_trouble(err);
    memcpy(pin.text, first.at, PIN_TEXT_SIZE - 1);
    return pins_set(to, role, &pin, scratch, err);
}

// As provide_role: our list first, the certificate last.
static bool admission_laid(const RoleAdmission *a, Str ours, const RoleFiles *theirs, const Signer *authority,
                           Arena scratch, Error *err)
{
    Pin pin;
    Signer own = {0};
    (void)unlink(theirs->certificate);
    (void)unlink(in_folder(&scratch, theirs->folder, S("ca"), ".key"));  // of one that it had made for itself
    bool good = make_role(authority, a->role, scratch, &own, err) && pin_of_key(&own, &pin, err) &&
                pins_set(ours, a->role, &pin, scratch, err) &&
                pins_set(theirs->folder, a->role, &pin, scratch, err) &&
                pin_copied(ours, theirs->folder, a->server, scratch, err) &&
                write_pem(theirs->trust, authority, write_certificate, err) &&
                write_pem(theirs->key, &own, write_key, err) &&
                write_pem(theirs->certificate, &own, write_certificate, err);
    signer_close(&own);
    return good;
}

static bool admitted(const RoleAdmission *a, Str ours, Arena scratch, Error *err)
{
    Signer authority = {0};
    Str folder = str_format(&scratch, "%.*s/tls", STR(a->to_dir));
    const RoleFiles theirs = files_of(folder, a->role, &scratch), mine = files_of(ours, a->server, &scratch);
    int lock = folder_lock(a->to_dir, folder, scratch, err);
    if (lock < 0) return false;
    bool good = signer_load(&authority, mine.trust, in_folder(&scratch, ours, S("ca"), ".key"), err) &&
                admission_laid(a, ours, &theirs, &authority, scratch, err);
    signer_close(&authority);
    (void)close(lock);
    return good;
}

bool role_admit(const RoleAdmission *admission, Arena scratch, Error *err)
{
    Str ours = str_format(&scratch, "%.*s/tls", STR(admission->data_dir));
    int lock = folder_lock(admission->data_dir, ours, scratch, err);
    if (lock < 0) return false;
    bool good = admitted(admission, ours, scratch, err);
    (void)close(lock);
    return good;
}

void tls_environment_clear(void)
{
    (void)unsetenv("SSLKEYLOGFILE");
}
