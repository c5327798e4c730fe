// A form of a page: its fields in one table, what was typed, what is wrong with it, and the markup of all of it.
//
//     static const FormField fields[] = {{"day", "接種日", FORM_LINE, .most = 20, .needed = true}, …};
//     static const FormKind kind = {"dose", fields, countof(fields), "確認する", NULL};
//
//     bool page_x(Visit *visit, Error *err)     { …form_open(visit, &kind, go, about, &form, err)…  return draw(…); }
//     bool send_x(Visit *visit, Error *err)     { …form_read(…)… if (form.faulty) return draw(…);  …visit_go(…); }
//
// What was typed stays: a form with a fault is drawn again with it, and so is one that met a lock, the end of its
// session, a full disk or a newer state of what it is about (a draft, sealed for whoever typed it, until it is done
// or DRAFT_DAYS old). The masks of Individual Numbers fall where a form is read: nothing behind it holds their digits.
// A route that changes something (AUDIT_CHANGE) does so once: the form carries a number that the change's own
// transaction takes (ActOnce). Sent again it leads where it led the first time; with other content it is not taken.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "visit.h"

enum { FORM_FIELDS_MOST = 20, FORM_NOTES_MOST = 4 };

typedef enum FormFieldKind {
    FORM_LINE,    // one line of text
    FORM_LINES,   // several
    FORM_CHOICE,  // one of few, all seen
    FORM_LIST     // one of many, folded
} FormFieldKind;

typedef struct FormField {
    const char *name;   // of its control
    const char *label;  // as the person calls it, and as an error's item does
    FormFieldKind kind;
    int most;  // characters as people count them; of a choice nothing
    bool needed;
    int size;                    // width of a line, in characters
    const char *hint;            // below it; may be NULL
    const char *const *choices;  // of CHOICE and LIST: the words are the value; ended by NULL
} FormField;

typedef struct FormKind {
    const char *name;         // of its drafts
    const FormField *fields;  // in the order of the page, of the summary, and of Tab
    int count;
    const char *button;  // the verb of the form
    const char *second;  // of another button, which sends `_do`; may be NULL
} FormKind;

typedef struct Form {
    Visit *visit;
    const FormKind *kind;
    Path go;
    Str place, seen;
    Str values[FORM_FIELDS_MOST], faults[FORM_FIELDS_MOST], readings[FORM_FIELDS_MOST];
    Str troubles[FORM_NOTES_MOST];  // of the whole form
    int trouble_count;
    bool faulty;
    bool drafted;  // it is filled from a draft
    Str drafted_at;
    Markup top, body;  // form_draw: the summary of what is wrong, and the form
} Form;

// `go`: where it posts to; the page that shows it lies at the same path. `about`: whom or what it is about, the same in every session (a 宛名番号); it is kept as a keyed digest alone.
MUST bool form_open(Visit *visit, const FormKind *kind, Path go, Str about, Form *form, Error *err);
// What was posted; what is missing, too long or none of the choices is a fault.
void form_read(Visit *visit, const FormKind *kind, Path go, Str about, Form *form);

Str form_value(const Form *form, const char *name);  // trimmed; {0}: not typed
void form_set(Form *form, const char *name, Str value);
// How a field was understood, below it.
void form_reading(Form *form, const char *name, Str words);
void form_fault(Form *form, const char *name, Str words);
void form_trouble(Form *form, Str words);  // with the whole of it
// An error about an item of this form is a fault of that field. False: it is something else.
bool form_takes(Form *form, const Error *why);
// `now`: the state of what the form is about. One that was shown another state is told so, with what was typed kept.
void form_seen(Form *form, Str now, Str words);

// What was typed, as a text for a link of this session; and back into an opened form.
MUST bool form_seal(const Form *form, Str *sealed, Error *err);
MUST bool form_unseal(Form *form, Str sealed, Error *err);
// Keeps what was typed until the form is done.
MUST bool form_keep(const Form *form, Error *err);
// Fills `top` and `body`; a form with faults answers 422.
MUST bool form_draw(Form *form, Error *err);
// A form without fields, for a button that changes something: the number that it carries as `_once`.
MUST bool form_number(Visit *visit, Str *number, Error *err);
