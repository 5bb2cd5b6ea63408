// One table of a TOML document while it is read: every key is asked for once, and what nobody asked
// for is an error that names the line and the nearest known key. A value, cheap to copy.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/time.h"

namespace heyan::trust {

// What is wrong in a trust list or policy, for the person who wrote it.
struct ConfigError {
  std::string file;
  std::uint32_t line = 0;  // 0: the file as a whole
  std::string path;        // "institution[2].key[0].public"
  std::string what;        // what is wrong
  std::string remedy;      // what to write instead; may be empty
};
// "FILE:LINE: PATH: what. remedy"
std::string to_string(const ConfigError& error);

// Reads a file that a document names by relative path. Each file is read once; its buffer is what
// is hashed and parsed. The path is as it stands in the document: relative, without "." or ".." or
// empty parts, so it stays in the folder.
using FileReader = std::function<core::Result<core::Bytes>(std::string_view path)>;

// One file that a document consists of, as it was read: the document itself, then what it names, by
// first mention.
struct ReadFile {
  std::string
      path;  // as it stands in the document; of the document itself, its name without folder
  core::Bytes sha256;  // of the content
};

// SHA-256 over, for each file in this order, sha256(path) || sha256(content).
core::Bytes digest_of(std::span<const ReadFile> files);

// Reading records defects instead of stopping at the first. A getter of a wrong type records one
// and returns nothing.
class Table {
 public:
  enum class Kind : std::uint8_t;
  struct Node;     // one TOML value
  struct Reading;  // the document being read: defects, files
  Table(const Node& node, Reading& reading, std::string path)
      : node_(&node), reading_(&reading), path_(std::move(path)) {}

  bool has(std::string_view key) const;  // does not count as asking
  std::optional<std::string> text(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  // A TOML date-time with zone, or a date: its first instant in UTC.
  std::optional<core::UtcTime> time(std::string_view key);
  std::vector<std::string> texts(std::string_view key);  // array of strings; empty where absent
  std::optional<Table> table(std::string_view key);
  std::vector<Table> tables(std::string_view key);  // [[key]]
  // In the order of the document; all count as asked for.
  std::vector<std::string> keys() const;
  std::optional<core::Bytes> file(std::string_view key);  // the bytes of the file that `key` names
  std::optional<std::string> required_text(std::string_view key);  // absent or empty is a defect
  // Text that must be one of a closed list; anything else is a defect that names the nearest word.
  std::optional<std::string> word(std::string_view key, std::span<const std::string_view> allowed);
  // The bytes of a file named otherwise (an element of texts()).
  std::optional<core::Bytes> read_file(std::string_view key, std::string_view path);

  // Records a defect at a key of this table (or at the table itself where key is empty).
  void defect(std::string_view key, std::string what, std::string remedy = "");
  // Nobody reads this key or anything beneath it, and that is right (a format that this build does
  // not have).
  void ignore(std::string_view key);
  // Records a defect for every key that nobody asked for, here and in the tables that were taken
  // from here. Call last; calling it again does nothing.
  void finish();
  const std::string& path() const { return path_; }

 private:
  // The value of that key, asked for; null where it is absent or (a defect) of another kind.
  const Node* ask(std::string_view key, Kind kind, std::string_view kind_name);
  void finish_children(std::string_view key);

  const Node* node_;
  Reading* reading_;
  std::string path_;
};

}  // namespace heyan::trust
