// SPDX-License-Identifier: Apache-2.0
#include "audit.h"

#include "audit_proof.h"
#include "identity.h"
#include "individual_no.h"
#include "logging.h"
#include "shown.h"
#include "tally.h"
#include "utf8.h"
#include "wire.h"

#include <assert.h>
#include <string.h>

enum { SCRATCH_BYTES = 1 << 20, TEXT_MOST = 4000, TEXT_ASTRIDE = 256 };

// Keys of the canonical map; never renumbered, for old leaves must hash as they did.
enum {
    LEAF_NO = 1,
    AT,
    BUSINESS_DAY,
    OPERATOR_NAME,
    TERMINAL,
    PROGRAM,
    ACT,
    PURPOSE,
    COMMAND,
    WHOSE_INDEX,
    RESULT,
    ROWS,
    TAKEN,
    REFUSED,
    CONTENT,
    DETAIL,
    PROVEN,
    TALLIES_HASH,
    OTHER_NO,
    OTHER_CHAIN
};

const char *audit_act_text(AuditAct act)
{
    static const char *const texts[] = {"none",
#define X(name, text) text,
                                        AUDIT_ACTS(X)
#undef X
    };
    _Static_assert(countof(texts) == AUDIT_ACT_COUNT, "every act has a text");
    return act >= 0 && act < AUDIT_ACT_COUNT ? texts[act] : "unknown";
}

static void put_number(WireOut *out, int key, int64_t value)
{
    wire_put_number(out, key);
    wire_put_number(out, value);
}

static void put_text(WireOut *out, int key, Str text)
{
    if (!str_present(text)) return;
    wire_put_number(out, key);
    wire_put_text(out, text);
}

static void put_hash(WireOut *out, int key, Bytes bytes)
{
    char text[SHA256_TEXT_SIZE];
    Sha256 hash;
    if (sha256_from(bytes, &hash)) put_text(out, key, str_of(sha256_text(&hash, text)));
}

static int keys_in(const StoredLeaf *leaf)
{
    enum { ALWAYS = 12 };
    return ALWAYS + str_present(leaf->terminal) + (leaf->whose_index.len > 0) +
           (leaf->content.len > 0) + str_present(leaf->detail) + str_present(leaf->proven) +
           (leaf->tallies.len > 0) + 2 * (leaf->other_no > 0);
}

// The one way in which a leaf is bytes.
static Str leaf_bytes(const StoredLeaf *leaf, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, keys_in(leaf));
    put_number(&out, LEAF_NO, leaf->leaf_no);
    put_number(&out, AT, leaf->at);
    put_number(&out, BUSINESS_DAY, leaf->business_day);
    put_text(&out, OPERATOR_NAME, leaf->operator_name);
    put_text(&out, TERMINAL, leaf->terminal);
    put_text(&out, PROGRAM, leaf->program);
    put_number(&out, ACT, leaf->act);
    put_text(&out, PURPOSE, leaf->purpose);
    put_text(&out, COMMAND, leaf->command);
    put_hash(&out, WHOSE_INDEX, leaf->whose_index);
    put_number(&out, RESULT, leaf->result);
    put_number(&out, ROWS, leaf->rows);
    put_number(&out, TAKEN, leaf->taken);
    put_number(&out, REFUSED, leaf->refused);
    put_hash(&out, CONTENT, leaf->content);
    put_text(&out, DETAIL, leaf->detail);
    put_text(&out, PROVEN, leaf->proven);
    put_hash(&out, TALLIES_HASH, leaf->tallies);
    if (leaf->other_no > 0) {
        put_number(&out, OTHER_NO, leaf->other_no);
        put_hash(&out, OTHER_CHAIN, leaf->other_chain);
    }
    return wire_bytes(&out);
}

