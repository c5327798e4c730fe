// What the compiler of templates accepts, what it makes of it, and each thing that it refuses.
// SPDX-License-Identifier: Apache-2.0
#include "template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static Arena whole;

#define FIELDS "{{page P: Str s, Str? o, int n, bool b, Day d, Path p, Markup m}}"
#define ALL    "{{s}}{{o}}{{n}}{{if b}}{{end}}{{era d}}<a href=\"{{p}}\">x</a>{{m}}"

typedef struct Refused {
    const char *text, *words;
} Refused;

// clang-format off
static const Refused refused[] = {
    // a value where a browser would read it as something else
    {"{{page P: Str s}}<p {{s}}>x</p>",                       "between tags or quotes"},
    {"{{page P: Str s}}<{{s}}>",                              "between tags or quotes"},
    {"{{page P: Str s}}<p class={{s}}>x</p>",                 "between tags or quotes"},
    {"{{page P: Str s}}<p class=x>x</p>",                     "between double quotes"},
    {"{{page P: Str s}}<p class='{{s}}'>x</p>",               "between double quotes"},
    {"{{page P: Str s}}<!-- {{s}} -->",                       "script or a comment"},
    {"{{page P: Str s}}<script src=\"/a\">{{s}}</script>",    "script or a comment"},
    {"{{page P}}<script>alert(1)</script>",                   "a file of its own"},
    {"{{page P}}<script src=\"/a\">x</script>",               "a file of its own"},
    {"{{page P}}<script>",                                    "a file of its own"},
    {"{{page P}}<style>p{}</style>",                          "element is not on the list"},
    {"{{page P}}<p style=\"x\">x</p>",                        "attribute is not on the list"},
    {"{{page P: Str s}}<p onclick=\"{{s}}\">x</p>",           "attribute is not on the list"},
    {"{{page P}}<p ONCLICK=\"x\">x</p>",                      "attribute is not on the list"},
    {"{{page P}}<iframe></iframe>",                           "element is not on the list"},
    {"{{page P}}<meta http-equiv=\"refresh\">",               "attribute is not on the list"},
    {"{{page P}}<base href=\"/\">",                           "element is not on the list"},
    {"{{page P}}<SCRIPT src=\"/a\"></SCRIPT>",                "element is not on the list"},
    // a URL that leads elsewhere
    {"{{page P: Str s}}<a href=\"{{s}}\">x</a>",              "stands behind /"},
    {"{{page P: Str s}}<a href=\"/{{s}}\">x</a>",             "stands behind /"},
    {"{{page P: Str s}}<a href=\"/x{{s}}\">x</a>",            "stands behind /"},
    {"{{page P: Digits s}}<a href=\"/x/{{s}}\">x</a>",        "takes int, Str and Path"},
    {"{{page P}}<a href=\"javascript:x\">x</a>",              "begins with /"},
    {"{{page P}}<a href=\"//evil.example\">x</a>",            "another host"},
    {"{{page P}}<a href=\"/\\evil.example\">x</a>",           "no place in a URL"},
    {"{{page P}}<a href=\"https://evil.example\">x</a>",      "begins with /"},
    {"{{page P}}<a href=\"\">x</a>",                          "a URL is missing"},
    {"{{page P}}<a href>x</a>",                               "a URL is missing"},
    {"{{page P: Path p}}<a href=\"{{p}}/x\">x</a>",           "only # may follow"},
    {"{{page P: Path p}}<a href=\"/x/{{p}}\">x</a>",          "a whole URL"},
    {"{{page P: Path p}}{{p}}",                               "cannot be written so"},
    // markup
    {"{{page P: Markup m}}<p title=\"{{m}}\">x</p>",          "only between tags"},
    {"{{page P: Markup m}}<title>{{m}}</title>",              "only between tags"},
    {"{{page P: Str s}}<textarea name=\"a\">{{na s}}</textarea>", "only between tags"},
    // elements
    {"{{page P}}<p>",                                         "left open"},
    {"{{page P}}<p>x</b>",                                    "not the one that is open"},
    {"{{page P}}</p>",                                        "not the one that is open"},
    {"{{page P}}<p",                                          "left open"},
    {"{{page P}}<p class=\"x>y</p>",                          "quote is missing"},
    {"{{page P}}<p class=\"x\"id=\"y\">x</p>",                "a blank is missing"},
    {"{{page P}}1 < 2",                                       "write &lt;"},
    {"{{page P}}<p/>",                                        "end so"},
    {"{{page P}}<title><b>x</b></title>",                     "no element may stand inside"},
    {"{{page P}}{{help }}x",                                  "no words"},
    {"{{page P}}{{help x",                                    "no end"},
    {"{{page P: Str s}}{{help of {{s}}}}{{s}}",               "words alone"},
    {"{{page P}}{{help <b>x</b>}}x",                          "words alone"},
    {"{{page P}}<p>{{help x}}</p>",                           "has no field"},
    // branches
    {"{{page P: bool b}}{{if b}}<p>{{end}}x",                 "do not end alike"},
    {"{{page P: bool b}}{{if b}}<p>{{else}}<b>{{end}}x</p>",  "do not end alike"},
    {"{{page P: bool b}}<p class=\"{{if b}}x\"{{end}}>x</p>", "do not end alike"},
    {"{{page P: bool b}}{{if b}}x",                           "{{end}} is missing"},
    {"{{page P}}x{{end}}",                                    "ends nothing"},
    {"{{page P: bool b}}{{if b}}{{else}}{{else}}{{end}}",     "twice"},
    {"{{record R: Str s}}{{page P: list R l}}{{for r in l}}<p>{{r.s}}{{end}}</p>", "do not end alike"},
    // fields
    {"<p>x</p>",                                              "{{page …}} is missing"},
    {"{{page P}}{{x}}",                                       "has no field x"},
    {"{{page P: Str s}}x",                                    "is never used"},
    {"{{page P: Str s, int s}}{{s}}",                         "twice"},
    {"{{page P: Text s}}{{s}}",                               "is no type"},
    {"{{page P: int? n}}{{n}}",                               "never absent"},
    {"{{page P: list R l}}x",                                 "no record R"},
    {"{{page p}}x",                                           "capital letter"},
    {"{{page P: Str s}}{{if s}}x{{end}}",                     "always there"},
    {"{{page P: Str s}}{{era s}}",                            "cannot be written so"},
    {"{{page P: Day d}}{{d}}",                                "cannot be written so"},
    {"{{page P: bool b}}{{b}}",                               "cannot be written so"},
    {"{{page P: Str s}}{{raw s}}",                            "cannot be written so"},
    {"{{page P: Str s}}{{for x in s}}{{end}}",                "is no list"},
    {"{{record R: Str s}}{{page P: list R l}}{{for r in l}}{{q.s}}{{end}}", "no loop q"},
    {"{{page P: Str s}}{{s",                                  "}} is missing"},
    {"{{page P: Str s}}{{s|safe}}",                           "}} is missing"},
};

