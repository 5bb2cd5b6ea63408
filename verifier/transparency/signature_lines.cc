#include "verifier/transparency/signature_lines.h"

#include <algorithm>

#include "verifier/transparency/lines.h"

namespace heyan::transparency {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::string_view kLineStart = "\u2014 ";  // em dash, space

}  // namespace

Result<NoteSignature> parse_signature_line(std::string_view line) {
  if (!line.starts_with(kLineStart)) {
    return fail(ErrorCode::kMalformed, "signature line does not start with an em dash and a space");
  }
  line.remove_prefix(kLineStart.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) {
    return fail(ErrorCode::kMalformed, "signature line has no key name");
  }
  const auto bytes = core::from_base64(line.substr(space + 1));
  NoteSignature signature{std::string(line.substr(0, space)), {}, {}};
  if (!bytes || bytes->size() <= signature.id.size()) {
    return fail(ErrorCode::kMalformed, "signature is not base64 of a key id and more");
  }
  const ByteView view(*bytes);
  std::ranges::copy(view.first(signature.id.size()), signature.id.begin());
  signature.signature = core::to_bytes(view.subspan(signature.id.size()));
  return signature;
}

std::string encode_signature_line(const NoteSignature& signature) {
  Bytes bytes = core::to_bytes(signature.id);
  bytes.insert(bytes.end(), signature.signature.begin(), signature.signature.end());
  return std::string(kLineStart) + signature.name + " " + core::to_base64(bytes) + "\n";
}

Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view text) {
  Lines lines(text);
  if (lines.at_end()) return fail(ErrorCode::kMalformed, "note has no signatures");
  std::vector<NoteSignature> signatures;
  while (!lines.at_end()) {
    if (signatures.size() == kNoteSignatures) {
      return fail(ErrorCode::kLimit, "note has too many signatures");
    }
    const auto line = lines.next();
    if (!line) return fail(ErrorCode::kMalformed, "note does not end in a line feed");
    HEYAN_TRY(NoteSignature signature, parse_signature_line(*line));
    signatures.push_back(std::move(signature));
  }
  return signatures;
}

}  // namespace heyan::transparency
