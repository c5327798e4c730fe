// SPDX-License-Identifier: Apache-2.0
#include "ledger_routes.h"

#define X(handler, method, path, parent, programme, duty, record, purposes, title, brief) \
    const Route route_##handler =                                                         \
        ROUTE(method, path, handler, parent, programme, duty, record, purposes, title, brief);
LEDGER_ROUTES(X)
#undef X

static const Route *const routes[] = {
#define X(handler, ...) &route_##handler,
    LEDGER_ROUTES(X)
#undef X
};

const Routes ledger_routes = {routes, (int)countof(routes)};

// Rules are read once for each handler; products may have been met since.
bool visit_ledger(const Visit *visit, Ledger *ledger, Error *err)
{
    *ledger = *(const Ledger *)visit->program;
    ledger->act = visit->act;
    if (!product_numbers_read(visit->act->store, ledger->schedule, visit->arena, &ledger->products,
                              err))
        return false;
    ledger->judge = judge_of(ledger->schedule, &ledger->products, &ledger->foreign, visit->arena);
    return true;
}
