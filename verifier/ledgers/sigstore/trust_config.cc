#include "verifier/ledgers/sigstore/trust_config.h"

#include "verifier/ledgers/operated.h"

namespace heyan::ledgers::sigstore {
namespace {

bool read_logs(trust::Table& table, SigstoreConfig& config) {
  if (!table.has("trusted_root")) {
    table.defect("trusted_root", "is missing",
                 "Write trusted_root = \"sigstore/trusted_root.json\"");
    return false;
  }
  const auto bytes = table.file("trusted_root");
  if (!bytes) return false;  // said already
  auto logs = read_trusted_root(*bytes, core::Limits());
  if (!logs) {
    table.defect("trusted_root", std::string(logs.error().text),
                 "Give the trusted root as Sigstore publishes it, with the logs to be believed");
    return false;
  }
  config.logs = *std::move(logs);
  return true;
}

bool read_keys(trust::Table& table, SigstoreConfig& config) {
  const auto paths = table.texts("keys");
  if (paths.empty()) {
    table.defect("keys", "names no file", "Write keys = [\"sigstore/depositor.pub\"]");
    return false;
  }
  bool sound = true;
  for (const std::string& path : paths) {
    const auto bytes = table.read_file("keys", path);
    if (!bytes) {
      sound = false;  // said already
      continue;
    }
    auto key = crypto::PublicKey::from_pem(core::as_text(*bytes));
    if (!key || key->algorithm() != crypto::KeyAlgorithm::kEcdsaP256) {
      table.defect("keys", path + ": no ECDSA key on P-256",
                   "Give one public key in PEM, as cosign writes it");
      sound = false;
      continue;
    }
    config.keys.push_back(*std::move(key));
  }
  return sound;
}

}  // namespace

std::shared_ptr<const SigstoreConfig> read_config(trust::Table& table,
                                                  const trust::LedgerEntry& entry,
                                                  const trust::TrustList& list) {
  auto config = std::make_shared<SigstoreConfig>();
  bool sound = read_logs(table, *config);
  sound = read_operator(table, entry, list, config->operator_id) && sound;
  sound = read_keys(table, *config) && sound;
  if (!entry.record.digest.empty() || !entry.record.fields.empty()) {
    table.defect("", "an entry of Rekor has no record", "Leave out [ledger.record]");
    sound = false;
  }
  return sound ? config : nullptr;
}

}  // namespace heyan::ledgers::sigstore
