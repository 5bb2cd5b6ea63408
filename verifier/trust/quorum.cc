#include "verifier/trust/quorum.h"

#include <map>

namespace heyan::trust {
namespace {

// What a quorum and everything beneath it holds of the institutions that are present.
struct Held {
  QuorumCount count;
  std::set<InstitutionKind> kinds;
};

class Counter {
 public:
  Counter(const TrustList& list, const std::set<std::string>& present)
      : list_(list), present_(present) {}

  const Held& count(const Quorum& quorum) {
    // Each quorum is counted once; one that is met again inside itself is not reached (lists that
    // were read have none).
    const auto [entry, fresh] = held_.try_emplace(&quorum);
    Held& held = entry->second;
    if (!fresh) return held;
    std::uint32_t valid = 0;
    std::set<std::string_view> seen;
    for (const std::string& member : quorum.of) {
      if (!seen.insert(member).second) continue;
      if (const Institution* institution = list_.institution(member)) {
        if (!present_.contains(member)) continue;
        held.kinds.insert(institution->kind);
        ++valid;
      } else if (const Quorum* inner = list_.quorum(member)) {
        const Held& beneath = count(*inner);
        held.kinds.insert(beneath.kinds.begin(), beneath.kinds.end());
        if (beneath.count.reached) ++valid;
      }
    }
    bool kinds_present = true;
    for (const InstitutionKind kind : quorum.must_include_kinds) {
      kinds_present = kinds_present && held.kinds.contains(kind);
    }
    held.count = {.required = quorum.at_least,
                  .valid = valid,
                  .reached = quorum.at_least > 0 && valid >= quorum.at_least && kinds_present};
    return held;
  }

 private:
  const TrustList& list_;
  const std::set<std::string>& present_;
  std::map<const Quorum*, Held> held_;
};

}  // namespace

QuorumCount count_quorum(const TrustList& list, std::string_view quorum_id,
                         const std::set<std::string>& present) {
  const Quorum* quorum = list.quorum(quorum_id);
  if (quorum == nullptr) return {};
  return Counter(list, present).count(*quorum).count;
}

std::set<std::string> without(const std::set<std::string>& present,
                              const std::set<std::string>& linked) {
  std::set<std::string> rest;
  for (const std::string& institution : present) {
    if (!linked.contains(institution)) rest.insert(institution);
  }
  return rest;
}

}  // namespace heyan::trust
