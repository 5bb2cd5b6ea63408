#include "tests/unit/chainmaker/fixture.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace heyan::ledgers::chainmaker::testing {

Bytes read_vector(const std::string& path) {
  std::ifstream in(std::string(HEYAN_VECTORS) + "/chains-cn/" + path, std::ios::binary);
  if (!in) {
    ADD_FAILURE() << "cannot read " << path;
    std::abort();
  }
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Value read_bundle(const std::string& name) {
  auto value = core::json::parse(read_vector("chainmaker/" + name + ".json"), {});
  if (!value) std::abort();
  return *std::move(value);
}

Scene Scene::of_bundle(const std::string& name) {
  const Value bundle = read_bundle(name);
  Scene scene;
  scene.files = vectors::chainmaker::TrustFiles(bundle, Value(Value::Object{})).write();
  scene.item.set_id("E1");
  if (bundle.find("proof") != nullptr)
    scene.proofs.push_back(vectors::chainmaker::proof_of(bundle));
  return scene;
}

Scene& Scene::with(const std::string& from, const std::string& to) {
  std::string text = core::to_string(files["trust.toml"]);
  const std::size_t at = text.find(from);
  if (at == std::string::npos) {
    ADD_FAILURE() << from << " is not in\n" << text;
    return *this;
  }
  text.replace(at, from.size(), to);
  files["trust.toml"] = core::to_bytes(std::string_view(text));
  return *this;
}

Scene& Scene::with_setting(const std::string& line) {
  return with("[ledger.chainmaker]\n", "[ledger.chainmaker]\n" + line + "\n");
}

Scene& Scene::with_table(const std::string& text) {
  const Bytes more = core::to_bytes(std::string_view(text + "\n"));
  Bytes& list = files["trust.toml"];
  list.insert(list.end(), more.begin(), more.end());
  return *this;
}

std::expected<trust::TrustList, std::vector<trust::ConfigError>> Scene::list() const {
  std::vector<const trust::LedgerSetup*> formats(ledgers::all().begin(), ledgers::all().end());
  const auto read = [this](std::string_view path) -> core::Result<Bytes> {
    const auto file = files.find(std::string(path));
    if (file == files.end()) return core::fail(core::ErrorCode::kNotFound, "no file");
    return file->second;
  };
  return trust::parse_trust_list("trust.toml", read, formats);
}

std::string Scene::defects() const {
  const auto read = list();
  std::string text;
  if (!read) {
    for (const auto& error : read.error()) text += trust::to_string(error) + "\n";
  }
  return text;
}

std::vector<v1::Attestation> Scene::judge_all() const {
  const auto trust = list();
  EXPECT_EQ(defects(), "");
  if (!trust) return {};
  const trust::LedgerEntry& entry = *trust->ledger("chain");
  crypto::SignatureChecker checker(engines, limits);
  const v1::Circumstances circumstances;
  const Judging judging{record,  circumstances, *trust, policy, *core::parse_rfc3339(as_of),
                        checker, limits};
  std::vector<v1::Proof> declared(proofs.size());
  std::vector<Bytes> digests;
  for (const Bytes& one : proofs) digests.push_back(crypto::sha256(one));
  std::vector<ProofView> views;
  for (std::size_t i = 0; i < proofs.size(); ++i) {
    if (i < hints.size() && !hints[i].empty()) {
      auto* hint = declared[i].add_hints();
      hint->set_name("transaction");
      hint->set_value(hints[i]);
    }
    views.push_back({.declared = &declared[i], .bytes = proofs[i], .sha256 = digests[i]});
  }
  auto result = by_format("chainmaker")->judge(views, item, {}, entry, judging);
  if (result) return *std::move(result);
  v1::Attestation failed;
  failed.add_ledger_reasons("ERROR " + std::string(result.error().text));
  return {failed};
}

v1::Attestation Scene::judge() const {
  auto all = judge_all();
  EXPECT_EQ(all.size(), 1u);
  return all.empty() ? v1::Attestation() : std::move(all.front());
}

std::vector<std::string> answers(const v1::Attestation& attestation, v1::CheckId check) {
  std::vector<std::string> result;
  for (const v1::Finding& one : attestation.findings()) {
    if (one.check() != check) continue;
    result.push_back(v1::Outcome_Name(one.outcome()).substr(8) + " " +
                     v1::ReasonCode_Name(one.code()).substr(7) + " " +
                     v1::Effect_Name(one.effect()).substr(7));
  }
  return result;
}

bool establishes(const v1::Attestation& attestation) {
  const std::vector<std::string> pass = {"PASS NONE NONE"};
  return attestation.has_record() && answers(attestation, v1::CHECK_REC_1) == pass &&
         answers(attestation, v1::CHECK_INC_1) == pass &&
         answers(attestation, v1::CHECK_QUO_1) == pass;
}

std::vector<std::string> reasons(const v1::Attestation& attestation) {
  return {attestation.ledger_reasons().begin(), attestation.ledger_reasons().end()};
}

std::vector<std::string> counted(const v1::Attestation& attestation) {
  std::vector<std::string> result;
  for (const v1::Signature& one : attestation.signatures()) {
    if (one.counted()) result.push_back(one.institution() + " " + one.role());
  }
  std::ranges::sort(result);
  return result;
}

}  // namespace heyan::ledgers::chainmaker::testing
