// Reads the codes in a grey picture, as a scanner would: QR and NW-7, by zbar.
//
// Memory  none that outlives the call. Texts longer than CODE_TEXT_MAX are left out.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#define CODE_TEXT_MAX 120
#define CODES_MAX     8

typedef struct GreyPicture {  // 0 black, 255 white; rows follow each other without a gap
    const unsigned char *at;
    int width, height;
} GreyPicture;

typedef enum CodeKind { CODE_OTHER, CODE_NW7, CODE_QR } CodeKind;

typedef struct CodeRead {
    CodeKind kind;
    char text[CODE_TEXT_MAX + 1];
} CodeRead;

typedef struct CodesRead {
    CodeRead codes[CODES_MAX];
    int count;
} CodesRead;

CodesRead codes_read(GreyPicture picture);
