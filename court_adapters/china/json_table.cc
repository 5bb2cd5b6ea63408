#include <algorithm>

#include <fmt/core.h>

#include "court_adapters/china/json_fault.h"
#include "court_adapters/china/table.h"

namespace heyan::court_adapters::china {
namespace {

using core::json::Value;

std::unexpected<contents::Defect> refuse(std::string pointer, std::string detail) {
  return std::unexpected(
      contents::Defect{std::move(pointer), "malformed-table", std::move(detail)});
}

std::optional<std::string> text_of(const Value& value) {
  if (value.is_null()) return "";
  if (const std::string* text = value.as_string()) return *text;
  if (const std::int64_t* number = value.as_integer()) return std::to_string(*number);
  if (const bool* flag = value.as_bool()) return *flag ? "true" : "false";
  return std::nullopt;
}

// Where the cells of that name stand; it gets a column where it has none.
std::size_t column_of(std::vector<std::string>& names, const std::string& name) {
  const auto found = std::ranges::find(names, name);
  const auto column = static_cast<std::size_t>(found - names.begin());
  if (found == names.end()) names.push_back(name);
  return column;
}

}  // namespace

std::expected<Table, contents::Defect> read_json_table(core::ByteView bytes,
                                                       const core::Limits& limits) {
  const auto document = core::json::parse(bytes, limits);
  if (!document) return std::unexpected(json_fault(bytes, document.error()));
  const Value* list = document->as_object() != nullptr ? document->find("items") : &*document;
  const Value::Array* elements = list != nullptr ? list->as_array() : nullptr;
  if (elements == nullptr)
    return refuse("", "This must be a list of items, or {\"items\": [...]}.");
  if (elements->size() > limits.items) {
    return std::unexpected(contents::Defect{
        "", "limit", fmt::format("The list has more than {} items. Divide it.", limits.items)});
  }
  Table table;
  table.charset = "utf-8";
  Row names{0, {}};
  for (std::size_t i = 0; i < elements->size(); ++i) {
    const Value::Object* object = (*elements)[i].as_object();
    if (object == nullptr) return refuse(fmt::format("/{}", i), "An item is an object.");
    Row row{i + 1, {}};
    for (const auto& [name, value] : *object) {
      const auto text = text_of(value);
      if (!text) return refuse(fmt::format("/{}", i), "A value is text, a whole number or null.");
      const std::size_t column = column_of(names.cells, name);
      if (auto checked = check_row(names, limits); !checked) {
        return std::unexpected(std::move(checked).error());
      }
      row.cells.resize(std::max(row.cells.size(), column + 1));
      row.cells[column] = *text;
    }
    if (auto checked = check_row(row, limits); !checked) {
      return std::unexpected(std::move(checked).error());
    }
    table.rows.push_back(std::move(row));
  }
  table.rows.insert(table.rows.begin(), std::move(names));
  return table;
}

}  // namespace heyan::court_adapters::china
