// SPDX-License-Identifier: Apache-2.0
#include "template.h"

#include "html_context.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LOOPS_MOST = 8, BRANCHES_MOST = 32, RECORDS_MOST = 32 };

// A name that a directive may use: the page itself ("" before its fields), or a loop's.
typedef struct Scope {
    Str name;
    TemplateRecord *of;
} Scope;

typedef struct Compiler {
    Str text;
    ptrdiff_t at;
    Arena *arena;
    TemplateRefusal *why;
    TemplateRecord records[RECORDS_MOST];
    int record_count;
    TemplateRecord *page;
    Scope scopes[LOOPS_MOST + 1];
    int scope_count, branch_depth;
    HtmlContext html;
    Text body, literal;
    Str help;  // what the page is for; {0}: it does not say
} Compiler;

// ---- refusing

static int line_of(const Compiler *c)
{
    int line = 1;
    for (ptrdiff_t i = 0; i < c->at && i < c->text.len; i++) line += c->text.at[i] == '\n';
    return line;
}

__attribute__((format(printf, 2, 3))) static bool refuse(Compiler *c, const char *format, ...)
{
    char words[256];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(words, sizeof words, format, args);
    va_end(args);
    *c->why = (TemplateRefusal){line_of(c), str_copy(c->arena, str_of(words))};
    return false;
}

// ---- words of a directive

static bool word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_';
}

static void skip_blanks(Compiler *c)
{
    while (c->at < c->text.len && strchr(" \n\t", c->text.at[c->at])) c->at++;
}

static bool next_is(const Compiler *c, const char *literal)
{
    return str_starts(str_from(c->text, c->at), str_of(literal));
}

static bool take(Compiler *c, const char *literal)
{
    if (!next_is(c, literal)) return false;
    c->at += (ptrdiff_t)strlen(literal);
    return true;
}

static Str word(Compiler *c)
{
    skip_blanks(c);
    ptrdiff_t from = c->at;
    while (c->at < c->text.len && word_byte(c->text.at[c->at])) c->at++;
    return (Str){c->text.at + from, c->at - from};
}

static bool ends(Compiler *c)
{
    skip_blanks(c);
    return take(c, "}}") || refuse(c, "}} is missing");
}

// ---- declarations

static const struct {
    const char *word, *in_c;
    bool may_be_absent;
} types[] = {
    [TYPE_STR] = {"Str", "Str", true},      [TYPE_DIGITS] = {"Digits", "Str", true},
    [TYPE_INT] = {"int", "int64_t", false}, [TYPE_TENTHS] = {"tenths", "int32_t", false},
    [TYPE_BOOL] = {"bool", "bool", false},  [TYPE_DAY] = {"Day", "Day", false},
    [TYPE_PATH] = {"Path", "Path", true},   [TYPE_MARKUP] = {"Markup", "Markup", true},
    [TYPE_LIST] = {"list", NULL, false},
};

static TemplateRecord *record_named(Compiler *c, Str name)
{
    for (int i = 0; i < c->record_count; i++)
        if (str_equal(c->records[i].name, name)) return &c->records[i];
    return NULL;
}

static TemplateField *field_named(TemplateRecord *record, Str name)
{
    VEC_EACH (TemplateField, f, record->fields)
        if (str_equal(f->name, name)) return f;
    return NULL;
}

static bool type_read(Compiler *c, TemplateField *field)
{
    Str name = word(c);
    for (int i = 0; i < (int)countof(types); i++)
        if (str_equal(name, str_of(types[i].word))) {
            field->type = (FieldType)i;
            field->optional = take(c, "?");
            if (field->optional && !types[i].may_be_absent)
                return refuse(c, "%s is never absent", types[i].word);
            return true;
        }
    return refuse(c, "%.*s is no type", STR(name));
}

static bool field_read(Compiler *c, TemplateRecord *record)
{
    TemplateField field = {0};
    if (!type_read(c, &field)) return false;
    if (field.type == TYPE_LIST) {
        Str of = word(c);
        field.of = record_named(c, of);
        if (!field.of) return refuse(c, "no record %.*s before this line", STR(of));
    }
    field.name = word(c);
    if (!field.name.len) return refuse(c, "a field without a name");
    if (field_named(record, field.name)) return refuse(c, "%.*s twice", STR(field.name));
    *template_fields_push(&record->fields, c->arena) = field;
    return true;
}

