// SPDX-License-Identifier: Apache-2.0
#include "hatch.h"
#include "paper_form_files.h"
#include "paper_reader.h"

#include <assert.h>
#include <string.h>

Str take_text(PaperReader *r, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    if (!text && !r->missing) r->missing = str_z(r->arena, str_of(key));
    return text ? str_copy(r->arena, str_of(text)) : (Str){0};
}

Str take_optional(PaperReader *r, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? str_copy(r->arena, str_of(text)) : (Str){0};
}

const json_t *take_array(PaperReader *r, const json_t *object, const char *key, int *count)
{
    const json_t *array = json_object_get(object, key);
    if (!json_is_array(array) && !r->missing) r->missing = str_z(r->arena, str_of(key));
    *count = (int)json_array_size(array);
    return array;
}

const Str *take_texts(PaperReader *r, const json_t *object, const char *key, int *count)
{
    const json_t *array = take_array(r, object, key, count);
    Str *texts = NEW(r->arena, Str, *count);
    for (int i = 0; i < *count; i++) {
        const char *text = json_string_value(json_array_get(array, (size_t)i));
        if (text) texts[i] = str_copy(r->arena, str_of(text));
    }
    return texts;
}

void take_fixed_texts(PaperReader *r, const json_t *object, const char *key, Str *texts, int count)
{
    int found;
    const Str *all = take_texts(r, object, key, &found);
    if (found != count && !r->missing) r->missing = key;
    for (int i = 0; i < count && i < found; i++) texts[i] = all[i];
}

static void take_numbers(PaperReader *r, const json_t *object, const char *key, double *numbers,
                         int count)
{
    int found;
    const json_t *array = take_array(r, object, key, &found);
    if (found != count && !r->missing) r->missing = key;
    for (int i = 0; i < count; i++)
        numbers[i] = json_number_value(json_array_get(array, (size_t)i));
}

static Day take_day(PaperReader *r, const json_t *array, size_t place)
{
    const char *text = json_string_value(json_array_get(array, place));
    Day day = DAY_NONE;
    if (!(text && day_read(text, (int)strlen(text), &day)) && !r->missing) r->missing = "in_force";
    return day;
}

// Both days included; a last day of null: until the next notice.
static DaySpan take_span(PaperReader *r, const json_t *object)
{
    const json_t *span = json_object_get(object, "in_force");
    bool open = json_is_null(json_array_get(span, 1));
    return (DaySpan){take_day(r, span, 0), open ? DAY_MAX : take_day(r, span, 1)};
}

static Sections take_sections(PaperReader *r, const json_t *object, const char *key)
{
    int count;
    const json_t *array = take_array(r, object, key, &count);
    Section *sections = NEW(r->arena, Section, count);
    for (int i = 0; i < count; i++) {
        const json_t *row = json_array_get(array, (size_t)i);
        sections[i] = (Section){.title = take_text(r, row, "title"),
                                .text = take_text(r, row, "text"),
                                .legal_class = take_optional(r, row, "class")};
    }
    return (Sections){sections, count};
}

