// A record of the court's chain as somebody files it: request, answer and the file, as a submission
// of ours.
//
// The record is what the operator says (an operator attestation); no proof of it comes along, so
// the item stays without proof. A remark says what the record states and what its signature covers.
// Pure, any thread.
#pragma once

#include <expected>
#include <vector>

#include "court_adapters/adapter.h"

namespace heyan::court_adapters::netcourt_hangzhou {

// The message is the notaryCert request. Parts: `file` (the bytes, required), `response` (its
// answer), `token` (the notaryToken request before it). Settings: account_keys ("ACCOUNT BASE64",
// the RSA key as SubjectPublicKeyInfo), ledger (its id in the trust list).
//
// Defects, of the parts under "response:" and "token:": those of request.h and response.h,
// signature-invalid, reference-mismatch (token of another account), file-missing, unreadable,
// limit, bad-setting. Remarks: operator-attestation signature-not-checked content-not-a-fingerprint
// response-missing operator-refused operator-says-mismatch part-not-used.
std::expected<Filing, std::vector<Defect>> read_filing(const Request& request,
                                                       const core::Limits& limits);

}  // namespace heyan::court_adapters::netcourt_hangzhou
