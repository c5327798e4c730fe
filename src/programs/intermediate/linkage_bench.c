// The floor under one inquiry: its bare cryptography and its durable commits, and nothing else.
//
//     linkage_bench FOLDER INQUIRIES      FOLDER is there; keys and rows are made in it
//
// Cryptography of one inquiry, each once: the one-time pair, its private half sealed and opened again; the asker's code opened
// and the provider's made; both copies of the permit signed, each looked at by whom it is for and the inquirer's by the core;
// the answer (two blocks) sealed, and opened. Commits: the seven acts of an inquiry (asked, permitted, received, passed on, answered,
// passed back, kept), in pages of 200 rows of 700 bytes, as durable as the programs' own.
// Prints microseconds of processor time of one inquiry: crypto, commits, both; and inquiries a second of both on one core.
// SPDX-License-Identifier: Apache-2.0
#include "ed25519.h"
#include "floor_rows.h"
#include "hpke.h"
#include "outlet.h"
#include "pairwise.h"
#include "seal.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ACTS = 7, PAGE = 200, ROW_BYTES = 700, PERMIT_BYTES = 400, ANSWER_BYTES = 2048 };

typedef struct Floor {
    Keys *keys;
    Secret link, master, sign;
    unsigned char sign_public[ED25519_KEY_BYTES];
    PairwiseCode code;
} Floor;

static const PairwiseOwner asker = {{"0220140100500000"}, 1}, provider = {{"0220140130700000"}, 1};

static double used(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static PairwiseKeys pairwise_of(const Floor *f)
{
    return (PairwiseKeys){.link = &f->link, .master = &f->master, .form = PAIRWISE_SIV};
}

static bool floor_made(Floor *f, Str folder, Arena *arena, Error *err)
{
    unsigned char bytes[PAIRWISE_KEY_BYTES] = {1};
    Secret *const secrets[] = {&f->link, &f->master, &f->sign};
    for (int i = 0; i < (int)countof(secrets); i++) secret_set(secrets[i], (Bytes){bytes, sizeof bytes});
    ed25519_public(&f->sign, f->sign_public);
    PairwiseKeys keys = pairwise_of(f);
    PersonLink link = person_link(&keys, &(ResidentRecordCode){"00000000019"});
    f->code = pairwise_made(&keys, &asker, &link);
    return keys_open(folder, S("floor"), arena, &f->keys, err);
}

// ---- the cryptography of one inquiry

static bool codes_turned(const Floor *f, Error *err)
{
    PairwiseCode theirs;
    PairwiseKeys keys = pairwise_of(f);
    return pairwise_translated(&keys, &asker, &f->code, &provider, &theirs, err);
}

static void permits_signed_and_seen(const Floor *f)
{
    enum { COPIES = 2, SEEN = 3 };
    unsigned char permit[PERMIT_BYTES] = {0}, signature[ED25519_SIGNATURE_BYTES];
    for (int i = 0; i < COPIES; i++) ed25519_sign(&f->sign, (Bytes){permit, sizeof permit}, signature);
    for (int i = 0; i < SEEN; i++) {
        bool valid = ed25519_valid((Bytes){f->sign_public, sizeof f->sign_public}, (Bytes){permit, sizeof permit},
                                   (Bytes){signature, sizeof signature});
        assert(valid);
    }
}

static bool inquiry(const Floor *f, int number, Arena arena, Error *err)
{
    SECRET(pair);
    SECRET(opened);
    HpkePublic to;
    Bytes sealed, envelope, plain;
    unsigned char seed[HPKE_SEED_BYTES] = {0}, answer[ANSWER_BYTES] = {0};
    memcpy(seed, &number, sizeof number);
    const SealPlace place = {S("inquiry"), S("private_key"), S("1")};
    const HpkeUse use = {.use = {answer, 16}, .bound = {answer, 32}};
    if (!hpke_keys_made((Bytes){seed, sizeof seed}, &pair, &to, err) ||
        !seal_value(f->keys, place, secret_bytes(&pair), &arena, &sealed, err) || !codes_turned(f, err))
        return false;
    permits_signed_and_seen(f);
    seed[HPKE_SEED_BYTES - 1] = 1;  // the sender's
    return hpke_seal(&to, use, (Bytes){seed, sizeof seed}, (Bytes){answer, sizeof answer}, &arena, &envelope, err) &&
           seal_open(f->keys, place, sealed, &opened, err) && hpke_open(&opened, use, envelope, &arena, &plain, err);
}

static bool cryptography(const Floor *f, int inquiries, Arena arena, Error *err)
{
    for (int i = 0; i < inquiries; i++)
        if (!inquiry(f, i, arena, err)) return false;
    return true;
}

// ---- its commits

static bool commits(Store *store, int inquiries, Error *err)
{
    static const unsigned char row[ROW_BYTES];
    for (int done = 0; done < inquiries; done += PAGE)
        for (int act = 0; act < ACTS; act++)
            if (!floor_commit(store, (Bytes){row, sizeof row}, inquiries - done < PAGE ? inquiries - done : PAGE, err)) return false;
    return true;
}

static bool measured(Str folder, int inquiries, Arena *arena, Error *err)
{
    Floor f = {0};
    Store *store = NULL;
    if (!floor_made(&f, folder, arena, err) || !floor_open(folder, arena, &store, err)) return false;
    double began = used();
    bool good = cryptography(&f, inquiries, *arena, err);
    double between = used();
    good = good && commits(store, inquiries, err);
    double ended = used();
    store_close(store);
    keys_close(f.keys);
    double both = (ended - began) / inquiries;
    if (good)
        (void)printf("crypto,%.1f\ncommits,%.1f\nboth,%.1f\na_second,%.0f\n", (between - began) / inquiries, (ended - between) / inquiries,
                     both, 1e6 / both);
    return good;
}

int main(int argc, char **argv)
{
    Error err = {0};
    Arena arena = arena_reserve((ptrdiff_t)1 << 30);
    long inquiries = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
    if (inquiries <= 0) return 2;
    if (measured(str_of(argv[1]), (int)inquiries, &arena, &err)) return 0;
    Str line = outlet_error(OUTLET_TERMINAL, &arena, &err);
    (void)fprintf(stderr, "%.*s\n", STR(line));
    return 1;
}
