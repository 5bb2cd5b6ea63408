#include "schemas/catalogue/emitter.h"

namespace heyan::catalogue {

std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string text_pair(std::string_view zh, std::string_view en) {
  return "{" + literal(zh) + ", " + literal(en) + "}";
}

std::string check_enum(std::string_view code) {
  std::string name = "CHECK_" + std::string(code);
  for (char& c : name) {
    if (c == '-') c = '_';
  }
  return name;
}

bool is_check(std::string_view code) {
  return v1::CheckId_descriptor()->FindValueByName(check_enum(code)) != nullptr &&
         code != "UNSPECIFIED";
}

Sheet Emitter::read(const std::string& file, const Columns& columns,
                    const std::set<std::string_view>& may_be_empty) {
  const auto found = tables_.find(file);
  if (found == tables_.end()) {
    defects_.add(file, 1, "the table is missing");
    return {.file = file, .rows = {}};
  }
  return parse_sheet(file, found->second, columns, may_be_empty, defects_);
}

void Emitter::defect(const Sheet& sheet, const Row& row, std::string_view what) {
  defects_.add(sheet.file, row.line, what);
}

void Emitter::require_all(const Sheet& sheet, const google::protobuf::EnumDescriptor* type,
                          const std::set<std::string>& named) {
  for (int i = 0; i < type->value_count(); ++i) {
    const auto* value = type->value(i);
    if (value->number() != 0 && !named.contains(value->name())) {
      defects_.add(sheet.file, 1, value->name() + " is in the protobuf enum and not in the table");
    }
  }
}

void Emitter::rows(std::string_view type, std::string_view accessor,
                   const std::vector<std::string>& rows) {
  source_ += "\nstd::span<const " + std::string(type) + "> " + std::string(accessor) +
             "() {\n  static constexpr " + std::string(type) + " kRows[] = {\n";
  for (const std::string& row : rows) source_ += "      {" + row + "},\n";
  source_ += "  };\n  return kRows;\n}\n";
}

}  // namespace heyan::catalogue
