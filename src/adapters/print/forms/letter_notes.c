// SPDX-License-Identifier: Apache-2.0
#include "letter_notes.h"

#include "dates.h"
#include "dose_words.h"

typedef struct Notes {
    Text text;
    Arena *arena;
    const LettersWords *words;
} Notes;

static void begin_note(Notes *notes)
{
    if (notes->text.len) text_add_byte(&notes->text, notes->arena, '\n');
    text_add(&notes->text, notes->arena, notes->words->note);
}

static void add(Notes *notes, Str text)
{
    text_add(&notes->text, notes->arena, text);
}

static void add_day(Notes *notes, Day day)
{
    text_addf(&notes->text, notes->arena, "%.*s（%.*s）", STR(date_era_text(notes->arena, day)),
              STR(date_weekday_text(day)));
}

// With its period where the letter speaks of two doses of one vaccine.
static void add_name(Notes *notes, const KeptPerson *person, const KeptDose *kept)
{
    int same = 0;
    for (int i = 0; i < person->snapshot.dose_count; i++)
        same += str_equal(person->doses[i].name, kept->name);
    add(notes, kept->name);
    if (same > 1) text_addf(&notes->text, notes->arena, " %.*s", STR(kept->position->label));
}

static bool products_differ(const PaperDose *dose)
{
    for (int i = 1; i < dose->product_count; i++)
        if (dose->products[i].last != dose->products[0].last ||
            dose->products[i].last_safe != dose->products[0].last_safe)
            return true;
    return false;
}

// More doses follow this one, and they hang on its day. Nobody is asked to come before a day that has gone by.
static bool has_safe_day(const KeptDose *kept, Day mailed_on)
{
    const PaperDose *dose = &kept->dose;
    return dose->last_safe != DAY_NONE && dose->last_safe >= mailed_on &&
           dose->last_safe < dose->last && kept->vaccine->position_count > 1 &&
           !dose->last_within.len && !products_differ(dose);
}

static void note_safe_days(Notes *notes, const KeptPerson *person, Day mailed_on)
{
    bool begun = false;
    for (int i = 0; i < person->snapshot.dose_count; i++) {
        const KeptDose *kept = &person->doses[i];
        if (!has_safe_day(kept, mailed_on)) continue;
        if (!begun) begin_note(notes);
        add(notes, begun ? S("、") : notes->words->safe);
        add_name(notes, person, kept);
        add(notes, S(" "));
        add_day(notes, kept->dose.last_safe);
        begun = true;
    }
}

static void note_unfinished(Notes *notes, const KeptPerson *person, const KeptDose *kept)
{
    if (!kept->dose.last_within.len) return;
    const PositionWords *within =
        position_words(kept->vaccine, kept->dose.last_within, &kept->dose);
    begin_note(notes);
    add_name(notes, person, kept);
    add(notes, notes->words->unfinished[0]);
    add(notes, within ? within->label : kept->position->label);
    add(notes, notes->words->unfinished[1]);
}

// Each product's day for this dose: that from which its course still finishes.
static void note_products(Notes *notes, const KeptPerson *person, const KeptDose *kept,
                          Day mailed_on)
{
    const Str *words = notes->words->by_product;
    const PaperDose *dose = &kept->dose;
    if (!products_differ(dose)) return;
    begin_note(notes);
    add_name(notes, person, kept);
    add(notes, words[0]);
    int open = 0;
    for (int i = 0; i < dose->product_count; i++) {
        Day day = dose->products[i].last_safe;
        if (day == DAY_NONE || day < mailed_on) continue;
        if (open++) add(notes, S("、"));
        add(notes, kept->products[i]->choice);
        add(notes, words[1]);
        add_day(notes, day);
        add(notes, words[2]);
    }
    if (open) add(notes, words[3]);
    for (int i = 0; i < dose->product_count; i++) {
        Day day = dose->products[i].last_safe;
        if (day != DAY_NONE && day >= mailed_on) continue;
        add(notes, kept->products[i]->choice);
        add(notes, words[4]);
    }
}

static void note_same_product(Notes *notes, const KeptPerson *person, const KeptDose *kept)
{
    const PaperDose *dose = &kept->dose;
    if (dose->product_count != 1 || kept->vaccine->product_count < 2 ||
        !str_equal(dose->previous, dose->products[0].product))
        return;
    begin_note(notes);
    add_name(notes, person, kept);
    add(notes, notes->words->same_product[0]);
    add(notes, kept->products[0]->choice);
    add(notes, notes->words->same_product[1]);
}

static void add_measure(Notes *notes, const PaperDose *dose)
{
    const Str *words = notes->words->measure;
    add(notes, dose->measure);
    add(notes, words[1]);
    add_day(notes, dose->measured.first);
    add(notes, words[2]);
    add_day(notes, dose->measured.last);
    add(notes, words[3]);
}

static void note_right_ends(Notes *notes, const KeptDose *kept)
{
    const Str *words = notes->words->right;
    Day end;
    Str products = dose_right_ends_text(kept, &end, notes->arena);
    if (!products.len) return;
    add(notes, products);
    add(notes, words[3]);
    add_day(notes, end);
    add(notes, words[4]);
}

// By what right somebody comes whose time was over, and when that right ends; where a measure for a time has
// lengthened it too, both in one sentence: neither end stands alone.
static void note_right(Notes *notes, const KeptPerson *person, const KeptDose *kept)
{
    const Str *words = notes->words->right;
    const PaperDose *dose = &kept->dose;
    if (!dose->reopened && !dose->measure.len) return;
    begin_note(notes);
    add_name(notes, person, kept);
    if (!dose->reopened) {
        add(notes, notes->words->measure[0]);
        add_measure(notes, dose);
        return;
    }
    add(notes, words[0]);
    add_day(notes, dose->right.first);
    add(notes, words[1]);
    add_day(notes, dose->right.last);
    add(notes, dose->measure.len ? notes->words->measure[4] : words[2]);
    if (dose->measure.len) add_measure(notes, dose);
    note_right_ends(notes, kept);
}

static void note_cost(Notes *notes, const KeptPerson *person)
{
    bool asked = false;
    for (int i = 0; i < person->snapshot.dose_count; i++)
        asked = asked || person->doses[i].dose.copay_yen == PAPER_COPAY_ASK;
    if (!asked) return;
    begin_note(notes);
    add(notes, notes->words->ask_cost_note);
}

static void note_warning(Notes *notes, const KeptPerson *person, const KeptDose *kept)
{
    if (!kept->dose.warning.len) return;
    begin_note(notes);
    add_name(notes, person, kept);
    add(notes, S("："));
    add(notes, kept->dose.warning);
}

Str letter_notes(const LettersWords *words, const KeptPerson *person, Day mailed_on, Arena *scratch)
{
    Notes notes = {.arena = scratch, .words = words};
    note_safe_days(&notes, person, mailed_on);
    for (int i = 0; i < person->snapshot.dose_count; i++) {
        const KeptDose *kept = &person->doses[i];
        note_right(&notes, person, kept);
        note_unfinished(&notes, person, kept);
        note_products(&notes, person, kept, mailed_on);
        note_same_product(&notes, person, kept);
        note_warning(&notes, person, kept);
    }
    note_cost(&notes, person);
    return text_str(&notes.text);
}
