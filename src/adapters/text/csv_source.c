// SPDX-License-Identifier: Apache-2.0
#include "csv_source.h"

#include "regular_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static bool read_failed(Error *err)
{
    return FAIL(err, E_FILE_READ,
                .words = S("ファイルを読み取れません。ファイルと装置をお確かめください。"));
}

bool csv_source_peek(const CsvSource *source, int64_t offset, char *at, ptrdiff_t room,
                     ptrdiff_t *len, Error *err)
{
    if (source->fd < 0) {
        int64_t left = source->size - offset;
        *len = (ptrdiff_t)(left < room ? left : room);
        if (*len) memcpy(at, source->bytes.at + offset, (size_t)*len);
        return true;
    }
    ssize_t got;
    do got = pread(source->fd, at, (size_t)room, offset);
    while (got < 0 && errno == EINTR);
    if (got < 0) return read_failed(err);
    *len = got;
    return true;
}

static bool hash_whole(CsvSource *source, Error *err)
{
    char part[16384];
    int64_t offset = 0;
    Sha256Run *run = sha256_begin();
    for (;;) {
        ptrdiff_t len = 0;
        bool ok = csv_source_peek(source, offset, part, sizeof part, &len, err);
        if (!ok || len == 0) {
            source->hash = sha256_end(run);
            source->size = offset;
            return ok;
        }
        sha256_add(run, (Bytes){(const unsigned char *)part, len});
        offset += len;
    }
}

static Str why_closed(int failure)
{
    if (failure == ENOENT || failure == ENOTDIR) return S("ファイルがありません。名前と場所をお確かめください。");
    if (failure == EINVAL) return S("フォルダーなどで、ファイルではありません。CSV のファイルを指定してください。");
    if (failure == EACCES || failure == EPERM) return S("ファイルを読み取る権限がありません。持ち主に読み取り権限を頼んでください。");
    return S("ファイルを開けません。名前と読み取り権限をお確かめください。");
}

bool csv_source_open(const char *path, CsvSource *source, Error *err)
{
    CsvSource opened = {.fd = regular_file_open(path, O_RDONLY, 0)};
    if (opened.fd < 0) return FAIL(err, E_FILE_OPEN, .value = str_of(path), .words = why_closed(errno));
    if (!hash_whole(&opened, err)) {
        (void)close(opened.fd);
        return false;
    }
    opened.again = sha256_begin();
    *source = opened;
    return true;
}

void csv_source_of_text(Str bytes, CsvSource *source)
{
    *source = (CsvSource){
        .fd = -1,
        .bytes = bytes,
        .size = bytes.len,
        .hash = sha256_of_text(bytes),
        .again = sha256_begin(),
    };
}

bool csv_source_read(CsvSource *source, char *at, ptrdiff_t room, ptrdiff_t *len, Error *err)
{
    if (!csv_source_peek(source, source->offset, at, room, len, err)) return false;
    sha256_add(source->again, (Bytes){(const unsigned char *)at, *len});
    source->offset += *len;
    return true;
}

bool csv_source_same(CsvSource *source)
{
    Sha256 seen = sha256_end(source->again);
    source->again = NULL;
    return sha256_equal(&seen, &source->hash);
}

void csv_source_close(CsvSource *source)
{
    if (source->again) (void)sha256_end(source->again);
    if (source->fd >= 0) (void)close(source->fd);
    *source = (CsvSource){.fd = -1};
}