// RFC 6962 section 2.1: the zero byte keeps a leaf from being taken for a node of the tree.
static Sha256 leaf_hash(const StoredLeaf *leaf, Arena scratch)
{
    Str bytes = leaf_bytes(leaf, &scratch);
    Sha256Run *run = sha256_begin();
    sha256_add(run, (Bytes){(const unsigned char *)"\0", 1});
    sha256_add(run, (Bytes){(const unsigned char *)bytes.at, bytes.len});
    return sha256_end(run);
}

static Sha256 chain_next(const Keys *keys, const Sha256 *before, const Sha256 *leaf)
{
    unsigned char both[2 * sizeof leaf->at];
    memcpy(both, before->at, sizeof before->at);
    memcpy(both + sizeof before->at, leaf->at, sizeof leaf->at);
    return keys_index(keys, S("audit.chain"), (Bytes){both, sizeof both});
}

Sha256 audit_person_index(const Keys *keys, const AddresseeNo *who)
{
    Str digits = addressee_text(who);
    return keys_index(keys, S("audit.person"),
                      (Bytes){(const unsigned char *)digits.at, digits.len});
}

// An index that stands in a program's tables is keyed once more: nobody joins the trail with them without the key.
static bool about_somebody(const Keys *keys, const AuditLeaf *leaf, Sha256 *index)
{
    assert(!leaf->whose || !leaf->person);
    if (leaf->whose) *index = audit_person_index(keys, leaf->whose);
    if (leaf->person) *index = keys_index(keys, S("audit.person"), sha256_bytes(leaf->person));
    return leaf->whose || leaf->person;
}

static Str with_shown(const Keys *keys, const AuditLeaf *leaf, Arena *arena)
{
    Text detail = {0};
    assert(leaf->shown_count <= AUDIT_SHOWN_MOST);
    if (!leaf->shown_count) return leaf->detail;
    text_add(&detail, arena, leaf->detail);
    for (int i = 0; i < leaf->shown_count; i++) {
        Sha256 index = audit_person_index(keys, &leaf->shown[i]);
        text_add(&detail, arena, S(AUDIT_SHOWN_MARK));
        text_add(&detail, arena, shown_sign(&index, arena));
    }
    return text_str(&detail);
}

// Bytes that are no text, and controls, as \xHH: every store takes them and every reader sees them.
static Str storable(Str text, Arena *arena)
{
    Text made = {0};
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t from = at;
        int32_t code = utf8_next(text, &at);
        if (code == UTF8_BAD || code < ' ' || code == 0x7f)
            text_addf(&made, arena, "\\x%02X", (unsigned char)text.at[from]);
        else
            text_add(&made, arena, str_first(str_from(text, from), at - from));
    }
    return text_str(&made);
}

static Str cut(Str text, ptrdiff_t most)
{
    if (text.len <= most) return text;
    while (most > 0 && (text.at[most] & 0xc0) == 0x80) most--;  // not in the middle of a character
    return str_first(text, most);
}

// A text fit for the trail, whatever came: no longer than a person reads, text, without an Individual
// Number. Cut before it is copied, so that no length ends us; with a rest behind the cut, so that a
// number that stands astride it is seen whole.
static Str told(Str text, Arena *arena)
{
    if (!str_present(text)) return text;
    if (text.len > TEXT_MOST + TEXT_ASTRIDE) text.len = TEXT_MOST + TEXT_ASTRIDE;
    text = storable(text, arena);
    if (individual_no_in_text(text)) {
        log_line(LOG_WARN, "event=individual_no_masked place=audit");
        text = individual_no_mask_text(arena, text);
    }
    return cut(text, TEXT_MOST);
}

static void assert_complete(const AuditLeaf *leaf)
{
    assert(leaf->at > 0);
    assert(leaf->business_day != DAY_NONE);
    assert(leaf->operator_name.len > 0);
    assert(leaf->program.len > 0);
    assert(leaf->act > AUDIT_NONE && leaf->act < AUDIT_ACT_COUNT);
    assert(leaf->purpose.len > 0);
    assert(leaf->command.len > 0);
    assert(leaf->result >= AUDIT_DONE && leaf->result <= AUDIT_FAILED);
}

