// A log of Rekor, version 1 or 2, and a depositor who signs files with a managed key: keys made for
// the test, bundles as clients write them.
#pragma once

#include <string>

#include "verifier/core/json.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/pem.h"
#include "verifier/crypto/signing.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/note.h"

namespace heyan::test {

using core::json::Value;

class Rekor {
 public:
  enum class Version { kFirst, kSecond };

  explicit Rekor(Version version)
      : second_(version == Version::kSecond),
        log_(crypto::SigningKey::generate(second_ ? crypto::KeyAlgorithm::kEd25519
                                                  : crypto::KeyAlgorithm::kEcdsaP256)
                 .value()),
        depositor_(crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256).value()) {}

  // What may be otherwise in a bundle.
  struct Options {
    std::uint64_t integrated = 1'790'000'000;  // version 1
    bool promise = true;                       // version 1
    std::string origin;                        // empty: the log's own
  };

  std::string key_pem() const {
    return crypto::write_pem(depositor_.public_key().spki(), "PUBLIC KEY");
  }

  std::string trusted_root(const std::string& start = "2026-01-01T00:00:00Z",
                           const std::string& end = "") const {
    Value period;
    if (!start.empty()) period.set("start", start);
    if (!end.empty()) period.set("end", end);
    Value key;
    key.set("rawBytes", core::to_base64(log_.public_key().spki()))
        .set("keyDetails", second_ ? "PKIX_ED25519" : "PKIX_ECDSA_P256_SHA_256")
        .set("validFor", period);
    Value log;
    log.set("baseUrl", "https://" + name_)
        .set("hashAlgorithm", "SHA2_256")
        .set("publicKey", key)
        .set("logId", Value().set("keyId", core::to_base64(id())));
    Value root;
    root.set("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.1")
        .set("tlogs", Value().push(log));
    return core::json::write_canonical(root);
  }

  // Entry 1 of a tree of two.
  Value bundle(std::string_view file, const Options& options) const {
    const core::Bytes digest = crypto::sha256(core::as_bytes(file));
    const std::string signature = core::to_base64(
        depositor_.sign({.kind = crypto::SignatureKind::kEcdsa}, core::as_bytes(file)).value());
    const std::string body = core::json::write_canonical(body_of(digest, signature));
    Value root;
    root.set("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json")
        .set("messageSignature",
             Value()
                 .set("messageDigest",
                      Value().set("algorithm", "SHA2_256").set("digest", core::to_base64(digest)))
                 .set("signature", signature))
        .set("verificationMaterial",
             Value()
                 .set("publicKey", Value(Value::Object{}))
                 .set("tlogEntries", Value().push(entry_of(body, options))));
    return root;
  }
  Value bundle(std::string_view file) const { return bundle(file, Options{}); }

  static std::string name() { return name_; }

 private:
  core::Bytes id() const {
    if (!second_) return core::to_bytes(log_.public_key().sha256());
    core::Bytes text = core::to_bytes(name_ + "\n\x01");
    const core::ByteView point = log_.public_key().point();
    text.insert(text.end(), point.begin(), point.end());
    return crypto::sha256(text);
  }

  Value body_of(core::ByteView digest, const std::string& signature) const {
    Value body;
    body.set("apiVersion", second_ ? "0.0.2" : "0.0.1").set("kind", "hashedrekord");
    if (!second_) {
      Value hash;
      hash.set("algorithm", "sha256").set("value", core::to_hex(digest));
      Value key;
      key.set("content", core::to_base64(core::as_bytes(key_pem())));
      return body.set(
          "spec", Value()
                      .set("data", Value().set("hash", hash))
                      .set("signature", Value().set("content", signature).set("publicKey", key)));
    }
    Value verifier;
    verifier.set("keyDetails", "PKIX_ECDSA_P256_SHA_256")
        .set("publicKey", Value().set("rawBytes", core::to_base64(depositor_.public_key().spki())));
    Value spec;
    spec.set("data", Value().set("algorithm", "SHA2_256").set("digest", core::to_base64(digest)))
        .set("signature", Value().set("content", signature).set("verifier", verifier));
    return body.set("spec", Value().set("hashedRekordV002", spec));
  }

  core::Bytes sign(std::string_view text) const {
    const crypto::Scheme scheme{.kind = second_ ? crypto::SignatureKind::kEd25519
                                                : crypto::SignatureKind::kEcdsa};
    return log_.sign(scheme, core::as_bytes(text)).value();
  }

  std::string checkpoint(const transparency::TreeHash& root, const Options& options) const {
    const std::string own = second_ ? name_ : name_ + " - 77001";
    transparency::Note note;
    note.text = transparency::encode_checkpoint(
                    {options.origin.empty() ? own : options.origin, 2, root, {}})
                    .value();
    transparency::NoteSignature line{.name = name_, .id = {}, .signature = sign(note.text)};
    std::ranges::copy(core::ByteView(id()).first(line.id.size()), line.id.begin());
    note.signatures.push_back(line);
    return transparency::encode_note(note);
  }

  Value entry_of(const std::string& body, const Options& options) const {
    const auto other = transparency::leaf_hash(core::as_bytes("another entry"));
    const auto root = transparency::node_hash(other, transparency::leaf_hash(core::as_bytes(body)));
    Value proof;
    proof.set("logIndex", "1")
        .set("rootHash", core::to_base64(root))
        .set("treeSize", "2")
        .set("hashes", Value().push(core::to_base64(other)))
        .set("checkpoint", Value().set("envelope", checkpoint(root, options)));
    const std::string encoded = core::to_base64(core::as_bytes(body));
    const std::int64_t index = second_ ? 1 : 5'000'001;
    Value entry;
    entry.set("logIndex", std::to_string(index))
        .set("logId", Value().set("keyId", core::to_base64(id())))
        .set("kindVersion",
             Value().set("kind", "hashedrekord").set("version", second_ ? "0.0.2" : "0.0.1"))
        .set("inclusionProof", proof)
        .set("canonicalizedBody", encoded);
    if (second_) return entry;
    entry.set("integratedTime", std::to_string(options.integrated));
    if (!options.promise) return entry;
    const std::string promised =
        core::json::write_canonical(Value()
                                        .set("body", encoded)
                                        .set("integratedTime", options.integrated)
                                        .set("logID", core::to_hex(id()))
                                        .set("logIndex", index));
    return entry.set("inclusionPromise",
                     Value().set("signedEntryTimestamp", core::to_base64(sign(promised))));
  }

  inline static const std::string name_ = "rekor.example";
  bool second_;
  crypto::SigningKey log_;
  crypto::SigningKey depositor_;
};

}  // namespace heyan::test
