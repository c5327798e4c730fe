// SPDX-License-Identifier: Apache-2.0
#include "form.h"

#include "desk_made.h"
#include "faults_html.h"
#include "form_html.h"
#include "graphemes.h"
#include "individual_no.h"
#include "outlet.h"
#include "ticket.h"

#include <assert.h>

// ---- fields

static int place_of(const Form *form, Str name)
{
    for (int i = 0; i < form->kind->count; i++)
        if (str_equal(name, str_of(form->kind->fields[i].name))) return i;
    return -1;
}

static int must_place(const Form *form, const char *name)
{
    int at = place_of(form, str_of(name));
    assert(at >= 0);
    return at;
}

Str form_value(const Form *form, const char *name)
{
    Str value = str_trim(form->values[must_place(form, name)]);
    return value.len ? value : (Str){0};
}

void form_set(Form *form, const char *name, Str value)
{
    form->values[must_place(form, name)] = value;
}

void form_reading(Form *form, const char *name, Str words)
{
    form->readings[must_place(form, name)] = words;
}

static void fault_at(Form *form, int at, Str words)
{
    if (!form->faults[at].len) form->faults[at] = words;
    form->faulty = true;
}

void form_fault(Form *form, const char *name, Str words)
{
    fault_at(form, must_place(form, name), words);
}

void form_trouble(Form *form, Str words)
{
    if (form->trouble_count < FORM_NOTES_MOST) form->troubles[form->trouble_count++] = words;
    form->faulty = true;
}

bool form_takes(Form *form, const Error *why)
{
    for (int i = 0; i < form->kind->count; i++) {
        if (!outlet_error_about(why, str_of(form->kind->fields[i].label))) continue;
        fault_at(form, i, outlet_error_message(OUTLET_PAGE, form->visit->arena, why));
        return true;
    }
    return false;
}

void form_seen(Form *form, Str now, Str words)
{
    bool shown = form->seen.len > 0;
    if (shown && !str_equal(form->seen, now)) form_trouble(form, words);
    form->seen = now;
}

// ---- what was typed

static bool one_of(Str value, const char *const *choices)
{
    for (; *choices; choices++)
        if (str_equal(value, str_of(*choices))) return true;
    return false;
}

static void field_checked(Form *form, int at)
{
    const FormField *field = &form->kind->fields[at];
    Arena *arena = form->visit->arena;
    Str value = str_trim(form->values[at]);
    if (!value.len && field->needed)
        fault_at(form, at,
                 str_format(arena, "%sが%s。", field->label,
                            field->choices ? "選ばれていません。1つ選んでください"
                                           : "入力されていません。入力してください"));
    if (!value.len) return;
    if (field->choices && !one_of(value, field->choices))
        fault_at(form, at,
                 str_format(arena, "%sは、並んでいるものから1つ選んでください。", field->label));
    if (!field->choices && grapheme_count(value) > field->most)
        fault_at(form, at,
                 str_format(arena, "%sが長すぎます。%d字までで入力してください。", field->label,
                            field->most));
}

static void form_begin(Visit *visit, const FormKind *kind, Path go, Str about, Form *form)
{
    assert(kind->count <= FORM_FIELDS_MOST);
    *form = (Form){.visit = visit,
                   .kind = kind,
                   .go = go,
                   .place = draft_place(visit, str_of(kind->name), about)};
}

static void values_taken(Form *form, WebPairs typed)
{
    for (int i = 0; i < form->kind->count; i++)
        form->values[i] = individual_no_mask_text(
            form->visit->arena, web_value(typed, form->kind->fields[i].name));
    form->seen = web_value(typed, "_seen");
}

bool form_open(Visit *visit, const FormKind *kind, Path go, Str about, Form *form, Error *err)
{
    WebPairs typed = {0};
    form_begin(visit, kind, go, about, form);
    if (!draft_read(visit, form->place, &typed, &form->drafted_at, err)) return false;
    form->drafted = typed.count > 0;
    if (form->drafted) values_taken(form, typed);
    return true;
}

void form_read(Visit *visit, const FormKind *kind, Path go, Str about, Form *form)
{
    form_begin(visit, kind, go, about, form);
    values_taken(form, visit->request->form);
    for (int i = 0; i < kind->count; i++) field_checked(form, i);
    if (visit->act->once && visit->act->once->spent)
        form_trouble(form, S("この画面からは、別の内容を一度登録しました。もう1件登録するときは、"
                             "内容を確認して、もう一度送ってください。"));
}

