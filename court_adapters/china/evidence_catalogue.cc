#include "court_adapters/china/evidence_catalogue.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include <fmt/core.h>

#include "court_adapters/china/catalogue_columns.h"
#include "court_adapters/china/checked.h"
#include "court_adapters/china/local_time.h"
#include "verifier/contents/submission_fields.h"
#include "verifier/contents/words.h"
#include "verifier/core/text.h"

namespace heyan::court_adapters::china {
namespace {

constexpr std::size_t kHeadingRows = 10;  // titles may stand before it
constexpr std::size_t kMaxIdBytes = 128;

constexpr auto kKinds = std::to_array<std::pair<std::string_view, v1::Category>>({
    {"当事人的陈述", v1::CATEGORY_PARTY_STATEMENT},
    {"当事人陈述", v1::CATEGORY_PARTY_STATEMENT},
    {"书证", v1::CATEGORY_DOCUMENTARY},
    {"物证", v1::CATEGORY_PHYSICAL},
    {"视听资料", v1::CATEGORY_AUDIOVISUAL},
    {"电子数据", v1::CATEGORY_ELECTRONIC_DATA},
    {"证人证言", v1::CATEGORY_WITNESS},
    {"鉴定意见", v1::CATEGORY_EXPERT_OPINION},
    {"勘验笔录", v1::CATEGORY_INSPECTION_RECORD},
});

constexpr auto kOriginals = std::to_array<std::string_view>(
    {"", "原件", "原物", "复制件", "复印件", "复制品", "original", "copy"});

// "SHA-256", "sha_256" and "SHA256" are one name.
std::string algorithm_name(std::string_view text) {
  std::string name;
  for (const char c : text) {
    if (c == '-' || c == '_' || c == ' ') continue;
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name;
}

std::optional<v1::DigestAlgorithm> accepted_algorithm(std::string_view text) {
  const std::string name = algorithm_name(text);
  if (name == "sha256") return v1::DIGEST_ALGORITHM_SHA_256;
  if (name == "sm3") return v1::DIGEST_ALGORITHM_SM3;
  if (name == "sha512") return v1::DIGEST_ALGORITHM_SHA_512;
  return std::nullopt;
}

std::string quoted(std::string_view text) { return '"' + core::visible(text, 64) + '"'; }

// Beside the ends of lines, and tabs.
bool has_control_in_lines(std::string text) {
  std::erase_if(text, [](char c) { return c == '\n' || c == '\r' || c == '\t'; });
  return core::has_control(text);
}

class CatalogueReader {
 public:
  CatalogueReader(std::int64_t filed_at_ms, const core::Limits& limits, Catalogue& out)
      : filed_at_ms_(filed_at_ms), limits_(limits), out_(out) {}

  std::vector<Defect> read() {
    if (!find_heading()) {
      defects_.add("", "heading-missing",
                   fmt::format("No row among the first {} names the columns {} and {}: add it.",
                               kHeadingRows, name_of(Column::kNumber), name_of(Column::kName)));
      return std::move(defects_).take();
    }
    if (out_.table.more_sheets) {
      remark("", "more-sheets", "",
             "The workbook has several sheets; the first that is shown alone is read.");
    }
    for (std::size_t i = out_.heading + 1; i < out_.table.rows.size(); ++i) {
      out_.items.push_back(read_item(out_.table.rows[i]));
    }
    if (out_.items.empty()) {
      defects_.add("", "field-required", "The catalogue has no item: add one.");
    } else if (out_.items.size() > limits_.items) {
      defects_.add("", "limit",
                   fmt::format("There are more than {} items. Divide the filing.", limits_.items));
    }
    return std::move(defects_).take();
  }

 private:
  void remark(const std::string& item, std::string_view code, const std::string& pointer,
              std::string detail) {
    out_.remarks.push_back({item, std::string(code), pointer, std::move(detail)});
  }

  bool find_heading() {
    const std::size_t most = std::min(out_.table.rows.size(), kHeadingRows);
    for (out_.heading = 0; out_.heading < most; ++out_.heading) {
      const auto& names = out_.table.rows[out_.heading].cells;
      const auto has = [&](Column column) {
        return std::ranges::any_of(
            names, [&](const std::string& name) { return column_by_name(name) == column; });
      };
      if (has(Column::kNumber) && has(Column::kName)) {
        read_heading(out_.table.rows[out_.heading]);
        return true;
      }
    }
    return false;
  }

  void read_heading(const Row& row) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string where =
          fmt::format("/{}/{}", row.number, core::json::shown_pointer_token(row.cells[i]));
      const auto column = column_by_name(row.cells[i]);
      if (!column) {
        if (row.cells[i].empty()) continue;
        remark("", "unknown-column", where,
               fmt::format("The column {} is not read.", quoted(row.cells[i])));
        continue;
      }
      auto& place = places_.at(static_cast<std::size_t>(*column));
      if (place) {
        defects_.add(where, "duplicate-column",
                     fmt::format("Two columns are read as {}: remove one.", name_of(*column)));
      }
      place = i;
    }
  }

