// The columns of evidence catalogues, by the names that are in use.
//
// Source: 证据规定 (2019) article 19 (number, source, object of proof, content) and public
// templates.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heyan::court_adapters::china {

enum class Column : std::uint8_t {
  kNumber,
  kName,
  kKind,     // 民事诉讼法 article 66
  kSubKind,  // 证据规定 article 14
  kSource,
  kPurpose,
  kPages,
  kCopies,
  kOriginal,  // original or copy
  kFile,
  kAlgorithm,
  kDigest,
  kPlatform,
  kRecord,  // 存证编号
  kTime,    // of storing
  kLedger,
  kTransaction,
  kHeight,
};
inline constexpr std::size_t kColumns = 18;

// Blanks, "／" for "/", brackets and capitals aside. Nothing: another column.
std::optional<Column> column_by_name(std::string_view name);

// The first of its names.
std::string_view name_of(Column column);

}  // namespace heyan::court_adapters::china