static void read_letters(PaperReader *r, const json_t *root, PaperForms *forms)
{
    LettersWords *words = &forms->letters;
    *words = (LettersWords){
        .version = take_text(r, root, "version"),
        .in_force = take_span(r, root),
        .guardian = take_text(r, root, "guardian"),
        .honorific = take_text(r, root, "honorific"),
        .free = take_text(r, root, "free"),
        .no_standard = take_text(r, root, "no_standard"),
        .no_last = take_text(r, root, "no_last"),
        .more = take_text(r, root, "more"),
        .note = take_text(r, root, "note"),
        .safe = take_text(r, root, "safe"),
        .ask_cost = take_text(r, root, "ask_cost"),
        .ask_cost_note = take_text(r, root, "ask_cost_note"),
        .notes_behind = take_text(r, root, "notes_behind"),
        .notes_title = take_text(r, root, "notes_title"),
        .how = take_sections(r, root, "how"),
        .explain = take_sections(r, root, "explain"),
        .back = take_sections(r, root, "back"),
        .back_title = take_text(r, root, "back_title"),
        .qr_caption = take_text(r, root, "qr_caption"),
        .blank = take_text(r, root, "blank"),
        .synthetic = take_text(r, root, "synthetic"),
    };
    take_fixed_texts(r, root, "columns", words->columns, 6);
    take_fixed_texts(r, root, "languages", words->languages, 2);
    take_fixed_texts(r, root, "unfinished", words->unfinished, 2);
    take_fixed_texts(r, root, "right", words->right, 5);
    take_fixed_texts(r, root, "measure", words->measure, 5);
    take_fixed_texts(r, root, "by_product", words->by_product, 5);
    take_fixed_texts(r, root, "same_product", words->same_product, 2);
    LetterWords *letters[] = {&words->notice, &words->reminder};
    const json_t *array = json_object_get(root, "letters");
    for (size_t i = 0; i < 2; i++) {
        const json_t *row = json_array_get(array, i);
        *letters[i] = (LetterWords){take_text(r, row, "paper"), take_text(r, row, "title"),
                                    take_text(r, row, "child"), take_text(r, row, "adult")};
    }
}

static void read_questions(PaperReader *r, const json_t *row, ScreeningForm *form)
{
    const json_t *array = take_array(r, row, "questions", &form->question_count);
    Question *questions = NEW(r->arena, Question, form->question_count);
    for (int i = 0; i < form->question_count; i++) {
        const json_t *question = json_array_get(array, (size_t)i);
        questions[i].extra = json_is_true(json_object_get(question, "extra"));
        if (questions[i].extra) continue;
        questions[i].text = take_text(r, question, "text");
        questions[i].yes = take_optional(r, question, "yes");
        questions[i].no = take_optional(r, question, "no");
        questions[i].sub = json_is_true(json_object_get(question, "sub"));
        questions[i].under = (int)json_integer_value(json_object_get(question, "under"));
    }
    form->questions = questions;
}

static void read_variants(PaperReader *r, const json_t *row, ScreeningForm *form)
{
    const json_t *array = take_array(r, row, "variants", &form->variant_count);
    ScreeningVariant *variants = NEW(r->arena, ScreeningVariant, form->variant_count);
    if (!form->variant_count && !r->missing) r->missing = "variants";
    for (int i = 0; i < form->variant_count; i++) {
        const json_t *variant = json_array_get(array, (size_t)i);
        variants[i] = (ScreeningVariant){
            .from_age = (int)json_integer_value(json_object_get(variant, "from")),
            .title = take_text(r, variant, "title"),
            .audience = take_text(r, variant, "audience"),
            .consent = take_text(r, variant, "consent"),
            .contact = take_text(r, variant, "contact"),
        };
    }
    form->variants = variants;
}

static void read_screening_lists(PaperReader *r, const json_t *root, ScreeningWords *words)
{
    const json_t *array = take_array(r, root, "forms", &words->form_count);
    ScreeningForm *forms = NEW(r->arena, ScreeningForm, words->form_count);
    for (int i = 0; i < words->form_count; i++) {
        const json_t *row = json_array_get(array, (size_t)i);
        forms[i].form = take_text(r, row, "form");
        read_variants(r, row, &forms[i]);
        read_questions(r, row, &forms[i]);
    }
    words->forms = forms;

    array = take_array(r, root, "extra", &words->extra_count);
    Section *extra = NEW(r->arena, Section, words->extra_count);
    for (int i = 0; i < words->extra_count; i++) {
        const json_t *row = json_array_get(array, (size_t)i);
        extra[i] = (Section){take_text(r, row, "id"), take_text(r, row, "text")};
    }
    words->extra = extra;

    array = take_array(r, root, "consents", &words->consent_count);
    ConsentWords *consents = NEW(r->arena, ConsentWords, words->consent_count);
    for (int i = 0; i < words->consent_count; i++) {
        const json_t *row = json_array_get(array, (size_t)i);
        consents[i] = (ConsentWords){take_text(r, row, "id"), take_text(r, row, "title"),
                                     take_text(r, row, "text"), take_text(r, row, "sign")};
    }
    words->consents = consents;
}

