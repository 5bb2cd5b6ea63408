#include "verifier/ledgers/zhixin/fingerprint.h"

#include <algorithm>
#include <array>
#include <string>

namespace heyan::ledgers::zhixin {
namespace {

struct Algorithm {
  std::string_view name;
  v1::DigestAlgorithm number;
  std::size_t bytes;
};
constexpr std::array kAlgorithms{Algorithm{"sm3", v1::DIGEST_ALGORITHM_SM3, 32},
                                 Algorithm{"sha-256", v1::DIGEST_ALGORITHM_SHA_256, 32},
                                 Algorithm{"sha-384", v1::DIGEST_ALGORITHM_SHA_384, 48},
                                 Algorithm{"sha-512", v1::DIGEST_ALGORITHM_SHA_512, 64}};

const Algorithm* row(v1::DigestAlgorithm number) {
  const auto found = std::ranges::find(kAlgorithms, number, &Algorithm::number);
  return found == kAlgorithms.end() ? nullptr : found;
}

// The file's own, where both libraries agree on it.
const std::string* measured_digest(const v1::Measured& measured, v1::DigestAlgorithm algorithm) {
  for (const v1::MeasuredDigest& one : measured.digests()) {
    if (one.algorithm() == algorithm && one.first() == one.second()) return &one.first();
  }
  return nullptr;
}

void add_param(v1::Finding& finding, std::string_view name, std::string value) {
  v1::Param& param = *finding.add_params();
  param.set_name(std::string(name));
  param.set_value(std::move(value));
}

// Neither is an answer to MATCH-1's own question: there is no record of a ledger.
v1::Finding answer(v1::ReasonCode code, v1::Effect effect, std::string algorithms,
                   core::ByteView fingerprint, std::string_view source) {
  v1::Finding finding;
  finding.set_check(v1::CHECK_MATCH_1);
  finding.set_outcome(v1::OUTCOME_UNDETERMINED);
  finding.set_code(code);
  finding.set_effect(effect);
  add_param(finding, "algorithm", std::move(algorithms));
  add_param(finding, "fingerprint", core::to_hex(fingerprint));
  add_param(finding, "source", std::string(source));
  return finding;
}

}  // namespace

std::optional<v1::DigestAlgorithm> algorithm_by_name(std::string_view name) {
  const auto found = std::ranges::find(kAlgorithms, name, &Algorithm::name);
  return found == kAlgorithms.end() ? std::nullopt : std::optional(found->number);
}

std::string_view algorithm_name(v1::DigestAlgorithm algorithm) {
  return row(algorithm) == nullptr ? "unknown" : row(algorithm)->name;
}

std::size_t digest_bytes(v1::DigestAlgorithm algorithm) {
  return row(algorithm) == nullptr ? 0 : row(algorithm)->bytes;
}

Match match_file(core::ByteView fingerprint, std::span<const v1::DigestAlgorithm> candidates,
                 const v1::Measured& measured, std::string_view source) {
  Match match;
  std::string compared;
  bool all_measured = true;
  std::size_t fitting = 0;
  for (const v1::DigestAlgorithm candidate : candidates) {
    if (digest_bytes(candidate) != fingerprint.size()) continue;
    ++fitting;
    match.algorithm = candidate;
    const std::string* own = measured_digest(measured, candidate);
    if (own != nullptr && core::equal(core::as_bytes(*own), fingerprint)) {
      match.finding = answer(v1::REASON_ATTESTED_FINGERPRINT_EQUAL, v1::EFFECT_NOTE,
                             std::string(algorithm_name(candidate)), fingerprint, source);
      return match;
    }
    all_measured = all_measured && own != nullptr;
    compared += (compared.empty() ? "" : ",") + std::string(algorithm_name(candidate));
  }
  if (fitting != 1) match.algorithm.reset();
  if (fitting > 0 && all_measured) {
    match.finding = answer(v1::REASON_ATTESTED_FINGERPRINT_DIFFERS, v1::EFFECT_INCONCLUSIVE,
                           std::move(compared), fingerprint, source);
  }
  return match;
}

}  // namespace heyan::ledgers::zhixin
