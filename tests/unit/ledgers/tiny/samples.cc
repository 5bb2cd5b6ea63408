#include <gtest/gtest.h>

#include "tests/unit/ledgers/sample.h"
#include "verifier/crypto/signing.h"

namespace heyan::conformance::tiny {

std::vector<Sample> samples() {
  const auto key = crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
  if (!key) return {};
  Sample sample;
  sample.name = "one institution";
  sample.ledger = "tiny-ledger";
  sample.trust_files["trust.toml"] = core::to_bytes(std::string(R"([list]
id = "tiny"
version = 1
issued = 2026-01-01T00:00:00Z
next_update = 2030-01-01T00:00:00Z

[[institution]]
id = "court"
kind = "court"
name = { zh = "法院", en = "Court" }
  [[institution.key]]
  id = "1"
  algorithm = "ed25519"
  public = ")" + core::to_base64(key->public_key().spki()) + R"("
  valid_from = 2025-01-01T00:00:00Z
  valid_until = 2030-01-01T00:00:00Z

[[quorum]]
id = "one"
at_least = 1
of = ["court"]

[[ledger]]
id = "tiny-ledger"
format = "tiny"
quorum = "one"
name = { zh = "小链", en = "Tiny" }
  [ledger.tiny]
  institution = "court"
)"));
  sample.proof = core::to_bytes(std::string_view("TINY"));
  const core::Bytes digest = crypto::sha256(core::as_bytes("a file"));
  sample.proof.insert(sample.proof.end(), digest.begin(), digest.end());
  const auto signature = key->sign(
      {.kind = crypto::SignatureKind::kEd25519, .hash = crypto::Hash::kSha512}, sample.proof);
  if (!signature) return {};
  sample.proof.insert(sample.proof.end(), signature->begin(), signature->end());
  return {std::move(sample)};
}

}  // namespace heyan::conformance::tiny
