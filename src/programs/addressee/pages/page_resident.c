// One person as the register knows him or her: the versions on two axes, side by side.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "mailing_address_rows.h"
#include "measure_rows.h"
#include "non_resident_rows.h"
#include "protected_rows.h"
#include "resident_html.h"
#include "version_axes.h"
#include "visit_resident.h"

enum { SIDE_BY_SIDE = 3 };

typedef struct Drawing {
    const VisitResident *r;
    const VersionCames *came;
    Arena *arena;
    ResidentPage page;
} Drawing;

// ---- versions side by side

static Str day_or_none(Day day, Arena *arena)
{
    return day == DAY_NONE ? (Str){0} : date_era_text(arena, day);
}

static void heads(Drawing *d, ptrdiff_t first)
{
    const RegisterVersionRows *history = &d->r->history;
    for (ptrdiff_t i = first; i < history->count; i++) {
        const RegisterVersion *v = &history->at[i];
        *version_head_rows_push(&d->page.heads, d->arena) =
            (VersionHead){.no = v->version_no,
                          .event = event_text(v),
                          .from = date_era_text(d->arena, v->occurred_on),
                          .now = v == d->r->now,
                          .gone = v->withdrawn_by != 0};
    }
}

// Does it say where the person is, in all of these versions?
static bool hidden_all(const Drawing *d, ptrdiff_t first, const PersonField *field)
{
    for (ptrdiff_t i = first; i < d->r->history.count; i++)
        if (!person_field_hidden(&d->r->history.at[i].state, field)) return false;
    return true;
}

static void item_add(Drawing *d, ptrdiff_t first, const PersonField *field)
{
    bool any = false;
    if (hidden_all(d, first, field)) {
        d->page.hidden_count++;
        return;
    }
    VersionItem item = {.name = str_of(field->item)};
    const RegisterVersionRows *history = &d->r->history;
    for (ptrdiff_t i = first; i < history->count; i++) {
        const PersonState *state = &history->at[i].state;
        Str text = person_field_words(state, field, d->arena);
        bool same = i > 0 && person_field_same(state, &history->at[i - 1].state, field);
        any = any || text.len > 0;
        *version_cell_rows_push(&item.cells, d->arena) =
            (VersionCell){.text = text.len ? text : S("–"),
                          .same = i > first && same,
                          .changed = i > 0 && !same,
                          .digits = field->kind == FIELD_DIGITS ? text : (Str){0}};
    }
    if (any) *version_item_rows_push(&d->page.items, d->arena) = item;
}

static void side_by_side(Drawing *d)
{
    ptrdiff_t count = d->r->history.count;
    ptrdiff_t first = count > SIDE_BY_SIDE ? count - SIDE_BY_SIDE : 0;
    heads(d, first);
    for (int f = 0; f < PERSON_FIELD_COUNT; f++) item_add(d, first, &person_fields[f]);
}

// ---- the list of versions

static Str came_text(const VersionCame *came, Arena *arena)
{
    char text[INSTANT_TEXT_SIZE];
    Str whole = str_of(instant_in_japan(came->at, text));
    return str_copy(arena, str_first(whole, whole.len < 16 ? whole.len : 16));
}

static void versions(Drawing *d)
{
    const RegisterVersionRows *history = &d->r->history;
    for (ptrdiff_t i = history->count - 1; i >= 0; i--) {
        const RegisterVersion *v = &history->at[i];
        *version_line_rows_push(&d->page.versions, d->arena) =
            (VersionLine){.no = v->version_no,
                          .event = event_text(v),
                          .occurred = date_era_text(d->arena, v->occurred_on),
                          .reported = day_or_none(v->reported_on, d->arena),
                          .came = came_text(&d->came->at[i], d->arena),
                          .file = d->came->at[i].file.len ? d->came->at[i].file : S("画面で入力"),
                          .now = v == d->r->now,
                          .withdrawn_by = v->withdrawn_by};
    }
    d->page.version_count = history->count;
}

// ---- the page

static bool axes(Drawing *d, Day as_of, Error *err)
{
    VersionAxes picture = version_axes(&d->r->history, d->came, as_of, d->arena);
    Page *page = page_begin(d->arena);
    version_axes_write(page, &picture);
    return page_end(page, &d->page.axes, err);
}

// What may be decided about this person now, by whoever may.
static bool deeds(Visit *visit, Drawing *d, Error *err)
{
    EndSaid said;
    bool decides, releases;
    const VisitResident *r = d->r;
    if (!protection_end_said(visit->act->store, r->row.person_id, d->arena, &said, err) ||
        !visit_may(visit, &route_page_hold, &decides, err) || !visit_may(visit, &route_page_release, &releases, err))
        return false;
    bool ends = releases && said.file_no && person_protected(r->row.protection);
    return (!decides || !r->row.held || resident_path(visit, &route_page_hold, &r->who, &d->page.hold, err)) &&
           (!ends || resident_path(visit, &route_page_release, &r->who, &d->page.release, err));
}

