// SPDX-License-Identifier: Apache-2.0
#include "typed_word.h"

#include <string.h>

#include "fold.h"
#include "utf8.h"

static bool among(const char *typed, const char *const *words, ptrdiff_t count)
{
    for (ptrdiff_t i = 0; i < count; i++)
        if (!strcmp(typed, words[i])) return true;
    return false;
}

bool is_help_option(const char *typed)
{
    static const char *const words[] = {"--help", "-h", "-?"};
    return among(typed, words, countof(words));
}

bool is_help_word(const char *typed)
{
    static const char *const words[] = {"help", "ヘルプ"};
    return is_help_option(typed) || among(typed, words, countof(words));
}

bool is_version_word(const char *typed)
{
    static const char *const words[] = {"--version", "-V", "-v", "version"};
    return among(typed, words, countof(words));
}

bool same_word(Str typed, const char *word)
{
    enum { FOLD_BYTES = 4096, WORD_MOST = 64 };
    char memory[FOLD_BYTES];
    Arena scratch = {memory, memory + sizeof memory};
    if (typed.len > WORD_MOST) return false;
    Str narrow = fold_width(&scratch, typed, NULL);
    if (narrow.len != (ptrdiff_t)strlen(word)) return false;
    for (ptrdiff_t i = 0; i < narrow.len; i++) {
        char c = narrow.at[i];
        if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != word[i]) return false;
    }
    return true;
}

bool holds_blank(Str typed)
{
    return str_find(typed, S(" ")) >= 0 || str_find(typed, S("　")) >= 0;
}

bool unquoted(Str *typed, Error *err)
{
    static const struct {
        Str open, close;
        bool cuts;  // used for nothing else: alone it is half of a pair
    } pairs[] = {
        {S("“"), S("”"), true},   {S("„"), S("“"), true},   {S("”"), S("”"), true}, {S("＂"), S("＂"), true},
        {S("‘"), S("’"), false},  {S("’"), S("’"), false}, {S("＇"), S("＇"), false}, {S("「"), S("」"), false},
        {S("『"), S("』"), false},
    };
    for (ptrdiff_t i = 0; i < countof(pairs); i++) {
        Str open = pairs[i].open, close = pairs[i].close;
        if (typed->len < open.len + close.len || !str_starts(*typed, open) || !str_ends(*typed, close)) continue;
        *typed = str_first(str_from(*typed, open.len), typed->len - open.len - close.len);
        return true;
    }
    for (ptrdiff_t i = 0; i < countof(pairs); i++)
        if (pairs[i].cuts && (str_starts(*typed, pairs[i].open) || (str_ends(*typed, pairs[i].close) && str_find(*typed, pairs[i].open) < 0)))
            return FAIL(err, E_USAGE, .value = *typed,
                        .words = S("引用符の片方だけがあります。文書から写した “ ” ではなく、半角の \" で囲んでください。"));
    return true;
}
