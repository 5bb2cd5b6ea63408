// One item with its proofs, judged by the ledger of one trust list as production does.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "verifier/ledgers/ledger.h"
#include "verifier/trust/policy.h"

namespace heyan::test {

using TrustFiles = std::map<std::string, std::string, std::less<>>;

inline std::string vector_file(const std::string& name) {
  std::ifstream in(std::string(HEYAN_VECTORS "/tlogs/") + name, std::ios::binary);
  EXPECT_TRUE(in.good()) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

// Institutions court, notary and platform, and one ledger "log" with these lines in
// [ledger.FORMAT].
inline std::string log_list(const std::string& format, const std::string& lines,
                            const std::string& entry = "") {
  std::string toml =
      "[list]\nid = \"t\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
      "next_update = 2036-01-01T00:00:00Z\n";
  for (const std::string id : {"court", "notary", "platform"}) {
    toml += "[[institution]]\nid = \"" + id + "\"\nkind = \"" + id + "\"\nname = { zh = \"" + id +
            "\", en = \"" + id + "\" }\n";
  }
  return toml +
         "[[quorum]]\nid = \"both\"\nat_least = 2\nof = [\"court\", \"notary\"]\n"
         "[[quorum]]\nid = \"platform-alone\"\nat_least = 1\nof = [\"platform\"]\n" +
         "[[ledger]]\nid = \"log\"\nformat = \"" + format +
         "\"\nname = { zh = \"日志\", en = \"Log\" }\n" + entry + "[ledger." + format + "]\n" +
         lines;
}

// Either the list, or its defects as text.
inline std::expected<trust::TrustList, std::string> parse_list(const TrustFiles& files) {
  std::vector<const trust::LedgerSetup*> formats;
  for (const ledgers::Ledger* ledger : ledgers::all()) formats.push_back(ledger);
  const auto read = [&](std::string_view path) -> core::Result<core::Bytes> {
    const auto file = files.find(path);
    if (file == files.end()) return core::fail(core::ErrorCode::kNotFound, "no such file");
    return core::to_bytes(std::string_view(file->second));
  };
  auto list = trust::parse_trust_list("trust.toml", read, formats);
  if (list) return *std::move(list);
  std::string defects;
  for (const trust::ConfigError& error : list.error()) defects += trust::to_string(error) + "\n";
  return std::unexpected(defects);
}

// Refuses the nth signature that it is asked about, from 0.
class Refusing final : public crypto::Engine {
 public:
  explicit Refusing(std::size_t nth) : nth_(nth) {}
  std::string_view name() const override { return "refusing"; }
  std::unique_ptr<crypto::Hasher> hasher(crypto::Hash hash) const override {
    return crypto::production_engines().second->hasher(hash);
  }
  bool verify(const crypto::PublicKey& key, const crypto::Scheme& scheme, core::ByteView message,
              core::ByteView signature) const override {
    return asked_++ != nth_ &&
           crypto::production_engines().second->verify(key, scheme, message, signature);
  }

 private:
  std::size_t nth_;
  mutable std::size_t asked_ = 0;
};

class LogItem {
  // Before its uses, for they deduce what it returns.
  template <typename Use>
  auto with_judging(Use use) {
    crypto::SignatureChecker checker(engines_, limits_);
    const v1::Circumstances circumstances;
    const Judging judging{submission_, circumstances, list_, policy_, as_of_, checker, limits_};
    return use(*list_.ledger("log"), judging);
  }

 public:
  explicit LogItem(const TrustFiles& files) {
    auto list = parse_list(files);
    EXPECT_TRUE(list.has_value()) << list.error();
    if (list) list_ = *std::move(list);
    item_.set_id("E1");
  }

  LogItem& file(core::ByteView content) {
    for (const auto& [hash, number] :
         {std::pair(crypto::Hash::kSha256, v1::DIGEST_ALGORITHM_SHA_256),
          std::pair(crypto::Hash::kSm3, v1::DIGEST_ALGORITHM_SM3)})
      digest(number, crypto::digest(hash, content));
    return *this;
  }
  LogItem& digest(v1::DigestAlgorithm algorithm, const core::Bytes& value) {
    v1::MeasuredDigest& measured = *measured_.mutable_measured()->add_digests();
    measured.set_algorithm(algorithm);
    measured.set_first(core::to_string(value));
    measured.set_second(core::to_string(value));
    return *this;
  }
  LogItem& proof(std::string_view bytes, const std::string& record = "") {
    v1::Proof& declared = *item_.add_proofs();
    declared.set_path("proof");
    if (!record.empty()) {
      v1::Hint& hint = *declared.add_hints();
      hint.set_name("record");
      hint.set_value(record);
    }
    proofs_.push_back(core::to_bytes(bytes));
    return *this;
  }
  // A file with an entry, at that path; an excerpt has none.
  LogItem& record(const std::string& path, std::string_view bytes) {
    item_.add_proofs()->set_path(path);
    proofs_.push_back(core::to_bytes(bytes));
    return *this;
  }
  LogItem& named(const std::string& id) {
    item_.mutable_record()->set_id(id);
    return *this;
  }
  LogItem& linked(const std::string& institution) {
    v1::Party& party = *submission_.mutable_submission()->add_parties();
    party.set_id("P1");
    party.add_linked_institutions(institution);
    return *this;
  }
  LogItem& engines(crypto::Engines engines) {
    engines_ = engines;
    return *this;
  }
  LogItem& signatures(std::size_t budget) {
    limits_.signatures = budget;
    return *this;
  }
  LogItem& strict() {
    policy_.strict_expiry = true;
    return *this;
  }
  LogItem& at(std::string_view time) {
    as_of_ = *core::parse_rfc3339(time);
    return *this;
  }

  core::Result<std::vector<v1::Attestation>> try_judge() {
    return with_judging([this](const trust::LedgerEntry& entry, const Judging& judging) {
      return ledgers::by_format(entry.format)->judge(views(), item_, measured_, entry, judging);
    });
  }
  v1::Attestation judge() {
    const auto all = try_judge();
    EXPECT_TRUE(all.has_value());
    if (!all) return {};
    EXPECT_EQ(all->size(), 1U);
    return all->empty() ? v1::Attestation() : all->front();
  }
  // Of each of the proofs and records, in their order.
  std::vector<std::optional<std::string>> excerpts() {
    v1::ItemRecord& filed = *submission_.add_items();
    filed = measured_;
    filed.set_id(item_.id());
    for (const core::Bytes& proof : proofs_) {
      const std::string digest = core::to_string(crypto::sha256(proof));
      filed.add_proofs(digest);
      v1::ProofBytes& bytes = *submission_.add_proofs();
      bytes.set_sha256(digest);
      bytes.set_content(core::to_string(proof));
    }
    return with_judging([this](const trust::LedgerEntry& entry, const Judging& judging) {
      std::vector<std::optional<std::string>> all;
      for (const ledgers::ProofView& one : views())
        all.push_back(ledgers::by_format(entry.format)->excerpt(one, item_, entry, judging));
      return all;
    });
  }

 private:
  std::vector<ledgers::ProofView> views() {
    digests_.clear();
    for (const core::Bytes& proof : proofs_) digests_.push_back(crypto::sha256(proof));
    std::vector<ledgers::ProofView> views;
    for (std::size_t i = 0; i < proofs_.size(); ++i)
      views.push_back({&item_.proofs(static_cast<int>(i)), proofs_[i], digests_[i]});
    return views;
  }

  trust::TrustList list_;
  trust::Policy policy_ = trust::default_policy();
  v1::Item item_;
  v1::ItemRecord measured_;
  v1::CaseRecord submission_;
  std::vector<core::Bytes> proofs_;
  std::vector<core::Bytes> digests_;
  crypto::Engines engines_ = crypto::production_engines();
  core::Limits limits_;
  core::UtcTime as_of_ = *core::parse_rfc3339("2026-11-24T00:00:00Z");
};

// "QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE" of every finding that is not a plain PASS, sorted.
inline std::vector<std::string> remarks(const v1::Attestation& attestation) {
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

inline std::vector<std::string> reasons(const v1::Attestation& attestation) {
  return {attestation.ledger_reasons().begin(), attestation.ledger_reasons().end()};
}

}  // namespace heyan::test
