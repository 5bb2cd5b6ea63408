// From one offered document to its attestation: read, verify the depositor's signature, say.
#pragma once

#include "heyan/v1/attestation.pb.h"
#include "verifier/judging.h"
#include "verifier/ledgers/ledger.h"
#include "verifier/ledgers/zhixin/config.h"

namespace heyan::ledgers::zhixin {

// Do these first bytes begin a deposit or a certificate? False when in doubt.
bool looks_like_ours(core::ByteView head);

// Of tier OPERATOR_ATTESTATION, whatever the bytes are: a document that is neither of the two forms
// is attached unread. An Error only where we could not work: the budget is spent, or two libraries
// compute different digests.
core::Result<v1::Attestation> attest(const ProofView& proof, const v1::ItemRecord& measured,
                                     const OperatorConfig& config, const Judging& judging);

// Is it one deposit or one certificate, and nothing else?
bool is_one_document(core::ByteView bytes, const core::Limits& limits);

// ZX, and the first 20 bytes of SM3 over the point 04 || X || Y in hexadecimal. Nothing where the
// libraries disagree.
std::optional<std::string> zhixin_address(core::ByteView point, crypto::SignatureChecker& checker);

}  // namespace heyan::ledgers::zhixin
