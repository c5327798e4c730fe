// A set of rule files, whole or not at all.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <string.h>

#include "folder_texts.h"
#include "rules_embedded.h"
#include "rules_reader.h"

#define FORMAT "schedule-rules/1"
#define COMMON_KEYS                                                                                   \
    "format name law_as_of law_required calendars months terms facts components kinds products sets " \
    "conflicts codes reasons words periods defaults"
#define FILE_KEYS "format name class law groups set vectors"

enum { FILES_MAX = 256 };

typedef struct RuleFile {
    Str name;
    json_t *root;
} RuleFile;

Str rule_fault_text(const RuleFault *fault, Arena *arena)
{
    return str_format(arena, "%.*s: %.*s: %s %.*s", STR(fault->file), STR(fault->place),
                      fault->code, STR(fault->words));
}

static json_t *text_parsed(Reader *r, const EmbeddedFile *text)
{
    json_error_t at;
    r->file = str_of(text->name);
    json_t *root = json_loadb(text->text.at, (size_t)text->text.len, JSON_REJECT_DUPLICATES, &at);
    if (root && !json_is_object(root))
        fault(r, NULL, "J1", "規則ファイルの全体を { } で書いてください。");
    if (root && !text_equal(json_object_get(root, "format"), FORMAT) && !is_city_file(root))
        fault(r, NULL, "J1", "format には " FORMAT " を書いてください。");
    if (!root && json_error_code(&at) == json_error_duplicate_key)
        fault(r, NULL, "J0", "%d 行目の %d 字目: 同じキーが二つあります。一つにしてください。",
              at.line, at.column);
    else if (!root)
        fault(r, NULL, "J0",
              "%d 行目の %d 字目から先を JSON として読めません。かっこ、引用符、コンマと文字コード "
              "(UTF-8) を確かめてください。",
              at.line, at.column);
    return root;
}

// A city's own file is taken out of the set: it lies over what the others say.
static int city_taken(Reader *r, RuleFile *files, int count)
{
    int kept = 0;
    for (int i = 0; i < count; i++) {
        RuleFile file = files[i];
        if (!is_city_file(file.root)) {
            files[i] = files[kept];
            files[kept++] = file;
            continue;
        }
        r->file = file.name;
        if (r->city) fault(r, NULL, "G1", "市のファイルが二つあります。一つにしてください。");
        r->city = file.root;
        r->city_file = file.name;
    }
    return kept;
}

static const json_t *common_among(Reader *r, const RuleFile *files, int count)
{
    const json_t *common = NULL;
    for (int i = 0; i < count; i++)
        if (count == 1 || !json_object_get(files[i].root, "groups")) {
            r->file = files[i].name;
            if (common)
                fault(
                    r, NULL, "G1",
                    "共通の表のファイル (groups のないもの) が二つあります。一つにしてください。");
            common = files[i].root;
        }
    if (!common)
        fault(r, NULL, "J1",
              "共通の表のファイル (groups のないもの) がありません。一つ加えてください。");
    return common;
}

static void file_read(Reader *r, const RuleFile *file)
{
    const json_t *groups = array_of(r, NULL, file->root, "groups");
    Place at = {.key = "groups"};
    bool shared = file->root == r->common;
    keys_check(r, NULL, file->root, shared ? COMMON_KEYS " " FILE_KEYS : FILE_KEYS);
    Str class_name = string_of(r, NULL, file->root, "class");
    for (int i = 0; i < (int)json_array_size(groups); i++) {
        Place here = element(&at, i);
        if (r->builder.rules.groups.count == GROUPS_MAX) {
            fault(r, &here, "J1", "groups が多すぎます。%d 個までにしてください。", GROUPS_MAX);
            return;
        }
        group_read(r, &here, json_array_get(groups, (size_t)i), class_name);
    }
}

static Str name_of(const RuleFile *files, int count, const json_t *root)
{
    assert(count > 0);
    int i = 0;
    while (i < count - 1 && files[i].root != root) i++;
    return files[i].name;
}

