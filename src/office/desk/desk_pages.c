// The pages that ask for no right: signing in, locking, the purpose of the work.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "desk_made.h"
#include "help.h"
#include "help_html.h"
#include "lock_html.h"
#include "outlet.h"
#include "password_html.h"
#include "purpose_html.h"
#include "signin_html.h"

static Str form_value(const DeskCall *call, const char *name)
{
    return web_value(call->request->form, name);
}

static bool stands_at_cards(const char *path)
{
    for (int i = 0; i < desk_page_count; i++)
        if (desk_pages[i].method == WEB_GET && str_equal(str_of(path), str_of(desk_pages[i].path)))
            return desk_pages[i].place == AT_CARDS;
    return false;
}

bool desk_goes(DeskCall *call, const char *path)
{
    const DeskHandler *handler = call->handler;
    call->answer->go = desk_path(call, path);
    call->answer->elsewhere = !handler->desk->practice && stands_at_cards(path) != handler->cards;
    return true;
}

// A refusal that the person reads on the same page; anything else is trouble.
static bool told_here(const Error *err)
{
    return err->code == E_RIGHT || err->code == E_MISSING;
}

static Str told(DeskCall *call, const Error *why)
{
    return outlet_error(OUTLET_PAGE, call->arena, why);
}

// ---- signing in

static bool sign_in_draw(DeskCall *call, Str name, const Error *why, Error *err)
{
    StaffRow holder;
    bool known = false, practice = call->sessions.practice;
    SignInPage in = {.go = desk_path(call, "/signin"), .name = name, .practice = practice};
    if (!practice &&
        !session_card_holder(&call->sessions, call->arena, &holder, &known, err))
        return false;
    if (known) in.holder = holder.name;
    if (why) in.refused = told(call, why);
    if (why) call->answer->status = 403;
    Str chosen = form_value(call, "purpose");
    for (int i = 0; i < PURPOSE_COUNT; i++) {
        Str words = str_of(purpose_words((Purpose)i));
        *purpose_choice_rows_push(&in.purposes, call->arena) =
            (PurposeChoice){words, chosen.len ? str_equal(words, chosen) : i == PURPOSE_COUNTER};
    }
    Page *page = page_begin(call->arena);
    sign_in_page_write(page, &in);
    return gate_around(call, "サインイン", page, err);
}

static bool sign_in_asked(DeskCall *call, Error *err)
{
    return sign_in_draw(call, (Str){0}, NULL, err);
}

static bool asked_read(DeskCall *call, SignInAsked *asked, Error *err)
{
    *asked = (SignInAsked){.name = form_value(call, "name"),
                           .password = form_value(call, "password"),
                           .left = call->leaves ? &call->session : NULL};
    if ((asked->name.len || !call->sessions.practice) && asked->password.len &&
        purpose_named(form_value(call, "purpose"), &asked->purpose))
        return true;
    return FAIL(err, E_MISSING, .words = S("名前とパスワードを入力し、目的を1つ選んでください。"));
}

static bool sign_in_sent(DeskCall *call, Error *err)
{
    SignInAsked asked;
    Error why = {0};
    SessionBegun begun = {0};
    bool in = asked_read(call, &asked, &why) &&
              session_begin(&call->sessions, &asked, call->arena, &begun, &why);
    if (!in && told_here(&why)) return sign_in_draw(call, form_value(call, "name"), &why, err);
    if (!in) return error_pass(err, &why);
    call->answer->cookie = begun.cookie;
    call->answer->place = begun.place;
    return desk_goes(call, "/");
}

// ---- locking

static bool lock_draw(DeskCall *call, const Error *why, Error *err)
{
    Path unlock = desk_path(call, "/unlock"), leave = desk_path(call, "/signout");
    LockPage lock = {.who = call->session.row.name,
                     .unlock_go = unlock,
                     .unlock_origin = call_origin(call, unlock),
                     .leave_go = leave,
                     .leave_origin = call_origin(call, leave)};
    if (why) lock.refused = told(call, why);
    if (why) call->answer->status = 403;
    Page *page = page_begin(call->arena);
    lock_page_write(page, &lock);
    return gate_around(call, "ロック", page, err);
}

// A session that is not locked has nothing to open here.
static bool lock_asked(DeskCall *call, Error *err)
{
    return call->session.row.locked ? lock_draw(call, NULL, err) : desk_goes(call, "/");
}

static bool lock_sent(DeskCall *call, Error *err)
{
    return session_lock(&call->sessions, &call->session, *call->arena, err) && desk_goes(call, "/lock");
}

// To the form that was open when the session was left; else to the first page.
static bool unlock_sent(DeskCall *call, Error *err)
{
    Path open;
    Error why = {0};
    if (!draft_to_open(call, &open, err)) return false;
    if (session_unlock(&call->sessions, &call->session, form_value(call, "password"), call->arena,
                       &why)) {
        bool goes = desk_goes(call, "/");
        if (open) call->answer->go = open;
        return goes;
    }
    if (!told_here(&why)) return error_pass(err, &why);
    if (!call->session.row.ended_at) return lock_draw(call, &why, err);
    call->answer->cookie_forgotten = true;
    return sign_in_draw(call, (Str){0}, &why, err);
}

static bool leave_sent(DeskCall *call, Error *err)
{
    if (!session_leave(&call->sessions, &call->session, *call->arena, err)) return false;
    call->answer->cookie_forgotten = true;
    return desk_goes(call, "/signin");
}

// ---- the purpose