static bool record_read(Compiler *c, bool is_page)
{
    if (c->record_count == RECORDS_MOST) return refuse(c, "too many records");
    TemplateRecord *record = &c->records[c->record_count];
    record->name = word(c);
    if (!record->name.len || record->name.at[0] < 'A' || record->name.at[0] > 'Z')
        return refuse(c, "the name of a record begins with a capital letter");
    if (record_named(c, record->name)) return refuse(c, "%.*s twice", STR(record->name));
    skip_blanks(c);
    if (take(c, ":")) do {
            if (!field_read(c, record)) return false;
            skip_blanks(c);
        } while (take(c, ","));
    c->record_count++;
    if (is_page) c->page = record;
    return ends(c);
}

static bool declarations_read(Compiler *c)
{
    while (!c->page) {
        skip_blanks(c);
        bool is_page = take(c, "{{page ");
        if (!is_page && !take(c, "{{record ")) return refuse(c, "{{page …}} is missing");
        if (!record_read(c, is_page)) return false;
    }
    c->scopes[c->scope_count++] = (Scope){.of = c->page};
    skip_blanks(c);
    return true;
}

// {{help …}} behind the page: what it is for, in the words of its help. Values of the page have no place in it.
static bool help_read(Compiler *c)
{
    if (!take(c, "{{help ")) return true;
    Str rest = str_from(c->text, c->at);
    ptrdiff_t end = str_find(rest, S("}}"));
    if (end <= 0) return refuse(c, "{{help …}} has no words or no end");
    c->help = str_first(rest, end);
    if (str_find(c->help, S("{")) >= 0 || str_find(c->help, S("<")) >= 0) return refuse(c, "help is words alone");
    c->at += end + 2;
    skip_blanks(c);
    return true;
}

// ---- code

static void quoted_add(Compiler *c, Str text)
{
    for (ptrdiff_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte == '"' || byte == '\\' || byte < ' ' || byte >= 0x7F)
            text_addf(&c->body, c->arena, "\\%03o", byte);
        else
            text_add_byte(&c->body, c->arena, (char)byte);
    }
}

static void code_literal(Compiler *c)
{
    if (!c->literal.len) return;
    text_add(&c->body, c->arena, S("    put_literal(page, S(\""));
    quoted_add(c, text_str(&c->literal));
    text_add(&c->body, c->arena, S("\"));\n"));
    c->literal.len = 0;
}

static void code_help(Compiler *c)
{
    if (!c->help.len) return;
    text_add(&c->body, c->arena, S("    page_is_for(page, S(\""));
    quoted_add(c, c->help);
    text_add(&c->body, c->arena, S("\"));\n"));
}

// "from->name", "each_h->name"
typedef struct Value {
    TemplateField *field;
    Str code;
} Value;

static bool value_read(Compiler *c, Value *value)
{
    Str first = word(c), name = first;
    Scope *scope = &c->scopes[0];
    if (take(c, ".")) {
        name = word(c);
        for (scope = &c->scopes[c->scope_count - 1]; scope > c->scopes; scope--)
            if (str_equal(scope->name, first)) break;
        if (scope == c->scopes) return refuse(c, "no loop %.*s here", STR(first));
    }
    value->field = field_named(scope->of, name);
    if (!value->field) return refuse(c, "%.*s has no field %.*s", STR(scope->of->name), STR(name));
    value->field->used = true;
    value->code = scope == c->scopes
                      ? str_format(c->arena, "from->%.*s", STR(name))
                      : str_format(c->arena, "each_%.*s->%.*s", STR(scope->name), STR(name));
    return true;
}

// ---- a value where it stands

static bool is_text(FieldType type)
{
    return type == TYPE_STR || type == TYPE_DIGITS;
}

