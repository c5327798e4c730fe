// The words for one dose: vaccine, position, form, and the products that its 予診票 may offer.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sheet.h"

// False when the files have no words for the series, the position or a product that is offered: what
// cannot be said right is not drawn (P109).
bool dose_words_of(const PaperForms *forms, const PaperDose *dose, PartialDate birth, Day mailed_on,
                   KeptDose *kept);

// No period of it ends before it begins; a dose of which that is not true has no paper (P110).
bool dose_periods_run(const PaperDose *dose);

// Products on this form with which a right that was opened again ends sooner, and the day; {0}: none.
Str dose_right_ends_text(const KeptDose *kept, Day *end, Arena *arena);

// What the products are called, together and as choices: lines of the form.
Str dose_products_text(const KeptDose *kept, Arena *arena);
// "0.5 mL", or the choices; the dose of small children too as long as this one may be as young on `day`.
Str dose_volumes_text(const KeptDose *kept, PartialDate birth, Day day, Arena *arena);
Str dose_routes_text(const KeptDose *kept, PartialDate birth, Day day, Arena *arena);

// Whether a section is for who gets these doses: words "A", "B" (a class of the law) or a series, one of which
// must hold; "not ROTA"; {0} everybody.
bool section_for_doses(Str whom, const KeptDose *doses, int count);
