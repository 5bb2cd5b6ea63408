// The header's hash, its list of sealers, and who of them signed.
#include <algorithm>
#include <numeric>
#include <set>

#include "verifier/ledgers/fisco_bcos/evaluation.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

const Sealer* find(const std::vector<const Sealer*>& sealers, ByteView node_id) {
  const auto found = std::ranges::find_if(
      sealers, [&](const Sealer* one) { return core::equal(one->node_id, node_id); });
  return found == sealers.end() ? nullptr : *found;
}

// The very nodes and weights of the trust list at this height, each once. A list that a submission
// brings is perfectly consistent with itself.
bool are_trusted(const Header& header, const std::vector<const Sealer*>& trusted) {
  std::set<const Sealer*> seen;
  for (std::size_t i = 0; i < header.sealers.size(); ++i) {
    const Sealer* sealer = find(trusted, header.sealers[i]);
    if (sealer == nullptr || sealer->weight != header.weights[i] || !seen.insert(sealer).second)
      return false;
  }
  return seen.size() == trusted.size();
}

}  // namespace

HeaderCheck check_header(const Header& header, const FiscoConfig& config, Verifier& verifier,
                         Reasons& reasons) {
  HeaderCheck check;
  check.hash = verifier.digest(header.preimage);
  check.hash_matches = check.hash == header.stated_hash;
  if (!check.hash_matches) reasons.insert(Reason::kBlockHashMismatch);
  const std::vector<const Sealer*> trusted = config.sealers_at(header.number);
  check.sealers_trusted = are_trusted(header, trusted);
  if (!check.sealers_trusted) reasons.insert(Reason::kSignerNotTrusted);
  const std::uint64_t total =
      std::accumulate(header.weights.begin(), header.weights.end(), std::uint64_t{0});
  check.needed = total == 0 ? 1 : total - (total - 1) / 3;
  std::set<std::uint64_t> seen;
  for (const SealerSignature& signature : header.signatures) {
    SealerCheck& one = check.signatures.emplace_back();
    one.index = signature.index;
    if (signature.index >= header.sealers.size()) {
      one.signature = crypto::SignatureOutcome::kInvalid;
      reasons.insert(Reason::kBadSignature);
      continue;
    }
    one.sealer = find(trusted, header.sealers[signature.index]);
    // A sealer counts once: a second signature of the same index is not looked at.
    if (!seen.insert(signature.index).second || one.sealer == nullptr) continue;
    one.signature = verifier.verify_sealer(one.sealer->key, check.hash, signature.bytes);
    if (!one.good()) {
      reasons.insert(Reason::kBadSignature);
    } else if (check.sealers_trusted) {
      check.weight += header.weights[signature.index];
    }
  }
  if (check.weight < check.needed) reasons.insert(Reason::kNoQuorum);
  return check;
}

}  // namespace heyan::ledgers::fisco_bcos
