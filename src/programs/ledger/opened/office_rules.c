// SPDX-License-Identifier: Apache-2.0
#include "office_rules.h"

#include <assert.h>
#include <stdio.h>
#include <sys/stat.h>

#include "folder_texts.h"
#include "rules.h"
#include "say.h"

#define CITY_RULES "city-rules.json"

static bool told(bool loaded, const RuleFaults *faults, Arena scratch)
{
    VEC_EACH (const RuleFault, fault, *faults) {
        Arena one = scratch;
        say(stderr, "%.*s\n", STR(rule_fault_text(fault, &one)));
    }
    return loaded;
}

bool rules_of_folder(const char *folder, const EmbeddedFile *city, Arena *arena,
                     const Schedule **schedule, Error *err)
{
    assert(folder && *folder);
    RuleFaults faults = {0};
    return told(rules_load_folder(folder, city, arena, schedule, &faults, err), &faults, *arena);
}

bool rules_of_texts(const RuleTexts *texts, Arena *arena, const Schedule **schedule, Error *err)
{
    assert(texts->count > 0);
    RuleFaults faults = {0};
    return told(rules_load(texts->at, texts->count, arena, schedule, &faults, err), &faults, *arena);
}

static bool is_there(const char *folder)
{
    struct stat status;
    return stat(folder, &status) == 0;
}

// The office's own words are tried against the rules now, not when the letters are due.
static bool words_of(const char *folder, PaperSource *words, Arena *arena, Error *err)
{
    FolderTexts texts;
    if (!is_there(folder)) return true;
    if (!folder_texts(folder, S(".json"), arena, &texts, err)) return false;
    words->own = texts.at;
    words->own_count = texts.count;
    return paper_words_check(words, *arena, err);
}

static bool city_of(const Office *office, Arena *arena, const EmbeddedFile **city, Error *err)
{
    EmbeddedFile *file = NEW(arena, EmbeddedFile, 1);
    if (!file_text_if_any(office_path(office, CITY_RULES, arena), arena, file, err)) return false;
    *city = file->name ? file : NULL;
    return true;
}

bool office_rules(const Office *office, Arena *arena, OfficeRules *rules, Error *err)
{
    const char *folder = office_path(office, "rules", arena);
    *rules = (OfficeRules){0};
    if (!city_of(office, arena, &rules->city, err)) return false;
    bool own = is_there(folder);
    if (own && !rule_texts_of_folder(folder, rules->city, arena, &rules->texts, err)) return false;
    if (!own) rules->texts = rule_texts_built_in(rules->city, arena);
    return rules_of_texts(&rules->texts, arena, &rules->words.schedule, err) &&
           (!own || words_of(office_path(office, "rules/papers", arena), &rules->words, arena, err));
}
