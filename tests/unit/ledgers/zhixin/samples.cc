// Deposits with a signature made here: one without, one with the platform's answer, which nobody
// signs.
#include <gtest/gtest.h>

#include "tests/unit/ledgers/sample.h"
#include "verifier/crypto/signing.h"

namespace heyan::conformance::zhixin {
namespace {

constexpr std::string_view kTrust = R"([list]
id = "zhixin"
version = 1
issued = 2026-01-01T00:00:00Z
next_update = 2030-01-01T00:00:00Z

[[ledger]]
id = "zhixin"
format = "operator-attestation"
name = { zh = "至信链", en = "Zhixin" }
  [ledger.operator-attestation]
)";

core::Bytes deposit(const crypto::SigningKey& key, std::string_view more) {
  const std::string public_key = core::to_base64(key.public_key().point());
  const std::string hash = core::to_hex(crypto::sha256(core::as_bytes("a file")));
  const std::string extend_info = "photo 1";
  const auto signature = key.sign({.kind = crypto::SignatureKind::kSm2, .hash = crypto::Hash::kSm3},
                                  core::as_bytes(public_key + "_" + hash + "_" + extend_info));
  if (!signature) return {};
  const std::string text = R"({"schema":"heyan.zhixin-deposit.v1","publicKey":")" + public_key +
                           R"(","hash":")" + hash + R"(","extendInfo":")" + extend_info +
                           R"(","sign":")" + core::to_base64(*signature) + "\"";
  return core::to_bytes(std::string_view(text + std::string(more) + "}"));
}

}  // namespace

std::vector<Sample> samples() {
  const auto key = crypto::SigningKey::generate(crypto::KeyAlgorithm::kSm2);
  if (!key) return {};
  Sample bare;
  bare.name = "a deposit";
  bare.ledger = "zhixin";
  bare.trust_files["trust.toml"] = core::to_bytes(kTrust);
  bare.proof = deposit(*key, "");
  bare.is_unsigned = [size = bare.proof.size()](std::size_t offset) { return offset == size; };
  Sample answered = bare;
  answered.name = "a deposit with an answer";
  answered.proof = deposit(*key, R"(,"answer":{"retCode":0,"txId":"7f3a","blockHeight":1201})");
  answered.is_unsigned = [from = bare.proof.size() - 1](std::size_t offset) {
    return offset >= from;
  };
  return {std::move(bare), std::move(answered)};
}

}  // namespace heyan::conformance::zhixin