static StoredLeaf stored(const AuditLeaf *leaf, int64_t leaf_no, Arena *arena)
{
    return (StoredLeaf){
        .leaf_no = leaf_no,
        .at = leaf->at,
        .business_day = leaf->business_day,
        .operator_name = told(leaf->operator_name, arena),
        .proven = told(leaf->proven, arena),
        .terminal = told(leaf->terminal, arena),
        .program = leaf->program,
        .act = leaf->act,
        .purpose = told(leaf->purpose, arena),
        .command = told(leaf->command, arena),
        .result = leaf->result,
        .rows = leaf->rows,
        .taken = leaf->taken,
        .refused = leaf->refused,
        .content = leaf->content ? sha256_bytes(leaf->content) : (Bytes){0},
        .detail = told(leaf->detail, arena),
    };
}

static bool append(Store *store, const Trail *trail, const AuditLeaf *leaf, int64_t *leaf_no,
                   Arena scratch, Error *err)
{
    AuditHead head;
    const Keys *keys = trail->keys;
    if (!audit_head_read(store, &head, err)) return false;
    if (!trail_epoch(trail, store, &head, leaf->at, scratch, err)) return false;
    AuditLeaf whole = *leaf;
    whole.detail = with_shown(keys, leaf, &scratch);
    StoredLeaf row = stored(&whole, head.leaf_no + 1, &scratch);
    Sha256 person = {0}, tallies;
    bool tallied;
    if (about_somebody(keys, leaf, &person)) row.whose_index = sha256_bytes(&person);
    // The file of its heads is asked, not its store: no trail waits for the other.
    TrailHead other = {0};
    if (trail->other && trail_head_last(trail->other, &other) && other.head.leaf_no > 0) {
        row.other_no = other.head.leaf_no;
        row.other_chain = sha256_bytes(&other.head.chain);
    }
    if (!tally_take(store, trail, row.leaf_no, &tallied, &tallies, err)) return false;
    if (tallied) row.tallies = sha256_bytes(&tallies);
    Sha256 hash = leaf_hash(&row, scratch);
    head = (AuditHead){.leaf_no = row.leaf_no, .chain = chain_next(keys, &head.chain, &hash)};
    row.leaf_hash = sha256_bytes(&hash);
    row.chain = sha256_bytes(&head.chain);
    ShownSigns signs = shown_in(row.detail, &scratch);
    if (!audit_leaf_write(store, &row, err) || !audit_shown_write(store, row.leaf_no, &signs, err) ||
        !trail_moved(trail, store, &head, scratch, err))
        return false;
    if (leaf_no) *leaf_no = row.leaf_no;
    return true;
}

bool audit_append(Store *store, const Trail *trail, const AuditLeaf *leaf, int64_t *leaf_no,
                  Error *err)
{
    assert_complete(leaf);
    assert(trail->keys);
    assert(trail->other != trail);
    Arena scratch = arena_reserve(SCRATCH_BYTES);
    bool appended = append(store, trail, leaf, leaf_no, scratch, err);
    arena_release(scratch);
    return appended;
}

bool audit_append_anew(Store *store, const Trail *trail, const AuditLeaf *leaf, int64_t *leaf_no,
                       Error *err)
{
    AuditHead head;
    Arena scratch = arena_reserve(SCRATCH_BYTES);
    bool begun = audit_head_read(store, &head, err) &&
                 trail_epoch_anew(trail, store, &head, leaf->at, scratch, err);
    arena_release(scratch);
    return begun && audit_append(store, trail, leaf, leaf_no, err);
}

bool audit_strangers(Store *store, const Trail *trail, const AuditLeaf *leaf, Error *err)
{
    Arena scratch = arena_reserve(SCRATCH_BYTES);
    AuditLeaf told = *leaf;
    told.command = S(AUDIT_STRANGERS);
    bool good = tally_untold(store, trail, &scratch, &told.detail, err);
    if (good && told.detail.len) {
        log_line(LOG_ERROR, "event=rows_without_record");
        good = audit_append(store, trail, &told, NULL, err);
    }
    arena_release(scratch);
    return good;
}

