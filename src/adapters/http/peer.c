// SPDX-License-Identifier: Apache-2.0
#include "peer.h"

#include <gnutls/x509.h>

#include <stdio.h>
#include <string.h>

#include "authority.h"
#include "pins.h"

// GnuTLS wants these writable, and only reads them.
static unsigned char client_purpose[] = GNUTLS_KP_TLS_WWW_CLIENT;
static gnutls_typed_vdata_st for_clients = {
    .type = GNUTLS_DT_KEY_PURPOSE_OID, .data = client_purpose, .size = sizeof client_purpose - 1};

void peer_demand(gnutls_session_t session)
{
    gnutls_session_set_verify_cert2(session, &for_clients, 1, 0);
}

// Small letters; of a member of a family, a hyphen and the sixteen digits of its organisation code behind them.
static bool role_shaped(Str role)
{
    enum { CODE_DIGITS = 16 };
    Cut cut = str_cut(role, '-');
    for (ptrdiff_t i = 0; i < cut.head.len; i++)
        if (cut.head.at[i] < 'a' || cut.head.at[i] > 'z') return false;
    for (ptrdiff_t i = 0; i < cut.tail.len; i++)
        if (cut.tail.at[i] < '0' || cut.tail.at[i] > '9') return false;
    return cut.head.len > 0 && cut.tail.len == (cut.found ? CODE_DIGITS : 0);
}

// "ledger" of ledger.sesshu.internal, the only name of the certificate. The length that the certificate
// gives counts: a zero byte in a name does not end it.
static bool role_named(gnutls_x509_crt_t certificate, char role[ROLE_MOST])
{
    char name[ROLE_MOST + sizeof ROLE_DOMAIN], second[1];
    size_t size = sizeof name, second_size = sizeof second;
    int kind = gnutls_x509_crt_get_subject_alt_name(certificate, 0, name, &size, NULL);
    int none = gnutls_x509_crt_get_subject_alt_name(certificate, 1, second, &second_size, NULL);
    if (kind != GNUTLS_SAN_DNSNAME || none != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) return false;
    Str text = {name, (ptrdiff_t)size};
    ptrdiff_t len = text.len - S(ROLE_DOMAIN).len;
    if (!str_ends(text, S(ROLE_DOMAIN)) || len <= 0 || len >= ROLE_MOST) return false;
    if (!role_shaped((Str){name, len})) return false;
    (void)snprintf(role, ROLE_MOST, "%.*s", (int)len, name);
    return true;
}

// Said by the certificate itself: one that says nothing of its purpose would serve for any.
static bool made_for_clients(gnutls_x509_crt_t certificate)
{
    char oid[64];
    size_t size = sizeof oid;
    for (unsigned i = 0;
         gnutls_x509_crt_get_key_purpose_oid(certificate, i, oid, &size, NULL) == GNUTLS_E_SUCCESS;
         i++, size = sizeof oid)
        if (!strcmp(oid, GNUTLS_KP_TLS_WWW_CLIENT)) return true;
    return false;
}

static bool is_authority(gnutls_x509_crt_t certificate)
{
    return gnutls_x509_crt_get_ca_status(certificate, NULL) > 0;
}

static bool key_of(gnutls_x509_crt_t certificate, Pin *pin)
{
    unsigned char hash[PIN_HASH_BYTES];
    size_t size = sizeof hash;
    if (gnutls_x509_crt_get_key_id(certificate, GNUTLS_KEYID_USE_SHA256, hash, &size) !=
        GNUTLS_E_SUCCESS)
        return false;
    *pin = pin_of_hash(hash);
    return true;
}

static bool key_listed(gnutls_x509_crt_t certificate, const char *role, Str tls_folder,
                       Arena scratch)
{
    Pin pin;
    Str pins;
    Error err = {0};
    if (!key_of(certificate, &pin)) return false;
    return pins_of_role(tls_folder, str_of(role), &scratch, &pins, &err) && pins_hold(pins, &pin);
}

static bool role_proven(const gnutls_datum_t *der, Str tls_folder, Arena scratch,
                        char role[ROLE_MOST])
{
    gnutls_x509_crt_t certificate;
    if (gnutls_x509_crt_init(&certificate) != GNUTLS_E_SUCCESS) return false;
    bool proven =
        gnutls_x509_crt_import(certificate, der, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS &&
        !is_authority(certificate) && made_for_clients(certificate) &&
        role_named(certificate, role) && key_listed(certificate, role, tls_folder, scratch);
    gnutls_x509_crt_deinit(certificate);
    return proven;
}

// The certificate that was shown, when the server's trust list bears it out; NULL: none.
static const gnutls_datum_t *shown(gnutls_session_t session)
{
    unsigned int status = 0, count = 0;
    if (gnutls_certificate_verify_peers(session, &for_clients, 1, &status) != GNUTLS_E_SUCCESS ||
        status != 0)
        return NULL;
    const gnutls_datum_t *chain = gnutls_certificate_get_peers(session, &count);
    return chain && count > 0 ? &chain[0] : NULL;
}

bool peer_key(gnutls_session_t session, Pin *pin)
{
    gnutls_x509_crt_t certificate;
    const gnutls_datum_t *der = shown(session);
    if (!der || gnutls_x509_crt_init(&certificate) != GNUTLS_E_SUCCESS) return false;
    bool proven =
        gnutls_x509_crt_import(certificate, der, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS &&
        !is_authority(certificate) && made_for_clients(certificate) && key_of(certificate, pin);
    gnutls_x509_crt_deinit(certificate);
    return proven;
}

bool peer_role(gnutls_session_t session, Str tls_folder, Arena scratch, char role[ROLE_MOST])
{
    const gnutls_datum_t *der = shown(session);
    return der && role_proven(der, tls_folder, scratch, role);
}
