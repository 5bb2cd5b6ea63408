// A trust list told entry by entry, and what another one would change: for people who are to put it
// in force.
//
// Threat: a change that is not told is one that nobody sees. Everything that the list says is in
// its entries: what is typed as it was understood, the settings of a ledger as they stand in the
// document, whether or not this build knows its format, and every file by its digest. Comments,
// white space and the order of entries are not told; the digest of the list covers them. Text from
// outside as core::visible shows it. Pure, any thread.
#pragma once

#include <string_view>

#include "heyan/v1/trust.pb.h"
#include "verifier/trust/trust_list.h"

namespace heyan::trust {

// `document`: the text that `list` was read from. Times as RFC 3339; facts that are absent in the
// list are not told.
v1::TrustOutline outline(const TrustList& list, std::string_view document);

// What is not the same, in the order of `after`, then what is no longer there.
v1::TrustComparison compare(const v1::TrustOutline& before, const v1::TrustOutline& after);

}  // namespace heyan::trust
