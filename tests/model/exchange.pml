/* Permit, answer and record among three organisations and the core (docs/law/linkage.md, 3.2 and 3.3), for Spin.
 *
 * The steps are those of src/domain/linkage (inquiry.c, relay.c, provision.c) and of the checks of src/domain/permit; what they
 * decide by is kept, and all else is left out. A message is a flag: once sent it may arrive at any time, in any order, more
 * than once, or never; under LOSSY it may also be lost, and is taken when it arrives. State and effects are one commit, so
 * a crash is a message that was not sent: it is covered by LOSSY.
 *
 * Inquiry 0: organisation 0 asks 1, answered by itself.      Inquiry 1: organisation 2 asks 1, where people decide.
 * Inquiry 2: organisation 0 asks 2. The second allow-list permits inquiry 0 alone.
 *
 * NO_... leaves one check out: check.py expects Spin to find then what goes wrong.
 * SPDX-License-Identifier: Apache-2.0 */

#ifdef LOSSY
#define INQUIRIES 1
#define WHICH(i) ONE          /* of the three: the one that is modelled */
#else
#define INQUIRIES 2           /* at once, each pair of the three */
#define WHICH(i) (i == 0 -> ONE : OTHER)
#endif

#define PROVIDER(i) (WHICH(i) == 2 -> 2 : 1)
#define PEOPLE_DECIDE(i) (WHICH(i) == 1)
#define ALLOWED(version, i) (version == 1 || WHICH(i) == 0)

mtype = { NONE, PERMITTING, ASKING, HELD, ISSUED, ENDED };            /* states; NONE: never begun, or no result */
mtype = { ANSWERED, REFUSED, NOT_ALLOWED, EXPIRED, SILENT };          /* results */

typedef Exchange {
    mtype inquirer = NONE, told = NONE; /* the inquiry; what its ledger was told */
    bool key, given;                    /* the one-time key is there; it is known that something was provided */
    mtype core = NONE, core_end = NONE;
    byte permits, by_list;               /* issued; by which list */
    bool expired;
    mtype provider = NONE, provider_end = NONE;
    byte answered, asked_by;            /* answers made; who of the two people proposed */
    bool releases;                      /* what was proposed */
    /* messages */
    bool ask, permit, no_permit, sent, forwarded, held, reply, held_back, returned;
}

Exchange x[INQUIRIES];
byte list = 1;                          /* of the core */
byte own_list[3];                       /* of each organisation that answers: its own copy */
bool faults = true;

#ifdef LOSSY
#define HEEDED(when) true     /* it is taken from its way also where it changes nothing */
inline sends(message) { if :: message = true :: faults -> skip fi }
inline takes(message) { if :: message = false :: faults -> skip fi }
#else
#define HEEDED(when) (when)
#ifdef NO_USED
#define AGAIN true
#else
#define AGAIN false
#endif
inline sends(message) { message = true }
inline takes(message) { skip }
#endif

/* ---- 照会: inquiry.c */

inline tells(i, result) {
    if
    :: x[i].told == NONE -> x[i].told = result; x[i].key = false
    :: else ->
#ifdef NO_TOLD_ONCE
        assert(x[i].told == result)                /* a ledger is told two things */
#else
        skip
#endif
    fi
}

/* What the three wrote down when the inquiry has ended is the same. */
inline records_agree(i) {
    assert(!x[i].given || (x[i].core_end == ANSWERED && x[i].provider_end == ANSWERED));
    assert(x[i].core_end == NONE || (x[i].core_end == ANSWERED) == x[i].given);
    assert(x[i].core_end == NONE || x[i].core_end == x[i].provider_end)
}

inline ends(i, result) {
    tells(i, result);
    x[i].inquirer = ENDED;
    records_agree(i)
}

#define AWAITED(i) (x[i].inquirer == ASKING || x[i].inquirer == HELD)
#define UNDER_WAY(i) (x[i].sent || x[i].forwarded || x[i].reply || x[i].returned)

/* The answer in the envelope is that of `whose`: on its way it may have been mixed up with another one (F1, F6). */
inline opens(mine, whose) {
    if
#ifndef NO_TOO_LATE
    :: x[mine].told != NONE -> x[mine].given = true; ends(mine, x[mine].told)       /* too late: recorded, not opened */
#endif
#ifndef NO_COMPARED
    :: x[mine].told == NONE && whose != mine -> skip                        /* another's answer is none to this */
#endif
    :: else ->
        assert(whose == mine && x[mine].key);
        x[mine].given = true;
        ends(mine, ANSWERED)
    fi
}

