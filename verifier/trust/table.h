// One table of a TOML document while it is read: every key is asked for once, and what nobody asked for is an error that names
// the line and the nearest known key. A value, cheap to copy.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
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
  std::uint32_t line = 0;    // 0: the file as a whole
  std::string path;          // "institution[2].key[0].public"
  std::string what;          // what is wrong
  std::string remedy;        // what to write instead; may be empty
};
// "FILE:LINE: PATH: what. remedy"
std::string to_string(const ConfigError& error);

// Reads a file that a document names by relative path. Each file is read once; its buffer is what is hashed and parsed.
using FileReader = std::function<core::Result<core::Bytes>(std::string_view path)>;

// Reading records defects instead of stopping at the first. A getter of a wrong type records one and returns nothing.
class Table {
 public:
  struct Node;      // one TOML table
  struct Reading;   // the document being read: defects, files
  Table(const Node& node, Reading& reading, std::string path) : node_(&node), reading_(&reading), path_(std::move(path)) {}

  bool has(std::string_view key) const;
  std::optional<std::string> text(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  std::optional<core::UtcTime> time(std::string_view key);
  std::vector<std::string> texts(std::string_view key);           // array of strings; empty where absent
  std::optional<Table> table(std::string_view key);
  std::vector<Table> tables(std::string_view key);                // [[key]]
  std::vector<std::string> keys() const;                          // in the order of the document; all count as asked for once read
  std::optional<core::Bytes> file(std::string_view key);          // the bytes of the file that `key` names
  std::optional<std::string> required_text(std::string_view key);
  // The bytes of a file named otherwise (an element of texts()).
  std::optional<core::Bytes> read_file(std::string_view key, std::string_view path);

  // Records a defect at a key of this table (or at the table itself where key is empty).
  void defect(std::string_view key, std::string what, std::string remedy = "");
  // Records a defect for every key that nobody asked for. Call last.
  void finish();
  const std::string& path() const { return path_; }

 private:
  const Node* node_;
  Reading* reading_;
  std::string path_;
};

}  // namespace heyan::trust
