// What the papers say: the words and measures of forms/*.json, read once per batch.
//
// A notice of the ministry changes a file in forms/, not this code. Every text that is printed comes
// from there or from the snapshot.
//
// Memory  everything lives in the arena. Errors: E_PAPER, naming file and item.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "embedded.h"
#include "envelope.h"
#include "errors.h"
#include "vec.h"

typedef struct PositionWords {
    Str position, label;
    Str interval;        // since the dose before; {0}: none
    Str interval_three;  // the same on HPV's path of three doses; {0}: no difference
} PositionWords;

typedef struct VaccineWords {
    Str series;
    bool class_b;
    Str name, disease;
    Str mark, hatch;    // the band of the 予診票, readable without colour
    int lightness;      // L* of the band
    Str form, consent;  // consent {0}: the form's own
    const PositionWords *positions;
    int position_count;
    const Str *extra;  // ids of added questions
    int extra_count;
    Str product, route;
    const Str *volumes;
    int volume_count;
} VaccineWords;

typedef struct Section {
    Str title, text, legal_class;  // A, B, minor, adult; {0}: for everybody
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
    Str free, no_standard, no_last, safe;
    Sections how, explain, back;
    Str back_title, qr_caption, languages[2];
    Str blank, synthetic;
} LettersWords;

typedef struct Question {
    Str text, yes, no;
    bool extra;  // the place of the vaccine's own questions
} Question;

typedef struct ScreeningForm {
    Str form, title, audience, consent;
    Str contact;  // who is asked to write a name under the address
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
    Str address_withheld;
} ScreeningWords;

typedef struct EnvelopeWords {
    Str name, words;
    Envelope shape;
    int sheets;  // how many it takes
} EnvelopeWords;

typedef struct PostagePrice {
    Str envelopes, words;  // names of envelopes, each followed by a blank
    int64_t yen;
} PostagePrice;

typedef struct DispatchWords {
    struct {
        Str title, post_day, kind, postage, approval, count, unit, sum, discount, no_discount,
            later, total;
    } slip;
    struct {
        Str title, columns[8], separate, no_barcode, label, area, keep;
    } list;
    struct {
        Str title, columns[7];
    } bundle;
    const PostagePrice *prices;
    int price_count;
    int keep_years;
} DispatchWords;

typedef struct PaperForms {
    const VaccineWords *vaccines;
    int vaccine_count;
    LettersWords letters;
    ScreeningWords screening;
    DispatchWords dispatch;
    const EnvelopeWords *envelopes;
    int envelope_count;
    Str default_envelope;
    double address_x, address_y;  // where the address block begins
    Box clear;
} PaperForms;

// The forms that the build put into the program.
MUST bool paper_forms_load(Arena *arena, PaperForms *forms, Error *err);
// The same from other bytes, as a changed notice would bring them; `files` lacks none of the five.
MUST bool paper_forms_read(const EmbeddedFile *files, int count, Arena *arena, PaperForms *forms,
                           Error *err);

const VaccineWords *vaccine_words(const PaperForms *forms, Str series);          // NULL: unknown
const PositionWords *position_words(const VaccineWords *vaccine, Str position);  // NULL: unknown
const ScreeningForm *screening_form(const PaperForms *forms, Str form);          // NULL: unknown
const ConsentWords *consent_words(const PaperForms *forms, Str id);              // NULL: unknown
const Section *extra_question(const PaperForms *forms, Str id);                  // NULL: unknown
const EnvelopeWords *envelope_words(const PaperForms *forms, Str name);          // NULL: unknown