static const char *const accepted[] = {
    FIELDS ALL,
    "{{page P: Str s}}\n{{help 人をさがす画面です。}}\n<p>{{s}}</p>",
    "{{page P: Str s}}<p class=\"a {{s}}\" title=\"{{s}}\">{{na s}}</p>",
    "{{page P: bool b}}<input name=\"a\"{{if b}} checked{{end}}>",
    "{{page P: bool b}}<p{{if b}} class=\"x\"{{end}}>x</p>",
    "{{page P: bool b}}<a class=\"{{if b}}now{{else}}then{{end}}\" href=\"#x\">x</a>",
    "{{page P: Str s, int n}}<a href=\"/x/{{s}}?page={{n}}#r{{n}}\">x</a>",
    "{{page P: Path p, int n}}<a href=\"{{p}}#d{{n}}\">x</a>",
    "{{page P: tenths x}}<svg viewBox=\"0 0 10 10\"><title>x</title><path d=\"M{{x}} 0\"/><g><use href=\"#a\"/></g></svg>",
    "{{record R: Str s}}{{page P: list R l}}{{for r in l}}<p>{{r.s}}</p>{{else}}none{{end}}",
};
// clang-format on

static void what_is_refused_is_refused_for_its_reason(void **state)
{
    (void)state;
    for (ptrdiff_t i = 0; i < countof(refused); i++) {
        Arena arena = whole;
        TemplateCode code;
        TemplateRefusal why;
        bool made = template_compile(str_of(refused[i].text), S("p.h"), &arena, &code, &why);
        if (made || str_find(why.words, str_of(refused[i].words)) < 0)
            fail_msg("%s: %.*s", refused[i].text, made ? 8 : (int)why.words.len,
                     made ? "accepted" : why.words.at);
    }
}

