// The small grammar that all texts of transparency logs share: lines, decimals, hashes.
//
// Threat: two readers must not understand one text differently, so every value has one spelling.
// Source: C2SP signed-note, tlog-checkpoint and tlog-proof. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "verifier/transparency/merkle.h"

namespace heyan::transparency {

// Reads lines that all end in LF.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  bool at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  // The next line without its LF. Nothing at the end, or where the last line has no LF.
  std::optional<std::string_view> next();

 private:
  std::string_view rest_;
};

// Digits alone, no leading zero, at most kMaxTreeSize: what prints back to the same characters.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

// The base64 (RFC 4648 section 4, padded, canonical) of 32 bytes.
std::optional<TreeHash> parse_hash(std::string_view text);
std::string encode_hash(const TreeHash& hash);

// UTF-8 without ASCII control characters other than LF (C2SP signed-note, "Format").
bool is_note_text(std::string_view text);

// Such text of at least one character, on one line.
bool is_note_line(std::string_view line);

}  // namespace heyan::transparency