proctype Inquirer(byte i)
{
    byte other = 0;
    do
    :: atomic { x[i].inquirer == NONE ->                                   /* what its own list forbids never begins */
        x[i].inquirer = PERMITTING; x[i].key = true; sends(x[i].ask) }
    :: atomic { x[i].permit && HEEDED(x[i].inquirer == PERMITTING) -> takes(x[i].permit);
        if
        :: x[i].inquirer == PERMITTING && (x[i].expired || x[i].told != NONE) -> ends(i, EXPIRED)
        :: x[i].inquirer == PERMITTING && !x[i].expired && x[i].told == NONE ->
            x[i].inquirer = ASKING; sends(x[i].sent)
        :: else
        fi }
    :: atomic { x[i].no_permit && x[i].inquirer == PERMITTING -> ends(i, NOT_ALLOWED) }
    :: atomic { x[i].held_back && x[i].inquirer == ASKING -> takes(x[i].held_back); x[i].inquirer = HELD }
    :: atomic { x[i].returned && AWAITED(i) -> takes(x[i].returned);
        if
        :: x[i].core_end == ANSWERED -> opens(i, i)
        :: faults && x[i].core_end == ANSWERED ->
            select(other : 0 .. INQUIRIES - 1);
            if :: x[other].provider_end == ANSWERED -> opens(i, other) :: else fi
        :: else -> ends(i, x[i].core_end)
        fi }
    :: atomic { faults && x[i].told == NONE && (x[i].inquirer == PERMITTING || AWAITED(i)) ->
                tells(i, SILENT) }                   /* patience is over; asking goes on */
#if defined(LOSSY) && !defined(NO_ASKING_AGAIN)
    :: atomic { x[i].inquirer == PERMITTING && !x[i].ask && !x[i].permit && !x[i].no_permit -> sends(x[i].ask) }
    :: atomic { AWAITED(i) && !UNDER_WAY(i) -> sends(x[i].sent) }
#endif
    od
}

/* ---- the core: relay.c */

proctype Core(byte i)
{
    do
    :: atomic { x[i].ask && HEEDED(x[i].core == NONE) -> takes(x[i].ask);
        if
        :: x[i].core == NONE && ALLOWED(list, i) ->
            x[i].core = ISSUED; x[i].by_list = list; x[i].permits++;
            sends(x[i].permit)
#ifdef NO_ALLOWED_BY_CORE
        :: x[i].core == NONE && !ALLOWED(list, i) ->
            x[i].core = ISSUED; x[i].by_list = list; x[i].permits++;
            sends(x[i].permit)
#else
        :: x[i].core == NONE && !ALLOWED(list, i) -> x[i].core = REFUSED; sends(x[i].no_permit)
#endif
        :: x[i].core == REFUSED -> sends(x[i].no_permit)
        :: x[i].core == ISSUED || x[i].core == ENDED -> sends(x[i].permit)
        fi }
    :: atomic { x[i].sent && (x[i].core == ISSUED || x[i].core == ENDED) && !x[i].forwarded ->
        takes(x[i].sent); sends(x[i].forwarded) }
    :: atomic { x[i].held && x[i].core == ISSUED && !x[i].held_back -> takes(x[i].held); sends(x[i].held_back) }
    :: atomic { x[i].reply && x[i].core == ISSUED -> takes(x[i].reply);
        x[i].core = ENDED; x[i].core_end = x[i].provider_end; sends(x[i].returned) }
    :: atomic { x[i].reply && x[i].core == ENDED && !x[i].returned -> takes(x[i].reply); sends(x[i].returned) }
#ifdef NO_FROM_PROVIDER
    :: atomic { faults && x[i].core == ISSUED ->                          /* somebody answers who was not asked */
        x[i].core = ENDED; x[i].core_end = ANSWERED; sends(x[i].returned) }
#endif
    od
}

/* ---- 提供: provision.c */

inline answers(i, who) {
    assert(who == PROVIDER(i));
    assert(x[i].permits == 1);                                            /* no answer without a permit */
    assert(x[i].answered == 0);                                            /* one permit, one answer */
    assert(ALLOWED(own_list[who], i));
    x[i].answered++;
    x[i].provider = ENDED; x[i].provider_end = ANSWERED;
    sends(x[i].reply)
}