  std::string cell(const Row& row, Column column) const {
    const auto place = places_.at(static_cast<std::size_t>(column));
    return place && *place < row.cells.size() ? std::string(trimmed(row.cells[*place])) : "";
  }

  std::string pointer(const Row& row, Column column) const {
    const auto place = places_.at(static_cast<std::size_t>(column));
    const auto& names = out_.table.rows[out_.heading].cells;
    const std::string name = place ? names[*place] : std::string(name_of(column));
    return fmt::format("/{}/{}", row.number, core::json::shown_pointer_token(name));
  }

  // Text of a paragraph: lines may end in it.
  std::string text(const Row& row, Column column) {
    std::string value = cell(row, column);
    if (!has_control_in_lines(value)) return value;
    defects_.add(pointer(row, column), "control-character",
                 fmt::format("{} has a control or invisible character: remove it.", quoted(value)));
    return {};
  }

  std::string line(const Row& row, Column column) {
    std::string value = text(row, column);
    if (!core::has_control(value)) return value;
    defects_.add(pointer(row, column), "control-character",
                 fmt::format("{} must stand on one line.", quoted(value)));
    return {};
  }

  std::string id(const Row& row, Column column) {
    std::string value = cell(row, column);
    if (core::has_control(value)) return {};  // line() tells it
    if (value.size() <= kMaxIdBytes) return value;
    defects_.add(pointer(row, column), "limit",
                 fmt::format("{} has at most {} bytes.", name_of(column), kMaxIdBytes));
    return {};
  }

  std::string required(const Row& row, Column column) {
    std::string value = line(row, column);
    if (cell(row, column).empty()) {
      defects_.add(pointer(row, column), "field-required",
                   fmt::format("{} is missing: give it.", name_of(column)));
    }
    return value;
  }

  CatalogueItem read_item(const Row& row) {
    CatalogueItem item;
    item.pointer = fmt::format("/{}", row.number);
    check_other_cells(row);
    item.number = read_number(row);
    item.name = required(row, Column::kName);
    item.category = read_kind(row);
    item.source = text(row, Column::kSource);
    item.purpose = text(row, Column::kPurpose);
    item.file = line(row, Column::kFile);
    item.platform = line(row, Column::kPlatform);
    item.record = line(row, Column::kRecord);
    line(row, Column::kLedger);
    item.ledger = id(row, Column::kLedger);
    item.transaction = line(row, Column::kTransaction);
    for (const Column column : {Column::kSubKind, Column::kPages}) line(row, column);
    check_numbers(row);
    check_original(row);
    item.digest = read_digest(row, item.number);
    item.stored_at_ms = read_time(row, item.number);
    return item;
  }

