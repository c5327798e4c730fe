// What leaves: status, headers, bytes.
// SPDX-License-Identifier: Apache-2.0
#include "web_answer.h"

// A browser follows a form's answer only to where forms may lead.
WebManner manner_of(const WebSetup *setup, Str beside, Arena *arena)
{
    bool secure = setup->tls != NULL;
    const char *session = setup->session ? setup->session : WEB_COOKIE;
    if (secure) session = str_z(arena, str_format(arena, WEB_COOKIE_SECURE "%s", session));
    Str policy = str_format(
        arena,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'%s%.*s; base-uri 'none'; frame-ancestors 'none'",
        beside.len ? " " : "", STR(beside));
    return (WebManner){secure, session, beside, str_z(arena, policy)};
}

enum { PLACE_SECONDS = 400 * 24 * 3600 };

static void header(struct MHD_Response *response, const char *name, const char *value)
{
    (void)MHD_add_response_header(response, name, value);
}

static struct MHD_Response *response_of(Str bytes, enum MHD_ResponseMemoryMode mode)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer((size_t)bytes.len, (void *)(uintptr_t)bytes.at, mode);
    if (!response) return NULL;
    header(response, "X-Content-Type-Options", "nosniff");
    header(response, "Referrer-Policy", "no-referrer");
    header(response, "Cross-Origin-Opener-Policy", "same-origin");
    header(response, "Cross-Origin-Resource-Policy", "same-origin");
    return response;
}

static void never_kept(struct MHD_Response *response, const WebManner *manner)
{
    header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    header(response, "Content-Security-Policy", manner->policy);
    if (manner->secure) header(response, "Strict-Transport-Security", "max-age=31536000");
    header(response, "X-Frame-Options", "DENY");
}

static struct MHD_Response *page_response(const WebManner *manner, Str bytes)
{
    struct MHD_Response *response = response_of(bytes, MHD_RESPMEM_MUST_COPY);
    if (!response) return NULL;
    header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/html; charset=utf-8");
    never_kept(response, manner);
    return response;
}

static struct MHD_Response *file_response(const WebManner *manner, const WebFile *file, Arena scratch)
{
    struct MHD_Response *response = response_of(file->bytes, MHD_RESPMEM_MUST_COPY);
    if (!response) return NULL;
    header(response, MHD_HTTP_HEADER_CONTENT_TYPE, file->type);
    never_kept(response, manner);
    if (file->name)
        header(response, "Content-Disposition",
               str_z(&scratch, str_format(&scratch, "attachment; filename=\"%s\"", file->name)));
    return response;
}

static bool queue(struct MHD_Connection *connection, int status, struct MHD_Response *response)
{
    bool queued = response && MHD_queue_response(connection, (unsigned)status, response) == MHD_YES;
    if (response) MHD_destroy_response(response);
    return queued;
}

static void place_set(struct MHD_Response *response, const WebManner *manner,
                      const WebAnswer *answer, Arena scratch)
{
    if (!answer->place.len) return;
    Str value =
        str_format(&scratch, "%s=%.*s; Path=/signin; HttpOnly; SameSite=Strict; Max-Age=%d%s",
                   manner->secure ? WEB_PLACE_SECURE : WEB_PLACE, STR(answer->place), PLACE_SECONDS,
                   manner->secure ? "; Secure" : "");
    header(response, MHD_HTTP_HEADER_SET_COOKIE, str_z(&scratch, value));
}

static void cookie_set(struct MHD_Response *response, const WebManner *manner,
                       const WebAnswer *answer, Arena scratch)
{
    if (!answer->cookie.len && !answer->cookie_forgotten) return;
    const char *ends = answer->cookie_forgotten ? "; Max-Age=0" : "";
    Str value =
        str_format(&scratch, "%s=%.*s; Path=/; HttpOnly; SameSite=Strict%s%s", manner->session,
                   STR(answer->cookie), manner->secure ? "; Secure" : "", ends);
    header(response, MHD_HTTP_HEADER_SET_COOKIE, str_z(&scratch, value));
}

static void location_set(struct MHD_Response *response, const WebManner *manner,
                         const WebAnswer *answer, Arena scratch)
{
    Str place = path_text(answer->go);
    if (answer->elsewhere) place = str_join(&scratch, manner->beside, place);
    header(response, MHD_HTTP_HEADER_LOCATION, str_z(&scratch, place));
}

enum { RENEWED_AFTER = 4 };  // seconds

static void renewal_set(struct MHD_Response *response, const WebAnswer *answer, Arena scratch)
{
    if (answer->renews) header(response, "Refresh", str_z(&scratch, str_format(&scratch, "%d", RENEWED_AFTER)));
}

bool answer_send(struct MHD_Connection *connection, const WebManner *manner,
                 const WebAnswer *answer, Arena scratch)
{
    Str bytes = answer->page ? markup_bytes(answer->page) : S("");
    struct MHD_Response *response = answer->file.type ? file_response(manner, &answer->file, scratch)
                                                      : page_response(manner, bytes);
    if (!response) return false;
    cookie_set(response, manner, answer, scratch);
    place_set(response, manner, answer, scratch);
    renewal_set(response, answer, scratch);
    if (answer->go) location_set(response, manner, answer, scratch);
    int status = answer->status ? answer->status : MHD_HTTP_OK;
    return queue(connection, answer->go ? MHD_HTTP_SEE_OTHER : status, response);
}

bool answer_alone(struct MHD_Connection *connection, const WebManner *manner, int status, Str words)
{
    return queue(connection, status, page_response(manner, words));
}

bool asset_send(struct MHD_Connection *connection, const WebAsset *asset)
{
    struct MHD_Response *response = response_of(asset->text, MHD_RESPMEM_PERSISTENT);
    if (!response) return false;
    header(response, MHD_HTTP_HEADER_CONTENT_TYPE, asset->type);
    header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "public, max-age=31536000, immutable");
    return queue(connection, MHD_HTTP_OK, response);
}
