// The versions of a person on two axes: since when something is true, and since when it is known. Pure: computed as
// places, written by a template.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "resident_rows.h"
#include "version_axes_html.h"

enum { AXES_VERSIONS_MOST = 12 };

// The newest AXES_VERSIONS_MOST of `history`; `came` is of the same versions, in the same order.
VersionAxes version_axes(const RegisterVersionRows *history, const VersionCames *came, Day as_of,
                         Arena *arena);
// "転入"; "異動" for a reason that no table lists.
Str event_text(const RegisterVersion *version);
