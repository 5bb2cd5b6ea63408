#include "verifier/transparency/cosign.h"

#include "verifier/transparency/lines.h"

namespace heyan::transparency {
core::Result<NoteSignature> cosign(std::string_view text, std::uint64_t seconds,
                                   std::string_view name, const crypto::SigningKey& key) {
  if (!is_note_text(text) || !text.ends_with('\n') || seconds > kLastSecond) {
    return core::fail(core::ErrorCode::kMalformed, "not a text and a time to cosign");
  }
  HEYAN_TRY(const NoteVerifier verifier,
            NoteVerifier::make(name, NoteKeyType::kCosignature, key.public_key()));
  const std::string message = cosigned_text_start(seconds) + std::string(text);
  HEYAN_TRY(const core::Bytes signed_bytes,
            key.sign({.kind = crypto::SignatureKind::kEd25519}, core::as_bytes(message)));
  NoteSignature signature{.name = verifier.name(), .id = verifier.id(), .signature = {}};
  for (int shift = 56; shift >= 0; shift -= 8) {
    signature.signature.push_back(static_cast<std::uint8_t>(seconds >> shift & 0xff));
  }
  signature.signature.insert(signature.signature.end(), signed_bytes.begin(), signed_bytes.end());
  return signature;
}

}  // namespace heyan::transparency
