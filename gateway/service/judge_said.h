// Whether what a judge's child says may be worked with. For judging.cc and tests.
//
// Threat: a judge that was taken over says anything. What the store cannot hold would be tried
// again for ever, and what has no bound fills it and the log. Bounds are no narrower than what an
// honest judge says of whatever case; who says more counts as one that died.
#pragma once

#include <string_view>

#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

// Small letters and hyphens, up to 64: a word of a refusal, as jobs keep it, webhooks tell it and
// pages have texts for it.
bool is_refusal_word(std::string_view code);

// With a report: verdicts that there are, its number, envelope and record, and blocks of ledgers
// that can be named.
bool can_be_kept(const v1::JudgeDone& done);

bool can_be_asked(const v1::LedgerRecall& asked);
bool can_be_asked(const v1::LedgerWatch& asked);

}  // namespace heyan::service
