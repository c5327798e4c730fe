// SPDX-License-Identifier: Apache-2.0
#include "trail.h"

#include "logging.h"
#include "regular_file.h"
#include "wire.h"
#include "witness.h"

#include <assert.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_MOST = 512 };  // two whole lines

Trail trail_of(Keys *keys, Str data_dir, Str program, Arena *arena)
{
    return (Trail){.keys = keys,
                   .words = "証跡",
                   .epochs = {data_dir, program},
                   .head_path = str_z(
                       arena, str_format(arena, "%.*s/%.*s.trail", STR(data_dir), STR(program)))};
}

bool trail_found(const Trail *trail, Error *err)
{
    int file = regular_file_open(trail->head_path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW, 0600);
    bool made = file >= 0 && fsync(file) == 0;
    if (file >= 0) (void)close(file);
    return made || FAIL(err, E_FILE_WRITE, .value = str_of(trail->head_path),
                        .words = S("証跡の控えを書けません。空きと権限を確かめてください。"));
}

// ---- a line: "72 3 CHAIN MAC", chain and MAC in hex

static Str line_content(const TrailHead *head, Arena *arena)
{
    char chain[SHA256_TEXT_SIZE];
    return str_format(arena, "%lld %lld %s", (long long)head->head.leaf_no,
                      (long long)head->epoch_no, sha256_text(&head->head.chain, chain));
}

static Str mac_of(const Trail *trail, Str content, Arena *arena)
{
    char text[SHA256_TEXT_SIZE];
    Sha256 mac = keys_index(trail->keys, S("audit.head"),
                            (Bytes){(const unsigned char *)content.at, content.len});
    return str_copy(arena, str_of(sha256_text(&mac, text)));
}

bool trail_line_read(const Trail *trail, Str line, Arena scratch, TrailHead *head)
{
    Cut leaf = str_cut(line, ' '), epoch = str_cut(leaf.tail, ' '),
        chain = str_cut(epoch.tail, ' ');
    ptrdiff_t content = line.len - chain.tail.len - 1;
    return chain.found && str_int64(leaf.head, &head->head.leaf_no) &&
           str_int64(epoch.head, &head->epoch_no) && sha256_parse(chain.head, &head->head.chain) &&
           str_equal(chain.tail, mac_of(trail, str_first(line, content), &scratch));
}

// ---- the file

// What a machine that stopped left of a line is no line.
static void torn_line_cut(int file)
{
    char last;
    off_t size = lseek(file, 0, SEEK_END);
    while (size > 0 && pread(file, &last, 1, size - 1) == 1 && last != '\n') size--;
    int cut = ftruncate(file, size);
    (void)cut;
}

static bool last_line(int file, char text[LINE_MOST], Str *line)
{
    off_t size = lseek(file, 0, SEEK_END), from = size > LINE_MOST ? size - LINE_MOST : 0;
    ssize_t len = pread(file, text, LINE_MOST, from);
    while (len > 0 && text[len - 1] != '\n') len--;  // torn
    if (len <= 0) return false;
    ptrdiff_t begin = len - 1;
    while (begin > 0 && text[begin - 1] != '\n') begin--;
    *line = (Str){text + begin, len - 1 - begin};
    return true;
}

// Another process may have committed after us and written before us.
static bool written_already(const Trail *trail, int file, int64_t leaf_no, Arena scratch)
{
    char text[LINE_MOST];
    Str line;
    TrailHead last;
    return last_line(file, text, &line) && trail_line_read(trail, line, scratch, &last) &&
           last.head.leaf_no >= leaf_no;
}

static bool line_append(const Trail *trail, int file, const TrailHead *head, Arena scratch)
{
    if (flock(file, LOCK_EX) != 0) return false;
    torn_line_cut(file);
    if (written_already(trail, file, head->head.leaf_no, scratch)) return true;
    assert(head->head.leaf_no > 0);
    Str content = line_content(head, &scratch), mac = mac_of(trail, content, &scratch);
    Str line = str_format(&scratch, "%.*s %.*s\n", STR(content), STR(mac));
    if (!trail->shown_after) witness_tell(trail, line);  // looks hang on the changes that name them
    return write(file, line.at, (size_t)line.len) == (ssize_t)line.len && fdatasync(file) == 0;
}

bool trail_head_last(const Trail *trail, TrailHead *head)
{
    char text[LINE_MOST];
    Str line;
    Arena scratch = arena_reserve(1 << 16);
    int file = regular_file_open(trail->head_path, O_RDONLY | O_NOFOLLOW, 0);
    *head = (TrailHead){0};
    bool empty = file >= 0 && lseek(file, 0, SEEK_END) == 0;
    bool read = file >= 0 &&
                (empty || (last_line(file, text, &line) && trail_line_read(trail, line, scratch, head)));
    if (file >= 0) (void)close(file);
    arena_release(scratch);
    return read;
}

