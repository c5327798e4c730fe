// SPDX-License-Identifier: Apache-2.0
#include "name_fit.h"

#include "name_slips.h"
#include "name_variant.h"

#include <string.h>

enum { LETTERS_FOR_ONE_SLIP = 4, LETTERS_FOR_TWO_SLIPS = 5, KANJI_FOR_ONE_SLIP = 3 };

static NameRun run(const int32_t *chars, int32_t from, int32_t to)
{
    return (NameRun){chars + from, to - from};
}

static NameRun whole(const NameKey *key)
{
    return run(key->chars, 0, key->count);
}

static NameRun first_part(const NameKey *key)
{
    return run(key->chars, 0, key->part_ends[0]);
}

static NameRun last_part(const NameKey *key)
{
    return run(key->chars, key->part_ends[key->part_count - 2], key->count);
}

static bool same_run(NameRun a, NameRun b)
{
    return a.count == b.count && !memcmp(a.chars, b.chars, sizeof *a.chars * (size_t)a.count);
}

static bool same_sound(const NameKey *a, const NameKey *b)
{
    int32_t left[NAME_CHARS_MAX], right[NAME_CHARS_MAX];
    int32_t left_count = name_sound(a, left), right_count = name_sound(b, right);
    return left_count && same_run(run(left, 0, left_count), run(right, 0, right_count));
}

static bool likely_variants(NameRun a, NameRun b)
{
    if (a.count != b.count) return false;
    for (int32_t i = 0; i < a.count; i++)
        if (variant_between(a.chars[i], b.chars[i]) < VARIANT_LIKELY) return false;
    return true;
}

// Does `a`, with what stands before one of its gaps moved to the end, read like `b`?
static bool rotates_to(const NameKey *a, const NameKey *b)
{
    if (a->count != b->count) return false;
    for (int32_t part = 0; part < a->part_count - 1; part++) {
        int32_t gap = a->part_ends[part];
        bool same = same_run(run(a->chars, gap, a->count), run(b->chars, 0, a->count - gap)) &&
                    same_run(run(a->chars, 0, gap), run(b->chars, a->count - gap, b->count));
        if (same) return true;
    }
    return false;
}

// A part with `slips` is still the same part when half of it stands, or when what differs are
// characters that are often confused (淵 for 渕).
static bool part_stands(NameRun a, NameRun b, int slips)
{
    if (!slips) return true;
    int32_t longer = a.count > b.count ? a.count : b.count;
    if (slips * 2 <= longer) return true;
    if (a.count != b.count) return false;
    for (int32_t i = 0; i < a.count; i++)
        if (variant_between(a.chars[i], b.chars[i]) == VARIANT_NONE) return false;
    return true;
}

// Slips between two names of which `b` has a gap at `gap` and `a` is cut at `cut`.
static int slips_by_parts(NameRun a, int32_t cut, NameRun b, int32_t gap, bool variants_free)
{
    NameRun a1 = run(a.chars, 0, cut), a2 = run(a.chars, cut, a.count);
    NameRun b1 = run(b.chars, 0, gap), b2 = run(b.chars, gap, b.count);
    int first = name_slips(a1, b1, variants_free);
    if (first > NAME_SLIPS_MAX || !part_stands(a1, b1, first)) return NAME_SLIPS_MAX + 1;
    int second = name_slips(a2, b2, variants_free);
    return part_stands(a2, b2, second) ? first + second : NAME_SLIPS_MAX + 1;
}

// `open` was not separated; it is cut wherever that makes the fewest slips.
static int slips_with_free_cut(const NameKey *open, const NameKey *parted, bool variants_free)
{
    int32_t gap = parted->part_ends[0];
    int best = NAME_SLIPS_MAX + 1;
    for (int32_t cut = gap - NAME_SLIPS_MAX; cut <= gap + NAME_SLIPS_MAX; cut++) {
        if (cut < 1 || cut >= open->count) continue;
        int slips = slips_by_parts(whole(open), cut, whole(parted), gap, variants_free);
        if (slips < best) best = slips;
    }
    return best;
}

static int slips_of_names(const NameKey *a, const NameKey *b, bool variants_free)
{
    if (a->part_count == 2 && b->part_count == 2)
        return slips_by_parts(whole(a), a->part_ends[0], whole(b), b->part_ends[0], variants_free);
    if (a->part_count == 1 && b->part_count == 2) return slips_with_free_cut(a, b, variants_free);
    if (a->part_count == 2 && b->part_count == 1) return slips_with_free_cut(b, a, variants_free);
    // Nobody says where the given name begins: one kanji may be all of it.
    if (a->script == NAME_SCRIPT_KANJI) return NAME_SLIPS_MAX + 1;
    return name_slips(whole(a), whole(b), variants_free);
}

