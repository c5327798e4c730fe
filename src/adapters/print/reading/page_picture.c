// SPDX-License-Identifier: Apache-2.0
#include "page_picture.h"

#include <errno.h>
#include <math.h>
#include <poppler.h>
#include <unistd.h>

#include "confined.h"

enum { PICTURE_DPI = 110, SIDE_MOST = 2400 };

GBytes *paper_file_read(int file)
{
    GMappedFile *mapped = g_mapped_file_new_from_fd(file, FALSE, NULL);
    if (!mapped) return NULL;
    GBytes *bytes = g_mapped_file_get_bytes(mapped);
    g_mapped_file_unref(mapped);
    if (confined_to_descriptors()) return bytes;
    g_bytes_unref(bytes);
    return NULL;
}

static cairo_status_t write_piece(void *out, const unsigned char *bytes, unsigned int count)
{
    while (count) {
        ssize_t wrote = write(*(const int *)out, bytes, count);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return CAIRO_STATUS_WRITE_ERROR;
        bytes += wrote;
        count -= (unsigned)wrote;
    }
    return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t drawn(PopplerPage *page, int out)
{
    double width, height;
    const double scale = PICTURE_DPI / 72.0;
    poppler_page_get_size(page, &width, &height);
    int w = (int)ceil(fmin(width * scale, SIDE_MOST)), h = (int)ceil(fmin(height * scale, SIDE_MOST));
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    poppler_page_render(page, cairo);
    cairo_status_t status = cairo_status(cairo);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(surface, write_piece, &out);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return status;
}

bool page_picture(GBytes *bytes, int page, int out, Error *err)
{
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, NULL);
    bool there = document && page >= 0 && page < poppler_document_get_n_pages(document);
    PopplerPage *found = there ? poppler_document_get_page(document, page) : NULL;
    bool good = found && drawn(found, out) == CAIRO_STATUS_SUCCESS;
    if (found) g_object_unref(found);
    if (document) g_object_unref(document);
    return good || FAIL(err, E_PAPER, .item = S("ファイル"));
}
