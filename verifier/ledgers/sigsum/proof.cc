#include "verifier/ledgers/sigsum/proof.h"

#include <algorithm>
#include <optional>

#include "verifier/transparency/lines.h"

namespace heyan::ledgers::sigsum {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;
using transparency::Lines;

constexpr std::string_view kVersion = "version=";
constexpr std::size_t kShortChecksum = 4;  // digits; advice to people that proves nothing
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";

std::unexpected<core::Error> malformed(std::string_view text) {
  return fail(ErrorCode::kMalformed, text);
}

// The value of the next line, which must have that name.
Result<std::string_view> take(Lines& lines, std::string_view name) {
  auto line = lines.next();
  if (!line || !line->starts_with(name) || !line->substr(name.size()).starts_with('='))
    return malformed("a line is missing, or of another name");
  return line->substr(name.size() + 1);
}

Result<void> take_blank(Lines& lines) {
  const auto line = lines.next();
  if (!line || !line->empty()) return malformed("a blank line is missing");
  return {};
}

// Is the next line of that name?
bool is_next(const Lines& lines, std::string_view name) {
  return lines.rest().starts_with(name) && lines.rest().substr(name.size()).starts_with('=');
}

template <std::size_t N>
Result<std::array<std::uint8_t, N>> read_hex(std::string_view text) {
  const auto bytes = core::from_hex(text);
  if (!bytes || bytes->size() != N) return malformed("a hash or signature has another length");
  std::array<std::uint8_t, N> value{};
  std::ranges::copy(*bytes, value.begin());
  return value;
}

Result<std::uint64_t> read_number(std::string_view text) {
  const auto number = transparency::parse_decimal(text);
  if (!number) return malformed("a number is no decimal below 2^63");
  return *number;
}

// What stands before the next space, which is taken off too.
Result<std::string_view> take_word(std::string_view& text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return malformed("a line has too few values");
  const std::string_view word = text.substr(0, space);
  text.remove_prefix(space + 1);
  return word;
}

Result<unsigned> take_version(Lines& lines) {
  HEYAN_TRY(const std::string_view text, take(lines, "version"));
  if (text == "1") return 1U;
  if (text == "2") return 2U;
  return fail(ErrorCode::kUnsupported, "neither version 1 nor version 2");
}

Result<void> take_leaf(Lines& lines, unsigned version, Proof& proof) {
  HEYAN_TRY(std::string_view text, take(lines, "leaf"));
  if (version == 1) {
    HEYAN_TRY(const std::string_view checksum, take_word(text));
    if (checksum.size() != kShortChecksum ||
        checksum.find_first_not_of(kHexDigits) != std::string_view::npos)
      return malformed("the short checksum is not four hexadecimal digits");
  }
  HEYAN_TRY(const std::string_view key, take_word(text));
  HEYAN_TRY(proof.submitter, read_hex<sizeof(KeyHash)>(key));
  HEYAN_TRY(proof.leaf_signature, read_hex<sizeof(SignatureBytes)>(text));
  return {};
}

Result<CosignatureLine> take_cosignature(Lines& lines) {
  CosignatureLine line;
  HEYAN_TRY(std::string_view text, take(lines, "cosignature"));
  HEYAN_TRY(const std::string_view key, take_word(text));
  HEYAN_TRY(line.key, read_hex<sizeof(KeyHash)>(key));
  HEYAN_TRY(const std::string_view seconds, take_word(text));
  HEYAN_TRY(line.seconds, read_number(seconds));
  HEYAN_TRY(line.signature, read_hex<sizeof(SignatureBytes)>(text));
  return line;
}

Result<void> take_head(Lines& lines, Proof& proof) {
  HEYAN_TRY(const std::string_view size, take(lines, "size"));
  HEYAN_TRY(proof.size, read_number(size));
  if (proof.size == 0) return malformed("a tree of no leaves proves nothing");
  HEYAN_TRY(const std::string_view root, take(lines, "root_hash"));
  HEYAN_TRY(proof.root, read_hex<sizeof(transparency::TreeHash)>(root));
  HEYAN_TRY(const std::string_view signature, take(lines, "signature"));
  HEYAN_TRY(proof.log_signature, read_hex<sizeof(SignatureBytes)>(signature));
  while (is_next(lines, "cosignature")) {
    if (proof.cosignatures.size() == kMostCosignatures)
      return fail(ErrorCode::kLimit, "too many cosignatures");
    HEYAN_TRY(const CosignatureLine line, take_cosignature(lines));
    const bool twice = std::ranges::find(proof.cosignatures, line.key, &CosignatureLine::key) !=
                       proof.cosignatures.end();
    if (twice) return fail(ErrorCode::kDuplicate, "a key cosigned twice");
    proof.cosignatures.push_back(line);
  }
  return {};
}

Result<void> take_path(Lines& lines, Proof& proof) {
  HEYAN_CHECK_OK(take_blank(lines));
  HEYAN_TRY(const std::string_view index, take(lines, "leaf_index"));
  HEYAN_TRY(proof.index, read_number(index));
  while (is_next(lines, "node_hash")) {
    if (proof.path.size() == transparency::kMaxInclusionPath)
      return fail(ErrorCode::kLimit, "the path is too long");
    HEYAN_TRY(const std::string_view hash, take(lines, "node_hash"));
    HEYAN_TRY(const auto node, read_hex<sizeof(transparency::TreeHash)>(hash));
    proof.path.push_back(node);
  }
  return {};
}

}  // namespace

bool looks_like_proof(core::ByteView head) {
  const std::string_view text = core::as_text(head);
  return text.starts_with(kVersion) && text.size() > kVersion.size() &&
         kDigits.contains(text[kVersion.size()]);
}

Result<Proof> parse_proof(std::string_view bytes) {
  if (bytes.size() > kProofBytes) return fail(ErrorCode::kLimit, "the proof is too long");
  Lines lines(bytes);
  Proof proof;
  HEYAN_TRY(const unsigned version, take_version(lines));
  HEYAN_TRY(const std::string_view log, take(lines, "log"));
  HEYAN_TRY(proof.log, read_hex<sizeof(KeyHash)>(log));
  HEYAN_CHECK_OK(take_leaf(lines, version, proof));
  HEYAN_CHECK_OK(take_blank(lines));
  HEYAN_CHECK_OK(take_head(lines, proof));
  if (proof.size > 1) HEYAN_CHECK_OK(take_path(lines, proof));
  if (!lines.at_end()) return fail(ErrorCode::kTrailing, "something follows the proof");
  return proof;
}

std::string encode_proof(const Proof& proof) {
  std::string text = "version=2\nlog=" + core::to_hex(proof.log) +
                     "\nleaf=" + core::to_hex(proof.submitter) + " " +
                     core::to_hex(proof.leaf_signature) + "\n\nsize=" + std::to_string(proof.size) +
                     "\nroot_hash=" + core::to_hex(proof.root) +
                     "\nsignature=" + core::to_hex(proof.log_signature) + "\n";
  for (const CosignatureLine& line : proof.cosignatures) {
    text += "cosignature=" + core::to_hex(line.key) + " " + std::to_string(line.seconds) + " " +
            core::to_hex(line.signature) + "\n";
  }
  if (proof.size == 1) return text;
  text += "\nleaf_index=" + std::to_string(proof.index) + "\n";
  for (const transparency::TreeHash& hash : proof.path)
    text += "node_hash=" + core::to_hex(hash) + "\n";
  return text;
}

}  // namespace heyan::ledgers::sigsum
