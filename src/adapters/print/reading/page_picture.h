// One page of a file of papers as a picture, inside the program that reads them back.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

#include <glib.h>

// The file on this descriptor, whole; behind it the process has nothing else any more (confined.h). NULL where it
// cannot be read, or the process not confined.
GBytes *paper_file_read(int file);

// Page `page`, from 0, as a PNG onto `out`. E_PAPER: there is no such page, or it cannot be drawn.
MUST bool page_picture(GBytes *bytes, int page, int out, Error *err);