static void files_read(Reader *r, const RuleFile *files, int count)
{
    const json_t *common = common_among(r, files, count);
    if (!common) return;
    r->file = name_of(files, count, common);
    tables_read(r, common);
    for (int i = 0; i < count; i++) {
        r->file = files[i].name;
        file_read(r, &files[i]);
    }
    r->file = name_of(files, count, common);
    amounts_bind(r);
    periods_read(r, common);
    // A verdict names its row in 16 bits.
    if (r->builder.rules.notes.count > INT16_MAX)
        fault(r, NULL, "J1", "規則の行が全部で多すぎます。%d 行までにしてください。", INT16_MAX);
}

// Whoever takes all faults tells them: the error then does not say the first one again.
static bool refused(const Reader *r, bool taken, Error *err)
{
    if (taken)
        return FAIL(err, E_RULE,
                    .words =
                        str_format(r->arena,
                                   "規則ファイルに%td件の誤りがあるため、読み込みませんでした。"
                                   "誤りは一件ずつ別に示しました。すべて直してください。",
                                   r->faults.count));
    const RuleFault *first = &r->faults.at[0];
    return FAIL(err, E_RULE,
                .item = str_format(r->arena, "%.*s %.*s", STR(first->file), STR(first->place)),
                .value = str_of(first->code),
                .words = str_format(r->arena,
                                    "規則ファイルに%td件の誤りがあるため、読み込みませんでした。"
                                    "最初の誤り: %.*s",
                                    r->faults.count, STR(first->words)));
}

bool rules_load(const EmbeddedFile *texts, int count, Arena *arena, const Schedule **schedule,
                RuleFaults *faults, Error *err)
{
    if (count < 1 || count > FILES_MAX)
        return FAIL(err, E_RULE,
                    .words = S("規則ファイルがありません。フォルダーを確かめてください。"));
    Reader *r = NEW(arena, Reader, 1);
    RuleFile *files = NEW(arena, RuleFile, count);
    const Schedule *made = NULL;
    r->arena = arena;
    builder_begin(&r->builder, arena);
    for (int i = 0; i < count; i++) {
        files[i].name = str_copy(arena, str_of(texts[i].name));
        files[i].root = text_parsed(r, &texts[i]);
    }
    if (!r->faults.count) files_read(r, files, city_taken(r, files, count));
    if (!r->faults.count) {
        made = builder_finish(&r->builder);
        r->file = (Str){0};
        days_try(r, made);
        names_try(r, made);
        r->file = r->city_file;
        city_try(r, made);
    }
    for (int i = 0; i < count; i++) json_decref(files[i].root);
    if (faults) *faults = r->faults;
    if (r->faults.count) return refused(r, faults != NULL, err);
    *schedule = made;
    return true;
}

bool rules_embedded(Arena *arena, const Schedule **schedule, Error *err)
{
    return rules_of_city(NULL, arena, schedule, NULL, err);
}

// ---- A city's own -------------------------------------------------------------------------------

static RuleTexts texts_with(const EmbeddedFile *texts, int count, const EmbeddedFile *city,
                            Arena *arena)
{
    assert(count >= 0);
    EmbeddedFile *all = NEW(arena, EmbeddedFile, count + 1);
    for (int i = 0; i < count; i++) all[i] = texts[i];
    if (city) all[count++] = *city;
    return (RuleTexts){all, count};
}

RuleTexts rule_texts_built_in(const EmbeddedFile *city, Arena *arena)
{
    return texts_with(rules_files, rules_files_count, city, arena);
}

bool rules_of_city(const EmbeddedFile *city, Arena *arena, const Schedule **schedule,
                   RuleFaults *faults, Error *err)
{
    RuleTexts texts = rule_texts_built_in(city, arena);
    return rules_load(texts.at, texts.count, arena, schedule, faults, err);
}

// ---- A folder -----------------------------------------------------------------------------------

bool rule_texts_of_folder(const char *folder, const EmbeddedFile *city, Arena *arena,
                          RuleTexts *texts, Error *err)
{
    FolderTexts files;
    if (!folder_texts(folder, S(".json"), arena, &files, err)) return false;
    *texts = texts_with(files.at, files.count, city, arena);
    return true;
}

bool rules_load_folder(const char *folder, const EmbeddedFile *city, Arena *arena,
                       const Schedule **schedule, RuleFaults *faults, Error *err)
{
    RuleTexts texts;
    return rule_texts_of_folder(folder, city, arena, &texts, err) &&
           rules_load(texts.at, texts.count, arena, schedule, faults, err);
}