static bool purpose_asked(DeskCall *call, Error *err)
{
    Path go = desk_path(call, "/purpose");
    PurposePage purpose = {.go = go, .origin = call_origin(call, go)};
    for (int i = 0; i < PURPOSE_COUNT; i++)
        *purpose_option_rows_push(&purpose.purposes, call->arena) =
            (PurposeOption){str_of(purpose_words((Purpose)i)), i == (int)call->session.purpose};
    Page *page = page_begin(call->arena);
    purpose_page_write(page, &purpose);
    return gate_around(call, "業務の目的", page, err);
}

static bool purpose_sent(DeskCall *call, Error *err)
{
    Purpose purpose;
    if (!purpose_named(form_value(call, "purpose"), &purpose))
        return FAIL(err, E_MISSING, .words = S("目的を1つ選んでください。"));
    return session_change_purpose(&call->sessions, &call->session, purpose, call->arena, err) &&
           desk_goes(call, "/");
}

// ---- the password

typedef struct PasswordFaults {
    Str now, fresh, again;
} PasswordFaults;

static bool password_draw(DeskCall *call, const PasswordFaults *faults, Error *err)
{
    const Session *session = &call->session;
    Path go = desk_path(call, "/password"), leave = desk_path(call, "/signout");
    Day until = call->sessions.business_day + (Day)session->password_days_left;
    PasswordPage in = {.go = go,
                       .origin = call_origin(call, go),
                       .old = session->renews,
                       .another = session->of_another,
                       .until = date_era_text(call->arena, until),
                       .now_fault = faults->now,
                       .fresh_fault = faults->fresh,
                       .again_fault = faults->again,
                       .leave_go = leave,
                       .leave_origin = call_origin(call, leave),
                       .back = desk_path(call, "/")};
    if (faults->now.len || faults->fresh.len || faults->again.len) call->answer->status = 422;
    Page *page = page_begin(call->arena);
    password_page_write(page, &in);
    return gate_around(call, "パスワードを変える", page, err);
}

static bool password_asked(DeskCall *call, Error *err)
{
    return password_draw(call, &(PasswordFaults){0}, err);
}

// Which of the three boxes it is about.
static bool password_refused(DeskCall *call, const Error *why, Error *err)
{
    if (call->session.row.ended_at) {
        call->answer->cookie_forgotten = true;
        return sign_in_draw(call, (Str){0}, why, err);
    }
    bool of_fresh = why->code == E_LENGTH || why->code == E_CONFLICT;
    if (!of_fresh && why->code != E_RIGHT) return error_pass(err, why);
    Str words = outlet_error_message(OUTLET_PAGE, call->arena, why);
    const PasswordFaults faults = {.now = of_fresh ? (Str){0} : words, .fresh = of_fresh ? words : (Str){0}};
    return password_draw(call, &faults, err);
}

static bool password_sent(DeskCall *call, Error *err)
{
    Error why = {0};
    Path open = NULL;
    Str now = form_value(call, "password"), fresh = form_value(call, "fresh");
    if (!str_equal(fresh, form_value(call, "again")))
        return password_draw(
            call, &(PasswordFaults){.again = S("上と違います。同じものを2回入力してください。")}, err);
    if (!draft_to_open(call, &open, err)) return false;
    if (!session_change_password(&call->sessions, &call->session, now, fresh, call->arena, &why))
        return password_refused(call, &why, err);
    if (!open) open = desk_path(call, "/");
    return path_said(call->sessions.office->keys, &call->session, S("パスワードを変えました。"), call->arena, &open, err) &&
           (call->answer->go = open);
}

// ---- help

static bool help_asked(DeskCall *call, Error *err)
{
    MenuItemRows menu = {0};
    HelpPage help = {.back = desk_path(call, "/")};
    HelpTermRows terms = help_all_terms(call->arena);
    if (!menu_of(call, NULL, &menu, err)) return false;
    VEC_EACH (const MenuItem, item, menu)
        *help_place_rows_push(&help.places, call->arena) = (HelpPlace){item->words, item->open};
    VEC_EACH (const HelpTerm, term, terms)
        *word_row_rows_push(&help.words, call->arena) = (WordRow){term->words, term->meaning};
    Page *page = page_begin(call->arena);
    help_page_write(page, &help);
    return gate_around(call, "助け", page, err);
}

// The person is there, and types: said by the script of a page, at most once a minute.
static bool here_sent(DeskCall *call, Error *err)
{
    Page *page = page_begin(call->arena);
    return page_end(page, &call->answer->page, err);
}

const DeskPage desk_pages[] = {
    // method, path, handle, asks for a session, even when locked, before the password is changed, at which door
    {WEB_GET, "/signin", sign_in_asked, false, true, true, AT_CARDS},
    {WEB_POST, "/signin", sign_in_sent, false, true, true, AT_CARDS},
    {WEB_GET, "/lock", lock_asked, true, true, true, AT_CARDS},
    {WEB_POST, "/lock", lock_sent, true, true, true, AT_SCREENS},
    {WEB_POST, "/unlock", unlock_sent, true, true, true, AT_CARDS},
    {WEB_POST, "/signout", leave_sent, true, true, true, AT_EITHER},
    {WEB_GET, "/purpose", purpose_asked, true, false, false, AT_SCREENS},
    {WEB_POST, "/purpose", purpose_sent, true, false, false, AT_SCREENS},
    {WEB_GET, "/password", password_asked, true, false, true, AT_SCREENS},
    {WEB_POST, "/password", password_sent, true, false, true, AT_SCREENS},
    {WEB_GET, "/help", help_asked, true, false, false, AT_SCREENS},
    {WEB_POST, "/here", here_sent, true, false, true, AT_SCREENS},
};
const int desk_page_count = (int)countof(desk_pages);
