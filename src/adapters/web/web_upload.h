// A file that a browser sends, while it arrives: its form is read as it comes, its bytes go into a draft of their own
// folder, and both are gone when the answer has left, whatever became of it.
// Threads one upload belongs to the thread that has its connection in hand.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "multipart.h"
#include "web_server.h"

typedef struct WebUpload {
    Multipart form;
    Str folder, path;  // of the draft
    int file;
    int64_t bytes, most;
    Error trouble;  // of the first thing that went wrong; what comes behind it is read and dropped
} WebUpload;

// The folder stands, and nothing of a server that died lies in it. E_FILE_WRITE.
MUST bool upload_folder_ready(const char *folder, Error *err);
// False: it is no form with a file, and no draft was made.
bool upload_begin(WebUpload *upload, const WebUploads *uploads, Str content_type, Arena *arena);
void upload_busy(WebUpload *upload);  // too many others: it will be refused
void upload_part(WebUpload *upload, Str part);
// What was typed and the draft, into the request.
MUST bool upload_whole(WebUpload *upload, WebRequest *request, Error *err);
void upload_end(WebUpload *upload);
