#include "tests/unit/fabric/fixture.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace heyan::ledgers::fabric::testing {

Bytes read_vector(const std::string& path) {
  std::ifstream file(std::string(HEYAN_VECTORS) + "/fabric/" + path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

core::json::Value read_json(const std::string& path) {
  auto value = core::json::parse(read_vector(path), {});
  EXPECT_TRUE(value.has_value()) << path;
  return value ? *std::move(value) : core::json::Value();
}

std::string text_at(const core::json::Value& value, const std::string& pointer) {
  const core::json::Value* found = value.at(pointer);
  EXPECT_TRUE(found != nullptr && found->as_string() != nullptr) << pointer;
  return found != nullptr && found->as_string() != nullptr ? *found->as_string() : std::string();
}

Bytes hex_at(const core::json::Value& value, const std::string& pointer) {
  return core::from_hex(text_at(value, pointer)).value_or(Bytes{});
}

ConfigChain Bench::configs(const std::string& run, const std::string& channel,
                           std::vector<std::string> numbers) {
  const auto block = [&](const std::string& number) {
    return KeptBytes::own(read_vector(run + "/chain/block_" + number + ".pb"));
  };
  auto chain = ConfigChain::start(block(numbers.front()), std::nullopt, channel, verifier);
  EXPECT_TRUE(chain.has_value());
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    EXPECT_TRUE(chain->append(block(numbers[i]), identities).has_value()) << numbers[i];
  }
  return *std::move(chain);
}

std::string TrustText::toml() const {
  const auto institution = [](const std::string& id, const std::string& kind,
                              const std::string& extra) {
    return "[[institution]]\nid = \"" + id + "\"\nkind = \"" + kind +
           "\"\nname = { zh = \"机构\", en = \"" + id + "\" }\n" + extra;
  };
  std::string blocks;
  for (const std::string& number : config_blocks) {
    blocks += (blocks.empty() ? "\"" : ", \"") + run + "/chain/block_" + number + ".pb\"";
  }
  std::string map;
  for (const auto& [id, name] : msp) map += "    " + id + " = \"" + name + "\"\n";
  return "[list]\nid = \"test\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\nnext_update = "
         "2036-01-01T00:00:00Z\n" +
         institution("court", "court", "") + institution("notary", "notary", "") +
         institution("copyright", "copyright", "") +
         institution("platform", "platform", platform_extra) +
         "[[quorum]]\nid = \"q\"\nat_least = " + std::to_string(at_least) +
         "\nof = [\"court\", \"notary\", \"copyright\", \"platform\"]\n[[ledger]]\nid = "
         "\"chain\"\nformat = "
         "\"fabric\"\nquorum = \"q\"\nname = { zh = \"链\", en = \"Chain\" }\n" +
         ledger_extra + "  [ledger.fabric]\n  channel = \"" + channel +
         "\"\n  chaincode = \"evidence\"\n  profile = \"" + profile + "\"\n" +
         (pin.empty() ? "" : "  genesis_header_hash = \"" + pin + "\"\n") +
         (blocks.empty() ? "" : "  config_blocks = [" + blocks + "]\n") +
         "  endorsement_policy = \"" + policy +
         "\"\n  min_orderer_orgs = " + std::to_string(min_orderer_orgs) + "\n" + fabric_extra +
         "    [ledger.fabric.msp]\n" + map;
}

std::expected<trust::TrustList, std::string> parse_list(const TrustText& text,
                                                        const std::map<std::string, Bytes>& files) {
  const auto read = [&](std::string_view path) -> core::Result<Bytes> {
    if (path == "trust.toml") return core::to_bytes(text.toml());
    if (const auto found = files.find(std::string(path)); found != files.end())
      return found->second;
    return read_vector(std::string(path));
  };
  std::vector<const trust::LedgerSetup*> formats;
  for (const Ledger* ledger : all()) formats.push_back(ledger);
  auto list = trust::parse_trust_list("trust.toml", read, formats);
  if (list) return *std::move(list);
  std::string defects;
  for (const trust::ConfigError& error : list.error()) defects += trust::to_string(error) + "\n";
  return std::unexpected(defects);
}

Case::Case(TrustText text, const std::map<std::string, Bytes>& files) {
  auto list = parse_list(text, files);
  EXPECT_TRUE(list.has_value()) << list.error();
  if (list) list_ = *std::move(list);
  item_.set_id("E1");
}

Case& Case::record(const std::string& id) {
  item_.mutable_record()->set_ledger("chain");
  item_.mutable_record()->set_id(id);
  return *this;
}

Case& Case::file(const std::string& path) { return file_bytes(read_vector(path)); }

Case& Case::file_bytes(ByteView bytes) {
  const std::string digest = core::to_string(crypto::sha256(bytes));
  v1::MeasuredDigest* measured = measured_.mutable_measured()->add_digests();
  measured->set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  measured->set_first(digest);
  measured->set_second(digest);
  return *this;
}

Case& Case::proof(const std::string& path) { return proof_bytes(read_vector(path)); }

Case& Case::proof_bytes(Bytes bytes) {
  item_.add_proofs()->set_format("fabric");
  measured_.add_proofs(core::to_string(crypto::sha256(bytes)));
  proofs_.push_back(std::move(bytes));
  return *this;
}

Case& Case::hint(const std::string& name, const std::string& value) {
  v1::Hint* hint = item_.mutable_proofs(item_.proofs_size() - 1)->add_hints();
  hint->set_name(name);
  hint->set_value(value);
  return *this;
}

Case& Case::at(const std::string& rfc3339) {
  as_of_ = *core::parse_rfc3339(rfc3339);
  return *this;
}

Case& Case::linked(const std::string& institution) {
  v1::Party* party = record_.mutable_submission()->add_parties();
  party->set_id("P1");
  party->add_linked_institutions(institution);
  return *this;
}

Case& Case::strict_expiry() {
  policy_.strict_expiry = true;
  return *this;
}

Case& Case::engines(crypto::Engines engines) {
  engines_ = engines;
  return *this;
}

core::Result<std::vector<v1::Attestation>> Case::try_judge() {
  const trust::LedgerEntry* entry = list_.ledger("chain");
  if (entry == nullptr || entry->config == nullptr)
    return core::fail(core::ErrorCode::kNotFound, "no ledger");
  const core::Limits limits;
  crypto::SignatureChecker checker(engines_, limits);
  const v1::Circumstances circumstances;
  const Judging judging{record_, circumstances, list_, policy_, as_of_, checker, limits};
  std::vector<Bytes> digests;
  for (const Bytes& proof : proofs_) digests.push_back(crypto::sha256(proof));
  std::vector<ProofView> views;
  for (std::size_t i = 0; i < proofs_.size(); ++i) {
    views.push_back({&item_.proofs(static_cast<int>(i)), proofs_[i], digests[i]});
  }
  return by_format("fabric")->judge(views, item_, measured_, *entry, judging);
}

std::vector<v1::Attestation> Case::judge_all() {
  auto attestations = try_judge();
  EXPECT_TRUE(attestations.has_value());
  return attestations ? *std::move(attestations) : std::vector<v1::Attestation>();
}

v1::Attestation Case::judge() {
  const std::vector<v1::Attestation> attestations = judge_all();
  EXPECT_EQ(attestations.size(), 1u);
  return attestations.empty() ? v1::Attestation() : attestations.front();
}

std::vector<std::string> remarks(const v1::Attestation& attestation) {
  std::vector<std::string> result;
  for (const v1::Finding& finding : attestation.findings()) {
    if (finding.outcome() == v1::OUTCOME_PASS && finding.effect() == v1::EFFECT_NONE) continue;
    const auto word = [](const std::string& name, std::size_t prefix) {
      return name.substr(prefix);
    };
    std::string check = word(v1::CheckId_Name(finding.check()), 6);
    std::ranges::replace(check, '_', '-');
    result.push_back(check + " " + word(v1::Outcome_Name(finding.outcome()), 8) + " " +
                     word(v1::ReasonCode_Name(finding.code()), 7) + " " +
                     word(v1::Effect_Name(finding.effect()), 7));
  }
  std::ranges::sort(result);
  return result;
}

bool passes(const v1::Attestation& attestation, v1::CheckId check) {
  for (const v1::Finding& finding : attestation.findings()) {
    if (finding.check() == check) return finding.outcome() == v1::OUTCOME_PASS;
  }
  return false;
}

bool has_code(const v1::Attestation& attestation, v1::ReasonCode code) {
  return effect_of(attestation, code) != v1::EFFECT_UNSPECIFIED;
}

v1::Effect effect_of(const v1::Attestation& attestation, v1::ReasonCode code) {
  for (const v1::Finding& finding : attestation.findings()) {
    if (finding.code() == code) return finding.effect();
  }
  return v1::EFFECT_UNSPECIFIED;
}

std::vector<std::string> counted(const v1::Attestation& attestation, const std::string& role) {
  std::vector<std::string> result;
  for (const v1::Signature& signature : attestation.signatures()) {
    if (signature.role() == role && signature.counted()) {
      result.push_back(signature.institution().empty() ? signature.signer()
                                                       : signature.institution());
    }
  }
  std::ranges::sort(result);
  return result;
}

}  // namespace heyan::ledgers::fabric::testing
