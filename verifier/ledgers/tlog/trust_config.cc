#include "verifier/ledgers/tlog/trust_config.h"

#include "verifier/core/bytes.h"

namespace heyan::ledgers::tlog {
namespace {

using transparency::LogPolicy;
using transparency::NoteKeyType;
using transparency::NoteVerifier;
using transparency::PolicyForm;

bool read_policy(trust::Table& table, PolicyForm form, LogConfig& config) {
  if (!table.has("policy")) {
    table.defect("policy", "is missing", "Write policy = \"log/policy.txt\"");
    return false;
  }
  const auto bytes = table.file("policy");
  if (!bytes) return false;  // said already
  auto policy = LogPolicy::parse(core::as_text(*bytes), form);
  if (!policy) {
    const LogPolicy::Fault& fault = policy.error();
    const std::string line = fault.line == 0 ? "" : "line " + std::to_string(fault.line) + ": ";
    table.defect(
        "policy", line + fault.what,
        fault.unsupported ? "Leave this key out of the policy" : "Correct the policy file");
    return false;
  }
  config.policy = *std::move(policy);
  if (!config.policy.logs().empty()) return true;
  table.defect("policy", "names no log", "Write a line: log KEY");
  return false;
}

// A log that nobody watches shows each reader what it likes (security decision 16): whether its own
// word is enough a quorum of the list must say.
bool asks_somebody(trust::Table& table, const trust::LedgerEntry& entry, const LogConfig& config) {
  const std::vector<bool> nobody(config.policy.witnesses().size());
  if (!config.policy.count(nobody).reached() || !entry.quorum.empty()) return true;
  table.defect("policy", "asks for no witness (quorum none)",
               "Name a quorum of witnesses in the policy, or write quorum = the id of a [[quorum]] "
               "that says whether the log alone is enough");
  return false;
}

// Everybody whose key has that name in the policy is of that institution. False: nobody has.
bool assign(const std::string& key_name, const std::string& institution, LogConfig& config) {
  bool known = false;
  for (std::size_t i = 0; i < config.policy.witnesses().size(); ++i) {
    if (config.policy.witnesses()[i].key_name != key_name) continue;
    config.witness_institutions[i] = institution;
    known = true;
  }
  for (std::size_t i = 0; i < config.policy.logs().size(); ++i) {
    if (config.policy.logs()[i].name != key_name || key_name.empty()) continue;
    config.log_institutions[i] = institution;
    known = true;
  }
  return known;
}

bool read_institutions(trust::Table& table, const trust::TrustList& list, LogConfig& config) {
  config.witness_institutions.resize(config.policy.witnesses().size());
  config.log_institutions.resize(config.policy.logs().size());
  auto names = table.table("witnesses");
  if (!names) return !table.has("witnesses");
  bool sound = true;
  const auto defect = [&](const std::string& key, std::string what, std::string remedy) {
    names->defect(key, std::move(what), std::move(remedy));
    sound = false;
  };
  for (const std::string& key : names->keys()) {
    const auto institution = names->required_text(key);
    if (!institution) {
      sound = false;
    } else if (list.institution(*institution) == nullptr) {
      defect(key, "no institution has the id \"" + *institution + "\"",
             "Write the id of an [[institution]]");
    } else if (!assign(key, *institution, config)) {
      defect(key, "no key of the policy has this name", "Write a key's name as in the policy file");
    }
  }
  return sound;
}

// Names that the policy took from vkeys, so that they make keys again.
std::vector<NoteVerifier> known_keys(const LogPolicy& policy) {
  std::vector<NoteVerifier> known;
  const auto add = [&](const std::string& name, NoteKeyType type, const crypto::PublicKey& key) {
    if (auto verifier = NoteVerifier::make(name, type, key)) known.push_back(*std::move(verifier));
  };
  for (const auto& log : policy.logs()) add(log.name, NoteKeyType::kEd25519, log.key);
  for (const auto& one : policy.witnesses()) add(one.key_name, NoteKeyType::kCosignature, one.key);
  return known;
}

}  // namespace

RecordPlaces record_places(const trust::RecordFields& fields) {
  RecordPlaces places;
  if (!fields.digest.empty()) places.digests = fields.digest;
  const auto take = [&](std::string_view name, std::string& place) {
    const auto found = fields.fields.find(std::string(name));
    if (found != fields.fields.end()) place = found->second;
  };
  take("id", places.id);
  take("who", places.who);
  take("what", places.what);
  take("when", places.when);
  take("where", places.where);
  return places;
}

bool read_log(trust::Table& table, PolicyForm form, const trust::LedgerEntry& entry,
              const trust::TrustList& list, LogConfig& config) {
  if (read_policy(table, form, config)) {
    const bool asked = asks_somebody(table, entry, config);
    return read_institutions(table, list, config) && asked;
  }
  table.ignore("witnesses");  // names of keys that were not read
  return false;
}

std::shared_ptr<const TlogConfig> read_config(trust::Table& table, const trust::LedgerEntry& entry,
                                              const trust::TrustList& list) {
  auto config = std::make_shared<TlogConfig>();
  bool sound = read_log(table, PolicyForm::kC2sp, entry, list, *config);
  if (table.has("origin")) {
    config->origin = table.required_text("origin");
    sound = sound && config->origin.has_value();
  }
  config->known = known_keys(config->policy);
  if (config->known.size() != config->policy.logs().size() + config->policy.witnesses().size()) {
    table.defect("policy", "has a key without a name", "Correct the policy file");
    sound = false;
  }
  config->places = record_places(entry.record);
  return sound ? config : nullptr;
}

}  // namespace heyan::ledgers::tlog
