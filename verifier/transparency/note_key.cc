#include "verifier/transparency/note_key.h"

#include <algorithm>

#include "verifier/core/bytes.h"
#include "verifier/crypto/digest.h"
#include "verifier/transparency/lines.h"

namespace heyan::transparency {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using crypto::KeyAlgorithm;

constexpr std::size_t kIdDigits = 8;

// White_Space of the Unicode character database, above ASCII; ASCII's own is the space and
// controls.
constexpr std::array<std::string_view, 19> kSpaces = {
    "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
    "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
    "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};

Bytes typed_key(NoteKeyType type, const crypto::PublicKey& key) {
  Bytes bytes = {static_cast<std::uint8_t>(type)};
  bytes.insert(bytes.end(), key.point().begin(), key.point().end());
  return bytes;
}

// The text before the first "+", which is taken off `text`. Nothing where there is none.
std::optional<std::string_view> take_part(std::string_view& text) {
  const std::size_t plus = text.find('+');
  if (plus == std::string_view::npos) return std::nullopt;
  const std::string_view part = text.substr(0, plus);
  text.remove_prefix(plus + 1);
  return part;
}

}  // namespace

bool is_key_name(std::string_view name) {
  return is_note_line(name) && name.find_first_of(" +") == std::string_view::npos &&
         std::ranges::none_of(kSpaces, [&](std::string_view space) {
           return name.find(space) != std::string_view::npos;
         });
}

KeyId key_id(std::string_view name, NoteKeyType type, const crypto::PublicKey& key) {
  Bytes named = core::to_bytes(name);
  named.push_back('\n');
  const Bytes typed = typed_key(type, key);
  named.insert(named.end(), typed.begin(), typed.end());
  KeyId id;
  std::ranges::copy(ByteView(crypto::sha256(named)).first(id.size()), id.begin());
  return id;
}

Result<NoteVerifier> NoteVerifier::make(std::string_view name, NoteKeyType type,
                                        const crypto::PublicKey& key) {
  if (!is_key_name(name)) return fail(ErrorCode::kMalformed, "not a key name");
  if (key.algorithm() != KeyAlgorithm::kEd25519) {
    return fail(ErrorCode::kMalformed, "the key of a note is Ed25519");
  }
  return NoteVerifier(name, type, key);
}

Result<NoteVerifier> NoteVerifier::parse(std::string_view vkey) {
  // The base64 may hold a "+" itself; a name cannot.
  const auto name = take_part(vkey);
  const auto digits = name ? take_part(vkey) : std::nullopt;
  if (!digits) return fail(ErrorCode::kMalformed, "note key is not NAME+ID+KEY");
  const auto id = core::from_hex(*digits);
  if (!id || digits->size() != kIdDigits || core::to_hex(*id) != *digits) {
    return fail(ErrorCode::kMalformed, "key id is not eight lower-case hexadecimal digits");
  }
  const auto typed = core::from_base64(vkey);
  if (!typed || typed->empty()) return fail(ErrorCode::kMalformed, "note key is not base64");
  const auto type = static_cast<NoteKeyType>(typed->front());
  if (type != NoteKeyType::kEd25519 && type != NoteKeyType::kCosignature) {
    return fail(ErrorCode::kUnsupported, "signature type of the note key is not supported");
  }
  HEYAN_TRY(const crypto::PublicKey key,
            crypto::PublicKey::from_point(KeyAlgorithm::kEd25519, ByteView(*typed).subspan(1)));
  HEYAN_TRY(NoteVerifier verifier, make(*name, type, key));
  if (!core::equal(verifier.id(), *id)) {
    return fail(ErrorCode::kMalformed, "key id is not that of the name and key");
  }
  return verifier;
}

std::string NoteVerifier::encode() const {
  return name_ + "+" + core::to_hex(id_) + "+" + core::to_base64(typed_key(type_, key_));
}

}  // namespace heyan::transparency
