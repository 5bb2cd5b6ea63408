#include "tests/unit/fisco_bcos/submission.h"

#include <cstdio>
#include <cstdlib>

#include "tests/unit/fisco_bcos/item.h"

namespace heyan::ledgers::fisco_bcos::testing {
namespace {

trust::TrustList list_of(const std::string& toml) {
  auto list = parse_list(toml);
  if (list) return *std::move(list);
  std::fputs(list.error().c_str(), stderr);
  std::abort();
}

}  // namespace

Submission::Submission(const std::string& trust_list, crypto::Engines engines)
    : list_(list_of(trust_list)),
      checker_(engines, limits_),
      judging_{record_,
               circumstances_,
               list_,
               trust::default_policy(),
               *core::parse_rfc3339("2026-11-24T00:00:00Z"),
               checker_,
               limits_} {}

v1::Attestation Submission::judge(const core::Bytes& proof) {
  v1::Item item;
  item.set_id("E1");
  const v1::Proof declared;
  const core::Bytes digest = crypto::sha256(proof);
  const ProofView view{&declared, proof, digest};
  auto judged = by_format("fisco-bcos")
                    ->judge(std::span(&view, 1), item, {}, *list_.ledger("chain"), judging_);
  if (!judged || judged->size() != 1) std::abort();
  return std::move(judged->front());
}

}  // namespace heyan::ledgers::fisco_bcos::testing
