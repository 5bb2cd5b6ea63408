// What a party may hold of a proof: the answers about one transaction, and of them only what is
// read (docs/fisco-bcos.md). A node's answer may list more, such as the other transactions of the
// block. Pure, any thread.
#pragma once

#include <optional>
#include <string>

#include "verifier/judging.h"
#include "verifier/ledgers/fisco_bcos/trust_config.h"

namespace heyan::ledgers::fisco_bcos {

// The proof itself where it holds nothing more. Nothing where the sealers of the trust list did not
// sign the header, or transaction or receipt do not stand in it: unverified bytes may be anybody's.
std::optional<std::string> excerpt_of(ByteView proof, const FiscoConfig& config,
                                      const Judging& judging);

}  // namespace heyan::ledgers::fisco_bcos
