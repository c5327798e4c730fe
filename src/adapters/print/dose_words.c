// SPDX-License-Identifier: Apache-2.0
#include "dose_words.h"

#include "calendar.h"

static const AfterWords *after_words(const VaccineWords *vaccine, Str previous)
{
    for (int i = 0; i < vaccine->after_count; i++)
        if (str_equal(vaccine->after[i].previous, previous)) return &vaccine->after[i];
    return NULL;
}

// Where a right that a special circumstance opened ends sooner with this product; NULL: with the right.
static const PaperProduct *right_end(const PaperDose *dose, Str product)
{
    for (int i = 0; i < dose->right_end_count; i++)
        if (str_equal(dose->right_ends[i].product, product)) return &dose->right_ends[i];
    return NULL;
}

// Nobody may be led to a product whose time is over.
static bool right_over(const KeptDose *kept, const ProductWords *words)
{
    const PaperProduct *end = right_end(&kept->dose, words->product);
    return end && end->last < kept->first_day;
}

// When every product on the form ends sooner than the right, so does the dose.
static void keep_latest_end(KeptDose *kept)
{
    Day last = DAY_NONE, safe = DAY_NONE;
    for (int i = 0; i < kept->product_count; i++) {
        const PaperProduct *end = right_end(&kept->dose, kept->products[i]->product);
        if (!end) return;
        if (end->last > last) last = end->last;
        if (end->last_safe > safe) safe = end->last_safe;
    }
    kept->dose.last = last;
    kept->dose.last_safe = safe;
}

static bool add_product(KeptDose *kept, const ProductWords *words)
{
    if (words && right_over(kept, words)) return true;
    if (!words || kept->product_count == PAPER_PRODUCTS_MAX) return false;
    kept->products[kept->product_count++] = words;
    return true;
}

// What the engine offers; else what the dose before left open; else all of the series.
static bool find_products(const PaperForms *forms, const PaperDose *dose, const AfterWords *after,
                          KeptDose *kept)
{
    const VaccineWords *vaccine = kept->vaccine;
    bool found = true;
    for (int i = 0; i < dose->product_count; i++)
        found = add_product(kept, product_words(forms, dose->products[i].product)) && found;
    if (dose->product_count) return found && kept->product_count > 0;
    for (int i = 0; after && i < after->product_count; i++)
        found = add_product(kept, after->products[i]) && found;
    for (int i = 0; !after && i < vaccine->product_count; i++)
        found = add_product(kept, vaccine->products[i]) && found;
    return found && kept->product_count > 0;
}

static bool is_special(const VaccineWords *vaccine, Str course)
{
    for (int i = 0; i < vaccine->special_count; i++)
        if (str_equal(vaccine->special[i], course)) return true;
    return false;
}

// Of a vague birth date the youngest age: nobody signs for himself too early.
static int age_at_first(const PaperDose *dose, PartialDate birth, Day mailed_on)
{
    DaySpan span;
    Day first = dose->earliest > mailed_on ? dose->earliest : mailed_on;
    if (!partial_date_span(birth, &span) || span.last > first) return 0;
    return age_completed(span.last, first);
}

bool dose_words_of(const PaperForms *forms, const PaperDose *dose, PartialDate birth, Day mailed_on,
                   KeptDose *kept)
{
    const VaccineWords *vaccine = vaccine_words(forms, dose->series);
    if (!vaccine) return false;
    const AfterWords *after = after_words(vaccine, dose->previous);
    *kept = (KeptDose){
        .dose = *dose,
        .vaccine = vaccine,
        .position = position_words(vaccine, dose->position, dose),
        .form = screening_form(forms, vaccine->form),
        .name = after ? after->name : vaccine->name,
        .disease = after ? after->disease : vaccine->disease,
    };
    if (!kept->form) return false;
    kept->first_day = dose->earliest > mailed_on ? dose->earliest : mailed_on;
    kept->age = age_at_first(dose, birth, mailed_on);
    kept->variant = screening_variant(kept->form, vaccine, kept->age);
    kept->special = dose->reopened || dose->measure.len || is_special(vaccine, dose->course);
    if (!kept->position || !find_products(forms, dose, after, kept)) return false;
    keep_latest_end(kept);
    return true;
}

static bool period_runs(Day first, Day last)
{
    return first == DAY_NONE || last == DAY_NONE || first <= last;
}

