// One sheet of a batch: whose it is, which side of which paper, and the frame that every page has.
//
// Inside the print folder only. A paper in forms/ draws two layers: what is the same for everybody
// (drawn once per run, then only referred to) and what is this person's.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "certificate.h"
#include "customer_barcode.h"
#include "fitting.h"
#include "mailing_order.h"
#include "map.h"
#include "nw7.h"
#include "page_places.h"
#include "page_tag.h"
#include "paper_forms.h"
#include "papers.h"
#include "pen.h"

// One dose with its words, found once when the person was taken.
typedef struct KeptDose {
    PaperDose dose;
    const VaccineWords *vaccine;
    const PositionWords *position;
    const ScreeningForm *form;
    const ScreeningVariant *variant;                   // who signs
    Day first_day;                                     // on which the form can be used
    int age;                                           // on that day
    bool special;                                      // 特例
    Str name, disease;                                 // by the dose before, where that matters
    const ProductWords *products[PAPER_PRODUCTS_MAX];  // that the form offers
    int product_count;
} KeptDose;

// A person whose papers will be drawn: the snapshot and what follows from it alone.
typedef struct KeptPerson {
    PaperPerson snapshot;
    const KeptDose *doses;  // as many as the snapshot has
    Str name;               // as printed: alias, Roman or registered name (氏名優先区分)
    PaperAddress mailing;   // where this letter goes
    bool minor, large;      // under 18 on the day of mailing; 65 or older, or a reminder
    AddressBlock block;
    bool has_barcode;
    FittedLine form_name;
    FittedLines form_address;
    MailingKey key;
    const EnvelopeWords *envelope;
    bool held;
    int sequence;  // in the order of the stack, from 1
    const Certificate *certificate;  // that these papers are; NULL: letters and forms
} KeptPerson;

typedef enum SheetKind {
    SHEET_LETTER,
    SHEET_LETTER_BACK,
    SHEET_FORM,
    SHEET_FORM_BACK,
    SHEET_BLANK,  // the back of a paper of one page
    SHEET_CERTIFICATE,
} SheetKind;

typedef struct Sheet {
    SheetKind kind;
    int dose, part;  // of a form, from 0; of a certificate the first dose on it
    int page, of;    // per person, from 1
    Str paper;       // name in the foot line
    Str form_version;
} Sheet;

#define SHEETS_MAX (2 + PAPER_DOSES_MAX * 3 * 2)

typedef struct Sheets {
    Sheet at[SHEETS_MAX];
    int count;
} Sheets;

// What every drawing needs. `columns` are one value per person, in the order of the stack: they are
// what the self-check compares with the snapshots.
typedef struct Drawing {
    const PapersBatch *batch;
    const PaperForms *forms;
    Pen pen;
    Map statics;  // key of a static layer to its place in `layers`, counted from 1
    cairo_surface_t *layers[256];
    int layer_count;
    const CustomerBarcode *barcodes;  // column: barcode of each sequence
    const Nw7 *numbers;               // column: bars of each sequence
    Arena *arena;
} Drawing;

// The sheets of one person in order: letter and back, then every 予診票 with its parts.
Sheets sheets_of(const Drawing *drawing, const KeptPerson *person);

// The page tag of one page: from the batch's seed, sequence and page alone.
PageTag sheet_tag(const PapersBatch *batch, int sequence, int page);

// Draws one page, complete with frame, and ends it. False when zint cannot make the QR of the tag.
bool sheet_draw(Drawing *drawing, const KeptPerson *person, const Sheet *sheet);

// "410 0000 0008 3141".
Str number_in_groups(Arena *arena, AddresseeNo who);

// "10,000円"; needs 0 <= yen (asserted).
Str yen_text(Arena *arena, int64_t yen);

// forms/
void notice_static(Drawing *drawing, Pen *pen, const KeptPerson *person, const Sheet *sheet);
void notice_person(Drawing *drawing, const KeptPerson *person, const Sheet *sheet, Arena scratch);
void notice_back(Drawing *drawing, Pen *pen, const KeptPerson *person);
void notice_back_person(Drawing *drawing, const KeptPerson *person, Arena scratch);

// Which static layers a letter has; key and layer depend on the same.
Str notice_static_key(const Drawing *drawing, const KeptPerson *person, Arena *arena);
Str notice_back_key(const Drawing *drawing, const KeptPerson *person, Arena *arena);

void screening_static(Drawing *drawing, Pen *pen, const KeptPerson *person, const Sheet *sheet);
void screening_person(Drawing *drawing, const KeptPerson *person, const Sheet *sheet,
                      Arena scratch);
void screening_back(Drawing *drawing, Pen *pen, const KeptDose *kept);
Str screening_static_key(const KeptPerson *person, const Sheet *sheet, Arena *arena);

// Of names and addresses on a certificate.
#define CERTIFICATE_LINE_W         131.0
#define CERTIFICATE_ADDRESS_POINTS 10.5
#define CERTIFICATE_LEAST_POINTS   6.5  // of what clinics wrote
// Room for what clinics wrote: lot and place.
void certificate_widths(CertificateKind kind, double *lot, double *place);
void certificate_person(Drawing *drawing, const KeptPerson *person, const Sheet *sheet, Arena scratch);

void address_block_draw(Drawing *drawing, const KeptPerson *person);
