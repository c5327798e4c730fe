// SPDX-License-Identifier: Apache-2.0
#include "allow_list.h"

#include <string.h>

// clang-format off
static const OwnItem assessment[] = {
    {ROLE_INQUIRER, 25}, {ROLE_INQUIRER, 27}, {ROLE_INQUIRER, 28}, {ROLE_INQUIRER, 29}, {ROLE_INQUIRER, 153}, {ROLE_INQUIRER, 160},
    {ROLE_PROVIDER, 25}, {ROLE_PROVIDER, 26}, {ROLE_PROVIDER, 153}, {ROLE_PROVIDER, 154},
};
// clang-format on
const OwnItems own_items_of_assessment = {assessment, sizeof assessment / sizeof *assessment};

static int classes_of(const AllowList *list, const OrganisationCode *organisation)
{
    VEC_EACH (AllowBody, body, list->bodies)
        if (organisation_same(&body->organisation, organisation)) return body->classes;
    return 0;
}

static bool row_allows(const AllowRow *row, const Question *q, int inquirer, int provider,
                       Day today)
{
    return row->item == q->item && !strcmp(row->affair.at, q->affair.at) &&
           !strcmp(row->procedure.at, q->procedure.at) &&
           dataset_same(&row->dataset, &q->dataset) && (row->inquirers & inquirer) &&
           (row->providers & provider) && q->items && !(q->items & ~row->items) &&
           today >= row->in_force.first && today <= row->in_force.last;
}

bool allow_list_allows(const AllowList *list, const Question *question, Day today)
{
    int inquirer = classes_of(list, &question->inquirer),
        provider = classes_of(list, &question->provider);
    VEC_EACH (AllowRow, row, list->rows)
        if (row_allows(row, question, inquirer, provider, today)) return true;
    return false;
}

bool allow_list_fresh(const AllowList *list, Instant now)
{
    return list->version > 0 && list->as_of <= now + CLOCKS_APART &&
           now < list->as_of + ALLOW_LIST_LIFE;
}

bool allow_list_follows(const AllowList *came, const AllowList *mine, Instant now)
{
    if (came->version != mine->version) return came->version > mine->version;
    return came->as_of >= mine->as_of || mine->as_of > now + CLOCKS_APART;
}

bool own_items_hold(const OwnItems *own, LinkageRole role, int item)
{
    for (ptrdiff_t i = 0; i < own->count; i++)
        if (own->at[i].role == role && own->at[i].item == item) return true;
    return false;
}