void trail_head_append(const Trail *trail, const TrailHead *head)
{
    Arena scratch = arena_reserve(1 << 16);
    // Never made here: a file that is gone is a loss that must be seen.
    int file = regular_file_open(trail->head_path, O_RDWR | O_APPEND | O_NOFOLLOW, 0);
    if (file < 0 || !line_append(trail, file, head, scratch))
        log_line(LOG_ERROR, "event=trail_head_not_written leaf=%lld",
                 (long long)head->head.leaf_no);
    if (file >= 0) (void)close(file);
    arena_release(scratch);
}

static bool heads_parse(const Trail *trail, Str text, Arena *arena, TrailHeads *heads)
{
    while (text.len) {
        TrailHead head;
        Cut line = str_cut(text, '\n');
        if (!line.found) return true;  // torn: the next writer cuts it off
        if (!trail_line_read(trail, line.head, *arena, &head)) return false;
        *trail_heads_push(heads, arena) = head;
        text = line.tail;
    }
    return true;
}

bool trail_heads_read(const Trail *trail, Arena *arena, TrailHeads *heads, bool *there,
                      bool *forged, Error *err)
{
    struct stat status;
    *heads = (TrailHeads){0};
    *forged = false;
    int file = regular_file_open(trail->head_path, O_RDONLY | O_NOFOLLOW, 0);
    *there = file >= 0;
    if (!*there) return true;
    bool sized = fstat(file, &status) == 0;
    Arena whole = arena_reserve((sized ? (ptrdiff_t)status.st_size : 0) + 1);
    ssize_t len = sized ? pread(file, whole.at, (size_t)status.st_size, 0) : -1;
    (void)close(file);
    *forged = len >= 0 && !heads_parse(trail, (Str){whole.at, len}, arena, heads);
    arena_release(whole);
    return len >= 0 || FAIL(err, E_FILE_READ, .value = str_of(trail->head_path),
                            .words = S("証跡の控えを読めません。権限を確かめてください。"));
}

// ---- epochs

static Str bytes_hex(Bytes bytes, Arena *arena)
{
    Text text = {0};
    for (ptrdiff_t i = 0; i < bytes.len; i++) text_addf(&text, arena, "%02x", bytes.at[i]);
    return text_str(&text);
}

// What the key of the epoch before signs.
static Str epoch_statement(const Trail *trail, const AuditEpoch *epoch, Arena *arena)
{
    enum {
        PROGRAM = 1,
        EPOCH_NO,
        BEGINS_ON,
        PUBLIC_KEY,
        AFTER_LEAF,
        AFTER_CHAIN,
        ITEMS = AFTER_CHAIN
    };
    WireOut out = {.arena = arena};
    wire_put_map(&out, ITEMS);
    wire_put_number(&out, PROGRAM);
    wire_put_text(&out, trail->epochs.program);
    wire_put_number(&out, EPOCH_NO);
    wire_put_number(&out, epoch->epoch_no);
    wire_put_number(&out, BEGINS_ON);
    wire_put_number(&out, epoch->begins_on);
    wire_put_number(&out, PUBLIC_KEY);
    wire_put_text(&out, bytes_hex(epoch->public_key, arena));
    wire_put_number(&out, AFTER_LEAF);
    wire_put_number(&out, epoch->after_leaf);
    wire_put_number(&out, AFTER_CHAIN);
    wire_put_text(&out, bytes_hex(epoch->after_chain, arena));
    return wire_bytes(&out);
}

bool trail_epoch_follows(const Trail *trail, const AuditEpoch *epoch, const AuditEpoch *before,
                         Arena scratch)
{
    Str said = epoch_statement(trail, epoch, &scratch);
    if (!before) return epoch->epoch_no == 1 && epoch->signature.len == 0;
    return epoch->epoch_no == before->epoch_no + 1 && epoch->begins_on >= before->begins_on &&
           epoch->after_leaf >= before->after_leaf &&
           epoch_signature_valid(before->public_key,
                                 (Bytes){(const unsigned char *)said.at, said.len},
                                 epoch->signature);
}