static bool in_url(Compiler *c, const Value *v, Str format)
{
    HtmlContext *html = &c->html;
    FieldType type = v->field->type;
    if (format.len) return refuse(c, "a URL has no format");
    if (type == TYPE_PATH && html->url == URL_BEGIN) {
        html->url = URL_WHOLE;
        text_addf(&c->body, c->arena, "    put_path(page, %.*s);\n", STR(v->code));
        return true;
    }
    if (type == TYPE_PATH) return refuse(c, "a Path is a whole URL");
    bool place = html->url == URL_SEGMENT || html->url == URL_ARGUMENT || html->url == URL_FRAGMENT;
    if (!place) return refuse(c, "a value of a URL stands behind /…/, ?x= or #");
    if (type == TYPE_INT) {
        text_addf(&c->body, c->arena, "    put_number(page, %.*s);\n", STR(v->code));
        return true;
    }
    if (type != TYPE_STR || v->field->optional)
        return refuse(c, "of fields, a URL takes int, Str and Path");
    text_addf(&c->body, c->arena, "    put_segment(page, %.*s);\n", STR(v->code));
    return true;
}

static const char *writer_of(const TemplateField *field, Str format)
{
    if (str_equal(format, S("na"))) return field->type == TYPE_STR ? "put_name" : NULL;
    if (str_equal(format, S("count"))) return field->type == TYPE_INT ? "put_count" : NULL;
    if (str_equal(format, S("era"))) return field->type == TYPE_DAY ? "put_era" : NULL;
    if (str_equal(format, S("day"))) return field->type == TYPE_DAY ? "put_day" : NULL;
    if (format.len) return NULL;
    switch (field->type) {
    case TYPE_STR: return field->optional ? "put_text_there" : "put_text";
    case TYPE_DIGITS: return "put_digits";
    case TYPE_INT: return "put_number";
    case TYPE_TENTHS: return "put_tenths";
    case TYPE_MARKUP: return "put_markup";
    case TYPE_BOOL:
    case TYPE_DAY:
    case TYPE_PATH:
    case TYPE_LIST: return NULL;
    }
    return NULL;
}

static bool value_written(Compiler *c, const Value *v, Str format)
{
    HtmlContext *html = &c->html;
    code_literal(c);
    if (html->state == HTML_VALUE && html->url) return in_url(c, v, format);
    bool text = html->state == HTML_TEXT;
    if (!text && html->state != HTML_RCDATA && html->state != HTML_VALUE)
        return refuse(c, "a value stands between tags or quotes only");
    const char *writer = writer_of(v->field, format);
    if (!writer) return refuse(c, "%.*s cannot be written so", STR(v->field->name));
    bool markup = v->field->type == TYPE_MARKUP || str_equal(format, S("na"));
    if (markup && !text) return refuse(c, "only between tags");
    text_addf(&c->body, c->arena, "    %s(page, %.*s);\n", writer, STR(v->code));
    return true;
}

static bool directive_value(Compiler *c)
{
    Value value;
    ptrdiff_t here = c->at;
    Str format = word(c);
    skip_blanks(c);
    if (c->at == c->text.len || !word_byte(c->text.at[c->at])) {  // it was the value
        format = (Str){0};
        c->at = here;
    }
    return value_read(c, &value) && ends(c) && value_written(c, &value, format);
}

// ---- branches

static bool part_read(Compiler *c);

// The part up to {{else}} or {{end}}; says which.
static bool branch_read(Compiler *c, bool *is_else)
{
    if (c->branch_depth++ == BRANCHES_MOST) return refuse(c, "too many branches inside each other");
    if (!part_read(c)) return false;
    c->branch_depth--;
    *is_else = take(c, "{{else}}");
    return *is_else || take(c, "{{end}}") || refuse(c, "{{end}} is missing");
}

static bool condition_code(Compiler *c, const Value *v, Str *code)
{
    const TemplateField *f = v->field;
    *code = v->code;
    if (f->type == TYPE_LIST) *code = str_format(c->arena, "%.*s.count", STR(v->code));
    if (f->optional && is_text(f->type)) *code = str_format(c->arena, "%.*s.len", STR(v->code));
    bool may_be_absent =
        f->optional || f->type == TYPE_BOOL || f->type == TYPE_INT || f->type == TYPE_LIST;
    return may_be_absent || refuse(c, "%.*s is always there", STR(f->name));
}