bool dose_periods_run(const PaperDose *dose)
{
    bool run = period_runs(dose->earliest, dose->last) &&
               period_runs(dose->standard_from, dose->standard_to);
    for (int i = 0; i < dose->product_count; i++)
        run = run && period_runs(dose->earliest, dose->products[i].last);
    return run;
}

Str dose_right_ends_text(const KeptDose *kept, Day *end, Arena *arena)
{
    Text text = {0};
    *end = DAY_NONE;
    for (int i = 0; i < kept->product_count; i++) {
        const PaperProduct *sooner = right_end(&kept->dose, kept->products[i]->product);
        if (!sooner) continue;
        *end = sooner->last;
        text_addf(&text, arena, "%s%.*s", text.len ? "・" : "", STR(kept->products[i]->choice));
    }
    return text_str(&text);
}

Str dose_products_text(const KeptDose *kept, Arena *arena)
{
    if (kept->product_count == 1) return kept->products[0]->name;
    Text text = {0};
    text_add(&text, arena, kept->vaccine->head);
    for (int i = 0; i < kept->product_count; i++)
        text_addf(&text, arena, "%s□%.*s", i ? "　" : "\n", STR(kept->products[i]->choice));
    return text_str(&text);
}

typedef struct Choices {
    Str at[AMOUNTS_MAX * PAPER_PRODUCTS_MAX];
    int count;
} Choices;

static void add_choice(Choices *choices, Str text)
{
    for (int i = 0; i < choices->count; i++)
        if (str_equal(choices->at[i], text)) return;
    choices->at[choices->count++] = text;
}

static Str choices_text(const Choices *choices, Arena *arena)
{
    Text text = {0};
    if (choices->count == 1) return choices->at[0];
    for (int i = 0; i < choices->count; i++)
        text_addf(&text, arena, "%s□%.*s", i ? "　" : "", STR(choices->at[i]));
    return text_str(&text);
}

// A younger one than that may still be below the age; of an unknown birth date anything may.
static bool may_be_below(PartialDate birth, Day day, int years)
{
    DaySpan born;
    return !years || !partial_date_span(birth, &born) || day < age_attained(born.last, years);
}

// What somebody may be given in this series from `day` on.
static void add_amounts(Choices *choices, const AmountWords *rows, int count, Str series,
                        PartialDate birth, Day day)
{
    const AmountWords *meant[AMOUNTS_MAX];
    int n = 0;
    for (int i = 0; i < count; i++) {
        if (rows[i].series.len && !str_equal(rows[i].series, series)) continue;
        if (may_be_below(birth, day, rows[i].below_years)) meant[n++] = &rows[i];
        if (!rows[i].below_years) break;
    }
    for (int i = 0; i < n; i++)
        add_choice(choices, n > 1 ? meant[i]->among_others : meant[i]->text);
}

Str dose_volumes_text(const KeptDose *kept, PartialDate birth, Day day, Arena *arena)
{
    Choices choices = {0};
    for (int i = 0; i < kept->product_count; i++) {
        const ProductWords *p = kept->products[i];
        if (!p->volume_count) add_choice(&choices, kept->vaccine->volume);
        add_amounts(&choices, p->volumes, p->volume_count, kept->vaccine->series, birth, day);
    }
    return choices_text(&choices, arena);
}

Str dose_routes_text(const KeptDose *kept, PartialDate birth, Day day, Arena *arena)
{
    Choices choices = {0};
    for (int i = 0; i < kept->product_count; i++)
        add_amounts(&choices, kept->products[i]->routes, kept->products[i]->route_count,
                    kept->vaccine->series, birth, day);
    return choices_text(&choices, arena);
}

bool section_for_doses(Str whom, const KeptDose *doses, int count)
{
    static const char no[] = "not ";
    if (!whom.len) return true;
    Cut cut = str_cut(whom, ' ');
    if (str_starts(whom, str_of(no))) return !section_for_doses(cut.tail, doses, count);
    for (int i = 0; i < count; i++) {
        const VaccineWords *vaccine = doses[i].vaccine;
        if (str_equal(cut.head, vaccine->legal_class) || str_equal(cut.head, vaccine->series))
            return true;
    }
    return cut.found && section_for_doses(cut.tail, doses, count);
}
