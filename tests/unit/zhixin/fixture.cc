#include "tests/unit/zhixin/fixture.h"

#include <array>
#include <cstdlib>

#include "verifier/core/json.h"

namespace heyan::ledgers::zhixin::testing {
namespace {

crypto::SigningKey new_key() {
  auto key = crypto::SigningKey::generate(crypto::KeyAlgorithm::kSm2);
  if (!key) std::abort();
  return *std::move(key);
}

core::Bytes digest(crypto::Hash hash, std::string_view text) {
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  return checker.digest(hash, core::as_bytes(text)).value();
}

}  // namespace

Kept::Kept(std::string_view file)
    : key(new_key()),
      public_key(core::to_base64(key.public_key().point())),
      hash(core::to_hex(digest(crypto::Hash::kSm3, file))) {
  sign();
}

void Kept::sign(std::string_view user_id) {
  const crypto::Scheme scheme{.kind = crypto::SignatureKind::kSm2,
                              .hash = crypto::Hash::kSm3,
                              .sm2_user_id = std::string(user_id)};
  const std::string text = public_key + "_" + hash + "_" + extend_info;
  signature = core::to_base64(key.sign(scheme, core::as_bytes(text)).value());
}

std::string Kept::json() const {
  std::string text = R"({"schema":"heyan.zhixin-deposit.v1","publicKey":")" + public_key +
                     R"(","hash":")" + hash + R"(","extendInfo":)" +
                     core::json::write_canonical(extend_info) + R"(,"sign":")" + signature + "\"";
  if (!answer.empty()) text += ",\"answer\":" + answer;
  return text + "}";
}

std::string certificate(std::string_view name, std::string_view text) {
  struct Member {
    std::string_view name;
    std::string_view text;
  };
  static constexpr std::array kMembers = {
      Member{"schema", R"("heyan.operator-certificate.v1")"},
      Member{"operator", R"("至信链")"},
      Member{"chain", R"("至信链主链")"},
      Member{"certificateNumber", R"("C-2026-7")"},
      Member{"depositor", R"("张**")"},
      Member{"fileName", R"("照片.png")"},
      Member{"fileSize", "6"},
      Member{"digestAlgorithm", R"("sha-256")"},
      Member{"digest", R"("7365d029861e32c521f8089b00a6fb32daf0615025b69b599d1ce53501b845c2")"},
      Member{"depositTime", R"("2026-01-02 10:11:12")"},
      Member{"txId", R"("7f3a")"},
      Member{"blockHeight", "1201"}};
  std::string all;
  bool replaced = name.empty();
  const auto put = [&](std::string_view member, std::string_view value) {
    if (value.empty()) return;
    all += (all.empty() ? "" : ",") + ("\"" + std::string(member) + "\":") + std::string(value);
  };
  for (const Member& one : kMembers) {
    put(one.name, one.name == name ? text : one.text);
    replaced = replaced || one.name == name;
  }
  if (!replaced) put(name, text);
  return "{" + all + "}";
}

Scene::Scene(std::string text, std::string_view file) : document(std::move(text)) {
  measure(measured, v1::DIGEST_ALGORITHM_SHA_256, crypto::Hash::kSha256, file);
  measure(measured, v1::DIGEST_ALGORITHM_SM3, crypto::Hash::kSm3, file);
}

void measure(v1::ItemRecord& measured, v1::DigestAlgorithm algorithm, crypto::Hash hash,
             std::string_view file) {
  v1::MeasuredDigest& one = *measured.mutable_measured()->add_digests();
  one.set_algorithm(algorithm);
  one.set_first(core::to_string(digest(hash, file)));
  one.set_second(one.first());
}

Scene& Scene::with_depositor(const crypto::PublicKey& key, std::string_view lines) {
  institutions =
      "[[institution]]\nid = \"press\"\nkind = \"other\"\n"
      "name = { zh = \"报社\", en = \"Press\" }\n  [[institution.key]]\n  id = \"1\"\n"
      "  algorithm = \"sm2\"\n  public = \"" +
      core::to_base64(key.spki()) + "\"\n" + std::string(lines) + "\n";
  return *this;
}

std::string Scene::list() const {
  return "[list]\nid = \"t\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
         "next_update = 2036-01-01T00:00:00Z\n[[institution]]\nid = \"court\"\nkind = \"court\"\n"
         "name = { zh = \"法院\", en = \"Court\" }\n" +
         institutions +
         "[[quorum]]\nid = \"one\"\nat_least = 1\nof = [\"court\"]\n"
         "[[ledger]]\nid = \"zhixin\"\nformat = \"operator-attestation\"\n"
         "name = { zh = \"至信链\", en = \"Zhixin\" }\n" +
         entry + "\n  [ledger.operator-attestation]\n" + settings + "\n";
}

namespace {

std::expected<trust::TrustList, std::vector<trust::ConfigError>> read_list(
    const std::string& text) {
  const std::vector<const trust::LedgerSetup*> formats(ledgers::all().begin(),
                                                       ledgers::all().end());
  const auto read = [&](std::string_view path) -> core::Result<core::Bytes> {
    if (path != "trust.toml") return core::fail(core::ErrorCode::kNotFound, "no file");
    return core::to_bytes(std::string_view(text));
  };
  return trust::parse_trust_list("trust.toml", read, formats);
}

}  // namespace

std::string Scene::defects() const {
  const auto read = read_list(list());
  std::string text;
  if (!read) {
    for (const auto& error : read.error()) text += trust::to_string(error) + "\n";
  }
  return text;
}

core::Result<std::vector<v1::Attestation>> Scene::judge_all(
    std::vector<std::string> documents) const {
  const auto trust = read_list(list());
  EXPECT_EQ(defects(), "");
  if (!trust) return core::fail(core::ErrorCode::kMalformed, "no list");
  crypto::SignatureChecker checker(engines, limits);
  const v1::CaseRecord record;
  const v1::Circumstances circumstances;
  const trust::Policy policy = trust::default_policy();
  const Judging judging{record,  circumstances, *trust, policy, *core::parse_rfc3339(as_of),
                        checker, limits};
  const v1::Proof offered;
  std::vector<core::Bytes> digests;
  digests.reserve(documents.size());
  std::vector<ProofView> views;
  for (const std::string& one : documents) {
    digests.push_back(crypto::sha256(core::as_bytes(one)));
    views.push_back({.declared = &offered, .bytes = core::as_bytes(one), .sha256 = digests.back()});
  }
  return by_format("operator-attestation")
      ->judge(views, v1::Item(), measured, *trust->ledger("zhixin"), judging);
}

v1::Attestation Scene::judge() const {
  auto all = judge_all({document});
  if (!all || all->size() != 1) {
    ADD_FAILURE() << (all ? "not one attestation" : all.error().text);
    return {};
  }
  return std::move(all->front());
}

std::vector<std::string> answers(const v1::Attestation& attestation) {
  std::vector<std::string> result;
  for (const v1::Finding& one : attestation.findings()) {
    result.push_back(v1::CheckId_Name(one.check()).substr(6) + " " +
                     v1::Outcome_Name(one.outcome()).substr(8) + " " +
                     v1::ReasonCode_Name(one.code()).substr(7) + " " +
                     v1::Effect_Name(one.effect()).substr(7));
  }
  return result;
}

std::vector<std::string> declared(const v1::Attestation& attestation) {
  std::vector<std::string> result;
  for (const v1::Param& one : attestation.declared())
    result.push_back(one.name() + "=" + one.value());
  return result;
}

}  // namespace heyan::ledgers::zhixin::testing