// Of a non-resident: how it was proven who he or she is.
static bool identity(Visit *visit, Drawing *d, Error *err)
{
    bool enters;
    IdentityChecks checks;
    const VisitResident *r = d->r;
    if (!register_non_resident(&r->history)) return true;
    if (!identity_checks_of(visit->act->store, r->row.person_id, d->arena, &checks, err) ||
        !visit_may(visit, &route_page_outside_correct, &enters, err))
        return false;
    VEC_EACH (const IdentityCheck, c, checks)
        *check_line_rows_push(&d->page.checks, d->arena) =
            (CheckLine){date_era_text(d->arena, c->checked_on), c->document, c->checked_by};
    return !enters || (resident_path(visit, &route_page_outside_correct, &r->who, &d->page.correct, err) &&
                       resident_path(visit, &route_page_outside_confirm, &r->who, &d->page.confirm, err));
}

// Of which the last day is past, an officer must look; nothing ends by itself.
static bool measures(Visit *visit, Drawing *d, Error *err)
{
    bool enters;
    MeasureRows rows;
    const VisitResident *r = d->r;
    if (!measures_of(visit->act->store, r->row.person_id, d->arena, &rows, err) ||
        !visit_may(visit, &route_page_measure, &enters, err))
        return false;
    VEC_EACH (const MeasureRow, row, rows)
        *measure_line_rows_push(&d->page.measures, d->arena) =
            (MeasureLine){.kind = row->measure.kind,
                          .begins = date_era_text(d->arena, row->measure.begins_on),
                          .ends = date_era_text(d->arena, row->measure.ends_on),
                          .by = row->entered_by,
                          .over = row == rows.at && measure_over(row->measure.ends_on, visit->act->business_day),
                          .ended = row->ended_at ? str_format(d->arena, "終わった（%.*s）", STR(row->ended_by)) : (Str){0}};
    bool ends = enters && person_protected(r->row.protection);
    return (!enters || resident_path(visit, &route_page_measure, &r->who, &d->page.measure, err)) &&
           (!ends || resident_path(visit, &route_page_measure_end, &r->who, &d->page.measure_end, err));
}

// ---- where post goes

static Str mailing_state(const MailingRow *row, Day today, Arena *arena)
{
    if (row->ended_at) return str_format(arena, "終えた（%.*s）", STR(row->ended_by));
    if (mailing_over(&row->mailing, today)) return S("終了日を過ぎた");
    return row->mailing.begins_on > today ? S("これから") : S("使用中");
}

static Str mailing_place(const VisitResident *r, const MailingAddress *m, Arena *arena)
{
    if (person_protected(r->row.protection)) return S(HIDDEN_TEXT);
    return str_format(arena, "〒%.*s %.*s %.*s", STR(m->postal_code), STR(m->address), STR(m->building));
}

static void mailing_add(Visit *visit, Drawing *d, const MailingRow *row, bool enters)
{
    Day today = visit->act->business_day;
    MailingLine *line = mailing_line_rows_push(&d->page.mailings, d->arena);
    *line = (MailingLine){.purpose = mailing_purpose_text(row->mailing.purpose),
                          .begins = date_era_text(d->arena, row->mailing.begins_on),
                          .ends = date_era_text(d->arena, row->mailing.ends_on),
                          .place = mailing_place(d->r, &row->mailing, d->arena),
                          .state = mailing_state(row, today, d->arena)};
    if (!enters || row->ended_at || mailing_over(&row->mailing, today)) return;
    Str variables[] = {visit->variables[0], str_format(d->arena, "%lld", (long long)row->mailing_no)};
    line->end = visit_path(visit, &route_page_mailing_end, variables, 2);
}

static bool mailings(Visit *visit, Drawing *d, Error *err)
{
    bool enters;
    MailingRows rows;
    const VisitResident *r = d->r;
    if (!mailings_of(visit->act->store, visit->act->office->keys, r->row.person_id, d->arena, &rows, err) ||
        !visit_may(visit, &route_page_mailing, &enters, err))
        return false;
    VEC_EACH (const MailingRow, row, rows) mailing_add(visit, d, row, enters);
    return !enters || resident_path(visit, &route_page_mailing, &r->who, &d->page.mailing, err);
}

bool page_resident(Visit *visit, Error *err)
{
    VisitResident r;
    VersionCames came;
    Drawing d = {.r = &r, .came = &came, .arena = visit->arena};
    if (!visit_resident(visit, &r, err) ||
        !versions_came(visit->act->store, r.row.person_id, visit->arena, &came, err) ||
        !axes(&d, visit->act->business_day, err) || !deeds(visit, &d, err) || !identity(visit, &d, err) || !measures(visit, &d, err) ||
        !mailings(visit, &d, err) ||
        !resident_path(visit, &route_page_household, &r.who, &d.page.household, err) ||
        !resident_path(visit, &route_page_given, &r.who, &d.page.given, err))
        return false;
    side_by_side(&d);
    versions(&d);
    d.page.protected = r.row.protection != PROTECTION_NONE;
    visit->prints = true;
    resident_page_write(visit->page, &d.page);
    return true;
}
