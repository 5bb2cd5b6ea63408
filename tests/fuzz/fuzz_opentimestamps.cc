// OpenTimestamps files on any bytes, under a court that keeps no header and one that keeps a header
// of every root that a proof names: what is read must lead somewhere, and never costs more than its
// bounds. The same bytes as tables of headers and of periods.
#include <algorithm>
#include <cstdlib>

#include "verifier/ledgers/ledger.h"
#include "verifier/ledgers/opentimestamps/evaluation.h"

namespace {

using namespace heyan::ledgers::opentimestamps;
using heyan::core::Bytes;
using heyan::core::ByteView;
namespace crypto = heyan::crypto;

void require(bool condition) {
  if (!condition) std::abort();
}

// A header with that root and no work.
BlockHeader worthless(ByteView root) {
  Bytes bytes(kHeaderBytes);
  std::ranges::copy(root, bytes.begin() + 36);
  return *BlockHeader::read(bytes);
}

HeaderTable named_by(const Proof& proof) {
  HeaderTable table;
  for (const Claim& claim : proof.claims) {
    if (!claim.root.empty()) table.push_back({claim.height, worthless(claim.root), 0});
  }
  std::ranges::sort(table, {}, &ListedHeader::height);
  return table;
}

void judge(ByteView bytes) {
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  const Periods periods;
  const auto blind = evaluate(bytes, {}, periods, checker);
  require(blind.has_value() && blind->best() == nullptr);
  require(blind->malformed.has_value() != blind->proof.has_value());
  if (!blind->proof) return;
  require(!blind->claims.empty() && blind->claims.size() <= kMostAttestations);
  const auto evaluation = evaluate(bytes, named_by(*blind->proof), periods, checker);
  // A header without work proves nothing, whatever its root.
  require(evaluation.has_value() && evaluation->best() == nullptr);
  require(outcome(*evaluation) != heyan::v1::PROOF_OUTCOME_ACCEPT);
  for (const JudgedClaim& one : evaluation->claims) require(name(one.claim).size() < 1100);
}

void read_tables(ByteView bytes) {
  if (const auto table = read_table(bytes)) {
    Periods periods;
    (void)check_table(*table, periods);
    require(count_linked(*table, periods) <= table->size());
    const std::string written = write_table(*table);
    require(write_table(*read_table(heyan::core::as_bytes(written))) == written);
  }
  if (const auto periods = Periods::read(bytes)) require(periods->first_of(1) != nullptr);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes{data, size};
  (void)looks_like_proof(bytes.first(std::min(size, heyan::ledgers::kHeadBytes)));
  judge(bytes);
  read_tables(bytes);
  return 0;
}
