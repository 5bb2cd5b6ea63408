#include "verifier/trust/outline.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <tuple>

#include "verifier/core/text.h"
#include "verifier/crypto/digest.h"
#include "verifier/trust/document.h"

namespace heyan::trust {
namespace {

using Values = std::vector<std::string>;

constexpr std::size_t kShownWhole = 1'000;  // bytes

// What is too long to be shown whole can still be told from something else.
std::string shown(std::string_view text) {
  if (text.size() <= kShownWhole) return core::visible(text, kShownWhole);
  return core::visible(text) + " SHA-256 " + core::to_hex(crypto::sha256(core::as_bytes(text)));
}

class Entry {
 public:
  Entry(v1::TrustOutline& outline, std::string_view kind, std::string_view id,
        std::string_view of = {})
      : entry_(outline.add_entries()) {
    entry_->set_kind(std::string(kind));
    entry_->set_id(shown(id));
    entry_->set_of(shown(of));
  }

  Entry& tell(std::string_view name, const Values& values) {
    if (values.empty()) return *this;
    v1::TrustFact* fact = entry_->add_facts();
    fact->set_name(shown(name));
    for (const std::string& value : values) fact->add_values(shown(value));
    return *this;
  }
  Entry& tell(std::string_view name, const std::string& value) {
    return value.empty() ? *this : tell(name, Values{value});
  }
  Entry& tell(std::string_view name, const std::optional<core::UtcTime>& time) {
    return time ? tell(name, core::format_rfc3339(*time)) : *this;
  }

 private:
  v1::TrustEntry* entry_;
};

std::string text_of(const Table::Node& node) {
  using Kind = Table::Kind;
  switch (node.kind) {
    case Kind::kText:
    case Kind::kOther:
      return node.text;
    case Kind::kInteger:
      return std::to_string(node.integer);
    case Kind::kBoolean:
      return node.boolean ? "true" : "false";
    case Kind::kTime:
      return core::format_rfc3339(node.time);
    case Kind::kTable:
    case Kind::kArray:
      break;
  }
  return {};
}

bool is_single(const Table::Node& node) {
  return node.kind != Table::Kind::kTable && node.kind != Table::Kind::kArray;
}

// As TOML would write it, so that no two members have one name.
std::string member_name(const std::string& key) {
  const auto plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  if (!key.empty() && std::ranges::all_of(key, plain)) return key;
  std::string quoted = "\"";
  for (const char c : key) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

// As the document has it: "record.digest.sha-256", "tlog.witness[0].name".
void tell_settings(const Table::Node& node, const std::string& name, Entry& entry) {
  if (node.kind == Table::Kind::kTable) {
    if (node.children.empty()) entry.tell(name, Values{"{}"});
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const std::string member = member_name(node.names[i]);
      tell_settings(node.children[i], name.empty() ? member : name + "." + member, entry);
    }
  } else if (is_single(node)) {
    entry.tell(name, Values{text_of(node)});
  } else if (std::ranges::all_of(node.children, is_single)) {
    Values values;
    for (const Table::Node& child : node.children) values.push_back(text_of(child));
    entry.tell(name, values.empty() ? Values{"[]"} : values);
  } else {
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      tell_settings(node.children[i], name + "[" + std::to_string(i) + "]", entry);
    }
  }
}

void tell_key(const InstitutionKey& key, const Institution& of, v1::TrustOutline& outline) {
  Entry(outline, "key", key.id, of.id)
      .tell("algorithm", std::string(crypto::name(key.key.algorithm())))
      .tell("validFrom", key.valid_from)
      .tell("validUntil", key.valid_until)
      .tell("revokedAt", key.revoked_at)
      .tell("revocationReason", key.revocation_reason)
      .tell("sha256", core::to_hex(key.key.sha256()));
}

void tell_ca(const InstitutionCa& ca, const Institution& of, v1::TrustOutline& outline) {
  Values lists;
  for (const crypto::RevocationList& one : ca.revocation_lists) {
    const auto next = one.next_update();
    lists.push_back(core::format_rfc3339(one.this_update()) + " / " +
                    (next ? core::format_rfc3339(*next) : "-"));
  }
  Entry(outline, "ca", core::to_hex(ca.certificate.sha256()), of.id)
      .tell("subject", ca.certificate.subject_values("CN"))
      .tell("validFrom", std::optional(ca.certificate.not_before()))
      .tell("validUntil", std::optional(ca.certificate.not_after()))
      .tell("revocationLists", lists)
      .tell("sm2Id", ca.sm2_id);
}

void tell_institution(const Institution& institution, v1::TrustOutline& outline) {
  Entry(outline, "institution", institution.id)
      .tell("kind", std::string(name(institution.kind)))
      .tell("nameZh", institution.name.zh)
      .tell("nameEn", institution.name.en)
      .tell("linkedParties", institution.linked_parties);
  for (const InstitutionKey& key : institution.keys) tell_key(key, institution, outline);
  for (const InstitutionCa& ca : institution.cas) tell_ca(ca, institution, outline);
}

void tell_quorum(const Quorum& quorum, v1::TrustOutline& outline) {
  Values kinds;
  for (const InstitutionKind kind : quorum.must_include_kinds) kinds.emplace_back(name(kind));
  Entry(outline, "quorum", quorum.id)
      .tell("atLeast", std::to_string(quorum.at_least))
      .tell("of", quorum.of)
      .tell("mustIncludeKinds", kinds);
}

// Of the document: only the ledger's own folder knows what its settings mean.
void tell_ledgers(std::string_view document, v1::TrustOutline& outline) {
  const auto root = parse_toml({}, document);
  const Table::Node* ledgers = root ? root->find("ledger") : nullptr;
  if (ledgers == nullptr) return;
  for (const Table::Node& ledger : ledgers->children) {
    const Table::Node* id = ledger.find("id");
    Entry entry(outline, "ledger", id == nullptr ? std::string() : id->text);
    tell_settings(ledger, {}, entry);
  }
}

// Entries of the same name are told apart by their turn.
using Key = std::tuple<std::string, std::string, std::string, int>;
using ByKey = std::map<Key, const v1::TrustEntry*>;

std::vector<std::pair<Key, const v1::TrustEntry*>> keyed(const v1::TrustOutline& outline) {
  ByKey seen;
  std::vector<std::pair<Key, const v1::TrustEntry*>> all;
  for (const v1::TrustEntry& entry : outline.entries()) {
    Key key(entry.kind(), entry.of(), entry.id(), 0);
    while (!seen.emplace(key, &entry).second) ++std::get<int>(key);
    all.emplace_back(key, &entry);
  }
  return all;
}

using Facts = std::map<std::string_view, const v1::TrustFact*>;

Facts facts_of(const v1::TrustEntry* entry) {
  Facts facts;
  if (entry == nullptr) return facts;
  for (const v1::TrustFact& fact : entry->facts()) facts.emplace(fact.name(), &fact);
  return facts;
}

const v1::TrustFact* find(const Facts& facts, const std::string& name) {
  const auto found = facts.find(name);
  return found == facts.end() ? nullptr : found->second;
}

// Either may be absent, and not both.
void add_fact(v1::TrustChange& change, const v1::TrustFact* before, const v1::TrustFact* after) {
  v1::TrustFactChange& fact = *change.add_facts();
  fact.set_name(after == nullptr ? before->name() : after->name());
  if (before != nullptr) *fact.mutable_before() = before->values();
  if (after != nullptr) *fact.mutable_after() = after->values();
}

// Likewise.
v1::TrustChange change_of(const v1::TrustEntry* before, const v1::TrustEntry* after) {
  const v1::TrustEntry& named = after == nullptr ? *before : *after;
  v1::TrustChange change;
  change.set_change(before == nullptr  ? v1::TRUST_CHANGE_ADDED
                    : after == nullptr ? v1::TRUST_CHANGE_REMOVED
                                       : v1::TRUST_CHANGE_CHANGED);
  change.set_kind(named.kind());
  change.set_of(named.of());
  change.set_id(named.id());
  const Facts was = facts_of(before);
  const Facts is = facts_of(after);
  if (after != nullptr) {
    for (const v1::TrustFact& fact : after->facts()) {
      const v1::TrustFact* earlier = find(was, fact.name());
      const bool same = earlier != nullptr && std::ranges::equal(earlier->values(), fact.values());
      if (!same) add_fact(change, earlier, &fact);
    }
  }
  if (before != nullptr) {
    for (const v1::TrustFact& fact : before->facts()) {
      if (find(is, fact.name()) == nullptr) add_fact(change, &fact, nullptr);
    }
  }
  return change;
}

v1::TrustOutline head_of(const v1::TrustOutline& outline) {
  v1::TrustOutline head;
  head.set_id(outline.id());
  head.set_version(outline.version());
  head.set_issued_ms(outline.issued_ms());
  head.set_next_update_ms(outline.next_update_ms());
  head.set_sample(outline.sample());
  head.set_digest(outline.digest());
  return head;
}

std::int64_t ms_of(const std::optional<core::UtcTime>& time) {
  return time ? core::to_unix_ms(*time) : 0;
}

}  // namespace

