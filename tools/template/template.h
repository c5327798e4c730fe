// The template compiler: a page as HTML with typed fields becomes a C struct and the function that writes it.
//
//     {{record Hit: Str name, Day born, Path open, bool nearest}}
//     {{page SearchPage: Str? typed, list Hit hits}}
//     {{help 氏名や生年月日で、住民をさがします。}}        what the page is for, told by its help; may be left out
//     <h1>住民をさがす</h1>
//     {{for h in hits}}<a href="{{h.open}}">{{na h.name}}</a> {{era h.born}}{{else}}<p>…</p>{{end}}
//
// Only the build runs it. docs/add-a-page.md tells the whole language; what it refuses is its purpose:
//     a value where a browser would read it as anything but text (a tag, a script, a style, an unquoted
//     attribute, a scheme or host of a URL), an element or attribute that is not on the list, branches that
//     do not end alike, an element left open, a field that is unknown, unused, or of another kind.
// There is no way to write markup from a value: a Markup is what another template wrote.
// Memory  everything lives in the arena.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"
#include "vec.h"

// What a field is, and what may be done with it.
typedef enum FieldType {
    TYPE_STR,     // text of others; masked and escaped where it is written
    TYPE_DIGITS,  // a number that has its place (宛名番号): written whole
    TYPE_INT,     // {{n}}, {{count n}}: 1,284
    TYPE_TENTHS,  // a length of a picture in tenths: 2085 is 208.5
    TYPE_BOOL,    // {{if b}}
    TYPE_DAY,     // {{era d}}: 令和8年11月24日; {{day d}}: 2026-11-24
    TYPE_PATH,    // of a route
    TYPE_MARKUP,  // what another template wrote
    TYPE_LIST,    // {{for x in list}}
} FieldType;

typedef struct TemplateField {
    FieldType type;
    bool optional;  // "Str?": may be absent, {{if s}}
    Str name;
    const struct TemplateRecord *of;  // of a list
    bool used;
} TemplateField;
VEC(TemplateFields, TemplateField, template_fields);

typedef struct TemplateRecord {
    Str name;
    TemplateFields fields;
} TemplateRecord;

typedef struct TemplateRefusal {
    int line;
    Str words;
} TemplateRefusal;

typedef struct TemplateCode {
    Str header, source;
} TemplateCode;

// `header_name`: what the source includes. False with the first thing that is wrong.
bool template_compile(Str text, Str header_name, Arena *arena, TemplateCode *code,
                      TemplateRefusal *why);
