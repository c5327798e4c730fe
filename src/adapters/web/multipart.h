// A form with a file (multipart/form-data, RFC 7578), read as it arrives, cut anywhere: its texts are kept, the bytes of
// its one file go on as they come, and nothing of the file is held.
//
// Our own and not the library's: that one decodes names in place, takes nested parts and two files, and tells nothing of
// what it skipped. Here whatever no form of ours sends is refused.
// Limits  MULTIPART_HEAD_MOST bytes for the head of a part, MULTIPART_TEXTS_MOST for all texts together.
// Errors  E_MESSAGE: it is no such form, or ends before its end; E_LIMIT; those of `bytes`.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "web_request.h"

enum { MULTIPART_BOUNDARY_MOST = 70, MULTIPART_HEAD_MOST = 1024, MULTIPART_TEXTS_MOST = 16 << 10 };

// Takes the next bytes of the file. False ends the reading, with an error.
typedef bool MultipartBytes(void *context, Str bytes, Error *err);

typedef struct Multipart {
    char delimiter[MULTIPART_BOUNDARY_MOST + 5];  // "\r\n--boundary"
    ptrdiff_t delimiter_len;
    int state;
    ptrdiff_t matched;  // of the delimiter, at the end of what was read
    char head[MULTIPART_HEAD_MOST];
    ptrdiff_t head_len;
    bool in_file;
    Str name;   // of the part in hand
    Text text;  // its value
    ptrdiff_t texts;
    Arena *arena;
    MultipartBytes *bytes;
    void *context;

    WebPairs pairs;  // what was typed
    bool has_file;
    Str file_field, file_name;  // as the browser says it: the name alone, no folder
} Multipart;

// False: the content type is not that of such a form.
bool multipart_begin(Multipart *m, Str content_type, MultipartBytes *bytes, void *context, Arena *arena);
MUST bool multipart_feed(Multipart *m, Str part, Error *err);
// Whether all of it was there.
MUST bool multipart_end(const Multipart *m, Error *err);
