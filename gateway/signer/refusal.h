// What a caller is told when the signer does not do what it was asked: stable words, never text.
#pragma once

#include "heyan/v1/gateway.pb.h"
#include "verifier/core/error.h"

namespace heyan::signer {

// Final unless disk or database failed, something changed meanwhile, or whoever asks goes by
// another list or build than the signer (kChanged): then trying again may help.
v1::Refusal refusal_of(const core::Error& error);

// Of what hinders all that were asked, say a database that no longer lets this program in, and of
// what follows once a leaf is committed: that is nobody's fault, and never final. The text stays.
core::Error for_now(core::Error error);

}  // namespace heyan::signer
