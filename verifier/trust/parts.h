// How the parts of a trust list are read. Inside verifier/trust only.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "verifier/trust/table.h"
#include "verifier/trust/trust_list.h"

namespace heyan::trust {

// Text that other entries refer to: not empty, at most 128 bytes. Of an id, it also says where it
// stood before.
std::optional<std::string> read_id(Table& table, std::string_view key = "id");

// { zh = "...", en = "..." }: a missing language is filled from the other, and both from
// `otherwise`.
BilingualText read_name(Table& table, std::string_view otherwise);

// Each reads all entries of its kind from the root of the document into `list`.
void read_institutions(Table& root, TrustList& list);
void read_quorums(Table& root, TrustList& list);
void read_time_authorities(Table& root, TrustList& list);
void read_ledgers(Table& root, TrustList& list, std::span<const LedgerSetup* const> formats);

}  // namespace heyan::trust