inline refuses(i, result) {
    x[i].provider = ENDED; x[i].provider_end = result;
    sends(x[i].reply)
}

inline asked_first(i, who) {
    if
#ifndef NO_LIST_BEHIND
    :: x[i].by_list > own_list[who] -> own_list[who] = list                  /* fetch it, be asked again */
#endif
#ifndef NO_LIST_OLDER
    :: x[i].by_list < own_list[who] -> refuses(i, NOT_ALLOWED)
#endif
#ifndef NO_EXPIRED
    :: x[i].by_list == own_list[who] && x[i].expired -> refuses(i, EXPIRED)
#endif
    :: else ->
        assert(x[i].by_list == own_list[who] && !x[i].expired);              /* both looked into one list, and in time */
        if
#ifndef NO_ALLOWED_BY_PROVIDER
        :: !ALLOWED(own_list[who], i) -> refuses(i, NOT_ALLOWED)
#endif
        :: else ->
            if
            :: PEOPLE_DECIDE(i) -> x[i].provider = HELD; sends(x[i].held)
            :: else -> answers(i, who)
            fi
        fi
    fi
}

proctype Provider(byte i)
{
    byte stranger = 0;
    do
    :: atomic { x[i].forwarded && HEEDED(x[i].provider == NONE || AGAIN) -> takes(x[i].forwarded);
        if
        :: x[i].provider == NONE -> asked_first(i, PROVIDER(i))
        :: x[i].provider == HELD -> sends(x[i].held)
        :: x[i].provider == ENDED ->
#ifdef NO_USED
            if :: x[i].provider_end == ANSWERED -> answers(i, PROVIDER(i)) :: else fi
#else
            sends(x[i].reply)                                             /* the same again */
#endif
        fi }
#ifdef NO_SIGNED
    :: atomic { faults && x[i].permits == 0 && x[i].provider == NONE -> answers(i, PROVIDER(i)) }
#endif
#ifdef NO_FOR_ME
    :: atomic { faults && x[i].forwarded -> answers(i, stranger) }        /* led to one who was not asked */
#endif
    od
}

/* Two of the provider's people, 1 and 2: one proposes, the other decides. */
proctype People(byte i)
{
    byte who;
    do
    :: atomic { x[i].provider == HELD && x[i].asked_by == 0 ->
        if :: x[i].asked_by = 1 :: x[i].asked_by = 2 fi;
        if :: x[i].releases = true :: x[i].releases = false fi }
    :: atomic { x[i].provider == HELD && x[i].asked_by != 0 ->
        if
        :: who = 3 - x[i].asked_by
#ifdef NO_OTHER_PERSON
        :: who = x[i].asked_by
#endif
        fi;
        assert(who != x[i].asked_by);
        if
        :: !x[i].releases -> refuses(i, REFUSED)
#ifndef NO_LOOK_AGAIN
        :: x[i].releases && !ALLOWED(own_list[PROVIDER(i)], i) -> refuses(i, NOT_ALLOWED)
#endif
        :: else -> answers(i, PROVIDER(i))
        fi }
    :: atomic { x[i].provider == HELD -> refuses(i, EXPIRED) }             /* nobody decided in time */
    od
}

/* ---- what happens to them */

proctype World()
{
    byte i, o;
    do
    :: atomic { faults && list == 1 -> list = 2 }
    :: atomic { list == 2 -> select(o : 1 .. 2); own_list[o] = 2 }
    :: atomic { faults -> select(i : 0 .. INQUIRIES - 1); x[i].expired = x[i].permits > 0 }
#ifdef LOSSY
    :: atomic { faults -> faults = false }
#endif
    od
}

init {
    byte i;
    atomic {
        for (i : 0 .. 2) { own_list[i] = 1 }
        for (i : 0 .. INQUIRIES - 1) {
            run Inquirer(i); run Core(i); run Provider(i);
            if :: PEOPLE_DECIDE(i) -> run People(i) :: else fi
        }
        run World()
    }
}

#ifdef LOSSY
/* When faults stop, whatever was begun ends. */
ltl drains { [] (!faults -> <> (x[0].inquirer == NONE || x[0].inquirer == ENDED)) }
#endif
