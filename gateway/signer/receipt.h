// The receipt: what was taken in, signed before the submission is acknowledged.
//
// A compact JWS (RFC 7515 7.1) of the receipt key, typ "heyan-receipt+jws", x5c of its certificate,
// over canonical JSON
//   {"court","files":[{"path","sha256","size"}],"intake":N,"log","receivedAt","schema":"heyan.receipt.v1","submission"}
#pragma once

#include "gateway/signer/keys.h"
#include "heyan/v1/gateway.pb.h"
#include "verifier/core/error.h"
#include "verifier/core/time.h"

namespace heyan::signer {

// `log`: origin of the log in which the intake stands at `index`.
core::Result<std::string> sign_receipt(const v1::Intake& intake, std::string_view log,
                                       std::uint64_t index, core::UtcTime received_at,
                                       const report::ReportSigner& signer);

// SHA-256 of the list of files as the receipt has it: what the intake leaf commits to.
core::Bytes files_digest(const v1::Intake& intake);

}  // namespace heyan::signer
