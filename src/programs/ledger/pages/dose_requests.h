// The ledger's own kinds of requests, in the box of approvals.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "request_pages.h"

extern const RequestPages dose_requests;
