// Workbooks (xlsx): ECMA-376 part 1, sections 18.2 to 18.4; part 2 for the package. Read by the
// readers of ZIP and XML that everything else here uses, which hold hostile input to limits.
#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/core.h>

#include "court_adapters/china/table.h"
#include "verifier/contents/zip.h"
#include "verifier/core/text.h"
#include "verifier/markup/document.h"

namespace heyan::court_adapters::china {
namespace {

constexpr std::size_t kPartBytes = 32u << 20;
constexpr std::size_t kElements = 2'000'000;
constexpr std::size_t kRowsBesideItems = 16;
constexpr std::string_view kWorkbook = "xl/workbook.xml";

contents::Defect malformed(std::string detail) {
  return {"", "malformed-table", std::move(detail)};
}

// Both editions of the standard (transitional and strict) use the same names.
markup::Element child(const markup::Element& element, std::string_view name) {
  for (markup::Element at = element.first(); at; at = at.next()) {
    if (at.name() == name) return at;
  }
  return {};
}

std::string attribute(const markup::Element& element, std::string_view name) {
  for (const markup::Attribute& one : element.attributes()) {
    if (one.name == name) return one.value;
  }
  return {};
}

// A text that is divided into runs; what is only said how to pronounce is left out.
std::string text_of(const markup::Element& element) {
  std::string text;
  for (markup::Element at = element.first(); at; at = at.next()) {
    if (at.name() == "t") text += at.text();
    if (at.name() == "r") text += child(at, "t").text();
  }
  return text;
}

// "C12" is column 2.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  std::size_t letters = 0;
  while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z') {
    column = column * 26 + static_cast<std::size_t>(reference[letters] - 'A' + 1);
    if (++letters > 3) return std::nullopt;
  }
  if (letters == 0) return std::nullopt;
  return column - 1;
}

class WorkbookReader {
 public:
  WorkbookReader(contents::ZipArchive archive, const core::Limits& limits)
      : archive_(std::move(archive)), limits_(limits) {}

  std::expected<Table, contents::Defect> read() {
    auto workbook = part(kWorkbook);
    if (!workbook) return std::unexpected(std::move(workbook).error());
    const markup::Element sheets = child(workbook->root(), "sheets");
    const markup::Element first = first_shown(sheets);
    if (!first) return std::unexpected(malformed("The workbook has no sheet that is shown."));
    auto path = path_of(attribute_r_id(first));
    if (!path) return std::unexpected(std::move(path).error());
    if (auto shared = read_shared(); !shared) return std::unexpected(std::move(shared).error());
    auto sheet = part(*path);
    if (!sheet) return std::unexpected(std::move(sheet).error());
    Table table;
    table.is_workbook = true;
    const std::string from_1904 = attribute(child(workbook->root(), "workbookPr"), "date1904");
    table.from_1904 = from_1904 == "1" || from_1904 == "true";
    table.more_sheets = sheets.children().size() > 1;
    if (auto read = read_rows(child(sheet->root(), "sheetData"), table); !read) {
      return std::unexpected(std::move(read).error());
    }
    return table;
  }

 private:
  // What a person who opens the workbook sees first.
  static markup::Element first_shown(const markup::Element& sheets) {
    for (markup::Element at = sheets.first(); at; at = at.next()) {
      if (at.name() != "sheet") continue;
      const std::string state = attribute(at, "state");
      if (state.empty() || state == "visible") return at;
    }
    return {};
  }

  static std::string attribute_r_id(const markup::Element& sheet) {
    for (const markup::Attribute& one : sheet.attributes()) {
      if (one.name == "id" && one.space.ends_with("/relationships")) return one.value;
    }
    return {};
  }

  std::expected<markup::Document, contents::Defect> part(std::string_view name) {
    const auto entry = archive_.find(name);
    if (!entry || archive_.entries()[*entry].size > kPartBytes) {
      return std::unexpected(
          malformed(fmt::format("The workbook has no part \"{}\" of at most {} bytes.",
                                core::visible(name, 64), kPartBytes)));
    }
    core::Bytes bytes;
    const auto read = archive_.read(*entry, [&](core::ByteView chunk) -> core::Result<void> {
      bytes.insert(bytes.end(), chunk.begin(), chunk.end());
      return {};
    });
    if (!read) return std::unexpected(malformed("The workbook is damaged."));
    markup::ReadLimits limits;
    limits.bytes = kPartBytes;
    limits.elements = kElements;
    auto document = markup::Document::read(bytes, limits);
    if (!document) {
      return std::unexpected(malformed(
          fmt::format("Part \"{}\" is no XML that is read here.", core::visible(name, 64))));
    }
    return *std::move(document);
  }

