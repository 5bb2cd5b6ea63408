// A TOML document while it is read: its tables, the files that it names, and every defect found so
// far.
//
// Inside verifier/trust, and for the configuration of the gateway (gateway/ops). Not for use from
// two threads at once.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "verifier/trust/table.h"

namespace heyan::trust {

enum class Table::Kind : std::uint8_t {
  kTable,
  kArray,
  kText,
  kInteger,
  kBoolean,
  kTime,
  kOther,  // what no document of ours uses: fractions, times without date or zone; `text` tells it
};

// One TOML value. A table has `names` beside `children`, in the order of the document.
struct Table::Node {
  Kind kind = Kind::kOther;
  std::uint32_t line = 0;
  std::string text;
  std::int64_t integer = 0;
  bool boolean = false;
  core::UtcTime time{};
  std::vector<Node> children;
  std::vector<std::string> names;
  std::vector<std::uint32_t> name_lines;
  std::map<std::string, std::size_t, std::less<>> index;  // name -> position in children

  const Node* find(std::string_view name) const;
  std::uint32_t line_of(std::string_view name) const;  // `line` where there is no such name
};

struct Table::Reading {
  Reading(std::string main_file, const FileReader& reader)
      : file(std::move(main_file)), files(&reader) {}
  void record(std::uint32_t line, std::string path, std::string what, std::string remedy);

  std::string file;
  const FileReader* files;
  std::vector<ConfigError> errors;
  std::vector<ReadFile> read;  // in the order in which they were first read
  std::map<std::string, core::Result<core::Bytes>, std::less<>> contents;
  std::map<const Node*, std::set<std::string, std::less<>>> asked;  // tables that were taken
  std::set<const Node*> done;                                       // finished, or to be ignored
};

// Reads TOML 1.0. On a defect of the text itself: one ConfigError with its line.
std::expected<Table::Node, ConfigError> parse_toml(std::string_view file, std::string_view text);

class Document {
 public:
  // Reads and parses `main_file` through `files`, which must outlive this.
  Document(std::string_view main_file, const FileReader& files);
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  bool readable() const { return root_ != nullptr; }
  Table root();  // only where readable()
  // Defects in the order of the lines.
  std::vector<ConfigError> errors() const;
  const std::vector<ReadFile>& files() const { return reading_.read; }

 private:
  Table::Reading reading_;
  std::unique_ptr<const Table::Node> root_;
};

}  // namespace heyan::trust
