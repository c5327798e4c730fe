// The axes of the picture. Only life_picture.c includes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "life_picture.h"
#include "life_scale.h"

void life_axis(LifeLine *line, const LifeScale *scale, const ResidenceSpanRows *residence,
               const PersonShown *shown, Arena *arena);
