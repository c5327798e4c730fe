// Long work of a program as its page shows it: what runs, what stopped or failed, what is done.
//
// Source  the notes of work (job_note.h): whoever asked by a command or at a screen. A program whose screens take orders says
//         where the page of one is; orders that nobody began have no note, and are its own to add.
// Shown   nobody's name but those of the staff who asked.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "job_note.h"
#include "jobs_html.h"
#include "office_routes.h"

enum { JOBS_PAST_MOST = 50 };

// Where more is told of the work of this note; NULL: nowhere.
typedef Path JobPlace(const Visit *visit, const JobWay *way);

MUST bool jobs_shown(Visit *visit, JobPlace *place, JobsPage *page, Error *err);
// How many are at work, and how many stopped, for the frame of every page.
MUST bool jobs_counted(Visit *visit, int64_t *running, int64_t *stopped, Error *err);
// At the speed so far; {0} where the work has only begun.
Str job_left_words(const JobWay *way, Instant now, Arena *arena);
