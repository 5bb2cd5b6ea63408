// One case of topic tlogs, and what was found of it. A type of cases is a function of tlogs_*.cc.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/json.h"
#include "verifier/crypto/signature.h"
#include "verifier/transparency/merkle.h"

namespace heyan::vectors::tlogs {

struct Case {
  std::filesystem::path folder;
  core::json::Value line;

  std::string text(std::string_view input) const;                // empty: none, or no string
  std::vector<std::string> texts(std::string_view input) const;  // of an array
  std::optional<std::uint64_t> number(std::string_view input) const;
  std::optional<std::string> file(std::string_view input) const;  // the content of the file named
};

struct Found {
  std::string got;      // "accept", "reject" or the word that the type expects
  std::string why;      // for people
  std::string skipped;  // set: not run, for this reason
};

struct Type {
  std::string_view name;
  Found (*run)(const Case& one);
};
std::span<const Type> merkle_types();
std::span<const Type> note_types();
std::span<const Type> tile_types();
std::span<const Type> proof_types();
std::span<const Type> receipt_types();
std::span<const Type> witness_types();

// For one case: nothing that one library alone accepts passes.
class Checker : public crypto::SignatureChecker {
 public:
  Checker() : SignatureChecker(crypto::production_engines(), {}) {}
};

std::optional<std::string> read_text(const std::filesystem::path& path);
// The lines of a JSONL file; nothing where one is no JSON. Numbers that no int64 holds come as
// strings.
std::optional<std::vector<core::json::Value>> json_lines(const std::string& text);

// Members of an object; nothing where they are absent or of another form.
std::string text_of(const core::json::Value& object, std::string_view name);
std::optional<std::uint64_t> number_of(const core::json::Value& object, std::string_view name);
std::optional<transparency::TreeHash> hash_of(const core::json::Value& object,
                                              std::string_view name);
std::optional<std::vector<transparency::TreeHash>> hashes_of(const core::json::Value& object,
                                                             std::string_view name);

Found found(std::string got, std::string why = {});
// Of a file of many lines: `expect` where all came out as they say, else what the first did not.
Found all_lines(const Case& one, std::string_view expect,
                std::optional<std::string> (*fault)(const Case& one,
                                                    const core::json::Value& line));

}  // namespace heyan::vectors::tlogs
