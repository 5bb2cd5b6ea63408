// A signed receipt (gateway/signer/receipt.h), told again.
#pragma once

#include <span>
#include <string>

#include "gateway/service/acceptance.h"

namespace heyan::service {

// What case.json says of its items: of the file that was signed, not of rows that somebody may have
// altered. None where the submission was deleted. kInternal: the vault has another file; kIo: it
// cannot be read now.
core::Result<std::vector<store::FiledItem>> items_in_case(const Acceptance& with,
                                                          const store::Submission& submission,
                                                          const SignedReceipt& receipt);

// JSON: number, submission, court, receivedAt, log, intake, files as they were signed; the items,
// which are declared, with pages where they are counted; and how the court is called.
std::string receipt_text(const SignedReceipt& receipt, std::string_view court_name,
                         std::span<const store::FiledItem> items);

}  // namespace heyan::service
