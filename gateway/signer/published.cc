// What anybody may know of the signer's keys, and of the trust that it signs under.
#include <algorithm>

#include "gateway/signer/signer.h"
#include "verifier/transparency/note_key.h"

namespace heyan::signer {
namespace {

v1::PublishedKey published(std::string_view use, const report::ReportSigner& signer) {
  const crypto::PublicKey& key = signer.key.public_key();
  v1::PublishedKey one;
  one.set_use(std::string(use));
  one.set_algorithm(key.algorithm() == crypto::KeyAlgorithm::kSm2 ? "SM2" : "ES256");
  one.set_point(core::to_string(key.point()));
  for (const crypto::Certificate& certificate : signer.chain) {
    one.add_chain(core::to_string(certificate.der()));
  }
  if (!signer.chain.empty()) {
    one.set_certificate_sha256(core::to_string(signer.chain[0].sha256()));
    one.set_valid_from_ms(core::to_unix_ms(signer.chain[0].not_before()));
    one.set_valid_until_ms(core::to_unix_ms(signer.chain[0].not_after()));
  }
  return one;
}

// Without a certificate: no longer in use, and what it signed stands.
v1::PublishedKey out_of_use(std::string_view use, const crypto::PublicKey& key) {
  v1::PublishedKey one;
  one.set_use(std::string(use));
  one.set_algorithm("ES256");
  one.set_point(core::to_string(key.point()));
  return one;
}

}  // namespace

// The one that the log's first leaf announced, where another is in its place by now.
core::Result<std::optional<crypto::PublicKey>> Signer::earlier_receipt_key() const {
  HEYAN_TRY(const core::Bytes bytes, log_->entry(0));
  HEYAN_TRY(const report::LogEntry first, report::parse_log_entry(bytes));
  const auto* beginning = std::get_if<report::LogBeginning>(&first);
  if (beginning == nullptr) return std::nullopt;
  const auto announced = std::ranges::find(beginning->keys, "receipt", &report::LogKey::use);
  if (announced == beginning->keys.end()) return std::nullopt;
  HEYAN_TRY(crypto::PublicKey key, crypto::PublicKey::from_spki(announced->spki));
  if (key == keys_.receipt.key.public_key()) return std::nullopt;
  return key;
}

core::Result<v1::PublishedKeys> Signer::published_keys() const {
  v1::PublishedKeys keys;
  for (const report::ReportSigner& one : keys_.report) *keys.add_keys() = published("report", one);
  *keys.add_keys() = published("receipt", keys_.receipt);
  HEYAN_TRY(const auto earlier, earlier_receipt_key());
  if (earlier) *keys.add_keys() = out_of_use("receipt", *earlier);
  *keys.add_keys() = published("seal", keys_.seal);
  *keys.add_keys() = published("xml", keys_.xml_seal);
  *keys.add_keys() = published("statement", keys_.statement);
  HEYAN_TRY(const auto log,
            transparency::NoteVerifier::make(keys_.log_name, transparency::NoteKeyType::kEd25519,
                                             keys_.log.public_key()));
  keys.set_log_vkey(log.encode());
  const trust::TrustBundle& bundle = settings_.bundle;
  v1::TrustInForce& trust = *keys.mutable_trust();
  trust.set_id(bundle.id);
  trust.set_version(bundle.version);
  trust.set_issued_ms(core::to_unix_ms(bundle.issued));
  trust.set_next_update_ms(core::to_unix_ms(bundle.next_update));
  trust.set_sample(bundle.sample);
  trust.set_trust_list(core::to_string(bundle.trust_list));
  trust.set_policy(core::to_string(bundle.policy));
  return keys;
}

}  // namespace heyan::signer
