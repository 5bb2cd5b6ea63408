// The sample case as a gateway would record it: three ledgers, two parties. Of the item on
// ChainMaker it holds a whole block with four strangers' transactions.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>

#include "gateway/intake/case_source.h"
#include "gateway/intake/judge_again.h"
#include "gateway/intake/take_in.h"
#include "gateway/ops/version.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"
#include "verifier/crypto/digest.h"

namespace heyan::bundle {

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::string whole_block() {
  return read_file(std::string(HEYAN_VECTORS) +
                   "/chains-cn/chainmaker/cm-fullblock-sm-5tx.blockinfo.pb");
}

// Positions of its items in the sample case.
inline constexpr int kFabricItem = 0;
inline constexpr int kStampedItem = 3;     // on Fabric, with a time stamp
inline constexpr int kChainmakerItem = 6;  // of P1, who submitted; its record says who
inline constexpr int kFiscoItem = 7;       // of P1; its record says nothing of persons
inline constexpr int kLogItem = 8;         // of P1; its record, a file of its own, says who

// `content` in place of what the first proof of the item is.
inline void replace_proof(v1::CaseRecord& record, int item, const std::string& content) {
  const std::string digest = core::to_string(crypto::sha256(core::as_bytes(content)));
  const std::string old = record.items(item).proofs(0);
  record.mutable_items(item)->set_proofs(0, digest);
  std::map<std::string, std::string> held;
  for (const v1::ProofBytes& proof : record.proofs()) {
    if (proof.sha256() != old) held.emplace(proof.sha256(), proof.content());
  }
  held.emplace(digest, content);
  record.clear_proofs();
  for (const auto& [sha256, bytes] : held) {
    v1::ProofBytes& proof = *record.add_proofs();
    proof.set_sha256(sha256);
    proof.set_content(bytes);
  }
}

// The sender of the block's last transaction, so that it holds as well.
inline void know_court_client(intake::SourceFiles& trust) {
  const std::string vector =
      read_file(std::string(HEYAN_VECTORS) + "/chains-cn/chainmaker/cm-v02-sm-5tx-idx4-3of4.json");
  const auto bundle = core::json::parse(core::as_bytes(vector), {.json_bytes = vector.size()});
  v1::SourceFile& client = *trust.Add();
  client.set_path("chainmaker/court_client.pem");
  client.set_content(*bundle->at("/trust/certs_by_hash/0/cert_pem")->as_string());
  std::string& list = *trust[0].mutable_content();
  const std::string_view place = "certificates = [";
  const std::size_t at = list.find(place);
  ASSERT_NE(at, std::string::npos);
  list.insert(at + place.size(), "\"chainmaker/court_client.pem\", ");
}

inline v1::RecordFile sample_record() {
  const std::string sample = std::string(HEYAN_SOURCE) + "/gateway/sample";
  const auto trust = intake::load_trust(sample + "/trust/trust.toml");
  auto source = intake::open_folder_case(sample + "/case");
  EXPECT_TRUE(trust.has_value() && source.has_value());
  auto record = intake::take_in(
      **source,
      {.limits = {}, .hashes = intake::recorded_hashes(trust->list), .expect = {}, .advance = {}});
  EXPECT_TRUE(record.has_value());
  v1::RecordFile file;
  file.set_version(1);
  *file.mutable_record() = *std::move(record);
  replace_proof(*file.mutable_record(), kChainmakerItem, whole_block());
  v1::Circumstances& circumstances = *file.mutable_circumstances();
  circumstances.set_report_number("HY-AAAA-BBBB-CCCC-DDDD");
  circumstances.set_software_version(std::string(ops::software_version()));
  circumstances.add_checked_parties("P1");
  circumstances.mutable_custody()->set_continuous(true);
  v1::ItemSearch& search = *circumstances.mutable_elsewhere()->add_items();
  search.set_item("E1");
  search.mutable_found()->set_count(1);
  search.mutable_found()->add_filed()->set_case_number("another court case");
  circumstances.mutable_elsewhere()->set_blinding(std::string(32, 'b'));
  *file.mutable_trust_list() = trust->files;
  know_court_client(*file.mutable_trust_list());
  *file.mutable_trust_list() = intake::parse_trust(file.trust_list())->files;  // as read
  file.set_as_of_ms(core::to_unix_ms(*core::parse_rfc3339("2026-12-01T00:00:00Z")));
  return file;
}

}  // namespace heyan::bundle
