// What topics of several kinds of cases share (courts, timestamps): a case of cases.jsonl, and what
// was found of it.
//
// A kind of topic TOPIC stands in a file TOPIC_NAME.cc with `std::span<const heyan::vectors::Kind>
// heyan::vectors::TOPIC_NAME()`. CMake finds the files and generates the topic's function.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/vectors/topic.h"
#include "verifier/core/bytes.h"
#include "verifier/core/json.h"

namespace heyan::vectors {

struct KindCase {
  std::string id;
  std::filesystem::path folder;
  core::json::Value line;  // the whole case

  // The file that plays that role; nothing where the case names none, or it cannot be read.
  std::optional<core::Bytes> input(std::string_view role) const;
  // Its path, relative to the folder; empty: none.
  std::string input_path(std::string_view role) const;
  // Every role and its path.
  std::map<std::string, std::string> inputs() const;
  const core::json::Value* param(std::string_view name) const;  // null: none
  std::string text(std::string_view param) const;               // empty: none, or no string
  std::optional<std::int64_t> number(std::string_view param) const;
  std::optional<bool> flag(std::string_view param) const;
  std::vector<std::string> texts(std::string_view param) const;
  std::optional<std::int64_t> clock_ms() const;
  bool needs(std::string_view feature) const;
};

struct KindResult {
  std::string result;              // of the kind's closed list
  std::set<std::string> reasons;   // codes of FORMAT.md
  std::vector<std::string> wrong;  // params that came out otherwise, in words; each fails the case
  std::string output;              // everything that was said: searched for forbidden text
  std::string skipped;             // set: not run, for this reason
  std::vector<CaseResult> rows;    // of a table: one for each row, in place of `result`
};

struct Kind {
  std::string_view name;  // "zxfw-filing"
  KindResult (*run)(const KindCase& one);
};

// Every case of `folder`/cases.jsonl by the kind that it names, held against what it expects.
bool run_kinds(const std::filesystem::path& folder, std::span<const Kind> kinds,
               const Report& report);

}  // namespace heyan::vectors
