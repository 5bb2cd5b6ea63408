// A signed receipt (gateway/signer/receipt.h), told again.
#pragma once

#include <span>
#include <string>

#include "gateway/store/submission.h"

namespace heyan::service {

// JSON: number, submission, court, receivedAt, log, intake, files as they were signed; and the
// items that case.json names, which are declared, with pages where it counts them. kInternal: the
// receipt does not read.
core::Result<std::string> receipt_text(const store::Submission& submission,
                                       std::span<const store::FiledItem> items);

}  // namespace heyan::service
