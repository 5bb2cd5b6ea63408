// A log with witnesses, in memory: keys made for the test, signed as the standard says.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "verifier/crypto/signing.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/log_proof.h"
#include "verifier/transparency/tree.h"

namespace heyan::test {

// Which of the log's witnesses, and the time that it signs, in POSIX seconds.
struct Cosigner {
  std::size_t witness = 0;
  std::uint64_t seconds = 0;
};

class CourtLog : public transparency::HashReader {
 public:
  CourtLog(std::string origin, std::size_t witnesses)
      : origin_(std::move(origin)), key_(new_key()) {
    for (std::size_t i = 0; i < witnesses; ++i) witnesses_.push_back(new_key());
  }

  void append(core::ByteView entry) {
    const auto stored = transparency::hashes_to_store(size_, transparency::leaf_hash(entry), *this);
    for (const auto& one : stored.value()) hashes_[{one.level, one.index}] = one.hash;
    ++size_;
  }
  core::Result<transparency::TreeHash> subtree(unsigned level, std::uint64_t index) const override {
    const auto hash = hashes_.find({level, index});
    if (hash == hashes_.end()) return core::fail(core::ErrorCode::kNotFound, "no such subtree");
    return hash->second;
  }

  static std::string witness_name(std::size_t witness) {
    return "witness-" + std::to_string(witness) + ".example/w";
  }

  // "log ..." and "witness w0 ..." lines, then `rules`: groups and the quorum.
  std::string policy(const std::string& rules) const {
    using transparency::NoteKeyType;
    std::string text = "log " + verifier(origin_, NoteKeyType::kEd25519, key_) + "\n";
    for (std::size_t i = 0; i < witnesses_.size(); ++i) {
      text += "witness w" + std::to_string(i) + " " +
              verifier(witness_name(i), NoteKeyType::kCosignature, witnesses_[i]) + "\n";
    }
    return text + rules;
  }

  // The signed checkpoint of the tree as it is, with these cosignatures below.
  std::string checkpoint(const std::vector<Cosigner>& cosigners) const {
    const auto text = transparency::encode_checkpoint(
        {origin_, size_, transparency::root(size_, *this).value(), {}});
    auto note = transparency::parse_note(transparency::sign_note(*text, origin_, key_).value());
    for (const Cosigner& one : cosigners) note->signatures.push_back(cosign(*text, one));
    return transparency::encode_note(*note);
  }

  std::string proof(std::uint64_t index, const std::vector<Cosigner>& cosigners) const {
    transparency::LogProof proof;
    proof.index = index;
    proof.path = transparency::inclusion_proof(index, size_, *this).value();
    proof.checkpoint = checkpoint(cosigners);
    return transparency::encode_log_proof(proof);
  }

 private:
  static crypto::SigningKey new_key() {
    return crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519).value();
  }

  static std::string verifier(const std::string& name, transparency::NoteKeyType type,
                              const crypto::SigningKey& key) {
    return transparency::NoteVerifier::make(name, type, key.public_key())->encode();
  }

  transparency::NoteSignature cosign(const std::string& text, const Cosigner& one) const {
    const crypto::SigningKey& key = witnesses_.at(one.witness);
    const std::string name = witness_name(one.witness);
    const std::string message = transparency::cosigned_text_start(one.seconds) + text;
    core::Bytes bytes;
    for (int shift = 56; shift >= 0; shift -= 8)
      bytes.push_back(static_cast<std::uint8_t>(one.seconds >> shift & 0xff));
    const auto signature =
        key.sign({.kind = crypto::SignatureKind::kEd25519}, core::as_bytes(message)).value();
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return {name,
            transparency::key_id(name, transparency::NoteKeyType::kCosignature, key.public_key()),
            bytes};
  }

  std::string origin_;
  crypto::SigningKey key_;
  std::vector<crypto::SigningKey> witnesses_;
  std::uint64_t size_ = 0;
  std::map<std::pair<unsigned, std::uint64_t>, transparency::TreeHash> hashes_;
};

}  // namespace heyan::test
