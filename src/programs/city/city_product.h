// What clinics of the city have given since 1985: products, as they stand on a paper.
//
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef enum CityProduct {
    PRODUCT_RV1,
    PRODUCT_RV5,
    PRODUCT_HBV,
    PRODUCT_HIB,
    PRODUCT_PCV7,
    PRODUCT_PCV13,
    PRODUCT_PCV15,
    PRODUCT_PCV20,
    PRODUCT_PPSV23,
    PRODUCT_DPT_IPV_HIB,
    PRODUCT_DPT_IPV,
    PRODUCT_DPT,
    PRODUCT_DT,
    PRODUCT_BCG,
    PRODUCT_MR,
    PRODUCT_M,
    PRODUCT_R,
    PRODUCT_VAR,
    PRODUCT_ZVL,
    PRODUCT_RZV,
    PRODUCT_JE_MB,
    PRODUCT_JE,
    PRODUCT_HPV2,
    PRODUCT_HPV4,
    PRODUCT_HPV9,
    PRODUCT_RSVM,
    PRODUCT_INF,
    PRODUCT_INF_HD,
    PRODUCT_COVID,
    PRODUCT_COUNT
} CityProduct;

typedef enum LiveKind { NOT_LIVE, LIVE_ORAL, LIVE_INJECTED } LiveKind;

typedef struct ProductFacts {
    const char *id;     // of the rules' product table
    const char *name;   // 一般名
    const char *brand;  // one that clinics write
    const char *maker;
    const char *volume;  // mL as written; "" where none is written
    LiveKind live;
    int16_t fee, copay;  // tens of yen
    char lot_letter;
} ProductFacts;

extern const ProductFacts city_products[PRODUCT_COUNT];
// JE below three years of age is half of it; DT is a tenth of a millilitre in the second term.
const char *product_volume(CityProduct product, int age_years);