typedef struct Item {
    const char *key;
    Str *place;
} Item;

static void take_items(PaperReader *r, const json_t *object, const Item *items, ptrdiff_t count)
{
    for (ptrdiff_t i = 0; i < count; i++) *items[i].place = take_text(r, object, items[i].key);
}

static void read_screening_blocks(PaperReader *r, const json_t *root, ScreeningWords *w)
{
    const Item doctor[] = {{"title", &w->doctor.title},
                           {"decision", &w->doctor.decision},
                           {"explained", &w->doctor.explained},
                           {"sign", &w->doctor.sign},
                           {"reason", &w->doctor.reason}};
    const Item dose[] = {
        {"product", &w->dose.product}, {"lot", &w->dose.lot},       {"expiry", &w->dose.expiry},
        {"volume", &w->dose.volume},   {"route", &w->dose.route},   {"day", &w->dose.day},
        {"place", &w->dose.place},     {"doctor", &w->dose.doctor}, {"code", &w->dose.code}};
    const Item claim[] = {{"title", &w->claim.title},   {"kinds", &w->claim.kinds},
                          {"amount", &w->claim.amount}, {"copay", &w->claim.copay},
                          {"exempt", &w->claim.exempt}, {"stamp", &w->claim.stamp}};
    take_items(r, json_object_get(root, "doctor"), doctor, countof(doctor));
    take_items(r, json_object_get(root, "dose"), dose, countof(dose));
    take_items(r, json_object_get(root, "claim"), claim, countof(claim));
    const json_t *back = json_object_get(root, "back");
    w->back_title = take_text(r, back, "title");
    w->back = take_sections(r, back, "sections");
}

static void read_screening(PaperReader *r, const json_t *root, PaperForms *forms)
{
    ScreeningWords *words = &forms->screening;
    words->version = take_text(r, root, "version");
    words->in_force = take_span(r, root);
    words->temperature = take_text(r, root, "temperature");
    words->yes = take_text(r, root, "yes");
    words->no = take_text(r, root, "no");
    words->special = take_text(r, root, "special");
    take_fixed_texts(r, root, "right", words->right, 2);
    words->measure = take_text(r, root, "measure");
    words->address_withheld = take_text(r, root, "address_withheld");
    take_fixed_texts(r, root, "parts", words->parts, 3);
    take_fixed_texts(r, root, "columns", words->columns, 3);
    read_screening_lists(r, root, words);
    read_screening_blocks(r, root, words);
}

static void read_certificates(PaperReader *r, const json_t *root, PaperForms *forms)
{
    CertificatesWords *w = &forms->certificates;
    *w = (CertificatesWords){
        .version = take_text(r, root, "version"),
        .in_force = take_span(r, root),
        .again = take_text(r, root, "again"),
        .rest = take_text(r, root, "rest"),
        .none = take_text(r, root, "none"),
        .seal = take_text(r, root, "seal"),
        .seal_left_out = take_text(r, root, "seal_left_out"),
    };
    take_fixed_texts(r, root, "number", w->number, countof(w->number));
    take_fixed_texts(r, root, "person", w->person, countof(w->person));
    take_fixed_texts(r, root, "items", w->items, countof(w->items));
    const json_t *kinds = json_object_get(root, "certificates"), *columns = json_object_get(root, "columns");
    for (size_t i = 0; i < countof(w->kinds); i++) {
        const json_t *row = json_array_get(kinds, i);
        w->kinds[i].paper = take_text(r, row, "paper");
        w->kinds[i].title = take_text(r, row, "title");
        w->kinds[i].text = take_text(r, row, "text");
    }
    for (size_t i = 0; i < countof(w->columns); i++)
        for (size_t line = 0; line < 2; line++) {
            const char *text = json_string_value(json_array_get(json_array_get(columns, i), line));
            if (!text && !r->missing) r->missing = "columns";
            if (text) w->columns[i][line] = str_copy(r->arena, str_of(text));
        }
}