  std::expected<std::string, contents::Defect> path_of(const std::string& id) {
    auto relations = part("xl/_rels/workbook.xml.rels");
    if (!relations) return std::unexpected(std::move(relations).error());
    for (markup::Element at = relations->root().first(); at; at = at.next()) {
      if (attribute(at, "Id") != id || attribute(at, "TargetMode") == "External") continue;
      const std::string target = attribute(at, "Target");
      return target.starts_with('/') ? target.substr(1) : "xl/" + target;
    }
    return std::unexpected(malformed("The workbook does not say where its first sheet is."));
  }

  std::expected<void, contents::Defect> read_shared() {
    constexpr std::string_view kShared = "xl/sharedStrings.xml";
    if (!archive_.find(kShared)) return {};
    auto document = part(kShared);
    if (!document) return std::unexpected(std::move(document).error());
    for (markup::Element at = document->root().first(); at; at = at.next()) {
      if (at.name() == "si") shared_.push_back(text_of(at));
    }
    return {};
  }

  std::expected<void, contents::Defect> read_rows(const markup::Element& data, Table& table) {
    std::size_t number = 0;
    for (markup::Element at = data.first(); at; at = at.next()) {
      if (at.name() != "row") continue;
      Row row{++number, {}};
      const std::string given = attribute(at, "r");
      std::from_chars(given.data(), given.data() + given.size(), row.number);
      number = row.number;
      if (auto read = read_cells(at, row); !read) return read;
      if (auto checked = check_row(row, limits_); !checked) return checked;
      if (std::ranges::all_of(row.cells, &std::string::empty)) continue;
      if (table.rows.size() >= limits_.items + kRowsBesideItems) {
        return std::unexpected(contents::Defect{
            fmt::format("/{}", number), "limit",
            fmt::format("The table has more than {} rows. Divide it.", limits_.items)});
      }
      for (const std::string& cell : row.cells) cells_bytes_ += cell.size();
      if (cells_bytes_ > limits_.json_bytes) {  // one shared text may stand in every cell
        return std::unexpected(contents::Defect{
            fmt::format("/{}", number), "limit",
            fmt::format("The table has more than {} bytes. Divide it.", limits_.json_bytes)});
      }
      table.rows.push_back(std::move(row));
    }
    return {};
  }

  std::expected<void, contents::Defect> read_cells(const markup::Element& element, Row& row) {
    for (markup::Element at = element.first(); at; at = at.next()) {
      if (at.name() != "c") continue;
      const std::string reference = attribute(at, "r");
      const auto column = reference.empty() ? row.cells.size() : column_of(reference);
      if (!column || *column >= kMaxColumns || *column < row.cells.size()) {
        return std::unexpected(contents::Defect{
            fmt::format("/{}", row.number), "malformed-table",
            fmt::format("A cell stands out of order, or beyond column {}.", kMaxColumns)});
      }
      row.cells.resize(*column + 1);
      const auto text = cell_text(at);
      if (!text) {
        return std::unexpected(contents::Defect{fmt::format("/{}", row.number), "malformed-table",
                                                "A cell names a text that is not there."});
      }
      row.cells.back() = *text;
    }
    return {};
  }

  std::optional<std::string> cell_text(const markup::Element& cell) const {
    if (const markup::Element formula = child(cell, "f")) return "=" + formula.text();
    const std::string type = attribute(cell, "t");
    if (type == "inlineStr") return text_of(child(cell, "is"));
    std::string value = child(cell, "v").text();
    if (type != "s") return value;
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), index);
    if (error != std::errc() || end != value.data() + value.size() || index >= shared_.size()) {
      return std::nullopt;
    }
    return shared_[index];
  }

  contents::ZipArchive archive_;
  const core::Limits& limits_;
  std::vector<std::string> shared_;
  std::size_t cells_bytes_ = 0;
};

}  // namespace

std::expected<Table, contents::Defect> read_workbook(core::ByteView bytes,
                                                     const core::Limits& limits) {
  core::Limits zip = limits;
  zip.zip_entries = 1'000;
  zip.zip_inflated_bytes = std::uint64_t{4} * kPartBytes;
  const contents::MemorySource source(bytes);
  auto archive = contents::ZipArchive::open(source, zip);
  if (!archive) {
    return std::unexpected(malformed(
        fmt::format("This is no workbook that is read here: {}.", archive.error().error.text)));
  }
  return WorkbookReader(*std::move(archive), limits).read();
}

}  // namespace heyan::court_adapters::china
