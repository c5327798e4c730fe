// The world of the demo's story: where each system lies, which servers run, and what is typed where.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "demo_step.h"
#include "demo_story.h"

typedef enum Where { HERE, THERE, NETWORK, WHERE_COUNT } Where;

typedef struct World {
    const DemoStory *story;
    Arena *arena;
    const char *data[WHERE_COUNT];
    Companion serves[WHERE_COUNT];  // of a city its intermediate server
} World;

// What an operator types in one of them. "@name" in the line is a file of the story.
typedef struct Line {
    Where where;
    const char *words;   // what it is for; NULL: it is not shown
    const char *line;    // "ledger offer --since 2026-03-01"
    const char *output;  // a file of the story for its standard output; NULL: said.txt
    Str input;
    bool may_refuse;
} Line;

// Folders, and the story's own files in them.
MUST bool world_make(World *world, Error *err);
// A file of the story, by its name.
const char *world_file(const World *world, const char *name);
MUST bool world_said(const World *world, const char *name, Str *text, Error *err);
// The digits behind these words in a text; {0}: they do not stand there.
Str number_behind(Str text, const char *words);
// The network, and in each city the server that speaks with it.
MUST bool world_serve(World *world, Error *err);
void world_end(World *world);
// The screens of a city's ledger, until they are ended.
MUST bool world_screens(World *world, Where where, Companion *screens, Error *err);

MUST bool line_done(const World *world, const Line *line, Error *err);
MUST bool lines_done(const World *world, const Line *lines, ptrdiff_t count, Error *err);
#define LINES_DONE(world, lines, err) lines_done(world, lines, countof(lines), err)
