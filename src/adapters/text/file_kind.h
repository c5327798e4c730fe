// What a file that cannot be taken seems to be: whoever gave it to the wrong command hears which one takes it.
//
// Told by its first bytes (a workbook, an archive, a picture, another encoding), or by headings that only one of the
// files of docs/files.md has, the lists that we write ourselves among them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"

enum { FILE_KIND_BYTES = 4096 };  // so many first bytes tell

// Refuses what is no CSV by its first bytes: E_ENCODING for UTF-16 and UTF-32, else E_FILE_LAYOUT.
MUST bool first_bytes_fit(Str first, Error *err);

// A sentence that says what a file with these headings seems to be, and what takes it; {0} where nobody can say, or
// where it is what `asked` reads.
Str headings_seem(const Str *headings, int count, const CsvLayout *asked, Arena *arena);

// The same of a file that is refused for its name; false where its bytes are no CSV, or where it cannot be opened.
MUST bool file_seems(const char *path, const CsvLayout *asked, Arena *arena, Str *seems, Error *err);