static bool ends_alike(Compiler *c, const HtmlContext *one)
{
    const char *why = html_pause(&c->html);
    if (why) return refuse(c, "%s", why);
    return html_same(&c->html, one) || refuse(c, "the branches do not end alike");
}

// {{else}} begins where {{if}} began; both end in the same context.
static bool otherwise_read(Compiler *c, HtmlContext begun, const char *opening)
{
    bool again;
    HtmlContext ended = c->html;
    c->html = begun;
    text_addf(&c->body, c->arena, "    %s\n", opening);
    if (!branch_read(c, &again)) return false;
    code_literal(c);
    if (again) return refuse(c, "{{else}} twice");
    text_add(&c->body, c->arena, S("    }\n"));
    return ends_alike(c, &ended);
}

static bool directive_if(Compiler *c)
{
    Value value;
    Str code = {0};
    bool has_else;
    if (!value_read(c, &value) || !ends(c) || !condition_code(c, &value, &code)) return false;
    code_literal(c);
    HtmlContext begun = c->html;
    text_addf(&c->body, c->arena, "    if (%.*s) {\n", STR(code));
    if (!branch_read(c, &has_else)) return false;
    code_literal(c);
    const char *why = html_pause(&c->html);
    if (why) return refuse(c, "%s", why);
    if (has_else) return otherwise_read(c, begun, "} else {");
    text_add(&c->body, c->arena, S("    }\n"));
    return ends_alike(c, &begun);
}

static bool directive_for(Compiler *c)
{
    Value list;
    bool has_else;
    Str name = word(c);
    if (!name.len || !str_equal(word(c), S("in"))) return refuse(c, "{{for x in list}}");
    if (!value_read(c, &list) || !ends(c)) return false;
    if (list.field->type != TYPE_LIST) return refuse(c, "%.*s is no list", STR(list.field->name));
    if (c->scope_count > LOOPS_MOST) return refuse(c, "too many loops inside each other");
    code_literal(c);
    HtmlContext begun = c->html;
    c->scopes[c->scope_count++] = (Scope){name, record_named(c, list.field->of->name)};
    text_addf(&c->body, c->arena, "    VEC_EACH (const %.*s, each_%.*s, %.*s) {\n",
              STR(list.field->of->name), STR(name), STR(list.code));
    if (!branch_read(c, &has_else)) return false;
    code_literal(c);
    c->scope_count--;
    text_add(&c->body, c->arena, S("    }\n"));
    if (!ends_alike(c, &begun) || !has_else) return c->why->words.len == 0;
    Str opening = str_format(c->arena, "if (!%.*s.count) {", STR(list.code));
    return otherwise_read(c, begun, str_z(c->arena, opening));
}

// ---- the body

static bool directive_read(Compiler *c)
{
    const char *why = html_pause(&c->html);
    if (why) return refuse(c, "%s", why);
    if (c->html.state == HTML_SCRIPT || c->html.state == HTML_COMMENT)
        return refuse(c, "nothing of ours stands in a script or a comment");
    if (take(c, "{{if ")) return directive_if(c);
    if (take(c, "{{for ")) return directive_for(c);
    c->at += 2;
    return directive_value(c);
}

// The indentation of a template is not sent: a line end between tags is one line end.
static void literal_add(Compiler *c, const char *at, HtmlState before)
{
    bool comment = before == HTML_COMMENT || c->html.state == HTML_COMMENT;
    bool indents = before == HTML_TEXT && (*at == ' ' || *at == '\t') && c->literal.len &&
                   c->literal.at[c->literal.len - 1] == '\n';
    bool again = before == HTML_TEXT && *at == '\n' && c->literal.len &&
                 c->literal.at[c->literal.len - 1] == '\n';
    if (c->html.state == HTML_COMMENT && before == HTML_MARK) c->literal.len -= 2;  // "<!"
    if (!comment && !indents && !again) text_add_byte(&c->literal, c->arena, *at);
}