// Without the key of the epoch before, work goes on, and the gap stays in the open: audit_verify names it.
static bool epoch_sign(const Trail *trail, const AuditEpoch *before, AuditEpoch *epoch,
                       unsigned char signature[EPOCH_SIGNATURE_BYTES], Arena scratch, Error *err)
{
    bool there;
    Str said = epoch_statement(trail, epoch, &scratch);
    if (!epoch_key_sign(&trail->epochs, before->public_key, (Bytes){(const unsigned char *)said.at, said.len}, signature,
                        &there, scratch, err))
        return false;
    if (there) epoch->signature = (Bytes){signature, EPOCH_SIGNATURE_BYTES};
    if (!there) log_line(LOG_ERROR, "event=trail_key_gone epoch=%lld", (long long)before->epoch_no);
    return true;
}

static bool epoch_begin(const Trail *trail, Store *store, const AuditEpoch *before,
                        const AuditHead *head, Day today, Arena scratch, Error *err)
{
    unsigned char public_key[EPOCH_PUBLIC_BYTES], signature[EPOCH_SIGNATURE_BYTES];
    if (!epoch_key_next(&trail->epochs, public_key, scratch, err)) return false;
    AuditEpoch epoch = {.epoch_no = before->epoch_no + 1,
                        .begins_on = today,
                        .public_key = {public_key, sizeof public_key},
                        .after_leaf = head->leaf_no,
                        .after_chain = head->leaf_no ? sha256_bytes(&head->chain) : (Bytes){0}};
    return (!before->epoch_no || epoch_sign(trail, before, &epoch, signature, scratch, err)) &&
           audit_epoch_write(store, &epoch, err);
}

bool trail_knows_epochs(const Trail *trail, Arena scratch)
{
    TrailHead last;
    return (trail_head_last(trail, &last) && last.epoch_no > 0) ||
           epoch_key_any(&trail->epochs, scratch);
}

// A process that died after its commit left the key before unwiped. An epoch that no line of the file knows may have
// begun in this very transaction, and come to nothing with it: then the key before is the one to sign with.
static bool epoch_now(const Trail *trail, Store *store, Arena *scratch, AuditEpoch *last, Error *err)
{
    TrailHead line;
    if (!audit_epoch_last(store, scratch, last, err)) return false;
    bool committed = last->epoch_no && trail_head_last(trail, &line) && line.epoch_no >= last->epoch_no;
    return !committed || epoch_key_enter(&trail->epochs, last->public_key, *scratch, err);
}

bool trail_epoch(const Trail *trail, Store *store, const AuditHead *head, Instant at, Arena scratch,
                 Error *err)
{
    AuditEpoch last;
    Day today = instant_day_in_japan(at);
    if (!epoch_now(trail, store, &scratch, &last, err)) return false;
    if (last.epoch_no && today <= last.begins_on) return true;
    return epoch_begin(trail, store, &last, head, today, scratch, err);
}

bool trail_epoch_anew(const Trail *trail, Store *store, const AuditHead *head, Instant at, Arena scratch,
                      Error *err)
{
    AuditEpoch last;
    Day today = instant_day_in_japan(at);
    if (!epoch_now(trail, store, &scratch, &last, err)) return false;
    Day begins_on = last.begins_on > today ? last.begins_on : today;
    return epoch_begin(trail, store, &last, head, last.epoch_no ? begins_on : today, scratch, err);
}

// ---- after the commit

typedef struct Moved {
    const Trail *trail;
    TrailHead head;
    unsigned char public_key[EPOCH_PUBLIC_BYTES];
} Moved;
_Static_assert(sizeof(Moved) <= STORE_CONTEXT_MOST, "the store keeps it until the commit");

static void committed(const void *context)
{
    const Moved *moved = context;
    Error left = {0};
    Arena scratch = arena_reserve(1 << 16);
    if (!epoch_key_enter(&moved->trail->epochs, (Bytes){moved->public_key, EPOCH_PUBLIC_BYTES},
                         scratch, &left))
        log_line(LOG_ERROR, "event=trail_key_not_wiped epoch=%lld",
                 (long long)moved->head.epoch_no);
    arena_release(scratch);
    trail_head_append(moved->trail, &moved->head);
}

bool trail_moved(const Trail *trail, Store *store, const AuditHead *head, Arena scratch, Error *err)
{
    AuditEpoch epoch;
    assert(head->leaf_no > 0);
    if (!audit_epoch_last(store, &scratch, &epoch, err)) return false;
    assert(epoch.public_key.len == EPOCH_PUBLIC_BYTES);
    Moved moved = {trail, {*head, epoch.epoch_no}, {0}};
    memcpy(moved.public_key, epoch.public_key.at, EPOCH_PUBLIC_BYTES);
    store_after_commit(store, committed, &moved, sizeof moved);
    return true;
}
