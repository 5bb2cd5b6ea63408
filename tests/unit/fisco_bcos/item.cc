#include "tests/unit/fisco_bcos/item.h"

#include <algorithm>

namespace heyan::ledgers::fisco_bcos::testing {

std::expected<trust::TrustList, std::string> parse_list(const std::string& toml) {
  const trust::LedgerSetup* const setup = by_format("fisco-bcos");
  const auto read = [&](std::string_view) -> core::Result<core::Bytes> {
    return core::to_bytes(toml);
  };
  auto list = trust::parse_trust_list("trust.toml", read, {&setup, 1});
  if (list) return *std::move(list);
  std::string defects;
  for (const trust::ConfigError& error : list.error()) defects += trust::to_string(error) + "\n";
  return std::unexpected(defects);
}

ItemCase::ItemCase(const std::string& trust_list) {
  auto list = parse_list(trust_list);
  EXPECT_TRUE(list.has_value()) << list.error();
  if (list) list_ = *std::move(list);
  item_.set_id("E1");
}

ItemCase& ItemCase::record(const std::string& id) {
  item_.mutable_record()->set_ledger("chain");
  item_.mutable_record()->set_id(id);
  return *this;
}

ItemCase& ItemCase::file(std::string_view content) {
  for (const auto& [hash, number] : {std::pair(crypto::Hash::kSha256, v1::DIGEST_ALGORITHM_SHA_256),
                                     std::pair(crypto::Hash::kSm3, v1::DIGEST_ALGORITHM_SM3)}) {
    const std::string digest = core::to_string(crypto::digest(hash, core::as_bytes(content)));
    v1::MeasuredDigest* measured = measured_.mutable_measured()->add_digests();
    measured->set_algorithm(number);
    measured->set_first(digest);
    measured->set_second(digest);
  }
  return *this;
}

ItemCase& ItemCase::proof(core::Bytes bytes) {
  item_.add_proofs()->set_format("fisco-bcos");
  measured_.add_proofs(core::to_string(crypto::sha256(bytes)));
  proofs_.push_back(std::move(bytes));
  return *this;
}

ItemCase& ItemCase::hint(const std::string& name, const std::string& value) {
  v1::Hint* hint = item_.mutable_proofs(item_.proofs_size() - 1)->add_hints();
  hint->set_name(name);
  hint->set_value(value);
  return *this;
}

ItemCase& ItemCase::linked(const std::string& institution) {
  v1::Party* party = record_.mutable_submission()->add_parties();
  party->set_id("P1");
  party->add_linked_institutions(institution);
  return *this;
}

ItemCase& ItemCase::engines(crypto::Engines engines) {
  engines_ = engines;
  return *this;
}

ItemCase& ItemCase::limits(core::Limits limits) {
  limits_ = limits;
  return *this;
}

core::Result<std::vector<v1::Attestation>> ItemCase::try_judge() {
  const trust::LedgerEntry* entry = list_.ledger("chain");
  if (entry == nullptr || entry->config == nullptr)
    return core::fail(core::ErrorCode::kNotFound, "no ledger");
  crypto::SignatureChecker checker(engines_, limits_);
  const v1::Circumstances circumstances;
  const Judging judging{record_,
                        circumstances,
                        list_,
                        trust::default_policy(),
                        *core::parse_rfc3339("2026-11-24T00:00:00Z"),
                        checker,
                        limits_};
  std::vector<core::Bytes> digests;
  for (const core::Bytes& proof : proofs_) digests.push_back(crypto::sha256(proof));
  std::vector<ProofView> views;
  for (std::size_t i = 0; i < proofs_.size(); ++i)
    views.push_back({&item_.proofs(static_cast<int>(i)), proofs_[i], digests[i]});
  return by_format("fisco-bcos")->judge(views, item_, measured_, *entry, judging);
}

std::vector<v1::Attestation> ItemCase::judge_all() {
  auto judged = try_judge();
  EXPECT_TRUE(judged.has_value());
  return judged ? *std::move(judged) : std::vector<v1::Attestation>();
}

v1::Attestation ItemCase::judge() {
  const auto all = judge_all();
  EXPECT_EQ(all.size(), 1u);
  return all.empty() ? v1::Attestation() : all.front();
}

std::vector<std::string> remarks(const v1::Attestation& attestation) {
  std::vector<std::string> result;
  for (const v1::Finding& finding : attestation.findings()) {
    if (finding.outcome() == v1::OUTCOME_PASS && finding.effect() == v1::EFFECT_NONE) continue;
    std::string check = v1::CheckId_Name(finding.check()).substr(6);
    std::ranges::replace(check, '_', '-');
    result.push_back(check + " " + v1::Outcome_Name(finding.outcome()).substr(8) + " " +
                     v1::ReasonCode_Name(finding.code()).substr(7) + " " +
                     v1::Effect_Name(finding.effect()).substr(7));
  }
  std::ranges::sort(result);
  return result;
}

std::vector<std::string> counted(const v1::Attestation& attestation, std::string_view role) {
  std::vector<std::string> result;
  for (const v1::Signature& signature : attestation.signatures()) {
    if (signature.role() == role && signature.counted()) result.push_back(signature.institution());
  }
  std::ranges::sort(result);
  return result;
}

std::vector<std::string> reasons(const v1::Attestation& attestation) {
  return {attestation.ledger_reasons().begin(), attestation.ledger_reasons().end()};
}

}  // namespace heyan::ledgers::fisco_bcos::testing
