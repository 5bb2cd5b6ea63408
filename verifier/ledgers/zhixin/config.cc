#include "verifier/ledgers/zhixin/config.h"

#include "verifier/ledgers/zhixin/fingerprint.h"

namespace heyan::ledgers::zhixin {
namespace {

constexpr std::string_view kDefaultUserId = "1234567812345678";
constexpr std::size_t kMaxUserId = 64;

}  // namespace

std::shared_ptr<const OperatorConfig> read_config(trust::Table& table,
                                                  const trust::LedgerEntry& entry,
                                                  const trust::TrustList& list) {
  bool sound = true;
  const auto defect = [&](std::string_view key, std::string what, std::string remedy) {
    table.defect(key, std::move(what), std::move(remedy));
    sound = false;
  };
  auto config = std::make_shared<OperatorConfig>();
  config->user_id = table.text("sm2_user_id").value_or(std::string(kDefaultUserId));
  if (config->user_id.empty() || config->user_id.size() > kMaxUserId)
    defect("sm2_user_id", "has no length of 1 to 64 bytes", "Leave it out for the usual one");
  if (!entry.quorum.empty())
    defect("", "an operator's attestation has no quorum", "Leave out quorum = \"…\" in [[ledger]]");
  for (const auto& [name, place] : entry.record.digest) {
    const auto algorithm = algorithm_by_name(name);
    if (!algorithm || place != "hash") {
      defect("", "a fingerprint of [ledger.record] cannot be read",
             "Write sm3, sha-256, sha-384 or sha-512 = \"hash\"");
    } else {
      config->algorithms.push_back(*algorithm);
    }
  }
  if (entry.record.digest.empty())
    config->algorithms = {v1::DIGEST_ALGORITHM_SM3, v1::DIGEST_ALGORITHM_SHA_256};
  for (const trust::Institution& institution : list.institutions) {
    for (const trust::InstitutionKey& key : institution.keys) {
      config->depositors.insert_or_assign(core::to_bytes(key.key.sha256()),
                                          OwnedKey{institution.id, trust::period_of(key)});
    }
  }
  return sound ? config : nullptr;
}

}  // namespace heyan::ledgers::zhixin
