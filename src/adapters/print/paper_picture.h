// A page of a file of papers as a picture, drawn by a program of its own that holds nothing but the file (0123).
//
// Privacy the picture shows a person: whoever asks for one writes the record of the look first.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

enum { PAPER_PICTURE_MOST = 4 << 20, PAPER_PICTURE_SECONDS = 20 };

// `program`: PAPER_CHECK_PROGRAM; NULL: it is missing. `file`: open on a PDF; `page` from 0. The PNG lives in `arena`. E_PAPER: it could not be drawn within
// PAPER_PICTURE_SECONDS and PAPER_PICTURE_MOST bytes.
MUST bool paper_picture(const char *program, int file, int page, Arena *arena, Str *png, Error *err);
