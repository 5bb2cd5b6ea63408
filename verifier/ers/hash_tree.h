// A reduced hash tree: from the lists that lead to a root, the root. Source: RFC 4998 4.3 (values
// of a list in binary ascending order, a list of one value not hashed again). Pure, any thread but
// for the checker.
#pragma once

#include <vector>

#include "verifier/crypto/signature.h"

namespace heyan::ers {

// Nothing where the engines disagree. Equal values are kept.
std::optional<core::Bytes> root_of(const std::vector<std::vector<core::ByteView>>& tree,
                                   crypto::Hash hash, crypto::SignatureChecker& checker);

// Is every value as long as a digest?
bool has_digests_only(const std::vector<std::vector<core::ByteView>>& tree, crypto::Hash hash);

}  // namespace heyan::ers
