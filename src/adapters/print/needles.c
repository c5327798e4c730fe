// SPDX-License-Identifier: Apache-2.0
#include "needles.h"

// A node is a beginning of some text. 0 is the empty one; as a link, 0 means "none".
typedef struct Node {
    int32_t child, sibling;  // first child; next child of the same parent
    int32_t fail;            // the longest end of this beginning that is a beginning itself
    int32_t ends;            // a text that ends here, counted from 1
    int32_t ending;          // nearest node along `fail` where a text ends
    unsigned char byte;
} Node;

struct Needles {
    const Str *texts;
    Node *nodes;
    int32_t count;
};

static int32_t child_of(const Needles *needles, int32_t node, unsigned char byte)
{
    int32_t child = needles->nodes[node].child;
    while (child && needles->nodes[child].byte != byte) child = needles->nodes[child].sibling;
    return child;
}

static int32_t add_child(Needles *needles, int32_t node, unsigned char byte)
{
    int32_t child = needles->count++;
    needles->nodes[child] = (Node){.sibling = needles->nodes[node].child, .byte = byte};
    needles->nodes[node].child = child;
    return child;
}

static void add_text(Needles *needles, ptrdiff_t place)
{
    Str text = needles->texts[place];
    int32_t node = 0;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        int32_t child = child_of(needles, node, byte);
        node = child ? child : add_child(needles, node, byte);
    }
    if (node) needles->nodes[node].ends = (int32_t)place + 1;
}

static int32_t step(const Needles *needles, int32_t node, unsigned char byte)
{
    for (;;) {
        int32_t child = child_of(needles, node, byte);
        if (child || !node) return child;
        node = needles->nodes[node].fail;
    }
}

// Breadth first, so that the shorter ends are linked before the longer beginnings that need them.
static void link_nodes(Needles *needles, Arena scratch)
{
    int32_t *queue = NEW(&scratch, int32_t, needles->count);
    int32_t first = 0, last = 0;
    queue[last++] = 0;
    while (first < last) {
        int32_t node = queue[first++];
        for (int32_t child = needles->nodes[node].child; child;
             child = needles->nodes[child].sibling) {
            Node *c = &needles->nodes[child];
            c->fail = node ? step(needles, needles->nodes[node].fail, c->byte) : 0;
            c->ending = needles->nodes[c->fail].ends ? c->fail : needles->nodes[c->fail].ending;
            queue[last++] = child;
        }
    }
}

Needles *needles_of(const Str *texts, ptrdiff_t count, Arena *arena)
{
    ptrdiff_t bytes = 1;
    for (ptrdiff_t i = 0; i < count; i++) bytes += texts[i].len;
    Needles *needles = NEW(arena, Needles, 1);
    *needles = (Needles){.texts = texts, .nodes = NEW(arena, Node, bytes), .count = 1};
    for (ptrdiff_t i = 0; i < count; i++) add_text(needles, i);
    link_nodes(needles, *arena);
    return needles;
}

bool needles_find(const Needles *needles, Str hay, bool (*found)(void *context, Str needle),
                  void *context)
{
    int32_t node = 0;
    for (ptrdiff_t i = 0; i < hay.len; i++) {
        node = step(needles, node, (unsigned char)hay.at[i]);
        int32_t end = needles->nodes[node].ends ? node : needles->nodes[node].ending;
        for (; end; end = needles->nodes[end].ending)
            if (!found(context, needles->texts[needles->nodes[end].ends - 1])) return false;
    }
    return true;
}