static WebPairs pairs_of(const Form *form)
{
    WebPairs pairs = {0};
    Arena *arena = form->visit->arena;
    for (int i = 0; i < form->kind->count; i++)
        if (form->values[i].len)
            *web_pairs_push(&pairs, arena) =
                (WebPair){str_of(form->kind->fields[i].name), form->values[i]};
    *web_pairs_push(&pairs, arena) = (WebPair){S("_seen"), form->seen};
    return pairs;
}

bool form_seal(const Form *form, Str *sealed, Error *err)
{
    Str packed = typed_packed(pairs_of(form), form->visit->arena);
    return visit_seal(form->visit, S("form"), packed, sealed, err);
}

bool form_unseal(Form *form, Str sealed, Error *err)
{
    Str packed;
    if (!visit_unseal(form->visit, S("form"), sealed, &packed, err)) return false;
    values_taken(form, typed_unpacked(packed, form->visit->arena));
    return true;
}

bool form_keep(const Form *form, Error *err)
{
    return draft_write(form->visit, form->place, pairs_of(form), path_text(form->go), err);
}

// ---- drawing

// A group of choices that is the first field has the focus where its choice stands, else at its first.
static void options_of(const Form *form, int at, FormLine *line)
{
    const char *const *choices = form->kind->fields[at].choices;
    for (int i = 0; choices && choices[i]; i++) {
        bool chosen = str_equal(form->values[at], str_of(choices[i]));
        *form_option_rows_push(&line->options, form->visit->arena) =
            (FormOption){str_of(choices[i]), chosen, line->first && (chosen || (i == 0 && !form->values[at].len))};
    }
}

static FormLine line_of(const Form *form, int at)
{
    enum { USUAL_SIZE = 24 };
    const FormField *field = &form->kind->fields[at];
    FormLine line = {.name = str_of(field->name),
                     .label = str_of(field->label),
                     .line = field->kind == FORM_LINE,
                     .lines = field->kind == FORM_LINES,
                     .choice = field->kind == FORM_CHOICE,
                     .list = field->kind == FORM_LIST,
                     .value = form->values[at],
                     .size = field->size ? field->size : USUAL_SIZE,
                     .hint = str_of(field->hint),
                     .reading = form->readings[at],
                     .fault = form->faults[at],
                     .first = at == 0 && !form->faulty};
    options_of(form, at, &line);
    return line;
}

static bool body_drawn(Form *form, Error *err)
{
    Visit *visit = form->visit;
    FormBody body = {.go = form->go,
                     .origin = visit_origin(visit, form->go),
                     .place = form->place,
                     .seen = form->seen,
                     .button = str_of(form->kind->button),
                     .second = str_of(form->kind->second)};
    if (!form_number(visit, &body.once, err)) return false;
    for (int i = 0; i < form->kind->count; i++)
        *form_line_rows_push(&body.fields, visit->arena) = line_of(form, i);
    Page *page = page_begin(visit->arena);
    form_body_write(page, &body);
    return page_end(page, &form->body, err);
}

static bool top_drawn(Form *form, Error *err)
{
    Arena *arena = form->visit->arena;
    FormTop top = {.drafted = form->drafted_at};
    for (int i = 0; i < form->trouble_count; i++)
        *form_fault_rows_push(&top.faults, arena) = (FormFault){false, S(""), form->troubles[i]};
    for (int i = 0; i < form->kind->count; i++) {
        const FormField *field = &form->kind->fields[i];
        Str words = form->faults[i];
        bool named = str_starts(words, str_of(field->label));
        if (!named) words = str_format(arena, "%s: %.*s", field->label, STR(words));
        if (form->faults[i].len)
            *form_fault_rows_push(&top.faults, arena) =
                (FormFault){true, str_of(field->name), words};
    }
    top.count = top.faults.count;
    Page *page = page_begin(arena);
    form_top_write(page, &top);
    return page_end(page, &form->top, err);
}

bool form_draw(Form *form, Error *err)
{
    if (form->faulty) form->visit->status = 422;
    return top_drawn(form, err) && body_drawn(form, err);
}

bool form_number(Visit *visit, Str *number, Error *err)
{
    enum { NUMBER_LETTERS = 22 };
    return random_letters(NUMBER_LETTERS, visit->arena, number, err);
}