static Envelope read_shape(PaperReader *r, const json_t *row)
{
    double window[4], inner[2], panel[2], folds[2];
    take_numbers(r, row, "window", window, 4);
    take_numbers(r, row, "inner", inner, 2);
    take_numbers(r, row, "panel", panel, 2);
    take_numbers(r, row, "folds", folds, 2);
    return (Envelope){
        .window = {window[0], window[1], window[2], window[3]},
        .inner_w = inner[0],
        .inner_h = inner[1],
        .seam = json_number_value(json_object_get(row, "seam")),
        .panel_w = panel[0],
        .panel_h = panel[1],
        .fold_first = folds[0],
        .fold_second = folds[1],
        .labelled = json_is_true(json_object_get(row, "labelled")),
    };
}

static void read_envelopes(PaperReader *r, const json_t *root, PaperForms *forms)
{
    double address[2], clear[4];
    take_numbers(r, root, "address", address, 2);
    take_numbers(r, root, "clear", clear, 4);
    forms->default_envelope = take_text(r, root, "default");
    forms->address_x = address[0];
    forms->address_y = address[1];
    forms->clear = (Box){clear[0], clear[1], clear[2], clear[3]};

    const json_t *array = take_array(r, root, "envelopes", &forms->envelope_count);
    EnvelopeWords *envelopes = NEW(r->arena, EnvelopeWords, forms->envelope_count);
    for (int i = 0; i < forms->envelope_count; i++) {
        const json_t *row = json_array_get(array, (size_t)i);
        envelopes[i].name = take_text(r, row, "name");
        envelopes[i].words = take_text(r, row, "words");
        envelopes[i].shape = read_shape(r, row);
        envelopes[i].sheets = (int)json_integer_value(json_object_get(row, "sheets"));
    }
    forms->envelopes = envelopes;
}

static void read_prices(PaperReader *r, const json_t *root, DispatchWords *words)
{
    const json_t *array = take_array(r, root, "prices", &words->price_count);
    PostagePrice *prices = NEW(r->arena, PostagePrice, words->price_count);
    for (int i = 0; i < words->price_count; i++) {
        const json_t *row = json_array_get(array, (size_t)i);
        int count;
        const Str *names = take_texts(r, row, "envelope", &count);
        Text joined = {0};
        for (int k = 0; k < count; k++) text_addf(&joined, r->arena, "%.*s ", STR(names[k]));
        prices[i] = (PostagePrice){text_str(&joined), take_text(r, row, "words"),
                                   (int)json_integer_value(json_object_get(row, "grams")),
                                   json_integer_value(json_object_get(row, "yen"))};
    }
    words->prices = prices;
}

static void read_weights(PaperReader *r, const json_t *root, PaperForms *forms)
{
    const json_t *weights = json_object_get(root, "weights");
    const json_t *empty = json_object_get(weights, "envelope");
    forms->dispatch.sheet_grams = (int)json_integer_value(json_object_get(weights, "sheet"));
    if (!forms->dispatch.sheet_grams && !r->missing) r->missing = "sheet";
    EnvelopeWords *envelopes = NEW(r->arena, EnvelopeWords, forms->envelope_count);
    for (int i = 0; i < forms->envelope_count; i++) {
        envelopes[i] = forms->envelopes[i];
        const char *name = str_z(r->arena, envelopes[i].name);
        envelopes[i].grams = (int)json_integer_value(json_object_get(empty, name));
        if (!envelopes[i].grams && !r->missing) r->missing = name;
    }
    forms->envelopes = envelopes;
}

