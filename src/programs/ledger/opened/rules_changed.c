// SPDX-License-Identifier: Apache-2.0
#include "rules_changed.h"

#include "ledger.h"
#include "rule_use_rows.h"
#include "say.h"

#include <stdio.h>
#include <string.h>

static const EmbeddedFile *file_named(const RuleTexts *texts, const char *name)
{
    for (int i = 0; i < texts->count; i++)
        if (!strcmp(texts->at[i].name, name)) return &texts->at[i];
    return NULL;
}

static void add_file(Text *text, const char *name, const char *what, Arena *arena)
{
    text_addf(text, arena, "%s%s%s", text->len ? "、" : "", name, what);
}

static Str changed_files(const RuleTexts *was, const RuleTexts *is, Arena *arena)
{
    Text text = {0};
    for (int i = 0; i < is->count; i++) {
        const EmbeddedFile *before = file_named(was, is->at[i].name);
        if (!before)
            add_file(&text, is->at[i].name, " (新しい)", arena);
        else if (!str_equal(before->text, is->at[i].text))
            add_file(&text, is->at[i].name, "", arena);
    }
    for (int i = 0; i < was->count; i++)
        if (!file_named(is, was->at[i].name)) add_file(&text, was->at[i].name, " (なくなった)", arena);
    return text.len ? text_str(&text) : S("なし");
}

bool rules_changed_told(Act *act, Arena scratch, Error *err)
{
    RuleUse used;
    RuleTexts was;
    Ledger ledger;
    Arena *arena = &scratch;
    if (!ledger_open(act, arena, &ledger, err) || !rule_used(act->store, KNOWN_NOW, arena, &used, err)) return false;
    if (!used.version.len || str_equal(used.version, schedule_version(ledger.schedule))) return true;
    if (!rule_texts_kept(act->store, used.version, arena, &was, err)) return false;
    say(stdout,
        "ledger: 判定の規則が変わりました (%.*s → %.*s)。変わったファイル: %.*s。だれの判定が変わるかは、sesshu schedule diff "
        "前の規則のフォルダー office で分かります。\n",
        STR(used.version), STR(schedule_version(ledger.schedule)), STR(changed_files(&was, &ledger.rule_texts, arena)));
    return true;
}
