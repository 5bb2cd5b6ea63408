// A proof that was just fetched, under a trust list: what `heyan verify` would say of its ledger
// and signatures, without evidence to compare it with.
#pragma once

#include <expected>
#include <string>

#include "gateway/cli/trouble.h"
#include "gateway/cli/trust_files.h"
#include "gateway/proof_fetch/bundle.h"
#include "heyan/v1/attestation.pb.h"
#include "verifier/core/time.h"

namespace heyan::cli {

// Status 65 where the list has no ledger of that id and format.
std::expected<const trust::LedgerEntry*, Trouble> find_ledger(const trust::TrustList& list,
                                                              std::string_view id,
                                                              std::string_view format);

std::expected<v1::Attestation, Trouble> judge_fetched(const proof_fetch::Bundle& bundle,
                                                      std::string_view transaction,
                                                      const trust::LedgerEntry& entry,
                                                      const trust::TrustList& list,
                                                      core::UtcTime as_of);

// Signed as the chain and this court's quorum want it.
bool is_established(const v1::Attestation& attestation);

}  // namespace heyan::cli