bool audit_next_no(Store *store, int64_t *leaf_no, Error *err)
{
    AuditHead head;
    if (!audit_head_read(store, &head, err)) return false;
    *leaf_no = head.leaf_no + 1;
    return true;
}

bool audit_leaf_stands(const StoredLeaf *row, const Keys *keys, const AuditHead *before,
                       Arena scratch)
{
    Sha256 hash = leaf_hash(row, scratch), chain = chain_next(keys, &before->chain, &hash),
           was_hash, was_chain;
    // The leaf's own number is in its hash, and its neighbour before it is in its chain.
    return row->leaf_no == before->leaf_no + 1 && sha256_from(row->leaf_hash, &was_hash) &&
           sha256_equal(&hash, &was_hash) && sha256_from(row->chain, &was_chain) &&
           sha256_equal(&chain, &was_chain);
}

static AuditRow row_of(const StoredLeaf *leaf)
{
    return (AuditRow){
        .leaf_no = leaf->leaf_no,
        .at = leaf->at,
        .business_day = leaf->business_day,
        .operator_name = leaf->operator_name,
        .proven = leaf->proven,
        .terminal = leaf->terminal,
        .program = leaf->program,
        .purpose = leaf->purpose,
        .command = leaf->command,
        .detail = leaf->detail,
        .act = (AuditAct)leaf->act,
        .result = (AuditResult)leaf->result,
        .rows = leaf->rows,
        .taken = leaf->taken,
        .refused = leaf->refused,
        .whose_index = leaf->whose_index,
        .content = leaf->content,
    };
}

static bool rows_collected(Query *q, Arena *arena, AuditRows *rows, Error *err)
{
    AuditRows found = {0};
    if (!q) return false;
    while (query_next(q)) {
        StoredLeaf leaf = audit_leaf_here(q, arena);
        *audit_rows_push(&found, arena) = row_of(&leaf);
    }
    if (!query_end(q, err)) return false;
    *rows = found;
    return true;
}

bool audit_of_person(Store *store, const Keys *keys, const AddresseeNo *who, Arena *arena,
                     AuditRows *rows, Error *err)
{
    Sha256 index = audit_person_index(keys, who);
    Query *q = audit_walk_person(store, sha256_bytes(&index), shown_sign(&index, arena), err);
    return rows_collected(q, arena, rows, err);
}

bool audit_last(Store *store, int most, Arena *arena, AuditRows *rows, Error *err)
{
    return rows_collected(audit_walk_last(store, most, err), arena, rows, err);
}

bool audit_with_content(Store *store, const Sha256 *content, Arena *arena, AuditRow *row,
                        bool *found, Error *err)
{
    Query *q = audit_find_content(store, sha256_bytes(content), err);
    if (!q) return false;
    *found = query_next(q);
    if (*found) {
        StoredLeaf leaf = audit_leaf_here(q, arena);
        *row = row_of(&leaf);
    }
    return query_end(q, err);
}

bool audit_one(Store *store, const Keys *keys, int64_t leaf_no, Arena *arena, AuditFound *found, Error *err)
{
    AuditHead before = {0};
    *found = (AuditFound){0};
    assert(leaf_no > 0);
    Query *q = audit_walk_between(store, leaf_no - 1, leaf_no + 1, err);
    if (!q) return false;
    while (query_next(q)) {
        StoredLeaf leaf = audit_leaf_here(q, arena);
        found->there = leaf.leaf_no == leaf_no;
        if (found->there) found->row = row_of(&leaf);
        found->stands = found->there && audit_leaf_stands(&leaf, keys, &before, *arena);
        before.leaf_no = leaf.leaf_no;
        if (!sha256_from(leaf.chain, &before.chain)) before.chain = (Sha256){0};
    }
    return query_end(q, err);
}

// ---- both trails, by time