static void what_is_sound_becomes_code(void **state)
{
    (void)state;
    for (ptrdiff_t i = 0; i < countof(accepted); i++) {
        Arena arena = whole;
        TemplateCode code;
        TemplateRefusal why;
        if (!template_compile(str_of(accepted[i]), S("p.h"), &arena, &code, &why))
            fail_msg("%s: %.*s", accepted[i], STR(why.words));
    }
}

static void code_is_one_call_for_each_value(void **state)
{
    (void)state;
    Arena arena = whole;
    TemplateCode code;
    TemplateRefusal why;
    assert_true(template_compile(S("{{record Hit: Str name}}\n{{page SearchPage: list Hit hits}}\n"
                                   "<ul>{{for h in hits}}\n    <li>{{h.name}}</li>{{else}}\"none\""
                                   "{{end}}</ul><!-- not sent -->\n"),
                                 S("search_page.h"), &arena, &code, &why));
    assert_true(str_find(code.header, S("VEC(HitRows, Hit, hit_rows);")) > 0);
    assert_true(str_find(code.header, S("    HitRows hits;")) > 0);
    assert_true(
        str_find(code.source, S("void search_page_write(Page *page, const SearchPage *from)\n{\n"
                                "    put_literal(page, S(\"<ul>\"));\n"
                                "    VEC_EACH (const Hit, each_h, from->hits) {\n"
                                "    put_literal(page, S(\"\\012<li>\"));\n"
                                "    put_text(page, each_h->name);\n"
                                "    put_literal(page, S(\"</li>\"));\n"
                                "    }\n"
                                "    if (!from->hits.count) {\n"
                                "    put_literal(page, S(\"\\042none\\042\"));\n"
                                "    }\n"
                                "    put_literal(page, S(\"</ul>\\012\"));\n}\n")) > 0);
}

static void help_is_told_to_the_page(void **state)
{
    (void)state;
    Arena arena = whole;
    TemplateCode code;
    TemplateRefusal why;
    assert_true(template_compile(S("{{page P}}\n{{help \"x\" y}}\n<p>z</p>"), S("p.h"), &arena, &code, &why));
    assert_true(str_find(code.source, S("    page_is_for(page, S(\"\\042x\\042 y\"));\n    put_literal(page, S(\"<p>z</p>\"));\n")) > 0);
}

static void a_refusal_names_its_line(void **state)
{
    (void)state;
    Arena arena = whole;
    TemplateCode code;
    TemplateRefusal why;
    assert_false(template_compile(S("{{page P}}\n<p>\nx</b>"), S("p.h"), &arena, &code, &why));
    assert_int_equal(why.line, 3);
}

int main(void)
{
    whole = arena_reserve(64 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_refused_is_refused_for_its_reason),
        cmocka_unit_test(what_is_sound_becomes_code),
        cmocka_unit_test(code_is_one_call_for_each_value),
        cmocka_unit_test(help_is_told_to_the_page),
        cmocka_unit_test(a_refusal_names_its_line),
    };
    return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
