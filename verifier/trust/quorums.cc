// [[quorum]] of a trust list: k of n institutions or other quorums.
#include <algorithm>

#include "verifier/trust/parts.h"

namespace heyan::trust {
namespace {

// Deep enough for any consortium, and what keeps the recursion over quorums small.
constexpr std::size_t kDeepest = 16;

void read_quorum(Table table, TrustList& list) {
  const auto id = read_id(table);
  if (id && list.quorum(*id) != nullptr) {
    table.defect("id", "'" + *id + "' is the id of another quorum");
  }
  if (id && list.institution(*id) != nullptr) {
    table.defect("id", "'" + *id + "' is the id of an institution");
  }
  // A quorum without id keeps its place, so that places in the list and in the document agree.
  Quorum quorum;
  quorum.id = id.value_or("");
  quorum.of = table.texts("of");
  const auto count = static_cast<std::int64_t>(quorum.of.size());
  const auto at_least = table.integer("at_least");
  if (!table.has("at_least")) table.defect("at_least", "is missing");
  if (!table.has("of")) table.defect("of", "is missing");
  if (table.has("of") && quorum.of.empty()) table.defect("of", "has no members");
  if (at_least && *at_least < 1) {
    table.defect("at_least", "must be at least 1");
  } else if (at_least && count > 0 && *at_least > count) {
    table.defect("at_least", std::to_string(*at_least) + " of " + std::to_string(count) +
                                 " members can never be reached");
  } else if (at_least) {
    quorum.at_least = static_cast<std::uint32_t>(*at_least);
  }
  for (const std::string& kind : table.texts("must_include_kinds")) {
    if (const auto known = kind_by_name(kind)) {
      quorum.must_include_kinds.push_back(*known);
    } else {
      table.defect("must_include_kinds", "'" + kind + "' is no kind of institution");
    }
  }
  list.quorums.push_back(std::move(quorum));
}

void check_members(Table& table, const Quorum& quorum, const TrustList& list) {
  std::set<std::string_view> seen;
  for (const std::string& member : quorum.of) {
    if (!seen.insert(member).second) table.defect("of", "'" + member + "' stands there twice");
    if (list.institution(member) == nullptr && list.quorum(member) == nullptr) {
      table.defect("of", "'" + member + "' is no institution or quorum of this list");
    }
  }
}

// Walks down from every quorum once: is it in order, how deep, and which kinds of institution does
// it hold?
class Walk {
 public:
  struct Visit {
    std::size_t depth = 0;                    // 1: only institutions; 0 while it is being walked
    std::set<InstitutionKind> kinds;          // of all institutions beneath
    std::set<std::string_view> institutions;  // all beneath
    std::set<std::string_view> twice;         // those that stand beneath more than one member
    const Quorum* back = nullptr;             // the quorum above that a member leads back to
  };

  explicit Walk(const TrustList& list) {
    for (const Quorum& quorum : list.quorums) quorums_.emplace(quorum.id, &quorum);
    for (const Institution& each : list.institutions) institutions_.emplace(each.id, &each);
  }

  // At most 1000 quorums, and each is entered once, so the recursion is bounded.
  const Visit& visit(const Quorum& quorum) {
    const auto [entry, fresh] = visits_.try_emplace(&quorum);
    Visit& visit_here = entry->second;
    if (!fresh) return visit_here;
    std::size_t deepest = 0;
    std::set<std::string_view> seen;
    for (const std::string& member : quorum.of) {
      if (!seen.insert(member).second) continue;
      if (const auto found = institutions_.find(member); found != institutions_.end()) {
        visit_here.kinds.insert(found->second->kind);
        if (!visit_here.institutions.insert(found->first).second)
          visit_here.twice.insert(found->first);
        continue;
      }
      const auto found = quorums_.find(member);
      if (found == quorums_.end()) continue;
      const Visit& inner = visit(*found->second);
      if (inner.depth == 0) {
        visit_here.back = found->second;
        continue;
      }
      deepest = std::max(deepest, inner.depth);
      visit_here.kinds.insert(inner.kinds.begin(), inner.kinds.end());
      for (const std::string_view institution : inner.institutions) {
        if (!visit_here.institutions.insert(institution).second) {
          visit_here.twice.insert(institution);
        }
      }
    }
    visit_here.depth = deepest + 1;
    return visit_here;
  }

 private:
  std::map<std::string_view, const Quorum*> quorums_;
  std::map<std::string_view, const Institution*> institutions_;
  std::map<const Quorum*, Visit> visits_;
};

void check_structure(Table& table, const Quorum& quorum, const Walk::Visit& visit) {
  if (visit.back != nullptr) {
    table.defect("of", "'" + visit.back->id + "' leads back to this quorum");
    return;
  }
  // One institution would count for several members.
  for (const std::string_view institution : visit.twice) {
    table.defect("of", "'" + std::string(institution) + "' stands beneath this quorum twice");
  }
  if (visit.depth > kDeepest) table.defect("of", "is nested more than 16 deep");
  for (const InstitutionKind kind : quorum.must_include_kinds) {
    if (visit.kinds.contains(kind)) continue;
    table.defect("must_include_kinds", "no member is of kind '" + std::string(name(kind)) +
                                           "', so it can never be reached");
  }
}

}  // namespace

void read_quorums(Table& root, TrustList& list) {
  std::vector<Table> tables = root.tables("quorum");
  if (tables.size() > 1000) {
    root.defect("quorum", "has more than 1000 entries");
    return;
  }
  for (const Table& table : tables) read_quorum(table, list);
  Walk walk(list);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    check_members(tables[i], list.quorums[i], list);
    check_structure(tables[i], list.quorums[i], walk.visit(list.quorums[i]));
  }
}

}  // namespace heyan::trust
