#include <algorithm>

#include "verifier/ledgers/tlog/attest.h"

namespace heyan::ledgers::tlog {
namespace {

const v1::ProofBytes* find_proof(const v1::CaseRecord& record, std::string_view sha256) {
  const auto found = std::ranges::find(record.proofs(), sha256, &v1::ProofBytes::sha256);
  return found == record.proofs().end() ? nullptr : &*found;
}

// What the item's proofs say of these bytes as an entry.
bool is_proved(core::ByteView bytes, const v1::Item& item, const trust::LedgerEntry& entry,
               const TlogConfig& config, const Judging& judging) {
  const auto measured = std::ranges::find(judging.record.items(), item.id(), &v1::ItemRecord::id);
  if (measured == judging.record.items().end()) return false;
  return std::ranges::any_of(measured->proofs(), [&](const std::string& sha256) {
    const v1::ProofBytes* other = find_proof(judging.record, sha256);
    if (other == nullptr || !looks_like_proof(core::as_bytes(other->content()))) return false;
    const auto reasons = check(core::as_bytes(other->content()), bytes, entry, config, judging);
    return reasons && reasons->empty();
  });
}

}  // namespace

std::optional<std::string> excerpt_of(const ProofView& proof, const v1::Item& item,
                                      const trust::LedgerEntry& entry, const TlogConfig& config,
                                      const Judging& judging) {
  if (looks_like_proof(proof.bytes)) return signed_alone(proof.bytes, entry, config, judging);
  if (!is_proved(proof.bytes, item, entry, config, judging)) return std::nullopt;
  return core::to_string(proof.bytes);
}

}  // namespace heyan::ledgers::tlog
