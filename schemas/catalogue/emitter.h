// What the writers of the catalogue's source share: reading a table, telling a defect, writing
// rows. Used while building.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "heyan/v1/finding.pb.h"
#include "schemas/catalogue/tsv.h"

namespace heyan::catalogue {

using Columns = std::vector<std::string_view>;

// A C++ string literal. The tables hold no control characters; a reader of the source sees the
// characters themselves.
std::string literal(std::string_view text);
// Chinese and English as a Text.
std::string text_pair(std::string_view zh, std::string_view en);
// "FILE-1" -> "CHECK_FILE_1".
std::string check_enum(std::string_view code);
bool is_check(std::string_view code);

class Emitter {
 public:
  explicit Emitter(const std::map<std::string, std::string>& tables) : tables_(tables) {}

  Sheet read(const std::string& file, const Columns& columns,
             const std::set<std::string_view>& may_be_empty = {});
  void defect(const Sheet& sheet, const Row& row, std::string_view what);
  // Reports every row whose cell in `column` was there before.
  void unique(const Sheet& sheet, std::size_t column = 0) {
    require_unique(sheet, column, defects_);
  }
  // Reports every value of a protobuf enum (but its zero) that no row names.
  void require_all(const Sheet& sheet, const google::protobuf::EnumDescriptor* type,
                   const std::set<std::string>& named);
  // A function `accessor` that gives the rows.
  void rows(std::string_view type, std::string_view accessor, const std::vector<std::string>& rows);

  std::string& source() { return source_; }
  std::string& header() { return header_; }  // of the labels
  const std::vector<std::string>& defects() const { return defects_.all(); }

 private:
  const std::map<std::string, std::string>& tables_;
  Defects defects_;
  std::string source_;
  std::string header_;
};

// One group of tables each. `checks`: the enum names of the checks that the tables have.
std::set<std::string> emit_findings(Emitter& out);
void emit_law(Emitter& out, const std::set<std::string>& checks);
void emit_words(Emitter& out);

}  // namespace heyan::catalogue
