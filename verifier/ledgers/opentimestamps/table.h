// Tables of block headers, as a court keeps and imports them.
//
// Lines HEIGHT<TAB>HEADER (160 hexadecimal digits), heights ascending, gaps allowed; "#" begins a
// comment. Pure; any thread.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "verifier/core/time.h"
#include "verifier/ledgers/opentimestamps/periods.h"

namespace heyan::ledgers::opentimestamps {

struct ListedHeader {
  std::uint64_t height = 0;
  BlockHeader header;
  std::size_t line = 0;  // of the table it was read from
};

struct HeaderFault {
  std::uint64_t height = 0;
  std::size_t line = 0;
  Reason reason = Reason::kLink;
};

using HeaderTable = std::vector<ListedHeader>;  // heights ascending, each once

std::expected<HeaderTable, TableDefect> read_table(core::ByteView text);
std::string write_table(const HeaderTable& table);
const ListedHeader* find(const HeaderTable& table, std::uint64_t height);  // null: none

// Both in one. A fault, with the line of `added`, where they have different headers at a height.
std::expected<HeaderTable, HeaderFault> merge(const HeaderTable& kept, const HeaderTable& added);

// Each header against its target, its neighbour where that is there (link, target, retarget, median
// of the eleven before), its period where that is known, and `now` plus two hours where given. A
// period that begins in the table, as its predecessor's times demand, becomes known to `periods`.
std::vector<HeaderFault> check_table(const HeaderTable& table, Periods& periods,
                                     std::optional<core::UtcTime> now = {});

// How many headers a run of neighbours ties to the first header of a known period.
std::size_t count_linked(const HeaderTable& table, const Periods& periods);

// What a fault means, in English: "does not meet its target".
std::string_view words(Reason reason);

}  // namespace heyan::ledgers::opentimestamps