static int32_t letters_needed(NameScript script, int slips)
{
    if (slips > 1) return LETTERS_FOR_TWO_SLIPS;
    return script == NAME_SCRIPT_KANJI ? KANJI_FOR_ONE_SLIP : LETTERS_FOR_ONE_SLIP;
}

static NameComparison by_slips(const NameKey *a, const NameKey *b)
{
    int slips = slips_of_names(a, b, true);
    if (slips > NAME_SLIPS_MAX) return (NameComparison){.fit = NAME_DIFFERENT};
    // A variant beside a slip is one slip more: evidence must not grow with the number of doubts.
    if (slips && a->script == NAME_SCRIPT_KANJI && slips_of_names(a, b, false) > slips) slips++;
    int32_t shorter = a->count < b->count ? a->count : b->count;
    if (slips > NAME_SLIPS_MAX || shorter < letters_needed(a->script, slips))
        return (NameComparison){.fit = NAME_DIFFERENT};
    if (slips == 1) return (NameComparison){.fit = NAME_ONE_SLIP, .slip = SLIP_LETTER};
    return (NameComparison){.fit = NAME_TWO_SLIPS, .slip = SLIP_TWO_LETTERS};
}

static bool begins_with(NameRun text, NameRun part)
{
    return text.count > part.count && same_run(run(text.chars, 0, part.count), part);
}

static bool ends_with(NameRun text, NameRun part)
{
    return text.count > part.count &&
           same_run(run(text.chars, text.count - part.count, text.count), part);
}

static bool shares_part(const NameKey *a, const NameKey *b)
{
    const NameKey *parted = b->part_count > 1 ? b : a, *other = parted == b ? a : b;
    if (parted->part_count < 2) return false;
    if (other->part_count < 2) {
        NameRun text = whole(other);
        return same_run(text, first_part(parted)) || same_run(text, last_part(parted)) ||
               begins_with(text, first_part(parted)) || ends_with(text, last_part(parted));
    }
    return same_run(first_part(a), first_part(b)) || same_run(last_part(a), last_part(b));
}

static bool holds_run(NameRun text, NameRun part)
{
    for (int32_t from = 0; from + part.count <= text.count; from++)
        if (same_run(run(text.chars, from, from + part.count), part)) return true;
    return false;
}

static bool shortens(const NameKey *written, const NameKey *registered)
{
    if (registered->part_count < 2 || written->part_count > 2) return false;
    NameRun family = first_part(registered), given = last_part(registered);
    if (!begins_with(whole(written), family)) return false;
    if (written->part_count == 2 && written->part_ends[0] != family.count) return false;
    NameRun rest = run(written->chars, family.count, written->count);
    return rest.count < given.count && holds_run(given, rest);
}

static NameComparison compare_letters(const NameKey *a, const NameKey *b)
{
    if (a->cut || b->cut) return (NameComparison){.fit = NAME_DIFFERENT};
    if (same_run(whole(a), whole(b))) return (NameComparison){.fit = NAME_EQUAL};
    if (a->script == NAME_SCRIPT_KANA && same_sound(a, b))
        return (NameComparison){.fit = NAME_SOUNDS, .slip = SLIP_LONG_VOWEL};
    if (likely_variants(whole(a), whole(b)))
        return (NameComparison){.fit = NAME_ONE_SLIP, .slip = SLIP_VARIANT};
    if (rotates_to(a, b) || rotates_to(b, a))
        return (NameComparison){.fit = NAME_ONE_SLIP, .slip = SLIP_EXCHANGED};
    return by_slips(a, b);
}

NameComparison name_compare(const NameKey *written, const NameKey *registered)
{
    bool comparable = written->count && registered->count && written->script == registered->script;
    if (!comparable) return (NameComparison){.fit = NAME_SILENT};
    NameComparison result = compare_letters(written, registered);
    result.shares_part = result.fit > NAME_DIFFERENT || shares_part(written, registered);
    result.shortened = shortens(written, registered);
    return result;
}

int name_given_distance(const NameKey *a, const NameKey *b)
{
    bool parted = a->part_count > 1 && b->part_count > 1;
    if (!parted || a->script != b->script) return -1;
    return name_slips(last_part(a), last_part(b), false);
}
