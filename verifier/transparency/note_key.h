// The keys that a reader of signed notes knows, and their text form.
//
//   NAME+KEYID+BASE64(TYPE || PUBLIC KEY)        the key id as eight lower-case hexadecimal digits
//
// Threat: the key id is four bytes of a hash and identifies nobody: name, id and the configured
// public key must fit together, and only the key decides. Keys of small order are refused. Types 01
// (Ed25519) and 04 (Ed25519 cosignature) are supported. Sources: C2SP signed-note "Signatures",
// tlog-cosignature. Errors: kMalformed (not that grammar, id not of that key, bad key),
// kUnsupported (another signature type). Values, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "verifier/core/error.h"
#include "verifier/crypto/key.h"

namespace heyan::transparency {

enum class NoteKeyType : std::uint8_t {
  kEd25519 = 0x01,      // signs the text of the note
  kCosignature = 0x04,  // signs a time and the text: "at that time I had seen no larger tree"
};

using KeyId = std::array<std::uint8_t, 4>;

// Not empty, UTF-8, no Unicode white space, no "+", no ASCII control character.
bool is_key_name(std::string_view name);

// First four bytes of SHA-256(name || LF || type || public key).
KeyId key_id(std::string_view name, NoteKeyType type, const crypto::PublicKey& key);

class NoteVerifier {
 public:
  // kMalformed for what is no key name, or another key than Ed25519.
  static core::Result<NoteVerifier> make(std::string_view name, NoteKeyType type,
                                         const crypto::PublicKey& key);
  static core::Result<NoteVerifier> parse(std::string_view vkey);

  std::string encode() const;  // the text that parse reads
  const std::string& name() const { return name_; }
  const KeyId& id() const { return id_; }
  NoteKeyType type() const { return type_; }
  const crypto::PublicKey& key() const { return key_; }
  bool operator==(const NoteVerifier&) const = default;

 private:
  NoteVerifier(std::string_view name, NoteKeyType type, const crypto::PublicKey& key)
      : name_(name), id_(key_id(name, type, key)), type_(type), key_(key) {}

  std::string name_;
  KeyId id_;
  NoteKeyType type_;
  crypto::PublicKey key_;
};

}  // namespace heyan::transparency
