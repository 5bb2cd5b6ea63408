// A filing with what came along, as a submission of ours.
//
// Places: of the message a JSON pointer; of the catalogue "catalogue:/3/证据种类" (row and column);
// of the side records "records:/items/0/ledger"; of a part "part:NAME". Pure, any thread.
#pragma once

#include <expected>
#include <vector>

#include "court_adapters/adapter.h"
#include "court_adapters/china/evidence_catalogue.h"
#include "court_adapters/micro_court/message.h"

namespace heyan::court_adapters::micro_court {

inline constexpr std::string_view kCataloguePart = "catalogue";
inline constexpr std::string_view kRecordsPart = "records";

// The part of that name, or null.
const Part* find_part(std::span<const Part> parts, std::string_view name);

// All bytes of it. kLimit: more than `most`.
core::Result<core::Bytes> read_all(const contents::ByteSource& source, std::size_t most);

// layy.id of the message; "" where it cannot be read.
std::string filing_id(const Request& request);

// Items are the rows of the catalogue; without one, the files of the evidence slot. An item whose
// file did not come is a remark (file-missing) and not filed; a defect where none came.
// Defects: unreadable ambiguous-file path-traversal part-missing unknown-item, those of the
// catalogue and of records.h. Remarks: file-missing not-in-catalogue part-not-used
// platform-not-identified too-many-remarks and those of the message and the catalogue.
std::expected<Filing, std::vector<Defect>> read_filing(const Request& request,
                                                       const core::Limits& limits);

}  // namespace heyan::court_adapters::micro_court