static void read_labels(PaperReader *r, const json_t *root, LabelSheet *labels)
{
    const json_t *row = json_object_get(root, "labels");
    double at[2], size[2], inset[2];
    take_numbers(r, row, "at", at, 2);
    take_numbers(r, row, "size", size, 2);
    take_numbers(r, row, "inset", inset, 2);
    *labels = (LabelSheet){
        .title = take_text(r, row, "title"),
        .columns = (int)json_integer_value(json_object_get(row, "columns")),
        .rows = (int)json_integer_value(json_object_get(row, "rows")),
        .x = at[0],
        .y = at[1],
        .w = size[0],
        .h = size[1],
        .inset_x = inset[0],
        .inset_y = inset[1],
    };
    if ((labels->columns < 1 || labels->rows < 1) && !r->missing) r->missing = "labels";
}

static void read_dispatch(PaperReader *r, const json_t *root, PaperForms *forms)
{
    DispatchWords *w = &forms->dispatch;
    const Item slip[] = {{"title", &w->slip.title},       {"post_day", &w->slip.post_day},
                         {"kind", &w->slip.kind},         {"postage", &w->slip.postage},
                         {"approval", &w->slip.approval}, {"count", &w->slip.count},
                         {"unit", &w->slip.unit},         {"sum", &w->slip.sum},
                         {"discount", &w->slip.discount}, {"no_discount", &w->slip.no_discount},
                         {"later", &w->slip.later},       {"total", &w->slip.total}};
    const Item list[] = {{"title", &w->list.title},
                         {"separate", &w->list.separate},
                         {"no_barcode", &w->list.no_barcode},
                         {"label", &w->list.label},
                         {"area", &w->list.area},
                         {"keep", &w->list.keep},
                         {"record", &w->list.record}};
    take_items(r, json_object_get(root, "slip"), slip, countof(slip));
    take_items(r, json_object_get(root, "list"), list, countof(list));
    take_fixed_texts(r, json_object_get(root, "list"), "columns", w->list.columns, 8);
    const json_t *bundle = json_object_get(root, "bundle");
    w->bundle.title = take_text(r, bundle, "title");
    take_fixed_texts(r, bundle, "columns", w->bundle.columns, 7);
    w->keep_years = (int)json_integer_value(json_object_get(root, "keep_years"));
    read_prices(r, root, w);
    read_weights(r, root, forms);
    read_labels(r, root, &w->labels);
}

static const struct {
    const char *file;
    void (*read)(PaperReader *r, const json_t *root, PaperForms *forms);
} files_of_forms[] = {
    {"vaccines.json", vaccines_read},   {"letters.json", read_letters},
    {"screening.json", read_screening}, {"envelopes.json", read_envelopes},
    {"dispatch.json", read_dispatch},   {"certificates.json", read_certificates},
};

static bool read_file(const EmbeddedFile *file, PaperReader *r,
                      void (*read)(PaperReader *, const json_t *, PaperForms *), PaperForms *forms,
                      Error *err)
{
    json_error_t failure;
    json_t *root =
        json_loadb(file->text.at, (size_t)file->text.len, JSON_REJECT_DUPLICATES, &failure);
    if (!root)
        return FAIL(err, E_PAPER, .row = failure.line, .item = str_of(file->name),
                    .words = S("帳票の様式ファイルが JSON として読めません。"));
    read(r, root, forms);
    json_decref(root);
    if (r->missing)
        return FAIL(err, E_PAPER, .item = str_of(file->name), .value = str_of(r->missing),
                    .words = S("帳票の様式ファイルに必要な項目がありません。"));
    if (r->unknown)
        return FAIL(err, E_PAPER, .item = str_of(file->name), .value = str_of(r->unknown),
                    .words = S("帳票の様式ファイルに、規則にない名前があります。"));
    return true;
}

// What one file names must stand in another: a form, a question, who signs, an envelope.
static bool unanswered(const char *file, Str name, Error *err)
{
    return FAIL(err, E_PAPER, .item = str_of(file), .value = name,
                .words = S("帳票の様式ファイルにこの名前の行がありません。"));
}

