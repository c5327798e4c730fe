// SPDX-License-Identifier: Apache-2.0
#include "addressee_routes.h"

#define X(handler, method, path, parent, programme, duty, record, purposes, title, brief) \
    const Route route_##handler =                                                         \
        ROUTE(method, path, handler, parent, programme, duty, record, purposes, title, brief);
ADDRESSEE_ROUTES(X)
#undef X

static const Route *const routes[] = {
#define X(handler, ...) &route_##handler,
    ADDRESSEE_ROUTES(X)
#undef X
};

const Routes addressee_routes = {routes, (int)countof(routes)};