v1::TrustOutline outline(const TrustList& list, std::string_view document) {
  v1::TrustOutline outline;
  outline.set_id(shown(list.id));
  outline.set_version(list.version);
  outline.set_issued_ms(ms_of(list.issued));
  outline.set_next_update_ms(ms_of(list.next_update));
  outline.set_sample(list.sample);
  outline.set_digest(core::to_string(list.digest));
  for (const Institution& one : list.institutions) tell_institution(one, outline);
  for (const Quorum& one : list.quorums) tell_quorum(one, outline);
  tell_ledgers(document, outline);
  for (const TimeAuthority& one : list.time_authorities) {
    Entry(outline, "time-authority", one.institution)
        .tell("class", one.trust_class)
        .tell("acceptedFrom", one.accepted_from)
        .tell("policies", one.policies);
  }
  // The first is the document itself, which was told above.
  for (std::size_t i = 1; i < list.files.size(); ++i) {
    Entry(outline, "file", list.files[i].path).tell("sha256", core::to_hex(list.files[i].sha256));
  }
  return outline;
}

v1::TrustComparison compare(const v1::TrustOutline& before, const v1::TrustOutline& after) {
  v1::TrustComparison comparison;
  *comparison.mutable_in_force() = head_of(before);
  *comparison.mutable_proposed() = head_of(after);
  const auto was = keyed(before);
  const auto is = keyed(after);
  const ByKey earlier(was.begin(), was.end());
  const ByKey later(is.begin(), is.end());
  for (const auto& [key, entry] : is) {
    const auto found = earlier.find(key);
    v1::TrustChange change = change_of(found == earlier.end() ? nullptr : found->second, entry);
    if (found == earlier.end() || !change.facts().empty()) {
      *comparison.add_changes() = std::move(change);
    }
  }
  for (const auto& [key, entry] : was) {
    if (!later.contains(key)) *comparison.add_changes() = change_of(entry, nullptr);
  }
  return comparison;
}

}  // namespace heyan::trust
