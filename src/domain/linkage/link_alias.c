// SPDX-License-Identifier: Apache-2.0
#include "link_alias.h"

PersonLink link_meant(const LinkAliasRows *rows, const PersonLink *made)
{
    VEC_EACH (LinkAlias, row, *rows)
        if (link_same(&row->made, made)) return row->means;
    return *made;
}

LinkAliasNo link_alias_add(LinkAliasRows *rows, const PersonLink *before, const PersonLink *made,
                           bool made_in_use, Arena *arena)
{
    PersonLink means = link_meant(rows, before), now = link_meant(rows, made);
    if (link_same(&means, &now)) return LINK_ALIAS_THERE;
    if (made_in_use || !link_same(&now, made)) return LINK_ALIAS_CLASHES;
    *link_aliases_push(rows, arena) = (LinkAlias){.made = *made, .means = means};
    return LINK_ALIAS_YES;
}
