// SPDX-License-Identifier: Apache-2.0
#include "second_person.h"

bool second_person(const Importer *importer, const Actor *actor)
{
    bool same_login = str_equal(importer->account, actor_account(actor));
    bool same_name = str_equal(importer->name, actor_name(actor)) ||
                     str_equal(importer->name, actor_person(actor));
    return !same_login && !same_name && !actor_represents(actor);
}
