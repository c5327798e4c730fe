// A node's disk: a row is written whole or not at all, as the stores of the programs do it (a journal whose hash must fit).
// SPDX-License-Identifier: Apache-2.0
#include "checkers.h"
#include "world.h"

#include <string.h>

bool has_room(const World *w, int node)
{
    return w->now >= w->nodes[node].no_room_until;
}

// The power goes while the journal is written: what had not reached the disk is what was there before.
static void tear(World *w, Journal *journal, void *row, const void *next, ptrdiff_t len)
{
    const unsigned char *was = row, *after = next;
    ptrdiff_t last = len;
    while (last > 0 && was[last - 1] == after[last - 1]) last--;
    if (last == 0) return;
    unsigned char *image = NEW(&w->arena, unsigned char, len), *before = NEW(&w->arena, unsigned char, len);
    memcpy(before, was, (size_t)len);
    memcpy(image, was, (size_t)len);
    memcpy(image, after, (size_t)chance_below(&w->chance, last));
    *journal = (Journal){.row = row, .image = {image, len}, .before = {before, len}, .hash = sha256_of((Bytes){after, len})};
}

bool disk_commit(World *w, int node, void *row, const void *next, ptrdiff_t len)
{
    if (!has_room(w, node)) {
        w->report->faults[FAULT_NO_ROOM]++;
        return false;
    }
    if (crashes(w, node, BEFORE_COMMIT)) {
        if (chance_one_in(&w->chance, 2)) tear(w, &w->nodes[node].journal, row, next, len);
        return false;
    }
    memcpy(row, next, (size_t)len);
    return true;
}

void disk_recovers(World *w, int node)
{
    Journal *journal = &w->nodes[node].journal;
    if (!journal->row) return;
    Sha256 found = sha256_of(journal->image);
    if (sha256_equal(&found, &journal->hash)) memcpy(journal->row, journal->image.at, (size_t)journal->image.len);
    w->report->faults[FAULT_TORN]++;
    check_recovered(w, journal);
    *journal = (Journal){0};
}
