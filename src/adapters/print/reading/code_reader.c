// SPDX-License-Identifier: Apache-2.0
#include "code_reader.h"

#include <assert.h>
#include <string.h>

// The part of zbar 0.23's interface that is used here. Debian ships the library with its tools and
// the header apart from both; these declarations follow its documented C interface.
typedef struct zbar_image_s zbar_image_t;
typedef struct zbar_image_scanner_s zbar_image_scanner_t;
typedef struct zbar_symbol_s zbar_symbol_t;
typedef enum { ZBAR_CODABAR = 38, ZBAR_QRCODE = 64 } zbar_symbol_type_t;
enum { ZBAR_CFG_ENABLE = 0 };

zbar_image_scanner_t *zbar_image_scanner_create(void);
void zbar_image_scanner_destroy(zbar_image_scanner_t *scanner);
int zbar_image_scanner_set_config(zbar_image_scanner_t *scanner, int symbology, int config,
                                  int value);
int zbar_scan_image(zbar_image_scanner_t *scanner, zbar_image_t *image);
zbar_image_t *zbar_image_create(void);
void zbar_image_destroy(zbar_image_t *image);
void zbar_image_set_format(zbar_image_t *image, unsigned long format);
void zbar_image_set_size(zbar_image_t *image, unsigned width, unsigned height);
void zbar_image_set_data(zbar_image_t *image, const void *data, unsigned long length,
                         void (*cleanup)(zbar_image_t *));
const zbar_symbol_t *zbar_image_first_symbol(const zbar_image_t *image);
const zbar_symbol_t *zbar_symbol_next(const zbar_symbol_t *symbol);
zbar_symbol_type_t zbar_symbol_get_type(const zbar_symbol_t *symbol);
const char *zbar_symbol_get_data(const zbar_symbol_t *symbol);

enum { FORMAT_Y800 = 'Y' | '8' << 8 | '0' << 16 | '0' << 24 };

static CodeKind kind_of(zbar_symbol_type_t type)
{
    if (type == ZBAR_CODABAR) return CODE_NW7;
    return type == ZBAR_QRCODE ? CODE_QR : CODE_OTHER;
}

static void collect(const zbar_image_t *image, CodesRead *read)
{
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol;
         symbol = zbar_symbol_next(symbol)) {
        const char *text = zbar_symbol_get_data(symbol);
        if (read->count == CODES_MAX || strlen(text) > CODE_TEXT_MAX) continue;
        CodeRead *code = &read->codes[read->count++];
        code->kind = kind_of(zbar_symbol_get_type(symbol));
        memcpy(code->text, text, strlen(text) + 1);
    }
}

CodesRead codes_read(GreyPicture picture)
{
    CodesRead read = {0};
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    assert(scanner);
    assert(image);
    zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner, ZBAR_CODABAR, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);

    zbar_image_set_format(image, FORMAT_Y800);
    zbar_image_set_size(image, (unsigned)picture.width, (unsigned)picture.height);
    zbar_image_set_data(image, picture.at,
                        (unsigned long)picture.width * (unsigned long)picture.height, NULL);
    if (zbar_scan_image(scanner, image) > 0) collect(image, &read);

    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    return read;
}
