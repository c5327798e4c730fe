// What the papers say: the words of rules/jp/papers and the measures of forms/*.json, read once per batch.
//
// A notice of the ministry changes a file there, not this code. Every text that is printed comes from there, from
// the rules (what a product is called, how it is given) or from the snapshot.
//
// Memory  everything lives in the arena. Errors: E_PAPER, naming file and item.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "embedded.h"
#include "envelope.h"
#include "errors.h"
#include "papers.h"
#include "vec.h"

typedef struct PositionWords {
    Str position, label;
    Str interval;  // since the dose before; {0}: none
    Str course;  // of the rules: the series, or what the dose shows, that this row is for; {0}: for all
                 // without a row of their own
} PositionWords;

// A volume or a route of a product in a series ({0}: in every other), for who is younger than `below_years` (0: for
// everybody else).
typedef struct AmountWords {
    Str series;
    int below_years;
    Str text;
    Str among_others;  // where another one may apply as well: with the age
} AmountWords;

// A product of the rules, as they name it.
typedef struct ProductWords {
    Str product, name;  // "RV1", as printed where it is the only one
    Str choice;         // behind a box to tick, and in sentences
    const AmountWords *volumes, *routes;
    int volume_count, route_count;  // no volume: it depends on the brand
} ProductWords;

// Words for who had `previous` as the dose before.
typedef struct AfterWords {
    Str previous, name, disease;
    const ProductWords *const *products;
    int product_count;
} AfterWords;

typedef struct VaccineWords {
    Str series;
    Str legal_class;  // of the rules: "A", "B"
    Str name, disease;
    Str mark, hatch;  // the band of the 予診票, readable without colour
    int lightness;    // L* of the band
    Str form;
    bool absence;  // the guardian may consent without being there, from 13 on (JE, HPV)
    const PositionWords *positions;
    int position_count;
    const Str *extra;  // ids of added questions
    int extra_count;
    const Str *special;  // courses that a special rule opened (特例): the form bears a mark
    int special_count;
    Str head;    // above the boxes where products are to choose from
    Str volume;  // where a product has none of its own
    const ProductWords *const
        *products;  // in use: what clinics may give where the engine does not say
    int product_count;
    const AfterWords *after;
    int after_count;
} VaccineWords;

typedef struct Section {
    Str title, text;
    Str legal_class;  // whom it is for: see section_applies; {0}: everybody
} Section;

typedef struct Sections {
    const Section *at;
    int count;
} Sections;

typedef struct LetterWords {
    Str paper, title, child, adult;
} LetterWords;

typedef struct LettersWords {
    Str version;
    DaySpan in_force;
    LetterWords notice, reminder;
    Str guardian, honorific;
    Str columns[6];
    Str free, no_standard, no_last, more;
    Str note, safe, right[5], measure[5], unfinished[2], by_product[5], same_product[2];
    Str ask_cost, ask_cost_note, notes_behind, notes_title;
    Sections how, explain, back;
    Str back_title, qr_caption, languages[2];
    Str blank, synthetic;
} LettersWords;

typedef struct Question {
    Str text, yes, no;
    bool extra;  // the place of the vaccine's own questions
    bool sub;    // belongs to the one above, with an answer of its own
    int under;   // asked only below this age; 0: always
} Question;

// Who signs, by age on the first day on which the form can be used.
typedef struct ScreeningVariant {
    int from_age;
    Str title, audience, consent;
    Str contact;  // who is asked to write a name under the address
} ScreeningVariant;

typedef struct ScreeningForm {
    Str form;
    const ScreeningVariant *variants;  // the first is from birth on; ages rise
    int variant_count;
    const Question *questions;
    int question_count;
} ScreeningForm;

typedef struct ConsentWords {
    Str id, title, text, sign;
} ConsentWords;

typedef struct ScreeningWords {
    Str version;
    DaySpan in_force;
    Str parts[3];
    const ScreeningForm *forms;
    int form_count;
    const Section *extra;  // title is the id
    int extra_count;
    const ConsentWords *consents;
    int consent_count;
    Str temperature, columns[3], yes, no;
    struct {
        Str title, decision, explained, sign, reason;
    } doctor;
    struct {
        Str product, lot, expiry, volume, route, day, place, doctor, code;
    } dose;
    struct {
        Str title, kinds, amount, copay, exempt, stamp;
    } claim;
    Str back_title;
    Sections back;
    Str special;  // behind the name where a special rule opened the course
    Str right
        [2];  // before the days of a right that was opened again; between product and its last day
    Str measure;  // between what a measure is for and its days
    Str address_withheld;
} ScreeningWords;

typedef struct EnvelopeWords {
    Str name, words;
    Envelope shape;
    int sheets;  // how many it takes
    int grams;   // empty
} EnvelopeWords;

typedef struct PostagePrice {
    Str envelopes, words;  // names of envelopes, each followed by a blank
    int grams;             // up to this weight; steps of one envelope rise
    int64_t yen;
} PostagePrice;

// Sheets of labels for envelopes without a window.
typedef struct LabelSheet {
    Str title;
    int columns, rows;
    double x, y, w, h;        // the first label
    double inset_x, inset_y;  // of the address block in its label
} LabelSheet;

typedef struct DispatchWords {
    struct {
        Str title, post_day, kind, postage, approval, count, unit, sum, discount, no_discount,
            later, total;
    } slip;
    struct {
        Str title, columns[8], separate, no_barcode, label, area, keep, record;
    } list;
    struct {
        Str title, columns[7];
    } bundle;
    const PostagePrice *prices;
    int price_count;
    int sheet_grams;
    LabelSheet labels;
    int keep_years;
} DispatchWords;

// What a certificate says beside the person's own items.
typedef struct CertificatesWords {
    Str version;
    DaySpan in_force;
    struct {
        Str paper, title, text;
    } kinds[2];  // by CertificateKind
    Str number[2], person[3], items[7], columns[4][2];
    Str again, rest, none, seal, seal_left_out;
} CertificatesWords;

typedef struct PaperForms {
    const ProductWords *products;  // all of the rules
    int product_count;
    const VaccineWords *vaccines;
    int vaccine_count;
    LettersWords letters;
    ScreeningWords screening;
    CertificatesWords certificates;
    DispatchWords dispatch;
    const EnvelopeWords *envelopes;
    int envelope_count;
    Str default_envelope;
    double address_x, address_y;  // where the address block begins
    Box clear;
} PaperForms;

// The built-in files, each giving way to one of the same name among the office's own. A file of another name is
// refused, and so is a name that the rules or the other files do not know.
MUST bool paper_forms_load(const PaperSource *source, Arena *arena, PaperForms *forms, Error *err);

const VaccineWords *vaccine_words(const PaperForms *forms, Str series);   // NULL: unknown
const ProductWords *product_words(const PaperForms *forms, Str product);  // NULL: unknown
// The row of the dose's course or path, else the one for all; NULL: unknown.
const PositionWords *position_words(const VaccineWords *vaccine, Str position,
                                    const struct PaperDose *dose);
const ScreeningForm *screening_form(const PaperForms *forms, Str form);  // NULL: unknown
// The variant for an age; consent in absence only where the vaccine knows it.
const ScreeningVariant *screening_variant(const ScreeningForm *form, const VaccineWords *vaccine,
                                          int age);
const ConsentWords *consent_words(const PaperForms *forms, Str id);      // NULL: unknown
const Section *extra_question(const PaperForms *forms, Str id);          // NULL: unknown
const EnvelopeWords *envelope_words(const PaperForms *forms, Str name);  // NULL: unknown
