#include "tests/unit/rfc3161/fixture.h"

#include <fstream>
#include <iterator>

namespace heyan::ledgers::rfc3161::testing {

core::Bytes vector_bytes(const std::string& name) {
  std::ifstream in(std::string(HEYAN_VECTORS "/timestamps/rfc3161/") + name, std::ios::binary);
  EXPECT_TRUE(in) << name;
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TokenTest::TokenTest() {
  trust({});
  file(vector_bytes("synthetic/document.txt"));
}

void TokenTest::trust(const List& list) {
  const std::string text =
      "[list]\nid = \"l\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
      "next_update = 2030-01-01T00:00:00Z\n[[institution]]\nid = \"tsa\"\nkind = \"timestamp\"\n" +
      list.institution + "\n[[institution.ca]]\nfile = \"anchor.pem\"\n" + list.ca +
      "\n[[tsa]]\ninstitution = \"tsa\"\nclass = \"licensed-ca\"\n" + list.tsa + "\n" + list.tables;
  files_["anchor.pem"] = vector_bytes(list.anchor);
  const auto read = [&](std::string_view path) -> core::Result<core::Bytes> {
    if (path == "trust.toml") return core::to_bytes(std::string_view(text));
    const auto found = files_.find(std::string(path));
    if (found == files_.end()) return core::fail(core::ErrorCode::kNotFound, "no file");
    return found->second;
  };
  const Ledger* const formats = &ledger();
  const trust::LedgerSetup* const setup = formats;
  auto parsed = trust::parse_trust_list("trust.toml", read, std::span(&setup, 1));
  if (!parsed) {
    for (const auto& error : parsed.error()) ADD_FAILURE() << trust::to_string(error);
    return;
  }
  list_ = *std::move(parsed);
}

void TokenTest::trust_nobody() { list_ = {}; }

void TokenTest::file(core::ByteView bytes) {
  measured_.Clear();
  for (const auto& [algorithm, hash] :
       {std::pair{v1::DIGEST_ALGORITHM_SHA_256, crypto::Hash::kSha256},
        {v1::DIGEST_ALGORITHM_SHA_384, crypto::Hash::kSha384},
        {v1::DIGEST_ALGORITHM_SHA_512, crypto::Hash::kSha512},
        {v1::DIGEST_ALGORITHM_SM3, crypto::Hash::kSm3},
        {v1::DIGEST_ALGORITHM_SHA_1, crypto::Hash::kSha1},
        {v1::DIGEST_ALGORITHM_MD5, crypto::Hash::kMd5}}) {
    v1::MeasuredDigest& digest = *measured_.mutable_measured()->add_digests();
    digest.set_algorithm(algorithm);
    digest.set_first(core::to_string(crypto::digest(hash, bytes)));
    digest.set_second(digest.first());
  }
}

std::vector<v1::Attestation> TokenTest::judge_all(const std::vector<core::Bytes>& proofs) {
  const v1::Proof declared;
  const v1::Circumstances circumstances;
  crypto::SignatureChecker checker(crypto::production_engines(), limits_);
  const Judging judging{
      record_, circumstances, list_, trust::default_policy(), *core::parse_rfc3339(at_),
      checker, limits_};
  std::vector<core::Bytes> digests;
  digests.reserve(proofs.size());
  std::vector<ProofView> views;
  for (const core::Bytes& proof : proofs) {
    digests.push_back(crypto::sha256(proof));
    views.push_back({&declared, proof, digests.back()});
  }
  auto judged = ledger().judge(views, {}, measured_, {}, judging);
  if (!judged) {
    ADD_FAILURE() << judged.error().text;
    return {};
  }
  return *std::move(judged);
}

v1::Attestation TokenTest::judge(const core::Bytes& proof) {
  const auto all = judge_all({proof});
  EXPECT_EQ(all.size(), 1);
  return all.empty() ? v1::Attestation() : all.front();
}

Codes codes(const v1::Attestation& attestation) {
  Codes found;
  for (const v1::Finding& finding : attestation.findings()) {
    if (finding.code() != v1::REASON_NONE) found.insert(finding.code());
  }
  return found;
}

std::vector<std::string> reasons(const v1::Attestation& attestation) {
  return {attestation.ledger_reasons().begin(), attestation.ledger_reasons().end()};
}

bool shows_time(const v1::Attestation& attestation) {
  return attestation.has_record() && attestation.time().independent();
}

}  // namespace heyan::ledgers::rfc3161::testing
