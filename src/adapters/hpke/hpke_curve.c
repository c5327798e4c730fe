// P-256 by the library's points: numbers that are secret are wiped and multiplied in constant time.
// SPDX-License-Identifier: Apache-2.0
#include "hpke_parts.h"

#include <openssl/ec.h>
#include <openssl/obj_mac.h>

#include <assert.h>

enum { NUMBER_BYTES = 32, UNCOMPRESSED = 4 };

typedef struct Curve {
    EC_GROUP *group;
    EC_POINT *point, *result;
    BIGNUM *number, *x;
} Curve;

static Curve curve_begun(void)
{
    Curve c = {.group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)};
    assert(c.group);
    c.point = EC_POINT_new(c.group);
    c.result = EC_POINT_new(c.group);
    c.number = BN_secure_new();
    c.x = BN_secure_new();
    assert(c.point && c.result);
    assert(c.number && c.x);
    BN_set_flags(c.number, BN_FLG_CONSTTIME);
    return c;
}

static void curve_end(Curve *c)
{
    BN_clear_free(c->x);
    BN_clear_free(c->number);
    EC_POINT_clear_free(c->result);
    EC_POINT_clear_free(c->point);
    EC_GROUP_free(c->group);
}

// 0 < number < order.
static bool number_taken(Curve *c, const Secret *private_key)
{
    return private_key->len == NUMBER_BYTES &&
           BN_bin2bn(private_key->at, NUMBER_BYTES, c->number) && !BN_is_zero(c->number) &&
           BN_cmp(c->number, EC_GROUP_get0_order(c->group)) < 0;
}

// The library refuses what lies off the curve; P-256 has no other points than those of its order.
static bool point_taken(Curve *c, Bytes public_key)
{
    return public_key.len == HPKE_PUBLIC_BYTES && public_key.at[0] == UNCOMPRESSED &&
           EC_POINT_oct2point(c->group, c->point, public_key.at, (size_t)public_key.len, NULL) == 1;
}

bool curve_point(Bytes public_key)
{
    Curve c = curve_begun();
    bool valid = point_taken(&c, public_key);
    curve_end(&c);
    return valid;
}

bool curve_public(const Secret *private_key, HpkePublic *public_key)
{
    Curve c = curve_begun();
    bool made = number_taken(&c, private_key) &&
                EC_POINT_mul(c.group, c.result, c.number, NULL, NULL, NULL) == 1 &&
                EC_POINT_point2oct(c.group, c.result, POINT_CONVERSION_UNCOMPRESSED, public_key->at,
                                   sizeof public_key->at, NULL) == sizeof public_key->at;
    curve_end(&c);
    return made;
}

bool curve_agree(const Secret *private_key, Bytes public_key, unsigned char shared[32])
{
    Curve c = curve_begun();
    bool made = number_taken(&c, private_key) && point_taken(&c, public_key) &&
                EC_POINT_mul(c.group, c.result, NULL, c.point, c.number, NULL) == 1 &&
                EC_POINT_get_affine_coordinates(c.group, c.result, c.x, NULL, NULL) == 1 &&
                BN_bn2binpad(c.x, shared, NUMBER_BYTES) == NUMBER_BYTES;
    curve_end(&c);
    return made;
}
