// Evidence catalogues (证据目录) as parties file them: one row for each item of evidence.
//
// What a catalogue says is declared. Source: 证据规定 (2019) article 19, 民事诉讼法 article 66;
// columns as in public templates (catalogue_columns.h). Pure, any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "court_adapters/adapter.h"
#include "court_adapters/china/table.h"
#include "heyan/v1/submission.pb.h"

namespace heyan::court_adapters::china {

struct CatalogueItem {
  std::string number;
  std::string name;
  v1::Category category = v1::CATEGORY_UNSPECIFIED;
  std::string source;
  std::string purpose;
  std::string file;                  // as named; empty: none
  std::optional<v1::Digest> digest;  // of an accepted algorithm
  std::string platform;
  std::string record;  // storage number
  std::string ledger;
  std::string transaction;
  std::optional<std::int64_t> stored_at_ms;
  std::string pointer;  // of its row
};

struct Catalogue {
  Table table;
  std::size_t heading = 0;  // the row of `table` with the columns' names; items follow it
  std::vector<CatalogueItem> items;
  std::vector<Remark> remarks;
};

// The catalogue, or all its defects (never an empty list), each with row and column
// ("/3/证据种类"). Defects beside those of table.h: heading-missing duplicate-column field-required
// duplicate-number kind-unknown bad-digest bad-time bad-value control-character limit.
// Remarks: algorithm-refused (MD5, SHA-1 and all but sha-256, sm3, sha-512; the digest is left
// out), time-in-future (after `filed_at_ms`), time-without-offset, unknown-column,
// more-sheets.
std::expected<Catalogue, std::vector<Defect>> read_catalogue(core::ByteView bytes,
                                                             std::int64_t filed_at_ms,
                                                             const core::Limits& limits);

// The catalogue as it was filed, with `results` (one text for each item) in a column `name`
// at the end: CSV in UTF-8 with a byte-order mark, safe to open (csv_line).
std::string export_catalogue(const Catalogue& catalogue, std::string_view name,
                             const std::vector<std::string>& results);

}  // namespace heyan::court_adapters::china
