#include "verifier/transparency/checkpoint.h"

#include <algorithm>

#include "verifier/transparency/lines.h"

namespace heyan::transparency {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

}  // namespace

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  Lines lines(text);
  const auto origin = lines.next();
  const auto size_text = lines.next();
  const auto root_text = lines.next();
  if (!root_text) return fail(ErrorCode::kMalformed, "checkpoint has fewer than three lines");
  if (!is_note_line(*origin)) return fail(ErrorCode::kMalformed, "checkpoint's origin is no line");
  const auto size = parse_decimal(*size_text);
  if (!size) return fail(ErrorCode::kMalformed, "checkpoint's size is no decimal of a tree");
  const auto root = parse_hash(*root_text);
  if (!root) return fail(ErrorCode::kMalformed, "checkpoint's root is not base64 of 32 bytes");
  Checkpoint checkpoint{std::string(*origin), *size, *root, {}};
  while (!lines.at_end()) {
    const auto extension = lines.next();
    if (!extension || !is_note_line(*extension)) {
      return fail(ErrorCode::kMalformed, "checkpoint's extension is empty or no line");
    }
    checkpoint.extensions.emplace_back(*extension);
  }
  return checkpoint;
}

Result<std::string> encode_checkpoint(const Checkpoint& checkpoint) {
  if (checkpoint.size > kMaxTreeSize || !is_note_line(checkpoint.origin) ||
      !std::ranges::all_of(checkpoint.extensions, is_note_line)) {
    return fail(ErrorCode::kMalformed, "not the values of a checkpoint");
  }
  std::string text = checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
                     encode_hash(checkpoint.root) + "\n";
  for (const std::string& extension : checkpoint.extensions) text += extension + "\n";
  return text;
}

}  // namespace heyan::transparency