static bool part_read(Compiler *c)
{
    while (c->at < c->text.len) {
        if (next_is(c, "{{else}}") || next_is(c, "{{end}}")) {
            const char *why = html_pause(&c->html);
            return !why || refuse(c, "%s", why);
        }
        if (next_is(c, "{{")) {
            if (!directive_read(c)) return false;
            continue;
        }
        HtmlState before = c->html.state;
        const char *why = html_take(&c->html, c->text.at + c->at);
        if (why) return refuse(c, "%s", why);
        literal_add(c, c->text.at + c->at, before);
        c->at++;
    }
    return true;
}

static bool all_used(Compiler *c)
{
    for (int i = 0; i < c->record_count; i++)
        VEC_EACH (const TemplateField, f, c->records[i].fields)
            if (!f->used)
                return refuse(c, "%.*s of %.*s is never used", STR(f->name),
                              STR(c->records[i].name));
    return true;
}

// ---- the files

// "SearchPage" becomes "search_page".
static Str name_in_c(Str name, Arena *arena)
{
    Text out = {0};
    for (ptrdiff_t i = 0; i < name.len; i++) {
        bool capital = name.at[i] >= 'A' && name.at[i] <= 'Z';
        if (capital && i) text_add_byte(&out, arena, '_');
        text_add_byte(&out, arena, (char)(capital ? name.at[i] + 32 : name.at[i]));
    }
    return text_str(&out);
}

static void struct_code(Text *out, const TemplateRecord *record, Arena *arena)
{
    text_addf(out, arena, "\ntypedef struct %.*s {\n", STR(record->name));
    VEC_EACH (const TemplateField, f, record->fields) {
        if (f->of)
            text_addf(out, arena, "    %.*sRows %.*s;\n", STR(f->of->name), STR(f->name));
        else
            text_addf(out, arena, "    %s %.*s;%s\n", types[f->type].in_c, STR(f->name),
                      f->optional ? "  // may be absent" : "");
    }
    if (!record->fields.count) text_add(out, arena, S("    char nothing;\n"));
    text_addf(out, arena, "} %.*s;\n", STR(record->name));
}

static Str header_code(Compiler *c, Str function)
{
    Text out = {0};
    text_add(&out, c->arena,
             S("// Made by the build.\n#pragma once\n#include \"day.h\"\n#include \"page.h\"\n"
               "#include \"vec.h\"\n"));
    for (int i = 0; i < c->record_count; i++) {
        Str name = c->records[i].name;
        struct_code(&out, &c->records[i], c->arena);
        if (&c->records[i] != c->page)
            text_addf(&out, c->arena, "VEC(%.*sRows, %.*s, %.*s_rows);\n", STR(name), STR(name),
                      STR(name_in_c(name, c->arena)));
    }
    text_addf(&out, c->arena, "\nvoid %.*s_write(Page *page, const %.*s *from);\n", STR(function),
              STR(c->page->name));
    return text_str(&out);
}

static Str source_code(Compiler *c, Str header_name, Str function)
{
    Text out = {0};
    text_addf(&out, c->arena,
              "// Made by the build.\n#include \"%.*s\"\n#include \"page_made.h\"\n\n"
              "void %.*s_write(Page *page, const %.*s *from)\n{\n%s",
              STR(header_name), STR(function), STR(c->page->name),
              c->page->fields.count ? "" : "    (void)from;\n");
    text_add(&out, c->arena, text_str(&c->body));
    text_add(&out, c->arena, S("}\n"));
    return text_str(&out);
}

bool template_compile(Str text, Str header_name, Arena *arena, TemplateCode *code,
                      TemplateRefusal *why)
{
    Compiler *c = NEW(arena, Compiler, 1);
    *why = (TemplateRefusal){0};
    c->text = text;
    c->arena = arena;
    c->why = why;
    if (!declarations_read(c) || !help_read(c)) return false;
    code_help(c);
    if (!part_read(c)) return false;
    if (c->at < c->text.len) return refuse(c, "{{else}} or {{end}} that ends nothing");
    if (!html_has_ended(&c->html)) return refuse(c, "an element or a tag is left open");
    code_literal(c);
    if (!all_used(c)) return false;
    Str function = name_in_c(c->page->name, arena);
    *code = (TemplateCode){header_code(c, function), source_code(c, header_name, function)};
    return true;
}
