// A certificate for one person at the counter: 予防接種済証 of one dose, or the record of doses, drawn, read back as
// letters are, and handed over as the bytes of a PDF.
//
// Drawn from the certificate and from nothing else; the same one, batch and seed give the same bytes. One that cannot be
// right is not drawn: E_PAPER names the item, and what has no glyph or does not fit.
// Law     予防接種法施行規則 第4条 (済証 and its form), 第3条 (the record). The wording is data:
//         rules/jp/papers/certificates.json.
// Privacy whoever calls has masked; what is withheld stays off the paper.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "papers.h"

typedef enum CertificateKind { CERTIFICATE_DOSE, CERTIFICATE_RECORD } CertificateKind;

enum { CERTIFICATE_DOSES_MOST = 240 };

// Doses on a page of this kind.
static inline int certificate_lines(CertificateKind kind)
{
    return kind == CERTIFICATE_DOSE ? 1 : 12;
}

// In words, as printed; {0}: not known.
typedef struct CertificateDose {
    Str vaccine, position, given_on, product;
    Str legal;        // 定期（A類）
    Str lot, place;   // as the record has them
    Str source;       // where the record comes from, where that is not the city's own 予診票
} CertificateDose;

typedef struct Certificate {
    CertificateKind kind;
    int64_t number;  // 交付番号
    Day day;         // of issue
    bool again;      // 再交付
    AddresseeNo who;
    Str name;  // as registered
    PartialDate birth;
    Str address, building;  // {0}: none is printed
    const CertificateDose *doses;
    int dose_count;  // 1 to CERTIFICATE_DOSES_MOST; of a CERTIFICATE_DOSE one
    bool seal_left_out;  // 公印省略
} Certificate;

typedef struct CertificateDrawn {
    Str pdf;
    Sha256 hash;
    int pages;
    Str paper, form_version;
} CertificateDrawn;

// `batch`: words, number, day, seed, sender and checker of it; its folder and its letters are not used. All in `arena`.
MUST bool certificate_draw(const PapersBatch *batch, const Certificate *certificate, Arena *arena, CertificateDrawn *drawn,
                           Error *err);
