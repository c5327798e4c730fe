// SPDX-License-Identifier: Apache-2.0
#include "authority.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

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

static bool write_trouble(Error *err)
{
    return FAIL(err, E_FILE_WRITE,
                .words =
                    S("通信用の鍵を書けません。データの置き場所の権限と空きを確かめてください。"));
}

// ---- files

typedef bool (*PemWriter)(FILE *out, const Signer *signer);

static bool write_key(FILE *out, const Signer *signer)
{
    return PEM_write_PrivateKey(out, signer->key, NULL, NULL, 0, NULL, NULL) == 1;
}

static bool write_certificate(FILE *out, const Signer *signer)
{
    return PEM_write_X509(out, signer->certificate) == 1;
}

// Whole or not there: written beside, then renamed.
static bool write_pem(const char *path, const Signer *signer, PemWriter write, Arena scratch,
                      Error *err)
{
    const char *beside = str_z(&scratch, str_format(&scratch, "%s.new", path));
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *out = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (!out) return write_trouble(err);
    bool good = write(out, signer) && fflush(out) == 0 && fsync(fd) == 0;
    good = fclose(out) == 0 && good;
    if (!good || rename(beside, path) != 0) return write_trouble(err);
    return true;
}

static bool readable_by_others(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && (facts.st_mode & 077) != 0;
}

static bool signer_load(Signer *signer, const char *certificate_path, const char *key_path,
                        Error *err)
{
    if (readable_by_others(key_path))
        return FAIL(
            err, E_KEY, .value = str_of(key_path),
            .words = S("通信用の鍵をほかの人が読めます。所有者だけの権限 (0600) にしてください。"));
    FILE *certificate = fopen(certificate_path, "re"), *key = fopen(key_path, "re");
    if (certificate) signer->certificate = PEM_read_X509(certificate, NULL, NULL, NULL);
    if (key) signer->key = PEM_read_PrivateKey(key, NULL, NULL, NULL);
    if (certificate) (void)fclose(certificate);
    if (key) (void)fclose(key);
    bool fits = signer->certificate && signer->key &&
                X509_check_private_key(signer->certificate, signer->key) == 1;
    return fits || key_trouble(err);
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
    return access(path, F_OK) == 0;
}

static bool provide_authority(const char *certificate, const char *key, Arena scratch, Error *err)
{
    if (have(certificate)) return true;
    Signer authority = {0};
    bool good = make_authority(&authority, err) &&
                write_pem(key, &authority, write_key, scratch, err) &&
                write_pem(certificate, &authority, write_certificate, scratch, err);
    signer_close(&authority);
    return good;
}

static bool provide_role(const RoleFiles *files, const char *authority_key, Str role, Arena scratch,
                         Error *err)
{
    if (have(files->certificate)) return true;
    Signer authority = {0}, own = {0};
    bool good = signer_load(&authority, files->trust, authority_key, err) &&
                make_role(&authority, role, scratch, &own, err) &&
                write_pem(files->key, &own, write_key, scratch, err) &&
                write_pem(files->certificate, &own, write_certificate, scratch, err);
    signer_close(&authority);
    signer_close(&own);
    return good;
}

static bool check_role(const RoleFiles *files, Error *err)
{
    Signer own = {0};
    bool good = signer_load(&own, files->certificate, files->key, err);
    signer_close(&own);
    return good;
}

static const char *in_folder(Arena *arena, Str folder, Str name, const char *end)
{
    return str_z(arena, str_format(arena, "%.*s/%.*s%s", STR(folder), STR(name), end));
}

bool role_files(Str data_dir, Str role, Arena *arena, RoleFiles *files, Error *err)
{
    Str folder = str_format(arena, "%.*s/tls", STR(data_dir));
    const char *authority_key = in_folder(arena, folder, S("ca"), ".key");
    RoleFiles found = {.trust = in_folder(arena, folder, S("ca"), ".crt"),
                       .certificate = in_folder(arena, folder, role, ".crt"),
                       .key = in_folder(arena, folder, role, ".key")};

    (void)mkdir(str_z(arena, data_dir), 0700);  // both may be there already; open tells
    (void)mkdir(str_z(arena, folder), 0700);
    int lock = open(in_folder(arena, folder, S("lock"), ""), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0 || flock(lock, LOCK_EX) != 0) {
        if (lock >= 0) (void)close(lock);
        return write_trouble(err);
    }
    bool good = provide_authority(found.trust, authority_key, *arena, err) &&
                provide_role(&found, authority_key, role, *arena, err) && check_role(&found, err);
    (void)close(lock);
    if (good) *files = found;
    return good;
}
