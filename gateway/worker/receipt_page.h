// A signed receipt as pages for people, with the receipt itself attached. In the render child.
//
// The pages bear no seal: what was signed is attached, and they say so. They hold what the receipt
// holds and nothing more of the case. Names of items and files are somebody's words.
#pragma once

#include <string>

#include "gateway/pdf/fonts.h"
#include "heyan/v1/gateway.pb.h"
#include "schemas/catalogue/catalogue.h"
#include "verifier/core/error.h"

namespace heyan::worker {

inline constexpr std::string_view kReceiptName = "receipt.jws";
inline constexpr std::string_view kReceiptType = "application/jose";

// The same receipt and language give the same bytes. kMalformed: its text is not that of a receipt;
// and those of pdf::print.
core::Result<std::string> print_receipt(const v1::FiledReceipt& receipt,
                                        catalogue::Language language, const pdf::Fonts& fonts);

}  // namespace heyan::worker