static bool vaccine_answered(const PaperForms *forms, const VaccineWords *v, Error *err)
{
    const ScreeningForm *form = screening_form(forms, v->form);
    if (!form) return unanswered("vaccines.json", v->form, err);
    if (!hatch_known(v->hatch))
        return FAIL(err, E_PAPER, .item = S("vaccines.json"), .value = v->hatch,
                    .words = S("この名前の網かけはありません。"));
    for (int i = 0; i < form->variant_count; i++)
        if (!consent_words(forms, form->variants[i].consent))
            return unanswered("screening.json", form->variants[i].consent, err);
    for (int i = 0; i < v->extra_count; i++)
        if (!extra_question(forms, v->extra[i]))
            return unanswered("vaccines.json", v->extra[i], err);
    return true;
}

static bool references_hold(const PaperForms *forms, Error *err)
{
    for (int i = 0; i < forms->vaccine_count; i++)
        if (!vaccine_answered(forms, &forms->vaccines[i], err)) return false;
    return envelope_words(forms, forms->default_envelope) ||
           unanswered("envelopes.json", forms->default_envelope, err);
}

static const EmbeddedFile *file_named(const EmbeddedFile *files, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(files[i].name, name)) return &files[i];
    return NULL;
}

static bool own_known(const PaperSource *source, Error *err)
{
    for (int i = 0; i < source->own_count; i++)
        if (!file_named(paper_form_files, paper_form_files_count, source->own[i].name))
            return FAIL(err, E_PAPER, .item = str_of(source->own[i].name),
                        .words = S("この名前の様式ファイルはありません。名前を確かめてください。"));
    return true;
}

bool paper_forms_load(const PaperSource *source, Arena *arena, PaperForms *forms, Error *err)
{
    PaperForms made = {0};
    if (!own_known(source, err)) return false;
    for (int i = 0; i < countof(files_of_forms); i++) {
        const char *name = files_of_forms[i].file;
        const EmbeddedFile *own = file_named(source->own, source->own_count, name);
        if (!own) own = file_named(paper_form_files, paper_form_files_count, name);
        assert(own);
        PaperReader reader = {.schedule = source->schedule, .arena = arena};
        if (!read_file(own, &reader, files_of_forms[i].read, &made, err)) return false;
    }
    if (!references_hold(&made, err)) return false;
    *forms = made;
    return true;
}

bool paper_words_check(const PaperSource *words, Arena scratch, Error *err)
{
    PaperForms forms;
    return paper_forms_load(words, &scratch, &forms, err);
}

const ScreeningForm *screening_form(const PaperForms *forms, Str form)
{
    for (int i = 0; i < forms->screening.form_count; i++)
        if (str_equal(forms->screening.forms[i].form, form)) return &forms->screening.forms[i];
    return NULL;
}

const ScreeningVariant *screening_variant(const ScreeningForm *form, const VaccineWords *vaccine,
                                          int age)
{
    const ScreeningVariant *found = &form->variants[0];
    for (int i = 1; i < form->variant_count; i++) {
        const ScreeningVariant *v = &form->variants[i];
        bool absence = str_equal(v->consent, S("without_presence"));
        if (age >= v->from_age && (!absence || vaccine->absence)) found = v;
    }
    return found;
}

const ConsentWords *consent_words(const PaperForms *forms, Str id)
{
    for (int i = 0; i < forms->screening.consent_count; i++)
        if (str_equal(forms->screening.consents[i].id, id)) return &forms->screening.consents[i];
    return NULL;
}

const Section *extra_question(const PaperForms *forms, Str id)
{
    for (int i = 0; i < forms->screening.extra_count; i++)
        if (str_equal(forms->screening.extra[i].title, id)) return &forms->screening.extra[i];
    return NULL;
}

const EnvelopeWords *envelope_words(const PaperForms *forms, Str name)
{
    for (int i = 0; i < forms->envelope_count; i++)
        if (str_equal(forms->envelopes[i].name, name)) return &forms->envelopes[i];
    return NULL;
}