typedef struct SideWalk {
    Query *q;
    int64_t shown_after;
    Sha256 whose;  // bound as long as rows are read
    bool there;    // `row` is the next one
    AuditRow row;
    Arena reserved, whole, room;  // its texts
} SideWalk;

static void side_next(SideWalk *side)
{
    side->room = side->whole;
    side->there = query_next(side->q);
    if (!side->there) return;
    StoredLeaf leaf = audit_leaf_here(side->q, &side->room);
    side->row = row_of(&leaf);
    side->row.leaf_no += side->shown_after;
}

// Which leaves are read: all, of one person, or of a span of time.
typedef struct SideAsked {
    const AddresseeNo *whose;
    const AuditSpan *span;
} SideAsked;

// The number of the first leaf that is as late as this, by halving.
static bool leaf_at(Store *store, Instant at, int64_t *leaf_no, Error *err)
{
    AuditHead head;
    int64_t low = 1;
    if (!audit_head_read(store, &head, err)) return false;
    for (int64_t high = head.leaf_no + 1; low < high;) {
        Instant there;
        int64_t half = low + (high - low) / 2;
        if (!audit_leaf_time(store, half, &there, err)) return false;
        if (there < at)
            low = half + 1;
        else
            high = half;
    }
    *leaf_no = low;
    return true;
}

static Query *span_walk(Store *store, const AuditSpan *span, Error *err)
{
    int64_t first, last;
    if (!leaf_at(store, span->from - INSTANT_DAY, &first, err) ||
        !leaf_at(store, span->to + INSTANT_DAY, &last, err))
        return NULL;
    return audit_walk_between(store, first, last, err);
}

static bool side_begin(SideWalk *walk, const AuditSide *side, const SideAsked *asked, Error *err)
{
    *walk = (SideWalk){.shown_after = side->trail->shown_after};
    walk->reserved = walk->whole = arena_reserve(SCRATCH_BYTES);
    if (asked->whose) {
        walk->whose = audit_person_index(side->trail->keys, asked->whose);
        walk->q = audit_walk_person(side->store, sha256_bytes(&walk->whose), shown_sign(&walk->whose, &walk->whole),
                                    err);
    } else {
        walk->q = asked->span ? span_walk(side->store, asked->span, err) : audit_walk_all(side->store, err);
    }
    if (!walk->q) return false;
    side_next(walk);
    return true;
}

static bool side_end(SideWalk *walk, Error *err)
{
    if (walk->reserved.at) arena_release(walk->reserved);
    return !walk->q || query_end(walk->q, err);
}

static bool in_span(const SideAsked *asked, const AuditRow *row)
{
    return !asked->span || (row->at >= asked->span->from && row->at <= asked->span->to);
}

static bool sides_read(const AuditSide sides[2], const SideAsked *asked,
                       void (*row)(void *context, const AuditRow *row, Arena scratch), void *context, Error *err)
{
    Error later = {0};
    SideWalk walks[2] = {{0}};
    bool read = side_begin(&walks[0], &sides[0], asked, err) && side_begin(&walks[1], &sides[1], asked, err);
    while (read && (walks[0].there || walks[1].there)) {
        bool second = !walks[0].there || (walks[1].there && walks[1].row.at < walks[0].row.at);
        if (in_span(asked, &walks[second].row)) row(context, &walks[second].row, walks[second].room);
        side_next(&walks[second]);
    }
    for (int i = 0; i < 2; i++) read = side_end(&walks[i], read ? err : &later) && read;
    return read;
}

bool audit_read(const AuditSide sides[2], const AddresseeNo *whose,
                void (*row)(void *context, const AuditRow *row, Arena scratch), void *context,
                Error *err)
{
    return sides_read(sides, &(SideAsked){.whose = whose}, row, context, err);
}

bool audit_read_between(const AuditSide sides[2], const AuditSpan *span,
                        void (*row)(void *context, const AuditRow *row, Arena scratch), void *context,
                        Error *err)
{
    return sides_read(sides, &(SideAsked){.span = span}, row, context, err);
}
