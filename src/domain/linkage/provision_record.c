// SPDX-License-Identifier: Apache-2.0
#include "provision_record.h"

#include <assert.h>

ProvisionRecord record_of_inquiry(const Inquiry *inquiry)
{
    return (ProvisionRecord){.role = RECORD_INQUIRER,
                             .permit = inquiry->permit,
                             .person = inquiry->person,
                             .provided_at = inquiry->provided_at,
                             .result = inquiry->result};
}

ProvisionRecord record_of_provision(const Provision *provision)
{
    return (ProvisionRecord){.role = RECORD_PROVIDER,
                             .permit = provision->permit,
                             .person = provision->person,
                             .provided_at =
                                 result_answered(provision->result) ? provision->reply.at : 0,
                             .result = provision->result};
}

ProvisionRecord record_of_relay(const Relay *relay)
{
    bool ended = relay->state == RELAY_ENDED,
         answered = ended && relay->reply.kind == REPLY_ANSWERED;
    LinkageResult refused =
        relay->state == RELAY_REFUSED ? RESULT_NOT_ALLOWED : relay->reply.refusal;
    return (ProvisionRecord){.role = RECORD_CORE,
                             .permit = relay->permit,
                             .provided_at = answered ? relay->reply.at : 0,
                             .result = answered ? RESULT_GIVEN : refused};
}

ProvisionRecord record_for_core(const ProvisionRecord *own)
{
    ProvisionRecord told = *own;
    if (result_answered(own->result)) told.result = RESULT_GIVEN;
    told.person = (UnifiedNo){{0}};
    return told;
}

static bool same_asked(const ProvisionRecord *a, const ProvisionRecord *b)
{
    return permit_id_same(&a->permit.id, &b->permit.id) &&
           permit_asks_the_same(&a->permit, &b->permit);
}

// The inquirer may have stopped waiting before the provider decided; then its own word stands beside.
static bool same_end(const ProvisionRecord *inquirer, const ProvisionRecord *provider)
{
    LinkageResult waited = inquirer->result;
    return waited == provider->result || waited == RESULT_SILENT || waited == RESULT_UNREADABLE ||
           waited == RESULT_CANCELLED;
}

RecordsDiffer records_differ(const ProvisionRecord *inquirer, const ProvisionRecord *provider,
                             const ProvisionRecord *core)
{
    if (!inquirer || !core) return RECORDS_ORPHAN;
    if (!same_asked(inquirer, core)) return RECORDS_OTHER_ASKED;
    if (inquirer->provided_at != core->provided_at) return RECORDS_OTHER_TIME;
    if (!provider)
        return core->result == RESULT_NONE || core->result == RESULT_NOT_ALLOWED ? RECORDS_AGREE
                                                                                 : RECORDS_ORPHAN;
    if (!same_asked(provider, core)) return RECORDS_OTHER_ASKED;
    if (provider->provided_at != core->provided_at) return RECORDS_OTHER_TIME;
    if (result_answered(provider->result) != (core->result == RESULT_GIVEN) ||
        !same_end(inquirer, provider))
        return RECORDS_OTHER_END;
    return RECORDS_AGREE;
}

// The other side is taken to say what it can: the core's word where it knows, ours where only the two sides do.
RecordsDiffer record_differs_from_core(const ProvisionRecord *own, const ProvisionRecord *core)
{
    if (!own || !core) return RECORDS_ORPHAN;
    if (own->role == RECORD_PROVIDER) return records_differ(own, own, core);
    bool given = core->result == RESULT_GIVEN;
    ProvisionRecord provider = *core;
    if (given && result_answered(own->result)) provider.result = own->result;
    bool asked = core->result != RESULT_NONE && core->result != RESULT_NOT_ALLOWED;
    return records_differ(own, asked ? &provider : NULL, core);
}

static bool agrees(const ProvisionRecord *own, const ProvisionRecord *core)
{
    return !own || same_asked(own, core);
}

RecordsStand records_stand(const ProvisionRecord *inquirer, const ProvisionRecord *provider,
                           const ProvisionRecord *core)
{
    assert(inquirer || provider || core);
    if (!core || !agrees(inquirer, core) || !agrees(provider, core)) return RECORDS_APART;
    bool provides = core->result != RESULT_NONE && core->result != RESULT_NOT_ALLOWED;
    if (core->result == RESULT_NONE || !inquirer || (provides && !provider)) return RECORDS_INCOMPLETE;
    return records_differ(inquirer, provider, core) == RECORDS_AGREE ? RECORDS_TOGETHER : RECORDS_APART;
}
