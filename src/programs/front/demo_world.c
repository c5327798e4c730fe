// SPDX-License-Identifier: Apache-2.0
#include "demo_world.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "regular_file.h"
#include "story_files.h"

// ---- folders and files

static const char *below(const World *world, const char *folder, const char *name)
{
    return str_z(world->arena, str_format(world->arena, "%s/%s", folder, name));
}

const char *world_file(const World *world, const char *name)
{
    const char *files = below(world, world->story->data, "world/files");
    return below(world, files, name);
}

static bool folder_made(const char *path, Error *err)
{
    return mkdir(path, 0700) == 0 || errno == EEXIST ||
           FAIL(err, E_FILE_WRITE, .value = str_of(path),
                .words = S("フォルダーを作れません。場所と権限を確かめてください。"));
}

static bool file_written(const char *path, Str text, Error *err)
{
    int file = regular_file_open(path, O_WRONLY | O_CREAT, 0600);
    bool good = file >= 0 && ftruncate(file, 0) == 0 && write(file, text.at, (size_t)text.len) == text.len;
    if (file >= 0 && close(file) != 0) good = false;
    return good || FAIL(err, E_FILE_WRITE, .value = str_of(path),
                        .words = S("書き込めません。場所と権限を確かめてください。"));
}

// As what it arrives: the files of the city's register follow on those that the city has taken.
static const char *name_of(const World *world, const char *embedded)
{
    static const struct {
        const char *embedded, *begins;
        int number;
        bool follows;
    } names[] = {
        {"kitakyushu-1.csv", "JUKI_401005_DIF_20261102190000", 1, true},
        {"kitakyushu-2.csv", "JUKI_401005_DIF_20261104190000", 2, true},
        {"kitakyushu-3.csv", "JUKI_401005_DIF_20261105190000", 3, true},
        {"kitakyushu-4.csv", "JUKI_401005_DIF_20261106190000", 4, true},
        {"fukuoka-1.csv", "JUKI_401307_ALL_20261105190000", 1, false},
        {"fukuoka-2.csv", "JUKI_401307_DIF_20261106190000", 2, false},
        {"doses-kitakyushu.csv", "YOSHIN_202610_4010198762", 901, false},
        {"doses-fukuoka.csv", "YOSHIN_202610_4010200014", 901, false},
    };
    for (ptrdiff_t i = 0; i < countof(names); i++) {
        int number = names[i].number + (names[i].follows ? world->story->feeds : 0);
        if (!strcmp(names[i].embedded, embedded))
            return str_z(world->arena, str_format(world->arena, "%s_%03d.csv", names[i].begins, number));
    }
    return embedded;
}

bool world_make(World *world, Error *err)
{
    const char *data = world->story->data;
    world->data[HERE] = data;
    world->data[THERE] = below(world, data, "world/fukuoka");
    world->data[NETWORK] = below(world, data, "world/network");
    if (!folder_made(below(world, data, "world"), err) || !folder_made(below(world, data, "world/files"), err))
        return false;
    for (int i = 0; i < story_files_count; i++)
        if (!file_written(world_file(world, name_of(world, story_files[i].name)), story_files[i].text, err))
            return false;
    return true;
}

bool world_said(const World *world, const char *name, Str *text, Error *err)
{
    char line[4096];
    Text said = {0};
    FILE *in = regular_file_read(world_file(world, name));
    if (!in)
        return FAIL(err, E_FILE_OPEN, .value = str_of(name), .words = S("コマンドの結果が読めません。"));
    while (fgets(line, sizeof line, in)) text_add(&said, world->arena, str_of(line));
    (void)fclose(in);
    *text = text_str(&said);
    return true;
}

// What stands behind `words` in a text; {0}: they do not stand there.
Str number_behind(Str text, const char *words)
{
    ptrdiff_t at = str_find(text, str_of(words)), len = 0;
    if (at < 0) return (Str){0};
    Str rest = str_from(text, at + str_of(words).len);
    while (len < rest.len && rest.at[len] >= '0' && rest.at[len] <= '9') len++;
    return str_first(rest, len);
}

// ---- servers

static bool served(World *world, Where where, const char *program, const char *command, Companion *companion, Error *err)
{
    const char *path;
    Arguments arguments = {0};
    if (!sibling_path(world->arena, program, &path, err)) return false;
    const char *const words[] = {path, command, "--port=0", "--data", world->data[where], "--as-of", world->story->day};
    for (ptrdiff_t i = 0; i < countof(words); i++) arguments_add(&arguments, words[i]);
    return companion_start(&arguments, world->arena, companion, err);
}

static bool told(const World *world, const char *variable, Where where, Error *err)
{
    return setenv(variable, str_z(world->arena, world->serves[where].address), 1) == 0 ||
           FAIL(err, E_INTERNAL, .words = S("環境変数を渡せません。"));
}

bool world_serve(World *world, Error *err)
{
    return served(world, NETWORK, "sesshu-network", "serve", &world->serves[NETWORK], err) &&
           told(world, "SESSHU_NETWORK", NETWORK, err) &&
           served(world, HERE, "sesshu-intermediate", "serve", &world->serves[HERE], err) &&
           served(world, THERE, "sesshu-intermediate", "serve", &world->serves[THERE], err);
}

bool world_screens(World *world, Where where, Companion *screens, Error *err)
{
    return served(world, where, "sesshu-ledger", "desk", screens, err);
}

void world_end(World *world)
{
    for (int i = 0; i < WHERE_COUNT; i++) companion_end(&world->serves[i]);
    (void)unsetenv("SESSHU_NETWORK");
    (void)unsetenv("SESSHU_INTERMEDIATE");
}

// ---- what is typed

static Step *step_typed(const World *world, const Line *line)
{
    Cut cut = str_cut(str_of(line->line), ' ');
    const char *system = str_z(world->arena, cut.head);
    Step *step = step_of(world->arena, world->story->front, line->words, system, NULL);
    while (cut.found) {
        cut = str_cut(cut.tail, ' ');
        const char *word = str_z(world->arena, cut.head);
        arguments_add(&step->arguments, *word == '@' ? world_file(world, name_of(world, word + 1)) : word);
    }
    return step;
}

bool line_done(const World *world, const Line *line, Error *err)
{
    Step *step = step_typed(world, line);
    step->output = world_file(world, line->output ? line->output : "said.txt");
    step->quiet = line->words ? NULL : world_file(world, "quiet.txt");
    step->input = line->input;
    step->may_refuse = line->may_refuse;
    step_option(step, "--data", world->data[line->where]);
    if (line->where == NETWORK) return step_run(step, err);
    step_option(step, "--as-of", world->story->day);
    bool serves = world->serves[line->where].process != 0;
    return (!serves || told(world, "SESSHU_INTERMEDIATE", line->where, err)) && step_run(step, err);
}

bool lines_done(const World *world, const Line *lines, ptrdiff_t count, Error *err)
{
    for (ptrdiff_t i = 0; i < count; i++)
        if (!line_done(world, &lines[i], err)) return false;
    return true;
}
