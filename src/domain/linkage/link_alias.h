// What the core remembers of changed resident record codes, so that a person's codes stay the same (linkage.md 2.4).
//
// Law     住民基本台帳法 第30条の4: the code may be changed at any time on request.
// Kept    links, never record codes: the link that a new record code gives means the link that the old one gave.
//         The table is part of the core's backup; without it whoever changed becomes a stranger.
// Pure    whoever asks holds the rows. A link of one person never becomes another's.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pairwise_code.h"
#include "vec.h"

typedef struct LinkAlias {
    PersonLink made;   // from the newer record code
    PersonLink means;  // the first one: it is the person
} LinkAlias;
VEC(LinkAliasRows, LinkAlias, link_aliases);

typedef enum LinkAliasNo {
    LINK_ALIAS_YES,
    LINK_ALIAS_THERE,   // known already: nothing to do
    LINK_ALIAS_CLASHES  // the newer one means somebody else
} LinkAliasNo;

// Who `made` means: itself where no alias is known.
PersonLink link_meant(const LinkAliasRows *rows, const PersonLink *made);
// The record code behind `before` became the one behind `made`. `made_in_use`: codes were already issued for it.
LinkAliasNo link_alias_add(LinkAliasRows *rows, const PersonLink *before, const PersonLink *made,
                           bool made_in_use, Arena *arena);