  // Columns that are not read are still shown in exports.
  void check_other_cells(const Row& row) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (std::ranges::find(places_, std::optional(i)) != places_.end()) continue;
      if (!has_control_in_lines(row.cells[i])) continue;
      defects_.add(
          fmt::format("/{}", row.number), "control-character",
          fmt::format("{} has a control or invisible character: remove it.", quoted(row.cells[i])));
    }
  }

  std::string read_number(const Row& row) {
    required(row, Column::kNumber);
    std::string number = id(row, Column::kNumber);
    if (!number.empty() && !numbers_.insert(number).second) {
      defects_.add(
          pointer(row, Column::kNumber), "duplicate-number",
          fmt::format("The number {} stands twice: give each item its own.", quoted(number)));
    }
    return number;
  }

  v1::Category read_kind(const Row& row) {
    const std::string kind = line(row, Column::kKind);
    if (kind.empty()) return v1::CATEGORY_UNSPECIFIED;
    const auto* found =
        std::ranges::find(kKinds, kind, &std::pair<std::string_view, v1::Category>::first);
    if (found != kKinds.end()) return found->second;
    defects_.add(pointer(row, Column::kKind), "kind-unknown",
                 fmt::format("{} is none of the eight kinds of evidence of 民事诉讼法 article 66: "
                             "name one of them.",
                             quoted(kind)));
    return v1::CATEGORY_UNSPECIFIED;
  }

  void check_numbers(const Row& row) {
    for (const Column column : {Column::kCopies, Column::kHeight}) {
      const std::string value = line(row, column);
      const bool digits = value.find_first_not_of("0123456789") == std::string::npos;
      if (digits && value.size() <= 18) continue;
      defects_.add(pointer(row, column), "bad-value",
                   fmt::format("{} is a whole number.", name_of(column)));
    }
  }

  void check_original(const Row& row) {
    const std::string value = line(row, Column::kOriginal);
    if (std::ranges::find(kOriginals, value) != kOriginals.end()) return;
    defects_.add(pointer(row, Column::kOriginal), "bad-value",
                 fmt::format("{} is neither 原件 nor 复制件.", quoted(value)));
  }

  std::optional<v1::Digest> read_digest(const Row& row, const std::string& number) {
    const std::string algorithm = line(row, Column::kAlgorithm);
    const std::string value = line(row, Column::kDigest);
    if (algorithm.empty() && value.empty()) return std::nullopt;
    if (algorithm.empty() || value.empty()) {
      const Column missing = algorithm.empty() ? Column::kAlgorithm : Column::kDigest;
      defects_.add(pointer(row, missing), "field-required",
                   fmt::format("{} is missing: a fingerprint needs both.", name_of(missing)));
      return std::nullopt;
    }
    const auto accepted = accepted_algorithm(algorithm);
    if (!accepted) {
      remark(number, "algorithm-refused", pointer(row, Column::kAlgorithm),
             fmt::format("Fingerprints by {} are not relied on; give one by SHA-256, SM3 or "
                         "SHA-512.",
                         quoted(algorithm)));
      return std::nullopt;
    }
    const auto bytes = core::from_hex(value);
    if (!bytes || bytes->size() != contents::digest_bytes(*accepted)) {
      defects_.add(pointer(row, Column::kDigest), "bad-digest",
                   fmt::format("A {} fingerprint is {} hexadecimal digits.", quoted(algorithm),
                               2 * contents::digest_bytes(*accepted)));
      return std::nullopt;
    }
    v1::Digest digest;
    digest.set_algorithm(*accepted);
    digest.set_value(core::to_string(*bytes));
    return digest;
  }

  std::optional<std::int64_t> read_time(const Row& row, const std::string& number) {
    const std::string value = line(row, Column::kTime);
    if (value.empty()) return std::nullopt;
    auto time = read_local_time(value);
    if (!time && out_.table.is_workbook) time = serial_time(value, out_.table.from_1904);
    const std::string where = pointer(row, Column::kTime);
    if (!time) {
      defects_.add(where, "bad-time", "A time is written 2026-03-01T08:02:00+08:00.");
      return std::nullopt;
    }
    if (time->offset_assumed) {
      remark(number, "time-without-offset", where,
             fmt::format("{} has no offset; it is taken as +08:00.", quoted(value)));
    }
    if (time->ms > filed_at_ms_) {
      remark(number, "time-in-future", where,
             fmt::format("{} is later than the filing.", quoted(value)));
    }
    return time->ms;
  }

  // Days since 1899-12-30 or 1904-01-01, as spreadsheet programs keep times; of years from 1950 on.
  static std::optional<LocalTime> serial_time(const std::string& value, bool from_1904) {
    constexpr double kTo1904 = 1'462;
    constexpr double kFirst = 18'264;
    constexpr double kLast = 73'050;  // 2099
    constexpr std::int64_t kEpochDays = 25'569;
    constexpr std::int64_t kDayMs = 86'400'000;
    constexpr std::int64_t kOffsetMs = std::int64_t{8} * 3'600'000;
    double days = 0;
    const auto [end, error] =
        std::from_chars(value.data(), value.data() + value.size(), days, std::chars_format::fixed);
    if (error != std::errc() || end != value.data() + value.size()) return std::nullopt;
    if (from_1904) days += kTo1904;
    if (!(days >= kFirst && days <= kLast)) return std::nullopt;
    const auto ms = static_cast<std::int64_t>(std::llround(days * 86'400.0)) * 1'000;
    return LocalTime{ms - kEpochDays * kDayMs - kOffsetMs, true};
  }

  std::int64_t filed_at_ms_;
  const core::Limits& limits_;
  Catalogue& out_;
  contents::Defects defects_;
  std::array<std::optional<std::size_t>, kColumns> places_;
  std::set<std::string> numbers_;
};

}  // namespace

std::expected<Catalogue, std::vector<Defect>> read_catalogue(core::ByteView bytes,
                                                             std::int64_t filed_at_ms,
                                                             const core::Limits& limits) {
  auto table = read_table(bytes, limits);
  if (!table) return std::unexpected(std::vector{std::move(table).error()});
  Catalogue catalogue;
  catalogue.table = *std::move(table);
  auto defects = CatalogueReader(filed_at_ms, limits, catalogue).read();
  if (!defects.empty()) return std::unexpected(std::move(defects));
  return catalogue;
}

std::string export_catalogue(const Catalogue& catalogue, std::string_view name,
                             const std::vector<std::string>& results) {
  const auto& rows = catalogue.table.rows;
  const auto width = [&] {
    std::size_t most = 0;
    for (const Row& row : rows) most = std::max(most, row.cells.size());
    return most;
  }();
  std::string text = "\xef\xbb\xbf";
  for (std::size_t i = catalogue.heading; i < rows.size(); ++i) {
    std::vector<std::string> cells = rows[i].cells;
    cells.resize(width);
    const std::size_t item = i - catalogue.heading;  // 0: the names
    cells.emplace_back(item == 0                   ? std::string(name)
                       : item - 1 < results.size() ? results[item - 1]
                                                   : std::string());
    text += csv_line(cells);
  }
  return text;
}

}  // namespace heyan::court_adapters::china
